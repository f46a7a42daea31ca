"""Hand-over lists within reach, and what still differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.services.archive.choices import DIFFERENT, Stage, Verdict
from yimen.services.archive.engine.loading import NoItem, NoList
from yimen.services.archive.models import HandoverItem, HandoverList
from yimen.services.archive.permissions import HAND_OVER, KEEP, VIEW_LISTS
from yimen.services.archive.rules import last_day, month_of
from yimen.work.desk import api as desk

_OPEN = Q(items__verdict__in=DIFFERENT, items__cleared="")


@dataclass(frozen=True)
class ListView:
    """One list and how far its ticking has come (核对进度)."""

    list: HandoverList
    pending: int
    received: int
    different: int
    open: int


def find_lists(*, by: Actor) -> QuerySet[HandoverList]:
    """All lists within reach that the actor may see, each with its open differences as ``open_count``."""
    lists = HandoverList.objects.within(by) if by.can_somewhere(VIEW_LISTS) else HandoverList.objects.none()
    return lists.annotate(open_count=Count("items", filter=_OPEN))


def handover_list(handover: UUID, *, by: Actor) -> ListView:
    """One list with its counts."""
    found = find_lists(by=by).filter(public_id=handover).first()
    if found is None:
        raise NoList
    by.must(VIEW_LISTS, area=found.area)
    counts = dict(HandoverItem.objects.filter(list=found).values_list("verdict").annotate(count=Count("id")))
    return ListView(
        list=found,
        pending=counts.get(Verdict.PENDING, 0),
        received=counts.get(Verdict.RECEIVED, 0),
        different=sum(counts.get(verdict, 0) for verdict in DIFFERENT),
        open=found.open_count,
    )


def items_of(handover: HandoverList) -> QuerySet[HandoverItem]:
    """The lines of a list somebody was shown, in their order."""
    return HandoverItem.objects.filter(list=handover).order_by("line")


def open_differences(*, by: Actor) -> QuerySet[HandoverItem]:
    """What differed on a signed list and is not cleared up (未处理的差异), oldest first."""
    items = HandoverItem.objects.within(by) if by.can_somewhere(VIEW_LISTS) else HandoverItem.objects.none()
    return _differences(items)


def find_item(item: UUID, *, by: Actor) -> HandoverItem:
    """One line with its list."""
    if not by.can_somewhere(VIEW_LISTS):
        raise NoItem
    found = HandoverItem.objects.within(by).select_related("list").filter(public_id=item).first()
    if found is None:
        raise NoItem
    by.must(VIEW_LISTS, area=found.area)
    return found


def first_differences(*, by: Actor, most: int) -> list[HandoverItem]:
    """The first of her own windows, for the first page."""
    if not by.can_somewhere(VIEW_LISTS):
        return []
    return _first_differences(by, by.areas_for(HAND_OVER), most=most)


@kept
def _first_differences(by: Actor, areas: Sequence[str], *, most: int) -> QuerySet[HandoverItem]:
    return _differences(HandoverItem.objects.within(by)).filter(area__among=areas)[:most]


def _differences(items: QuerySet[HandoverItem]) -> QuerySet[HandoverItem]:
    open_items = items.filter(verdict__in=DIFFERENT, cleared="", list__stage=Stage.RECEIVED)
    return open_items.select_related("list").order_by("id")


def lists_to_sign(*, by: Actor) -> list[HandoverList]:
    """Lists that wait for this window's signature (待本窗口签字): of her own areas, not of all below a street."""
    return _to_sign(by, by.areas_for(HAND_OVER))


@kept
def _to_sign(by: Actor, areas: Sequence[str]) -> QuerySet[HandoverList]:
    mine = HandoverList.objects.within(by).filter(stage=Stage.MADE, area__among=areas)
    return mine.order_by("month", "id")


def lists_to_receive(*, by: Actor) -> QuerySet[HandoverList]:
    """Lists that communities have signed and the keeper has not (待接收)."""
    if not by.can_somewhere(KEEP):
        return HandoverList.objects.none()
    return HandoverList.objects.within(by).filter(stage=Stage.SENT).order_by("sent_at", "id")


def to_hand_over(*, by: Actor, today: date) -> QuerySet[Any]:
    """Cases that are over and in no archive yet (待移交); they go by the list of this month."""
    return desk.cases_to_hand_over(until=last_day(month_of(today)), by=by)


def count_to_hand_over(*, by: Actor, today: date) -> int:
    """How many of them wait in her own windows."""
    return desk.count_to_hand_over(until=last_day(month_of(today)), areas=by.areas_for(HAND_OVER), by=by)


def waiting_cases(*, by: Actor, area: str, today: date) -> bool:
    """Whether this month's list of the area is not made yet (本月还没有清单)."""
    made = HandoverList.objects.within(by).filter(area=area, month=month_of(today))
    return by.can(HAND_OVER, area=area) and not made.exclude(stage=Stage.MADE).exists()


def areas_to_list(*, by: Actor, today: date) -> list[str]:
    """The windows of the actor whose list of this month can still be made or added to (可提前做清单的窗口)."""
    return [
        area
        for area in by.areas_for(HAND_OVER)
        if len(area) >= 9 and waiting_cases(by=by, area=area, today=today)
    ]
