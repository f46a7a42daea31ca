"""Page models of the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from yimen.kernel.actor import Actor
from yimen.services.archive.choices import DIFFERENT, Stage, Verdict
from yimen.services.archive.permissions import HAND_OVER, KEEP
from yimen.services.archive.queries import ListView

PER_PAGE = 50
_SHOWN = {
    "pending": ("未核对", (Verdict.PENDING,)),
    "different": ("差异", DIFFERENT),
    "received": ("收到", (Verdict.RECEIVED,)),
}
_TONES = {
    Verdict.RECEIVED: "good",
    Verdict.MISSING: "warn",
    Verdict.INCOMPLETE: "warn",
    Verdict.PENDING: "neutral",
}


@dataclass(frozen=True)
class Row:
    """A line of the list as the page shows it."""

    item: Any
    tone: str


@dataclass(frozen=True)
class ListSheet:
    """The page of one hand-over list: what stands on it, and what this actor can do with it now."""

    view: ListView
    area_name: str
    rows: Sequence[Row]
    chips: Sequence[tuple[str, str, bool]]
    next_url: str
    first_url: str
    may_send: bool
    may_tick: bool
    why_not_sign: str
    next_step: str
    here: str
    bad_item: Any = None
    bad_form: Any = None

    @property
    def list(self):
        return self.view.list


def page_query(asked: Any) -> tuple[str, int]:
    """Which lines the address asks for: the filter and the line after which they begin."""
    show = asked.get("show", "")
    after = asked.get("after", "")
    return show if show in _SHOWN else "", int(after) if after.isdecimal() and len(after) < 7 else 0


def narrowed(items: Any, show: str, after: int) -> list[Any]:
    """One page of lines, and one more when there are more."""
    rows = items.filter(line__gt=after)
    if show:
        rows = rows.filter(verdict__in=_SHOWN[show][1])
    return list(rows[: PER_PAGE + 1])


def present_list(
    view: ListView, rows: Sequence[Any], *, by: Actor, area_name: str, show: str, after: int, bad=None
) -> ListSheet:
    """Shape a list for its page; ``bad`` is (line, form) of a difference that came back with a mistake."""
    found = view.list
    may_send = found.stage == Stage.MADE and by.can(HAND_OVER, area=found.area)
    may_tick = found.stage == Stage.SENT and by.can(KEEP, area=found.area)
    chips = [("全部", "?", not show)]
    chips += [(label, "?" + urlencode({"show": key}), key == show) for key, (label, _) in _SHOWN.items()]
    here = {"show": show, "after": after or ""}
    return ListSheet(
        view=view,
        area_name=area_name,
        rows=[Row(item, _TONES[Verdict(item.verdict)]) for item in rows[:PER_PAGE]],
        chips=chips if found.stage != Stage.MADE else [],
        next_url="?" + urlencode({"show": show, "after": rows[PER_PAGE - 1].line})
        if len(rows) > PER_PAGE
        else "",
        first_url="?" + urlencode({"show": show}) if after else "",
        may_send=may_send,
        may_tick=may_tick,
        why_not_sign=_why_not_sign(view, by) if may_tick else "",
        next_step=_next_step(view, may_send=may_send, may_tick=may_tick),
        here=urlencode({key: value for key, value in here.items() if value}),
        bad_item=bad[0] if bad else None,
        bad_form=bad[1] if bad else None,
    )


def _why_not_sign(view: ListView, by: Actor) -> str:
    if view.list.sent_by == by.key:
        return "您是移交人，请换一位同事接收。"
    return f"还有 {view.pending} 件没有核对。" if view.pending else ""


def _next_step(view: ListView, *, may_send: bool, may_tick: bool) -> str:
    if may_send:
        return "对照纸质材料看一遍，齐了就签字移交，把材料连同打印的清单交给档案员。"
    if may_tick:
        return "逐件对照纸质材料：收到的点“收到”，缺的写明差什么。核对完签字，收到的件编档号。"
    if view.list.stage == Stage.MADE:
        return "等社区签字移交。"
    if view.list.stage == Stage.SENT:
        return "社区已签字，等档案员逐件核对、签字接收。"
    return (
        f"双方已签字，清单不再变动；还有 {view.open} 件差异没有处理。"
        if view.open
        else "双方已签字，全部交接清楚。"
    )
