"""A岗 and B岗 of a case, and the cases one sees because their A岗 is away."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat

from yimen.foundations.definitions.api import current_all, find_current, version
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.registers.organisations.api import Cover, Pair, StandIn, cover_of, pair_for
from yimen.work.desk.models import Case
from yimen.work.desk.models.cases import OPEN_STATES
from yimen.work.desk.permissions import VIEW_CASES

ALL_MATTERS = "matter"


def works_of(matter: str, field: str) -> tuple[str, ...]:
    """As which kinds of work a matter may lie in somebody's hands (AB岗工作种类), the narrowest first."""
    return (f"matter.{matter}", *([f"matter_field.{field}"] if field else []), ALL_MATTERS)


def kinds_of_work(on: date) -> list[tuple[str, str]]:
    """What an A岗 may be named for at a desk (办件种类): everything, a field, a single matter."""
    fields = sorted(current_all("matter_field", on=on), key=lambda one: (one.body.order, one.key))
    return [
        (ALL_MATTERS, "全部办件"),
        *((f"matter_field.{one.key}", f"{one.body.title}类办件") for one in fields),
        *((f"matter.{one.key}", one.body.title) for one in current_all("matter", on=on)),
    ]


def pair_of(case: Case, *, by: Actor, on: date) -> Pair:
    """Who has a case (A岗) and who stands in (B岗) at the desk where it lies; one statement."""
    matter = find_current("matter", case.matter, on=on) or version(case.matter_version)
    works = works_of(case.matter, matter.body.field)
    return pair_for(works, area=case.desk_area, by=by, on=on)


def cases_covered(*, by: Actor, on: date) -> QuerySet[Case]:
    """Open cases whose A岗 is away and that the actor sees meanwhile (A岗不在), as B岗 or as head."""
    return _lying(stand_ins(by=by, on=on), by=by)


def first_covered(*, by: Actor, on: date, most: int) -> list[Case]:
    """The first of them with their A岗 (``stood_in``), for the first page; no statement while nobody is away."""
    whose = stand_ins(by=by, on=on)
    return with_stand_ins(_lying(whose, by=by).order_by("id")[:most], whose)


def stand_ins(*, by: Actor, on: date) -> dict[str, StandIn]:
    """Whose work a matter at a desk is that the actor sees meanwhile, by ``"<matter> <area of the desk>"``."""
    cover = cover_of(by=by, on=on) if by.can_somewhere(VIEW_CASES) else Cover()
    matters = current_all("matter", on=on) if cover.areas else ()
    found = {
        f"{one.key} {area}": cover.of(works_of(one.key, one.body.field), area=area)
        for area in cover.areas
        for one in matters
    }
    return {of_whom: one for of_whom, one in found.items() if one}


def with_stand_ins(cases: Iterable[Case], whose: Mapping[str, StandIn]) -> list[Case]:
    """The cases, each with whose it is (``stood_in``)."""
    found = list(cases)
    for case in found:
        case.stood_in = whose.get(f"{case.matter} {case.desk_area}")
    return found


def _lying(whose: Mapping[str, StandIn], *, by: Actor) -> QuerySet[Case]:
    if not whose:
        return Case.objects.none()
    streets = {one.partition(" ")[2][: Level.STREET.digits] for one in whose}
    open_cases = Case.objects.within(by).filter(street__in=streets, state__in=OPEN_STATES)
    of_whom = Concat("matter", Value(" "), "desk_area", output_field=CharField())
    return open_cases.alias(of_whom=of_whom).filter(of_whom__in=list(whose))
