"""The declared list screens of people."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, FlagFilter, ListScreen, TextFilter
from yimen.kernel.clock import day_of
from yimen.kernel.periods import age_on
from yimen.registers.people.choices import (
    DeclarationState,
    DeclaredKind,
    Doubt,
    LocalTieKind,
    ResidentKind,
    ReviewState,
    RightAnswer,
    Sex,
    ShownField,
)
from yimen.registers.people.permissions import VIEW_FILE, VIEW_ID_NUMBER
from yimen.registers.people.queries.duplicates import reasons_of
from yimen.registers.people.queries.marks import marks_to_choose, with_mark
from yimen.registers.people.queries.rolls import communities_of, communities_to_find_in, id_numbers
from yimen.registers.people.queries.showing import shown_in
from yimen.registers.people.rules.saved_filters import AGES, born_between
from yimen.registers.people.rules.showing import told_address
from yimen.registers.places.api import area_name, door_practice, full_area_name

_REVIEWED = {"open": "warn", "justified": "good", "unjustified": "late"}


class Residents(ListScreen):
    """The roll of residents (居民名册), for a full export: nobody reads through a whole community on a page."""

    name = "people.residents"
    title = "居民名册"
    columns = (
        Column("name", "姓名", private="name"),
        Column("sex", "性别", value=lambda person: Sex(person.sex).label if person.sex in Sex.values else ""),
        Column("birth_on", "出生日期", private="birth"),
        Column("id_number", "身份证号码", private="id_number", permission=VIEW_ID_NUMBER, width=24),
        Column("phone", "联系电话", private="phone"),
        Column("community", "社区", value=lambda person: area_name(person.community)),
        Column("address", "住址", private="address", width=30),
        Column("householder", "户主", private="name"),
    )
    filters = (
        ChoiceFilter("community", "社区", choices=lambda *, by: communities_of(by)),
        DateFilter("birth_on", "出生日期"),
    )
    order = ("community", "id")

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        numbers = id_numbers(rows) if by and by.can_somewhere(VIEW_ID_NUMBER) else {}
        for person in rows:
            person.id_number = numbers.get(person.id, "")
        return rows


def _of_age(rows: QuerySet, band: str) -> QuerySet:
    born_from, born_until = born_between(band, on=today_acted())
    return rows.filter(birth_on__gte=born_from, birth_on__lte=born_until)


def _not_fresh(rows: QuerySet, _: Any) -> QuerySet:
    on = today_acted()
    since = door_practice(on=on).fresh_since(on)
    return rows.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=since))


def _address_shown(person) -> str:
    return told_address(person.address, person.shown.extent(ShownField.ADDRESS.value))


class ResidentList(ListScreen):
    """Residents by conditions (居民清单). Neither sex nor anything of a special category can be chosen: what a post needs to
    know of health, relief or births stands on the lists of those who may see it.
    A mark (人员标记) that the post sees beside each name can.
    """

    name = "people.list"
    title = "居民清单"
    subtitle = "先选条件再列出；常看的条件可以保存下来"
    columns = (
        Column(
            "name",
            "姓名",
            link=lambda person: reverse("people:file", args=[person.public_id]),
            private="name",
        ),
        Column("age", "年龄", value=lambda person: _age(person)),
        Column("address", "住址", value=_address_shown, private="address", width=30),
        Column("community", "社区", value=lambda person: area_name(person.community)),
        Column("householder", "户主", private="name"),
        Column("kind", "居住类别", value="get_residence_kind_display"),
        Column("verified_on", "核实于"),
    )
    filters = (
        ChoiceFilter("community", "社区", choices=lambda *, by: communities_of(by)),
        ChoiceFilter(
            "age", "年龄", choices=tuple((key, band.label) for key, band in AGES.items()), apply=_of_age
        ),
        ChoiceFilter("kind", "居住", field="residence_kind", choices=ResidentKind.choices),
        ChoiceFilter(
            "mark",
            "标记",
            choices=lambda *, by: marks_to_choose(by) if by else [],
            apply=lambda rows, key: with_mark(rows, key, on=today_acted()),
        ),
        FlagFilter(
            "papers",
            "证件后补",
            apply=lambda rows, _: rows.filter(doubts__contains=[Doubt.PAPERS_MISSING.value]),
        ),
        FlagFilter("stale", "该核实了", apply=_not_fresh),
    )
    order = ("community", "id")
    empty_title = "先选条件"
    empty_hint = "选社区、年龄或别的条件，符合的居民就列在这里；找一个人请用“居民”里的搜索。"

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        on, seen = today_acted(), {}
        for person in rows:
            if person.area not in seen:
                seen[person.area] = shown_in(by, area=person.area, on=on)
            person.shown = seen[person.area]
        return rows


def _age(person) -> str:
    on = today_acted()
    return f"{age_on(person.birth_on, on)}岁" if person.birth_on and on else ""


def conditions_of(given: Mapping[str, str], *, by) -> dict[str, str]:
    """What of these values are conditions of the residents' list that this actor may choose."""
    told = ResidentList.told(given, by)
    return {key: given[key] for each in ResidentList.filters if each.key in told for key in each.names()}


class TiedResidents(ListScreen):
    """Who is registered, works or learns here (户籍、工作、就学在本地): no telephone, no number, no address."""

    name = "people.tied"
    title = "户籍、工作、就学在本地"
    subtitle = "户口在这里、现住别处的，和在这里上班、上学的；档案归现住的社区，这里只看最少的信息"
    columns = (
        Column("name", "姓名", link=lambda row: _card_or_file(row), private="name"),
        Column("age", "年龄", value=lambda person: _age(person)),
        Column("kind", "关系", value="get_kind_display"),
        Column("area", "本地社区", value=lambda row: area_name(row.area)),
        Column("place", "单位或学校"),
        Column("since", "起"),
        Column("until", "止"),
        Column("lives", "现住", value=lambda row: full_area_name(row.lives) if row.lives else "外地"),
    )
    filters = (
        ChoiceFilter("area", "社区", choices=lambda *, by: communities_to_find_in(by)),
        ChoiceFilter("kind", "关系", choices=LocalTieKind.choices),
        TextFilter("name", "姓名"),
    )
    order = ("area", "id")
    empty_title = "没有这样的居民"
    empty_hint = "户口在这里、现住别处的，户籍一登记就会列在这里；工作、就学在档案的“登记变更”里登记。"

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        for row in rows:
            row.on_file_here = by is not None and by.reaches(row.community) and by.can_somewhere(VIEW_FILE)
        return rows


def _card_or_file(row) -> str:
    return reverse("people:file" if row.on_file_here else "people:tied_card", args=[row.person])


class PapersMissing(ListScreen):
    """Residents put on file without a paper (证件待补): to be completed when they come again, or merged."""

    name = "people.papers_missing"
    title = "证件待补"
    columns = (
        Column(
            "name",
            "姓名",
            link=lambda person: reverse("people:file", args=[person.public_id]),
            private="name",
        ),
        Column("address", "住址", private="address"),
        Column("community", "社区", value=lambda person: area_name(person.community)),
        Column("phone_tail", "电话尾号", private="phone"),
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


class Emergencies(ListScreen):
    """Files opened in an emergency (紧急查阅), those to be reviewed among them."""

    name = "people.emergencies"
    title = "紧急查阅"
    subtitle = "限时打开的范围外档案和特殊信息：每一次都要由别人复核，居民本人看得到"
    columns = (
        Column("at", "时间", link=lambda row: reverse("people:emergency", args=[row.public_id])),
        Column("looked_by_name", "查阅人"),
        Column("kind_title", "紧急情况"),
        Column("area", "居民所在", value=lambda row: area_name(row.area)),
        Column("state", "复核", value="get_state_display", tone=lambda row: _REVIEWED[row.state]),
        Column("answered_by_name", "复核人"),
    )
    filters = (ChoiceFilter("state", "复核", choices=ReviewState.choices),)
    order = ("-id",)
    empty_title = "没有紧急查阅"
    empty_hint = "有人紧急查阅了您这里居民的档案，就会列在这里等您复核。"


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
        Column(
            "person", "较早的档案", value=_of("person", "name"), hint=_of("person", "address"), private="name"
        ),
        Column("person_born", "出生", value=_born("person"), private="birth"),
        Column(
            "other", "较晚的档案", value=_of("other", "name"), hint=_of("other", "address"), private="name"
        ),
        Column("other_born", "出生", value=_born("other"), private="birth"),
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
        Column("person", "居民", value=lambda row: row.person.name, private="name"),
        Column("kind", "请求", value="get_kind_display"),
        Column("wish", "具体要求"),
        Column("received_on", "收到", value=lambda row: day_of(row.received_at)),
        Column("answer", "答复", value="get_answer_display"),
    )
    filters = (ChoiceFilter("answer", "答复", choices=RightAnswer.choices),)
    order = ("due_on", "id")
    empty_title = "没有权利请求"
    empty_hint = "居民到窗口提出的，在他的档案“本人权利”里登记。"


class DeclarationList(ListScreen):
    """What was declared by the code on the stairs (待确认申报), the newest first; name and telephone show on its page only."""

    name = "people.declarations"
    title = "待确认申报"
    subtitle = "居民在楼道扫码报来的，核实后确认；没确认以前登记不变"
    columns = (
        Column("received_at", "收到", link=lambda row: reverse("people:declaration", args=[row.public_id])),
        Column("kind", "申报", value="get_kind_display"),
        Column("dwelling", "哪一户", value=lambda row: row.dwelling.address),
        Column("state", "状态", value="get_state_display", tone=lambda row: _TONES[row.state]),
        Column("answered_by_name", "处理人"),
        Column("reason", "未采纳的原因"),
    )
    filters = (
        ChoiceFilter("state", "状态", choices=DeclarationState.choices),
        ChoiceFilter("kind", "申报", choices=DeclaredKind.choices),
    )
    order = ("-id",)
    empty_title = "没有待确认的申报"
    empty_hint = "在楼栋图里打印“扫码申报”贴到楼道，居民报来的会出现在这里。"


_TONES = {
    DeclarationState.OPEN: "warn",
    DeclarationState.CONFIRMED: "good",
    DeclarationState.REFUSED: "neutral",
}
