"""Who comes and who helps: of one gathering, of a series, of a person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.work.gatherings.choices import Seat
from yimen.work.gatherings.models import Gathering, Helper, SignUp
from yimen.work.gatherings.permissions import OPEN_FILE


def live_sign_ups(gathering: Gathering, *, by: Actor) -> QuerySet[SignUp]:
    """Who signed up and did not withdraw, in the order of signing up (报名名单)."""
    return SignUp.objects.within(by).filter(gathering=gathering).exclude(seat=Seat.WITHDRAWN).order_by("id")


def helpers_of(gathering: Gathering, *, by: Actor) -> QuerySet[Helper]:
    """Who helps (帮手)."""
    return Helper.objects.within(by).filter(gathering=gathering, left_at__isnull=True).order_by("id")


def members_of(sessions: Iterable[Gathering], *, by: Actor) -> list[tuple[str, int, int]]:
    """Who came to a series (队员出勤): name, how many sessions, how many minutes; the most faithful first."""
    held = {one.id: one.minutes for one in sessions}
    came: dict[UUID, tuple[str, int, int]] = {}
    rows = SignUp.objects.within(by).filter(gathering__in=held, signed_in_at__isnull=False).order_by("id")
    for row in rows:
        _, times, minutes = came.get(row.person, ("", 0, 0))
        came[row.person] = (row.person_name, times + 1, minutes + held[row.gathering_id])
    return sorted(came.values(), key=lambda one: (-one[1], one[0]))


def sign_ups_of_people(people: Iterable[UUID], *, by: Actor) -> QuerySet[SignUp]:
    """What a person (all ids that mean her) signed up for and has not been to yet (已报名的活动)."""
    if not by.can_somewhere(OPEN_FILE):
        return SignUp.objects.none()
    rows = SignUp.objects.within(by).filter(person__in=list(people), gathering__state="planned")
    return (
        rows.exclude(seat=Seat.WITHDRAWN).select_related("gathering").order_by("gathering__starts_at", "id")
    )
