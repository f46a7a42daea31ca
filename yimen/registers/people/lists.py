"""The declared list screens of people."""

from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.kernel.clock import day_of
from yimen.registers.people.choices import RightAnswer
from yimen.registers.people.queries.duplicates import reasons_of
from yimen.registers.places.api import area_name


class PapersMissing(ListScreen):
    """Residents put on file without a paper (证件待补): to be completed when they come again, or merged."""

    name = "people.papers_missing"
    title = "证件待补"
    columns = (
        Column("name", "姓名", link=lambda person: reverse("people:file", args=[person.public_id])),
        Column("address", "住址"),
        Column("community", "社区", value=lambda person: area_name(person.community)),
        Column("phone_tail", "电话尾号"),
        Column("registered_on", "建档", value=lambda person: day_of(person.registered_at)),
        Column(
            "complete",
            "补证件",
            value=lambda person: "登记证件",
            link=lambda person: reverse("people:document", args=[person.public_id]),
            exported=False,
        ),
    )
    filters = (TextFilter("name", "姓名"),)
    order = ("-id",)
    empty_title = "没有证件待补的居民"
    empty_hint = "没带证件也能建档办事；建了以后会列在这里，带来时补登。"


def _of(side: str, what: str):
    return lambda row: getattr(getattr(row, side), what)


def _born(side: str):
    def told(row) -> str:
        person = getattr(row, side)
        return f"{person.birth_on.year}年生" if person.birth_on else ""

    return told


class SuspectedDoubles(ListScreen):
    """Files that may be one person (疑似重复): compared side by side, then merged, or said to be two people."""

    name = "people.doubles"
    title = "疑似重复"
    subtitle = "按规则找出的、可能是同一个人的两份档案；核对过不是同一个人的不再列出"
    columns = (
        Column(
            "compare",
            "核对",
            value=lambda row: "并排核对",
            link=lambda row: reverse("people:compare", args=[row.person.public_id, row.other.public_id]),
            exported=False,
        ),
        Column("person", "较早的档案", value=_of("person", "name"), hint=_of("person", "address")),
        Column("person_born", "出生", value=_born("person")),
        Column("other", "较晚的档案", value=_of("other", "name"), hint=_of("other", "address")),
        Column("other_born", "出生", value=_born("other")),
        Column("community", "社区", value=lambda row: area_name(row.other.community)),
        Column("why", "为什么", value=lambda row: reasons_of(row, on=today_acted())),
        Column("found_on", "发现", value=lambda row: day_of(row.found_at)),
    )
    filters = (TextFilter("name", "姓名", field="person__name"),)
    order = ("-id",)
    empty_title = "没有待核对的疑似重复"
    empty_hint = "批量导入以后和每天夜里自动查找；规则见“疑似重复规则”。"


class RightsRequests(ListScreen):
    """What residents asked about their own data (权利请求), the one due first on top."""

    name = "people.requests"
    title = "权利请求"
    subtitle = "居民要求更正、删除或限制使用自己的信息；到期前答复，不同意的说明理由"
    columns = (
        Column("due_on", "最迟答复", link=lambda row: reverse("people:answer_request", args=[row.public_id])),
        Column("person", "居民", value=lambda row: row.person.name),
        Column("kind", "请求", value="get_kind_display"),
        Column("wish", "具体要求"),
        Column("received_on", "收到", value=lambda row: day_of(row.received_at)),
        Column("answer", "答复", value="get_answer_display"),
    )
    filters = (ChoiceFilter("answer", "答复", choices=RightAnswer.choices),)
    order = ("due_on", "id")
    empty_title = "没有权利请求"
    empty_hint = "居民到窗口提出的，在他的档案“本人权利”里登记。"
