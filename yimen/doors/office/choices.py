"""The words of the office: what each verb of the trail, each kind of thing and each job is called in Chinese."""

from yimen.foundations.audit.api import called, verbs

AREAS_OF_WORK = {
    "access": "账号与权限",
    "audit": "审计",
    "definitions": "制度定义",
    "documents": "文书与附件",
    "messages": "消息与告知",
    "forms": "表单",
    "places": "区域与房屋",
    "organisations": "单位与岗位",
    "people": "居民",
    "ledger": "台账",
    "indicators": "指标",
    "desk": "办件",
    "aid": "救助",
    "family": "生育登记",
    "grid": "网格",
    "rehab": "助残",
    "eldercare": "养老",
    "volunteering": "志愿服务",
    "plans": "计划",
    "office": "系统管理",
    "ui": "导出",
    "bus": "事件与作业",
}

# Words for verbs whose operation does not name itself, or names itself too shortly for a list of everything; all others
# are called what their own docstring says.
VERBS = {
    "access.account.joined": "账号与居民关联",
    "access.fields.resealed": "更换加密密钥",
    "access.session.ended": "退出登录",
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
    "building": "楼栋",
    "call": "告知任务",
    "case": "办件",
    "definition": "制度定义",
    "deed": "留痕",
    "dwelling": "房屋",
    "entry": "台账",
    "estate": "小区",
    "file": "附件",
    "file_store": "附件库",
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
    "trail": "留痕",
}

# About the house and its staff, not about residents: whoever audits reads the details of these at once.
OPEN_SUBJECTS = frozenset(
    {
        "account", "appointment", "area", "building", "deed", "definition", "estate", "file_store", "job", "list",
        "organisation", "post", "sealed_field", "session", "site", "trail",
    }
)  # fmt: skip

DETAILS = {
    "account": "账号",
    "account_kind": "账号类别",
    "acting": "代理",
    "area": "区域",
    "conditions": "筛选条件",
    "count": "条数",
    "erased": "依法删除的内容",
    "faults": "不符之处",
    "fields": "改动项目",
    "grant": "授权编号",
    "job": "作业编号",
    "list": "清单",
    "manifest": "逐条",
    "name": "名称",
    "on": "日期",
    "organisation_kind": "单位类别",
    "outcome": "结果",
    "post": "岗位编号",
    "reason": "事由",
    "role": "角色",
    "rows": "行数",
    "sealed": "已封条数",
    "seals": "封印枚数",
    "seats": "定员",
    "sessions": "结束的登录",
    "since": "自",
    "task": "作业",
    "tie": "关联编号",
    "unsealed": "未封条数",
    "until": "至",
    "version": "版本",
    "versions": "连带新版本",
    "why": "事由",
}

JOBS = {
    "audit.seal_trail": "封印操作留痕",
    "bus.deliver": "投递事件",
    "bus.free_stalled": "收回中断的作业",
    "bus.remove_old_jobs": "清理已完成的作业",
    "desk.draw_sample": "抽取即办件样本",
    "desk.tell_lateness": "提醒超期办件",
    "documents.sweep": "清理无主附件",
    "ledger.roll_up": "汇总台账",
    "office.verify_trail": "核验操作留痕",
    "people.roll_up_population": "汇总人口数",
}

JOB_STATES = {"todo": ("等待运行", "info"), "doing": ("正在运行", "good"), "failed": ("失败", "late")}


def verb_words(verb: str) -> str:
    """A verb in Chinese (操作): 受理; for what heard an event, who heard what; else the verb itself."""
    if words := VERBS.get(verb) or called(verb):
        return words
    app, heard, event = verb.partition(".heard.")
    return f"{AREAS_OF_WORK.get(app, app)}收到“{event_words(event)}”" if heard else verb


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
