"""What a matter definition may say (事项定义的语法), after the elements of GB/T 39554.1-2020."""

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar
from yimen.kernel.pinyin import name_keys
from yimen.kernel.text import narrow
from yimen.work.desk.engine.conditions import Condition, PassedOn


class Basis(Grammar):
    """A legal basis (依据): document and article, the number where there is one."""

    labels = {
        "document": "文件",
        "article": "条款",
    }

    document: str = Field(min_length=2)
    article: str = ""


class Paper(Grammar):
    """A paper the applicant shows (材料). ``needed_if`` is an expression over the answers; empty means always.

    ``keep`` says whether a copy is kept or the original only looked at (已核原件): the law rarely needs the copy.
    ``reuse_days``: one that was handed in for another case within so many days may be used again (免交); 0 is never.
    ``follow_days``: within how many working days one that may follow comes; 0 is what is usual here (办件规矩).
    """

    labels = {
        "key": "编号",
        "title": "材料",
        "keep": "怎么收",
        "keep.look": "核验原件，不留存",
        "keep.copy": "留复印件",
        "reuse_days": "多少天内交过的可以直接用",
        "needed_if": "需要的条件",
        "may_follow": "可以容缺后补",
        "follow_days": "几个工作日内补齐",
        "may_promise": "可以承诺代替",
        "how": "哪里开具",
    }

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=80)
    keep: Literal["look", "copy"] = "look"
    reuse_days: int = Field(default=0, ge=0, le=3650)
    needed_if: str = ""
    may_follow: bool = False
    follow_days: int = Field(default=0, ge=0, le=60)
    may_promise: bool = False
    how: str = ""

    @model_validator(mode="after")
    def days_only_of_what_follows(self):
        if self.follow_days and not self.may_follow:
            raise ValueError("不能容缺后补的材料，不要写几个工作日内补齐")
        return self


class Days(Grammar):
    """Time limits in working days (工作日): what the law allows and what we promise; 0 is the same day (即办).

    ``extend_most``: by how many at most a limit is put off, once (延期); 0 is never.
    """

    labels = {
        "legal": "法定工作日",
        "promised": "承诺工作日",
        "legal_source": "法定时限依据",
        "extend_most": "最多延长几个工作日",
        "extend_source": "延期依据",
    }

    legal: int = Field(ge=0, le=250)
    promised: int = Field(ge=0, le=250)
    legal_source: str = Field(min_length=2)
    extend_most: int = Field(default=10, ge=0, le=60)
    extend_source: str = "行政许可法第四十二条"

    @model_validator(mode="after")
    def promised_within_legal(self):
        if self.promised > self.legal:
            raise ValueError("承诺时限不能长于法定时限")
        return self


class Letters(Grammar):
    """Keys of the letters of this matter (文书)."""

    labels = {
        "acceptance": "受理",
        "notice": "一次性告知",
        "declined": "不予受理",
        "decision": "办结",
        "refusal": "不予办理",
    }

    acceptance: str = "acceptance"
    notice: str = "papers_missing"
    declined: str = "not_accepted"
    decision: str = "approval"
    refusal: str = "refusal"


class Archive(Grammar):
    """How the finished case is kept (归档): category of the archive number, and for how many years or for ever."""

    labels = {
        "category": "档案门类",
        "keep_years": "保管年限",
        "permanent": "永久保管",
    }

    category: str = Field(min_length=1, max_length=12)
    keep_years: int | None = Field(default=None, ge=1, le=100)
    permanent: bool = False

    @model_validator(mode="after")
    def years_or_for_ever(self):
        if self.permanent == (self.keep_years is not None):
            raise ValueError("保管期限写 keep_years（年数）或 permanent = true（永久），二者写一样")
        return self

    @property
    def kept(self) -> str:
        """How long, in words (保管期限)."""
        return "永久" if self.permanent else f"{self.keep_years} 年"


class Ask(Grammar):
    """A unit that is usually asked about such a case (协办单位): which, what, under which condition, and what it is told.

    ``finds`` are words in the name of the organisation; where none of the register has them, the unit is asked by paper or
    telephone under ``title``. ``tells`` are the keys of the questions whose answers go along, and nothing else does.
    """

    labels = {
        "key": "编号",
        "title": "单位",
        "finds": "单位名称里的字样",
        "question": "请它答复什么",
        "needed_if": "需要的条件",
        "days": "几个工作日内答复",
        "tells": "随附哪些申请内容",
    }

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=60)
    finds: tuple[str, ...] = ()
    question: str = Field(min_length=4, max_length=300)
    needed_if: str = ""
    days: int = Field(ge=1, le=250)
    tells: tuple[str, ...] = ()


class Matter(Grammar):
    """A matter (事项): what can be asked, of whom, with which papers, how long it takes and what comes of it.

    ``way`` "notice" is a registration that nobody approves or refuses; "decision" is decided by ``decides``.
    ``items`` are counted in the ledger when the case ends well. ``rules`` name acceptance rules that services plug in.
    ``result_amount``: who grants it says how much money, and the decision keeps it.
    ``conditions`` say whom it is for. ``passed_on`` names the office that decides what is only taken in here: such a matter is
    a notice, its days are those until it is passed on, and nothing is granted or refused in the street's name.
    ``level`` says which window takes it in by right: a matter of the street is accepted at a community only while it is
    delegated there (下放). ``field`` is its place in the catalogue, one of the ``matter_field`` definitions. ``chain`` names the
    chain of signatures that must be gone before it is decided (审签流程); "" asks for none.
    """

    labels = {
        "title": "事项",
        "summary": "一句话说明",
        "field": "类别",
        "says": "居民的说法",
        "who": "谁能办",
        "way": "办理方式",
        "way.notice": "登记，不需审批",
        "way.decision": "审核决定",
        "decides": "由谁决定",
        "decides.community": "社区",
        "decides.street": "街道",
        "chain": "决定前的审签流程",
        "level": "哪一级受理",
        "level.community": "社区",
        "level.street": "街道（下放后社区也可受理）",
        "basis": "依据",
        "conditions": "条件",
        "passed_on": "转给谁决定",
        "form": "表单",
        "papers": "材料",
        "days": "时限",
        "result": "办理结果",
        "result_amount": "决定书写明金额",
        "fee": "收费",
        "rules": "受理时自动核对",
        "items": "计入台账",
        "letters": "文书",
        "archive": "归档",
        "ask": "协办单位",
        "same_again_days": "多少天内同一件事提醒",
    }

    title: str = Field(min_length=2, max_length=60)
    summary: str
    field: str = ""
    says: tuple[str, ...] = ()
    who: str = Field(default="", max_length=200)
    way: Literal["notice", "decision"]
    decides: Literal["community", "street"] = "street"
    chain: str = ""
    level: Literal["community", "street"] = "community"
    basis: tuple[Basis, ...] = Field(min_length=1)
    conditions: tuple[Condition, ...] = ()
    passed_on: PassedOn | None = None
    form: str
    papers: tuple[Paper, ...] = ()
    days: Days
    result: str = Field(min_length=2, max_length=120)
    result_amount: bool = False
    fee: str = Field(default="不收费", max_length=120)
    rules: tuple[str, ...] = ()
    items: tuple[str, ...] = Field(min_length=1)
    letters: Letters = Letters()
    archive: Archive
    ask: tuple[Ask, ...] = ()
    same_again_days: int = Field(default=30, ge=0, le=730)

    @property
    def references(self):
        letters = [("letter", key) for key in self.letters.model_dump().values()]
        field = (("matter_field", self.field),) if self.field else ()
        chain = (("chain", self.chain),) if self.chain else ()
        return (("form", self.form), *field, *chain, *(("item", item) for item in self.items), *letters)

    @model_validator(mode="after")
    def own_items(self):
        if {"case_accepted", "case_settled"} & set(self.items):
            raise ValueError("受理和办结每件都自动计数，items 只写这件事自己的台账项目")
        return self

    @model_validator(mode="after")
    def only_a_decision_grants_money(self):
        if self.result_amount and self.way == "notice":
            raise ValueError("登记事项不作决定，不能写 result_amount")
        return self

    @model_validator(mode="after")
    def only_a_decision_is_signed_before(self):
        if self.chain and self.way == "notice":
            raise ValueError("登记事项不作决定，不能写 chain（审签流程）")
        return self

    @model_validator(mode="after")
    def what_is_passed_on_is_decided_there(self):
        if self.passed_on and self.way != "notice":
            raise ValueError("转给别的单位决定的事项，这里不作决定：way 写 notice")
        return self

    @model_validator(mode="after")
    def papers_once(self):
        keys = [paper.key for paper in self.papers]
        if len(set(keys)) != len(keys):
            raise ValueError("同一份材料写了两次")
        return self

    @model_validator(mode="after")
    def units_once_and_in_time(self):
        keys = [one.key for one in self.ask]
        if len(set(keys)) != len(keys):
            raise ValueError("同一个协办单位写了两次")
        if late := [one.title for one in self.ask if one.days > max(self.days.promised, 1)]:
            raise ValueError(f"{'、'.join(late)}的答复期限比这件事的承诺时限还长")
        return self

    @cached_property
    def called(self) -> tuple[str, ...]:
        """Its title and what people say for it, in the shape in which words are compared."""
        return tuple(narrow(text).lower() for text in (self.title, *self.says))

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The same with its summary."""
        return (*self.called, narrow(self.summary).lower())

    @cached_property
    def letters_typed(self) -> tuple[str, ...]:
        """What is typed for its title in Latin letters: pinyin and initials."""
        return tuple(key.key for key in name_keys(self.title))

    def same_day(self) -> bool:
        return self.days.promised == 0

    @property
    def done(self) -> str:
        """What its days run to, in a word (办结 · 转出)."""
        return "转出" if self.passed_on else "办结"


class MatterField(Grammar):
    """A field of matters (事项类别), as people look for them in the catalogue; ``ask`` is whom to ask when none fits."""

    labels = {"title": "名称", "order": "顺序", "covers": "包括", "ask": "找谁问"}

    title: str = Field(min_length=2, max_length=20)
    order: int = Field(ge=1, le=99)
    covers: str = Field(min_length=4)
    ask: str = Field(min_length=4)


class OneStop(Grammar):
    """What one-stop service means here (一站式标准): a site of these kinds in the community, open so many days a week, at
    which every matter of a list can be handled. ``matters`` are the keys; empty means every matter in force."""

    labels = {
        "title": "名称",
        "kinds": "哪些服务点算",
        "days_a_week": "每周至少开放天数",
        "matters": "都要能办的事项",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=60)
    kinds: tuple[str, ...] = Field(min_length=1)
    days_a_week: int = Field(ge=1, le=7)
    matters: tuple[str, ...] = ()
    source: str = Field(min_length=4)

    @property
    def references(self):
        return tuple(("matter", key) for key in self.matters)


class Window(Grammar):
    """A window (受理窗口) of an area: who signs its letters, where it is, whom to call, where a decision is challenged.

    The key is the area code; a community without one uses the window of its street.
    """

    labels = {
        "name": "名称",
        "mark": "文书字头",
        "address": "地址",
        "phone": "电话",
        "review_office": "复议机关",
        "court": "管辖法院",
    }

    name: str = Field(min_length=2, max_length=60)
    mark: str = Field(min_length=1, max_length=12)
    address: str = Field(min_length=2, max_length=120)
    phone: str = Field(min_length=5, max_length=30)
    review_office: str = Field(min_length=2, max_length=60)
    court: str = Field(min_length=2, max_length=60)


class Escalation(Grammar):
    """Who is told when a case is this many working days late (超期提醒)."""

    labels = {"late_working_days": "超期工作日", "role": "提醒岗位", "link": "打开哪一页"}

    late_working_days: int = Field(ge=1, le=60)
    role: str = Field(min_length=2)
    link: str = "/desk/lists/late/"


class Practice(Grammar):
    """How a street watches over its own work (办件规矩): samples of what was settled on the spot, answers to bad
    ratings, reminders of what is late; how long papers wait for a case that is not accepted, and a phone may send pages;
    by when papers follow that may."""

    labels = {
        "sample_percent": "即办件抽查比例（%）",
        "sample_least": "至少抽几件",
        "follow_up_working_days": "差评几个工作日内回应",
        "escalation": "超期提醒",
        "parked_most": "每人同时最多挂起几件受理",
        "papers_wait_days": "没受理的材料留几天",
        "phone_minutes": "扫码拍几分钟内有效",
        "phone_pages": "一次扫码最多拍几页",
        "share_escalation": "协办超期提醒",
        "delegation_warning_days": "下放到期前几天提醒",
        "papers_follow_working_days": "容缺的材料几个工作日内补齐",
        "papers_warning_working_days": "补交期限前几个工作日提醒",
        "papers_reminder_role": "补交提醒谁",
        "papers_escalation": "过期未补提醒",
        "urged_role_community": "居民催办、撤回告诉谁（在社区办的）",
        "urged_role_street": "居民催办、撤回告诉谁（在街道办的）",
        "follow_up_role": "差评到期提醒谁",
        "follow_up_escalation": "差评过期提醒",
        "source": "依据",
    }

    sample_percent: int = Field(ge=0, le=100)
    sample_least: int = Field(ge=0, le=100)
    follow_up_working_days: int = Field(ge=1, le=60)
    escalation: tuple[Escalation, ...] = ()
    parked_most: int = Field(default=8, ge=1, le=20)
    papers_wait_days: int = Field(default=3, ge=1, le=30)
    phone_minutes: int = Field(default=10, ge=1, le=60)
    phone_pages: int = Field(default=60, ge=1, le=200)
    share_escalation: tuple[Escalation, ...] = ()
    delegation_warning_days: tuple[int, ...] = (30, 7, 1)
    papers_follow_working_days: int = Field(default=5, ge=1, le=60)
    papers_warning_working_days: int = Field(default=1, ge=0, le=20)
    papers_reminder_role: str = Field(default="window_clerk", min_length=2)
    papers_escalation: tuple[Escalation, ...] = ()
    urged_role_community: str = Field(default="window_clerk", min_length=2)
    urged_role_street: str = Field(default="section_officer", min_length=2)
    follow_up_role: str = Field(default="section_officer", min_length=2)
    follow_up_escalation: tuple[Escalation, ...] = ()
    source: str = Field(min_length=2)
