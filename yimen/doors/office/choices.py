"""The words of the office: what each verb of the trail, each kind of thing and each job is called in Chinese."""

from functools import cache

from django.apps import apps

from yimen.foundations.audit.api import called, verbs
from yimen.foundations.bus.api import job_title

# Words for verbs whose operation does not name itself, or names itself too shortly for a list of everything; all others
# are called what their own docstring says.
VERBS = {
    "access.account.signed_in": "尝试登录",
    "access.account.joined": "账号与居民关联",
    "access.account.second_step_tried": "登录第二步",
    "access.account.signed_in_by_passkey": "尝试用通行密钥登录",
    "access.account.signed_in_from_outside": "尝试用外部系统登录",
    "access.fields.resealed": "更换加密密钥",
    "access.session.ended": "退出登录",
    "access.sessions.of_leavers_ended": "离岗退出登录",
    "access.session.seen": "登录仍在使用",
    "audit.trail.sealed": "封印留痕",
    "definitions.synced": "同步制度定义",
    "desk.person.served": "为外街居民办理",
    "ledger.tallies.rolled_up": "汇总台账",
    "messages.call.opened": "显示告知电话",
    "messages.message.sent": "发出站内消息",
    "messages.told": "告知",
    "office.definition.changed": "修改制度并发布",
    "office.job.retried": "重新运行作业",
    "office.trail.verification_asked": "申请核验留痕",
    "office.trail.verified": "核验留痕",
    "organisations.area.carried_over": "单位随区域调整",
    "people.account.joined": "居民关联账号",
    "people.account.parted": "居民与账号解除关联",
    "people.copies.kept": "更新居民名称索引",
    "people.document.ended": "证件失效",
    "people.file.opened": "查阅居民档案",
    "people.file.verified": "核实居民档案",
    "people.files.stored": "批量建档",
    "people.person.corrected": "更正居民信息",
    "people.person.moved": "变更住址",
    "people.person.reach_set": "登记联系方式",
    "people.population.rolled_up": "汇总人口数",
    "people.residences.carried_over": "住址随区域调整",
    "people.stranger.looked_up": "按完整证件号查找",
    "places.area.opened_inside": "设立下级区域",
    "places.area.renamed": "区域更名",
    "places.areas.marked_anew": "更新区域标记",
    "places.areas.reorganised": "区域调整",
    "places.building.added": "登记楼幢",
    "places.dwelling.added": "登记房屋",
    "places.estate.added": "登记小区",
    "places.site.opened": "设立服务点",
    "ui.list.exported": "导出清单",
}

SUBJECTS = {
    "account": "账号",
    "answer_sheet": "答卷",
    "appointment": "任职",
    "area": "区域",
    "backup": "备份",
    "building": "楼栋",
    "call": "告知任务",
    "case": "办件",
    "definition": "制度定义",
    "deed": "留痕",
    "dwelling": "房屋",
    "entry": "台账",
    "emergency_look": "紧急查阅",
    "estate": "小区",
    "export": "完整导出",
    "file": "附件",
    "file_store": "附件库",
    "form_draft": "表单稿",
    "household": "家庭户",
    "job": "后台作业",
    "letter": "文书",
    "list": "清单",
    "message": "消息",
    "organisation": "单位",
    "person": "居民",
    "post": "岗位",
    "rating": "评价",
    "sealed_field": "加密字段",
    "session": "登录",
    "site": "服务点",
    "unusual_reading": "异常查阅提醒",
    "trail": "留痕",
}

# About the house and its staff, not about residents: whoever audits reads the details of these at once.
OPEN_SUBJECTS = frozenset(
    {
        "account", "appointment", "area", "building", "deed", "definition", "estate", "export", "file_store", "form_draft",
        "job", "list", "organisation", "post", "sealed_field", "session", "site", "trail", "unusual_reading",
    }
)  # fmt: skip

DETAILS = {
    "card": "特殊信息",
    "field": "看的哪一项",
    "filters": "筛选条件（文字）",
    "purpose": "用途",
    "receiver": "交给谁",
    "size": "字节",
    "times": "第几次",
    "account": "账号",
    "account_kind": "账号类别",
    "acting": "代理",
    "area": "区域",
    "address": "地址类别",
    "before": "原来",
    "case": "办件编号",
    "channel": "渠道",
    "corrects": "更正的条目",
    "died_on": "死亡日期",
    "document": "证件编号",
    "guardian": "监护人编号",
    "happened_on": "发生日期",
    "household": "家庭户编号",
    "items": "项目",
    "kind": "类别",
    "merged": "并入的档案",
    "now": "现在",
    "number": "编号",
    "person": "居民编号",
    "quantity": "数量",
    "state": "状态",
    "step": "步骤",
    "tries": "次数",
    "verified_on": "核实日期",
    "was": "原来",
    "way": "方式",
    "conditions": "筛选条件",
    "count": "条数",
    "erased": "依法删除的内容",
    "faults": "不符之处",
    "deputies": "一并结束的代理",
    "deputises": "代理谁",
    "in_role": "以代理的角色",
    "deputy": "代理人",
    "fields": "改动项目",
    "file": "文件",
    "files": "文件数",
    "grant": "授权编号",
    "job": "作业编号",
    "list": "清单",
    "manifest": "逐条",
    "name": "名称",
    "on": "日期",
    "organisation_kind": "单位类别",
    "outcome": "结果",
    "passkey": "通行密钥编号",
    "partner": "外部登录系统",
    "client": "接入系统",
    "post": "岗位编号",
    "proven": "已试恢复",
    "reason": "事由",
    "second": "第二因素",
    "role": "角色",
    "rows": "行数",
    "sealed": "已封条数",
    "seals": "封印枚数",
    "seats": "定员",
    "sessions": "结束的登录",
    "since": "自",
    "spoilt": "内容已变的文件",
    "task": "作业",
    "tie": "关联编号",
    "unsealed": "未封条数",
    "until": "至",
    "version": "版本",
    "versions": "连带新版本",
    "why": "事由",
    "first_seal": "首枚封印",
    "last_seal": "末枚封印",
    "last_look": "最后一条查阅",
    "looks": "查阅",
    "mark": "文件标记",
    "rule": "规则",
}

VALUES = {
    "closed": "账号已停用",
    "ended": "在别处结束",
    "factor": "第二因素已变",
    "hukou": "户籍",
    "left": "不再任职",
    "lives": "居住",
    "locked": "已锁定",
    "passkey": "通行密钥",
    "password_right": "口令已验，待第二步",
    "recovery": "恢复码",
    "resident": "居民",
    "signed_in": "登录成功",
    "staff": "工作人员",
    "totp": "动态口令",
    "unknown_name": "没有这个账号",
    "unlocked": "解除锁定",
    "wrong_code": "第二步不对",
    "wrong_passkey": "通行密钥不对",
    "not_bound": "外部登录未绑定",
    "wrong_password": "口令不对",
}

# What worked examples give and expect, beside the questions and papers of their own definition.
EXAMPLES = {
    "accepted": "能受理",
    "amount": "数量",
    "answers": "答卷",
    "area": "区域",
    "behind": "落后",
    "born_on": "出生日期",
    "community": "社区",
    "difference": "相差",
    "done": "已完成",
    "due_on": "承诺期限",
    "entries": "台账",
    "first": "从",
    "former": "以前的救助",
    "hidden": "不问的题",
    "highest": "一般最高",
    "in_the_way": "不能受理的原因",
    "known": "已掌握的情况",
    "last": "到",
    "legal_due_on": "法定期限",
    "matter": "办件情况",
    "missing": "缺少",
    "mistakes": "要改正的",
    "monthly": "每月",
    "next_on": "下次联系",
    "number": "文号",
    "outcomes": "经过",
    "papers": "材料",
    "promised": "应完成",
    "remedies": "不服怎么办",
    "small_amount": "小额先行",
    "spending_yuan": "支出（元）",
    "state": "结果",
    "target": "目标",
    "text": "正文",
    "title": "标题",
    "to": "主送",
    "to_mind": "提醒",
    "tries": "次数",
    "unit": "单位",
    "value": "结果",
    "count": "当天",
    "hour": "几点",
    "told": "提醒",
    "usual": "平常一天",
}

SYSTEMS = {
    "archive_trail": "留痕归档程序",
    "create_administrator": "命令行开设管理员",
    "note_backup": "备份程序",
    "definitions.sync": "同步制度定义",
    "demo": "演示数据",
    "portal.own_page": "本人页面",
    "portal.rating": "居民评价",
    "portal.urging": "居民催办",
    "portal.withdrawing": "居民自行撤回",
    "providers.sharing": "转诊同意",
    "sign_in": "登录",
    "verify_trail": "核验留痕",
}

JOBS = {
    "audit.seal_trail": "封印操作留痕",
    "bus.deliver": "投递事件",
    "bus.free_stalled": "收回中断的作业",
    "bus.remove_old_jobs": "清理已完成的作业",
    "council.remind_of_promises": "提醒到期的答复",
    "desk.draw_sample": "抽取即办件样本",
    "desk.tell_lateness": "提醒超期办件",
    "documents.sweep": "清理无主附件",
    "ledger.roll_up": "汇总台账",
    "office.verify_trail": "核验操作留痕",
    "people.roll_up_population": "汇总人口数",
}

JOB_STATES = {"todo": ("等待运行", "info"), "doing": ("正在运行", "good"), "failed": ("失败", "late")}


def job_name(name: str) -> str:
    """A job in Chinese (作业): as the table or its own docstring calls it, else by its name."""
    return JOBS.get(name) or job_title(name) or name


@cache
def works() -> dict[str, str]:
    """The apps that do something, by label, under their Chinese names (业务)."""
    doing = {verb.partition(".")[0] for verb in verbs()}
    return {app.label: str(app.verbose_name) for app in apps.get_app_configs() if app.label in doing}


def work_words(app: str) -> str:
    return works().get(app, app)


def actor_words(key: str, name: str) -> str:
    """Who did it (经办人): the name; what the product did by itself, by what it was doing."""
    kind, _, rest = key.partition(":")
    return f"系统（{SYSTEMS.get(rest) or job_name(rest)}）" if kind == "system" else name


def verb_words(verb: str) -> str:
    """A verb in Chinese (操作): 受理; for what heard an event, who heard what; else the verb itself."""
    if words := VERBS.get(verb) or called(verb):
        return words
    app, heard, event = verb.partition(".heard.")
    return f"{work_words(app)}收到“{event_words(event)}”" if heard else verb


def event_words(event: str) -> str:
    """An event in Chinese, by the verb of the same name: desk.case_decided is what desk.case.decided announced."""
    app, _, rest = event.partition(".")
    return verb_words(f"{app}.{rest.replace('_', '.', 1)}") if rest else event


def verbs_called(words: str) -> list[str]:
    """The verbs whose Chinese name holds these words."""
    return [verb for verb, name in (verbs() | VERBS).items() if words in name]


def subject_words(kind: str) -> str:
    return SUBJECTS.get(kind, kind)


def detail_words(name: str) -> str:
    return DETAILS.get(name, name)
