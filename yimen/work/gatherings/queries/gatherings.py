"""The gatherings of one's areas: lists, one of them, and who may lead or help."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.access import api as access
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, lineage
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.registers.places.api import area_name, areas_under
from yimen.work.gatherings.choices import Answer, State
from yimen.work.gatherings.engine.holding import NoGathering
from yimen.work.gatherings.models import Gathering
from yimen.work.gatherings.permissions import HOLD, VIEW

LISTS = ("coming", "to_close", "held", "cancelled")
LOOKED_AHEAD = timedelta(days=7)


def find_gatherings(*, by: Actor) -> QuerySet[Gathering]:
    """All gatherings within reach that the actor may see (活动)."""
    return Gathering.objects.within(by) if by.can_somewhere(VIEW) else Gathering.objects.none()


def get_gathering(public_id: UUID, *, by: Actor) -> Gathering:
    """One gathering within reach."""
    found = find_gatherings(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoGathering
    by.must(VIEW, area=found.area)
    return found


def work_list(kind: str, *, by: Actor, at: datetime) -> QuerySet[Gathering]:
    """One of LISTS (活动清单)."""
    found = find_gatherings(by=by)
    if kind == "coming":
        return found.filter(state=State.PLANNED, ends_at__gt=at)
    if kind == "to_close":
        return found.filter(state=State.PLANNED, ends_at__lte=at)
    if kind in (State.HELD, State.CANCELLED):
        return found.filter(state=kind)
    raise ValueError(kind)


def gatherings_of_day(day: date, *, by: Actor) -> QuerySet[Gathering]:
    """What is on in one's areas that day, the earliest first (当天的活动)."""
    return _within_day(find_gatherings(by=by), *_bounds(day))


def day_at_a_glance(*, by: Actor, at: datetime, most: int) -> dict[str, list[Gathering]]:
    """The gatherings on the first page (首页的活动): of today, the first that wait for closing, and that need a look."""
    if not by.can_somewhere(VIEW):
        return {"today": [], "to_close": [], "look": []}
    return {
        "today": [one for one in _of_day(by, *_bounds(day_of(at))) if not one.waits_for_closing(at)],
        "to_close": _first_to_close(by, at, most=most),
        "look": _first_to_look_at(by, at, at + LOOKED_AHEAD, most=most),
    }


def count_of_day(day: date, *, by: Actor) -> int:
    """How many are on in one's areas that day."""
    return len(_ids_of_day(by, *_bounds(day))) if by.can_somewhere(VIEW) else 0


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, time.min, tzinfo=STREET_TIME)
    return begins, begins + timedelta(days=1)


def _within_day(found: QuerySet[Gathering], begins: datetime, ends: datetime) -> QuerySet[Gathering]:
    return (
        found.filter(starts_at__gte=begins, starts_at__lt=ends)
        .exclude(state=State.CANCELLED)
        .order_by("starts_at", "id")
    )


@kept
def _of_day(by: Actor, begins: datetime, ends: datetime) -> QuerySet[Gathering]:
    return _within_day(Gathering.objects.within(by), begins, ends)


@kept
def _ids_of_day(by: Actor, begins: datetime, ends: datetime) -> QuerySet:
    return _within_day(Gathering.objects.within(by), begins, ends).values_list("id", flat=True)


@kept
def _first_to_close(by: Actor, at: datetime, *, most: int) -> QuerySet[Gathering]:
    planned = Gathering.objects.within(by).filter(state=State.PLANNED, ends_at__lte=at)
    return planned.order_by("starts_at", "id")[:most]


@kept
def _first_to_look_at(by: Actor, at: datetime, until: datetime, *, most: int) -> QuerySet[Gathering]:
    planned = Gathering.objects.within(by).filter(state=State.PLANNED, ends_at__gt=at, starts_at__lt=until)
    return planned.exclude(answer=Answer.YES).order_by("starts_at", "id")[:most]


def needs_a_look(*, by: Actor, at: datetime) -> QuerySet[Gathering]:
    """What will not come off by itself (要处理的): within a week, and nobody leads it for certain."""
    soon = work_list("coming", by=by, at=at).filter(starts_at__lt=at + LOOKED_AHEAD)
    return soon.exclude(answer=Answer.YES).order_by("starts_at", "id")


def series_sessions(gathering: Gathering, *, by: Actor) -> QuerySet[Gathering]:
    """All sessions of the series a gathering belongs to (同一系列各场)."""
    if gathering.series_id is None:
        return Gathering.objects.none()
    return find_gatherings(by=by).filter(series=gathering.series_id).order_by("starts_at", "id")


def areas_to_plan_in(*, by: Actor, on: date) -> dict[str, str]:
    """Where one may plan a gathering (可以在哪里办): code and name; a street with its communities."""
    found: dict[str, str] = {}
    for held in by.areas_for(HOLD):
        found[held] = area_name(held)
        if len(held) == Level.STREET.digits:
            found |= {one.code: one.name for one in areas_under(held, Level.COMMUNITY, on=on)}
    return found


def people_of_roles(roles: Iterable[str], *, area: str, on: date) -> dict[UUID, str]:
    """Who holds one of these roles here or above (可以带、可以帮的人): account and name, the nearest first."""
    found: dict[UUID, str] = {}
    for code in reversed(lineage(area)):
        for role in roles:
            for account in access.holders_of(role, area=code, on=on):
                found.setdefault(account.public_id, account.name)
    return found
