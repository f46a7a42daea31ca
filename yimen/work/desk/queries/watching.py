"""What is watched over: sampled cases, and bad ratings that want an answer."""

from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.work.desk.models import FollowUp, SpotCheck
from yimen.work.desk.permissions import CHECK_WORK


def checks(*, by: Actor) -> QuerySet[SpotCheck]:
    """Sampled cases within reach (即办件抽查)."""
    rows = SpotCheck.objects.within(by).select_related("case")
    return rows if by.can_somewhere(CHECK_WORK) else rows.none()


def follow_ups(*, by: Actor) -> QuerySet[FollowUp]:
    """Bad ratings within reach (差评回应)."""
    rows = FollowUp.objects.within(by)
    return rows if by.can_somewhere(CHECK_WORK) else rows.none()


def first_follow_ups(*, by: Actor, most: int) -> list[FollowUp]:
    """The bad ratings about which something is still to be done (待办结差评), the nearest day first."""
    areas = by.areas_for(CHECK_WORK)
    rows = FollowUp.objects.within(by).unfinished().filter(area__begins_with_any=areas)
    return list(rows.order_by("wanted_by", "id")[:most]) if areas else []


def get_check(check: UUID, *, by: Actor) -> SpotCheck:
    """One sampled case."""
    found = checks(by=by).filter(public_id=check).first()
    if found is None:
        raise NotFound
    return found


def get_follow_up(follow_up: UUID, *, by: Actor) -> FollowUp:
    """One bad rating."""
    found = follow_ups(by=by).filter(public_id=follow_up).first()
    if found is None:
        raise NotFound
    return found
