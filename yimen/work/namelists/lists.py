"""The declared lists of namelists."""

from typing import Any

from django.urls import reverse

from yimen.foundations.ui.api import ChoiceFilter, Column, ListScreen, TextFilter
from yimen.kernel.actor import Actor
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.namelists.choices import SAID, Fit, Outcome, State
from yimen.work.namelists.permissions import FIND
from yimen.work.namelists.queries import lists_to_work, progress_of_many
from yimen.work.namelists.rules import without_numbers

TONES = {
    Outcome.WAITING: "neutral",
    Outcome.AGAIN: "warn",
    Outcome.DONE: "good",
    Outcome.MOVED: "info",
    Outcome.REFUSED: "info",
    Outcome.NOT_FOUND: "info",
    Outcome.DROPPED: "neutral",
}
FITS = {Fit.MATCHED: "good", Fit.SEVERAL: "warn", Fit.NOBODY: "neutral"}


def _outcome(row: Any) -> str:
    return TONES[Outcome(row.outcome)]


class NameListList(ListScreen):
    """Lists to work off, the latest first (名单任务清单)."""

    name = "namelists.lists"
    title = "名单任务"
    columns = (
        Column("title", "名单", link=lambda one: reverse("namelists:list", args=[one.public_id])),
        Column("area", "范围", value=lambda one: area_name(one.area)),
        Column("due_on", "最后一天"),
        Column("all", "名单上", value=lambda one: one.far.all),
        Column("ended", "核实了", value=lambda one: one.far.ended),
        Column("open", "还没有", value=lambda one: one.far.open),
        Column(
            "state",
            "状态",
            value="get_state_display",
            tone=lambda one: "info" if one.is_running else "neutral",
        ),
    )
    filters = (ChoiceFilter("state", "状态", choices=State.choices), TextFilter("title", "名称"))
    order = ("-id",)
    empty_title = "还没有名单任务"
    empty_hint = "点“上传名单”：上面发来的 Excel 直接传，定几道题和最后一天，按网格分下去。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        far = progress_of_many(rows, by=by)
        for row in rows:
            row.far = far[row.pk]
        return rows


class RowList(ListScreen):
    """The rows of one list (名单)."""

    name = "namelists.rows"
    title = "名单"
    columns = (
        Column("number", "原表第几行"),
        Column(
            "name", "姓名", link=lambda one: reverse("namelists:row", args=[one.public_id]), private="name"
        ),
        Column("fit", "对上情况", value="get_fit_display", tone=lambda one: FITS[Fit(one.fit)]),
        Column("area", "交给", value=lambda one: area_name(one.area)),
        Column("outcome", "结果", value="get_outcome_display", tone=_outcome),
        Column("worked_on", "日期"),
        Column("worked_by_name", "核实人"),
    )
    filters = (
        ChoiceFilter("fit", "对上情况", choices=Fit.choices),
        ChoiceFilter("outcome", "结果", choices=[one for one in Outcome.choices if one[0] != "undone"]),
    )
    order = ("number", "id")
    empty_hint = "这里没有。换一个条件看看。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        return _named(rows, by=by)


class MyRows(ListScreen):
    """What one has to find out, grid by grid (我的名单)."""

    name = "namelists.mine"
    title = "我的名单"
    columns = (
        Column(
            "name", "姓名", link=lambda one: reverse("namelists:row", args=[one.public_id]), private="name"
        ),
        Column("address", "地址", value=lambda one: without_numbers(one.address), private="address"),
        Column("area", "网格", value=lambda one: area_name(one.area)),
        Column("list_title", "名单"),
        Column("due_on", "最后一天"),
        Column("outcome", "情况", value="get_outcome_display", tone=_outcome),
    )
    filters = (
        ChoiceFilter("list", "名单", field="name_list__public_id", choices=lists_to_work),
        ChoiceFilter("outcome", "情况", choices=[("waiting", "还没有做"), ("again", "改天再去")]),
    )
    order = ("area", "id")
    empty_title = "都核实完了"
    empty_hint = "科室下发名单以后，您网格里的人会出现在这里，点姓名登记结果。"

    @classmethod
    def dress(cls, rows: list[Any], *, by: Actor | None) -> list[Any]:
        return _named(rows, by=by)


class MyDone(MyRows):
    """What was told today, to be corrected or taken back (今天做过的)."""

    name = "namelists.done"
    title = "今天做过的"
    filters = (ChoiceFilter("outcome", "结果", choices=[(str(one), one.label) for one in SAID]),)
    empty_title = "今天还没有登记"
    empty_hint = "登记过的当天可以改、可以撤回。"


def _named(rows: list[Any], *, by: Actor | None) -> list[Any]:
    finds = by is not None and by.can_somewhere(FIND)
    for row in rows:
        row.name = (row.name or "（没有写姓名）") if finds else mask_name(row.name)
    return rows
