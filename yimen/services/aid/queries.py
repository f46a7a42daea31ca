"""Reads of aid: who had which relief."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.services.aid.engine.schemes import ReliefScheme, scheme_of
from yimen.services.aid.models import Relief
from yimen.services.aid.permissions import VIEW_RELIEF
from yimen.services.aid.rules import FormerRelief


def reliefs_of(people: Iterable[UUID], *, by: Actor) -> QuerySet[Relief]:
    """The relief that this person (all ids that mean her) has had, the latest first; none for who may not see it."""
    if not by.can_somewhere(VIEW_RELIEF):
        return Relief.objects.none()
    return Relief.objects.within(by).filter(person__in=list(people)).order_by("-decided_on", "-id")


def former_reliefs(people: Iterable[UUID], *, by: Actor) -> list[FormerRelief]:
    """What the acceptance rule must know of her: kinds and days, no amounts."""
    rows = Relief.objects.within(by).filter(person__in=list(people)).order_by("-decided_on", "-id")
    return [FormerRelief(event, day) for event, day in rows.values_list("event", "decided_on")]


def relief_of_case(case: UUID, *, by: Actor) -> Relief | None:
    """What was given in one case."""
    return Relief.objects.within(by).filter(case=case).first() if by.can_somewhere(VIEW_RELIEF) else None


def relief_scheme(area: str, *, on: date) -> ReliefScheme | None:
    """The local numbers in force (救助标准)."""
    found = scheme_of(area, on=on)
    return found.body if found else None
