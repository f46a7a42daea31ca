"""The declared list screens of the desk."""

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, DateFilter, ListScreen, TextFilter
from yimen.registers.people.api import FIND
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.desk.choices import CheckVerdict, FollowUpVerdict, Grade, Source, State


def _address(case):
    return reverse("desk:case", args=[case.public_id])


def _state(case):
    return "等居民补充" if case.paused else case.get_state_display()


def _late(case):
    return f"补录，{case.received_on} 收件" if case.late_entry else ""


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
        Column("number", "办件编号", value="spoken_number", link=_address),
        Column("matter_title", "事项"),
        Column("person_name", "申请人"),
        Column("state", "状态", value=_state),
        Column("due_on", "承诺期限"),
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
        TextFilter("number", "编号"),
    )
    order = ("-id",)
    empty_hint = "还没有办件。从居民档案里点“受理事项”开始。"


class WorkCases(_Cases):
    """One of the work lists, by due date; every row there has one (待办清单)."""

    name = "desk.work"
    title = "待办"
    filters = (TextFilter("number", "编号"),)
    order = ("due_on", "id")
    empty_hint = "这个清单现在是空的。"


class QueueCases(_Cases):
    """Cases that wait for somebody, oldest first; they need not have a due date."""

    name = "desk.queue"
    title = "待办"
    filters = (TextFilter("number", "编号"),)
    order = ("id",)
    empty_hint = "这个清单现在是空的。"


class CheckList(ListScreen):
    """Sampled cases (即办件抽查)."""

    name = "desk.checks"
    title = "即办件抽查"
    columns = (
        Column(
            "case",
            "办件",
            value=lambda check: check.case.spoken_number,
            link=lambda check: reverse("desk:check", args=[check.public_id]),
        ),
        Column("matter", "事项", value=lambda check: check.case.matter_title),
        Column("area", "受理地", value=lambda check: area_name(check.case.area)),
        Column("drawn_on", "抽中日期"),
        Column("verdict", "结论", value="get_verdict_display"),
    )
    filters = (ChoiceFilter("verdict", "结论", choices=CheckVerdict.choices),)
    order = ("-id",)
    empty_hint = "当天受理当天办结的件，第二天早上按比例抽查。"


class FollowUpList(ListScreen):
    """Bad ratings (差评回应)."""

    name = "desk.follow_ups"
    title = "差评回应"
    columns = (
        Column("due_on", "最迟回应", link=lambda row: reverse("desk:follow_up", args=[row.public_id])),
        Column("area", "区域", value=lambda row: area_name(row.area)),
        Column("grade", "等级", value=lambda row: dict(Grade.choices)[row.grade]),
        Column("text", "居民的话"),
        Column("verdict", "结果", value="get_verdict_display"),
    )
    filters = (ChoiceFilter("verdict", "结果", choices=FollowUpVerdict.choices),)
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
            link=lambda share: reverse("desk:share", args=[share.public_id]),
        ),
        Column("matter_title", "事项"),
        Column("person_name", "申请人"),
        Column("unit_name", "协办单位"),
        Column("due_on", "答复期限"),
        Column("asked_by_name", "谁送的"),
        Column("area", "社区", value=lambda share: area_name(share.area)),
    )
    filters = (DateFilter("due_on", "答复期限"), TextFilter("unit_name", "协办单位"))
    order = ("due_on", "id")
    empty_hint = "现在没有等答复的协办。"
