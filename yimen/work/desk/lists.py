"""The declared list screens of the desk."""

from datetime import date

from django.db.models import F
from django.urls import reverse

from yimen.foundations.bus.api import today_acted
from yimen.foundations.definitions.api import current_all
from yimen.foundations.ui.api import (
    ChoiceFilter,
    Column,
    DateFilter,
    FlagFilter,
    ListScreen,
    TextFilter,
    page_of,
    words,
)
from yimen.registers.people.api import FIND
from yimen.registers.places.api import SiteKind, area_name, areas_to_choose
from yimen.standards.masking import mask_name
from yimen.work.desk.choices import CheckVerdict, DelegatedPower, FollowUpVerdict, Grade, Source, State
from yimen.work.desk.permissions import VIEW_CASES
from yimen.work.desk.queries.standing_in import stand_ins, with_stand_ins


def _state(case):
    return "等居民补充" if case.paused else case.get_state_display()


def _late(case):
    return f"补录，{words(case.received_on)} 收件" if case.late_entry else ""


def _overdue(case):
    today = today_acted()
    return ("超期", "late") if today and case.is_late(today) else None


class _Cases(ListScreen):
    """What all lists of cases show."""

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        """Who works on no case sees no names (领导看数不看人)."""
        if not (by and by.can_somewhere(FIND)):
            for case in rows:
                case.person_name = mask_name(case.person_name)
        return rows

    columns = (
        Column("number", "办件编号", value="spoken_number", link=page_of("desk:case")),
        Column("matter_title", "事项"),
        Column("person_name", "申请人", private="name"),
        Column("state", "状态", value=_state),
        Column("due_on", "承诺期限", mark=_overdue),
        Column("desk_area", "在哪儿办", value=lambda case: area_name(case.desk_area)),
        Column("received_at", "收件时间", hint=_late),
    )


class AllCases(_Cases):
    """Every case within reach, newest first (全部办件)."""

    name = "desk.cases"
    title = "全部办件"
    filters = (
        ChoiceFilter("state", "状态", choices=State.choices),
        ChoiceFilter("source", "来源", choices=Source.choices),
        DateFilter("due_on", "承诺期限"),
        FlagFilter("urged", "催办待答复", apply=lambda rows, _: rows.urged()),
        TextFilter("number", "编号"),
    )
    order = ("-id",)
    empty_hint = "还没有办件。从居民档案里点“受理事项”开始。"


def _windows(*, by):
    return areas_to_choose(by.areas_for(VIEW_CASES))


class TripCases(_Cases):
    """Delivered cases with the trips they cost and the way they spared (跑动与路程)."""

    name = "desk.trips"
    title = "跑动与路程：办件"
    subtitle = "已送达的办件：来了几次，比到街道中心少跑多少路"
    columns = (
        Column("number", "办件编号", value="spoken_number", link=page_of("desk:case")),
        Column("matter_title", "事项"),
        Column("person_name", "申请人", private="name"),
        Column("area", "收件窗口", value=lambda case: area_name(case.area)),
        Column("settled_on", "办结"),
        Column("source", "来源", value="get_source_display"),
        Column("trips", "跑动次数"),
        Column("metres_spared", "少跑（米）"),
    )
    filters = (
        DateFilter("settled_on", "办结日期"),
        ChoiceFilter("area", "收件窗口", choices=_windows),
        ChoiceFilter("trips", "跑动次数", choices=[(number, f"{number} 次") for number in range(4)]),
        FlagFilter("near", "在家门口办的", apply=lambda rows, value: rows.filter(area=F("home_area"))),
        FlagFilter("spared", "少跑了路", apply=lambda rows, value: rows.filter(metres_spared__gt=0)),
    )
    order = ("-settled_on", "-id")
    empty_hint = "这段时间还没有送达的办件。"


class WorkCases(_Cases):
    """One of the work lists, by due date; every row there has one (待办清单)."""

    name = "desk.work"
    title = "待办"
    filters = (TextFilter("number", "编号"),)
    order = ("due_on", "id")
    empty_hint = "这个清单现在是空的。"


def _paper_overdue(case):
    today = today_acted()
    return ("过期未补", "late") if today and case.papers_due_on < today else None


class OwingCases(_Cases):
    """Accepted while papers were to follow, by the day of the first (容缺待补)."""

    name = "desk.owed"
    title = "容缺待补"
    columns = (
        *_Cases.columns[:4],
        Column("papers_due_on", "补交期限", mark=_paper_overdue),
        *_Cases.columns[4:],
    )
    filters = (DateFilter("papers_due_on", "补交期限"), TextFilter("number", "编号"))
    order = ("papers_due_on", "id")
    empty_hint = "没有等着补交的材料。容缺受理的件会列在这里，到期前后提醒窗口。"


class QueueCases(_Cases):
    """Cases that wait for somebody, oldest first; they need not have a due date."""

    name = "desk.queue"
    title = "待办"
    filters = (TextFilter("number", "编号"),)
    order = ("id",)
    empty_hint = "这个清单现在是空的。"


class StandInCases(_Cases):
    """Open cases whose A岗 is away, oldest first (A岗不在)."""

    name = "desk.standing_in"
    title = "A岗不在"
    subtitle = "A岗不在的这几天由您看着的件；A岗回来就不在这里了"
    columns = (
        *_Cases.columns[:2],
        Column(
            "first",
            "A岗",
            value=lambda case: case.stood_in.name,
            hint=lambda case: (
                f"A岗不在，至{words(case.stood_in.last_day)}" + ("，没有B岗在" if case.stood_in.alone else "")
            ),
        ),
        *_Cases.columns[2:],
    )
    filters = (TextFilter("number", "编号"),)
    order = ("id",)
    empty_title = "现在没有要您看着的件"
    empty_hint = "A岗登记了不在岗，您是B岗，或者两岗都不在而您是负责人时，件会列在这里。"

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        """Whose they are, and names as all lists show them."""
        return with_stand_ins(super().dress(rows, by=by), stand_ins(by=by, on=today_acted()))


class CheckList(ListScreen):
    """Sampled cases (即办件抽查)."""

    name = "desk.checks"
    title = "即办件抽查"
    columns = (
        Column(
            "case",
            "办件",
            value=lambda check: check.case.spoken_number,
            link=page_of("desk:check"),
        ),
        Column("matter", "事项", value=lambda check: check.case.matter_title),
        Column("area", "受理地", value=lambda check: area_name(check.case.area)),
        Column("drawn_on", "抽中日期"),
        Column("verdict", "结论", value="get_verdict_display"),
    )
    filters = (ChoiceFilter("verdict", "结论", choices=CheckVerdict.choices),)
    order = ("-id",)
    empty_hint = "当天受理当天办结的件，第二天早上按比例抽查。"


def _unfinished(row):
    today = today_acted()
    if row.open_until is None or today is None:
        return None
    return ("过期", "late") if row.open_until < today else ("待办", "warn")


class FollowUpList(ListScreen):
    """Bad ratings (差评回应)."""

    name = "desk.follow_ups"
    title = "差评回应"
    columns = (
        Column("due_on", "最迟回应", link=page_of("desk:follow_up"), mark=_unfinished),
        Column("area", "区域", value=lambda row: area_name(row.area)),
        Column("grade", "等级", value=lambda row: dict(Grade.choices)[row.grade]),
        Column("text", "居民的话"),
        Column("verdict", "结果", value="get_verdict_display"),
        Column("mend_by", "整改期限"),
        Column("mended_on", "整改完成", shown=False),
    )
    filters = (
        ChoiceFilter("verdict", "结果", choices=FollowUpVerdict.choices),
        FlagFilter("waiting", "还没办结的", apply=lambda rows, _: rows.unfinished()),
    )
    order = ("due_on", "id")
    empty_hint = "没有不满意的评价。"


class ShareList(ListScreen):
    """Questions to units that await an answer, the nearest day first (协办)."""

    name = "desk.shares"
    title = "协办"
    columns = (
        Column(
            "case_number",
            "办件",
            link=page_of("desk:share"),
        ),
        Column("matter_title", "事项"),
        Column("person_name", "申请人", private="name"),
        Column("unit_name", "协办单位"),
        Column("due_on", "答复期限"),
        Column("asked_by_name", "谁送的"),
        Column("area", "社区", value=lambda share: area_name(share.area)),
    )
    filters = (DateFilter("due_on", "答复期限"), TextFilter("unit_name", "协办单位"))
    order = ("due_on", "id")
    empty_hint = "现在没有等答复的协办。"


class DelegationList(ListScreen):
    """Matters given to communities, matter by community (事项下放)."""

    name = "desk.delegations"
    title = "事项下放"
    subtitle = "街道的事项，哪个社区到哪一天为止可以受理"
    columns = (
        Column(
            "title",
            "事项",
            value=lambda row: row.title,
            link=page_of("desk:delegation"),
        ),
        Column("area", "社区", value=lambda row: area_name(row.area)),
        Column("powers", "权限", value="get_powers_display"),
        Column("since", "从"),
        Column("last_day", "到"),
        Column("standing", "状态", tone=lambda row: row.tone),
        Column("document", "依据"),
        Column("seal_rule", "用印", shown=False),
    )
    filters = (
        FlagFilter("now", "今天有效的", apply=lambda rows, _: rows.standing_now()),
        ChoiceFilter("powers", "权限", choices=DelegatedPower.choices),
    )
    order = ("matter", "area", "id")

    @classmethod
    def dress(cls, rows: list, *, by) -> list:
        """The titles of the matters, as they read on the day the list is asked for."""
        titles = (
            {one.key: one.body.title for one in current_all("matter", on=rows[0].asked_on)} if rows else {}
        )
        for row in rows:
            row.title = titles.get(row.matter, row.matter)
        return rows

    empty_hint = "还没有下放的事项。街道科室点“下放事项”，写明依据、权限、期限和用印。"


def _fields(*, by) -> list[tuple[str, str]]:
    found = sorted(current_all("matter_field", on=date.max), key=lambda one: one.body.order)
    return [(one.key, one.body.title) for one in found] + [("other", "其他")]


class CentreMatters(ListScreen):
    """All matters of all centres in one list, by field (各中心事项一览)."""

    name = "desk.centres"
    title = "各中心事项一览"
    subtitle = "每个中心、每件事：能不能办；可导出"
    columns = (
        Column("field_title", "类别"),
        Column("title", "事项", link=lambda row: f"/guide/{row.matter}/"),
        Column("site", "中心", link=lambda row: reverse("places:site", args=[row.site_id])),
        Column("place", "社区"),
        Column("standing", "状态", tone=lambda row: row.tone),
    )
    filters = (
        ChoiceFilter("field", "类别", choices=_fields),
        ChoiceFilter(
            "standing", "状态", choices=(("可办", "可办"), ("未下放", "未下放"), ("未公布", "未公布"))
        ),
        ChoiceFilter("site_kind", "中心类别", choices=SiteKind.choices[:3]),
        TextFilter("place", "社区", lookup="contains"),
    )
    empty_hint = "还没有设立中心或服务站。在“服务点”里设立，再公布办理内容。"
