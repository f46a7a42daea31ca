"""The lists from which the desk works (办件清单), each in the order in which the work wants to be done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from yimen.foundations.bus.api import kept
from yimen.foundations.definitions.api import current_all, working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.work.desk.choices import DelegatedPower, State
from yimen.work.desk.models import Case, Delegation
from yimen.work.desk.permissions import DECIDE_CASE, HANDLE_CASE, VIEW_CASES
from yimen.work.desk.queries.cases import find_cases

SOON_WORKING_DAYS = 2
WORK_LISTS = ("late", "soon", "waiting", "owed", "running", "decide", "deliver", "archive")
# What is first in each list; then whichever came first.
_SORTED_BY = {
    "urged": "urged_on",
    "late": "due_on",
    "soon": "due_on",
    "waiting": "received_at",
    "owed": "papers_due_on",
    "running": "due_on",
    "deliver": "settled_on",
    "archive": "settled_on",
}


def late_cases(*, by: Actor, today: date) -> QuerySet[Case]:
    """Running cases whose promised day is over, the latest first."""
    return find_cases(by=by).late(today).order_by("due_on", "id")


def work_list(kind: str, *, by: Actor, today: date) -> QuerySet[Case]:
    """One of WORK_LISTS, in the order in which the work wants to be done."""
    if not by.can_somewhere(VIEW_CASES):
        return Case.objects.none()
    if kind == "decide":
        return _to_decide(*_where_decided(by=by, today=today))
    return _listed(*_asked((kind,), by=by, today=today), kind=kind)


def first_cases(kinds: Sequence[str], *, by: Actor, today: date, most: int) -> dict[str, list[Case]]:
    """The first rows of some lists, for the first page, all with one statement: {kind: cases}; an empty list is left out.

    Besides WORK_LISTS (without decide) there is ``urged``: cases whose applicants urge us and wait for an answer
    (催办待答复), where this actor handles them.
    """
    if not by.can_somewhere(VIEW_CASES):
        return {}
    found: dict[str, list[Case]] = {}
    for case in _first_of_each(*_asked(kinds, by=by, today=today), kinds=tuple(kinds), most=most):
        found.setdefault(case.listed, []).append(case)
    # The parts of a union keep no promise about their order.
    return {
        kind: sorted(cases, key=lambda case: (getattr(case, _SORTED_BY[kind]), case.id))
        for kind, cases in found.items()
    }


def first_to_decide(*, by: Actor, today: date, most: int) -> list[Case]:
    """The first cases that wait for this actor's decision (等我决定), for the first page."""
    if not by.can_somewhere(VIEW_CASES):
        return []
    return _first_to_decide(*_where_decided(by=by, today=today), most=most)


def one_street(by: Actor) -> str | None:
    """The street in which all that the actor sees lies, if there is one."""
    streets = {prefix[: Level.STREET.digits] for prefix in by.reach}
    return next((one for one in streets if len(streets) == 1 and len(one) == Level.STREET.digits), None)


def _asked(kinds: Sequence[str], *, by: Actor, today: date) -> tuple[Any, ...]:
    last = (
        working_calendar(on=today).add_working_days(today, SOON_WORKING_DAYS).day if "soon" in kinds else None
    )
    return by, by.reach, one_street(by), by.areas_for(HANDLE_CASE), today, last


@kept
def _first_of_each(by: Actor, *asked: Any, kinds: tuple[str, ...], most: int) -> QuerySet[Case]:
    first, *others = (
        _listed(by, *asked, kind=kind).annotate(listed=Value(kind, output_field=CharField()))[:most]
        for kind in kinds
    )
    return first.union(*others, all=True)


def _listed(
    by: Actor,
    reach: Sequence[str],
    street: str | None,
    handled: Sequence[str],
    today: date,
    last: date | None,
    *,
    kind: str,
) -> QuerySet[Case]:
    cases = Case.objects.within(by).worked_in(reach, street)
    match kind:
        case "urged":
            found = cases.urged().filter(desk_area__begins_with_any=handled)
        case "late":
            found = cases.late(today)
        case "soon":
            found = cases.due_between(today, last)
        case "waiting":
            found = cases.waiting()
        case "owed":
            found = cases.owing_papers()
        case "running":
            found = cases.running()
        case "deliver":
            found = cases.to_deliver()
        case "archive":
            found = cases.filter(state=State.DELIVERED)
        case _:
            raise ValueError(kind)
    return found.order_by(_SORTED_BY[kind], "id")


def _where_decided(*, by: Actor, today: date) -> tuple[Any, ...]:
    """Where this actor decides, and which matters are decided there: anywhere, at the street, and where they were given to."""
    areas = by.areas_for(DECIDE_CASE)
    decided = [one for one in current_all("matter", on=today) if one.body.way == "decision"]
    anywhere = [one.key for one in decided if one.body.decides == "community"]
    at_street = [one.key for one in decided if one.body.decides == "street"]
    given = [f"{matter} {area}" for matter, area in _decided_there(areas, today)]
    return by, by.reach, one_street(by), areas, anywhere, at_street, given


@kept
def _first_to_decide(by: Actor, *where: Any, most: int) -> QuerySet[Case]:
    return _to_decide(by, *where)[:most]


def _to_decide(
    by: Actor,
    reach: Sequence[str],
    street: str | None,
    areas: Sequence[str],
    anywhere: Sequence[str],
    at_street: Sequence[str],
    given: Sequence[str],
) -> QuerySet[Case]:
    """Running cases that lie where this actor decides, of matters that are decided there (等我决定)."""
    mine = Case.objects.within(by).worked_in(reach, street).running()
    here = Q(matter__among=anywhere) | Q(matter__among=at_street, desk_area=F("street"))
    there = mine.alias(of_whom=Concat("matter", Value(" "), "desk_area", output_field=CharField()))
    lying = there.filter(here | Q(of_whom__among=given), desk_area__begins_with_any=areas)
    return lying.order_by("due_on", "id")


@kept
def _decided_there(areas: Sequence[str], today: date) -> QuerySet:
    given = Delegation.objects.standing().on(today).filter(powers=DelegatedPower.DECIDE)
    return given.filter(area__begins_with_any=areas).values_list("matter", "area")
