"""What I lead and where I help (我的活动): found by my account, never by my area."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.work.gatherings.choices import State
from yimen.work.gatherings.engine.holding import NoGathering
from yimen.work.gatherings.models import Gathering, Helper
from yimen.work.gatherings.permissions import OWN


@dataclass(frozen=True)
class MyHours:
    """My hours of a year (我的时长): as helper, confirmed; and as the one who led."""

    helped: int
    helped_minutes: int
    led: int
    led_minutes: int


def my_helping(*, by: Actor) -> QuerySet[Helper]:
    """Where I am a helper."""
    if not by.account or not by.can_somewhere(OWN):
        return Helper.objects.none()
    return Helper.objects.within(by).filter(account=by.account, left_at__isnull=True)


def my_gatherings(*, by: Actor) -> QuerySet[Gathering]:
    """What I lead or help at, and nothing else, though the area may hold more (我的活动)."""
    if not by.account or not by.can_somewhere(OWN):
        return Gathering.objects.none()
    helping = my_helping(by=by).values("gathering_id")
    return Gathering.objects.within(by).filter(Q(led_by=by.account) | Q(id__in=helping))


def my_part(public_id: UUID, *, by: Actor) -> tuple[Gathering, Helper | None]:
    """One gathering of mine, and my row as its helper; as not found for everyone else."""
    found = my_gatherings(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoGathering
    return found, my_helping(by=by).filter(gathering=found).first()


def my_hours(*, by: Actor, on: date) -> MyHours:
    """My hours of the year of ``on`` (本年时长): what closed gatherings confirmed."""
    begins = datetime.combine(date(on.year, 1, 1), time.min, tzinfo=STREET_TIME)
    ends = datetime.combine(date(on.year + 1, 1, 1), time.min, tzinfo=STREET_TIME)
    held = {"gathering__starts_at__gte": begins, "gathering__starts_at__lt": ends}
    served = list(my_helping(by=by).filter(minutes__isnull=False, **held).values_list("minutes", flat=True))
    led = [
        one.minutes
        for one in my_gatherings(by=by).filter(
            led_by=by.account, state=State.HELD, starts_at__gte=begins, starts_at__lt=ends
        )
    ]
    return MyHours(len(served), sum(served), len(led), sum(led))
