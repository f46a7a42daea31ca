"""The declared lists of transcripts."""

from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.kernel.actor import Actor
from yimen.kernel.numbers import spoken_case_number
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.transcripts.choices import Standing, Verdict
from yimen.work.transcripts.permissions import FIND
from yimen.work.transcripts.queries import system_choices
from yimen.work.transcripts.queries.cards import TONES


class TranscriptList(ListScreen):
    """Cases that are typed into other systems too, those that wait longest first (抄录清单)."""

    name = "transcripts.transcripts"
    title = "抄录"
    columns = (
        Column(
            "case_number",
            "办件",
            value=lambda one: spoken_case_number(one.case_number),
            link=lambda one: reverse("transcripts:card", args=[one.public_id]),
            hint="matter_title",
        ),
        Column("person_name", "居民", private="name"),
        Column("area", "区域", value=lambda one: area_name(one.area)),
        Column("system", "外部系统", value="system_title"),
        Column("accepted_on", "受理"),
        Column(
            "standing",
            "情况",
            value="get_standing_display",
            tone=lambda one: TONES[Standing(one.standing)],
        ),
        Column("outside_number", "外部编号"),
        Column("outside_state", "外部状态"),
    )
    filters = (
        ChoiceFilter("standing", "情况", choices=Standing.choices),
        ChoiceFilter("system", "外部系统", choices=system_choices),
        TextFilter("outside_number", "外部编号", hint="编号开头"),
    )
    order = ("accepted_on", "id")
    empty_title = "这里没有要抄录的件"
    empty_hint = "受理了还要录入上级系统的事项，就会出现在这里；哪些事项要录，写在外部系统的定义里。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        titles = dict(system_choices())
        finds = by is not None and by.can_somewhere(FIND)
        for row in rows:
            row.system_title = titles.get(row.system, row.system)
            row.person_name = row.person_name if finds else mask_name(row.person_name)
        return rows


VERDICT_TONES = {
    Verdict.CLOSE: "good",
    Verdict.CHANGE: "info",
    Verdict.SAME: "neutral",
    Verdict.UNKNOWN: "warn",
    Verdict.AMBIGUOUS: "warn",
    Verdict.BAD: "late",
}


class RowList(ListScreen):
    """What each row of a sheet would do, or did (逐行核对)."""

    name = "transcripts.rows"
    title = "外部导出表"
    columns = (
        Column("number", "行"),
        Column(
            "verdict",
            "核对",
            value="get_verdict_display",
            tone=lambda one: VERDICT_TONES[Verdict(one.verdict)],
        ),
        Column(
            "ours",
            "办件",
            value=lambda one: spoken_case_number(one.transcript.case_number) if one.transcript else "",
            link=lambda one: (
                reverse("transcripts:card", args=[one.transcript.public_id]) if one.transcript else ""
            ),
        ),
        Column("outside_number", "外部编号"),
        Column("outside_state", "外部状态"),
        Column("sentence", "说明"),
        Column("done", "结果", value=lambda one: "已改" if one.done else ""),
    )
    filters = (ChoiceFilter("verdict", "核对", choices=Verdict.choices),)
    order = ("number", "id")
    empty_hint = "这一类没有行，换一类看看。"
