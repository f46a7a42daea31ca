"""Reads of services for disabled persons: who has which allowance."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.services.rehab.engine.schemes import DisabilityScheme, scheme_of
from yimen.services.rehab.models import Allowance
from yimen.services.rehab.permissions import VIEW_ALLOWANCES
from yimen.services.rehab.rules import FormerAllowance


def allowances_of(people: Iterable[UUID], *, by: Actor) -> QuerySet[Allowance]:
    """The allowances granted to this person (all ids that mean her), the latest first; none for who may not see them."""
    if not by.can_somewhere(VIEW_ALLOWANCES):
        return Allowance.objects.none()
    rows = Allowance.objects.within(by).filter(person__in=list(people))
    return rows.with_end().order_by("-decided_on", "-id")


def former_allowances(people: Iterable[UUID], *, by: Actor) -> list[FormerAllowance]:
    """What the acceptance rules must know of what she still has: kinds and days, no amounts."""
    rows = (
        Allowance.objects.within(by).filter(person__in=list(people)).running().order_by("-decided_on", "-id")
    )
    return [FormerAllowance(kind, day) for kind, day in rows.values_list("kind", "decided_on")]


def disability_scheme(area: str, *, on: date) -> DisabilityScheme | None:
    """The local numbers in force (两项补贴标准)."""
    found = scheme_of(area, on=on)
    return found.body if found else None
