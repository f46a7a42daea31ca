"""Reads of elder care: who has which benefit."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.services.eldercare.engine.schemes import ElderScheme, scheme_of
from yimen.services.eldercare.models import ElderBenefit
from yimen.services.eldercare.permissions import VIEW_BENEFITS
from yimen.services.eldercare.rules import FormerBenefit


def benefits_of(people: Iterable[UUID], *, by: Actor) -> QuerySet[ElderBenefit]:
    """The benefits granted to this person (all ids that mean her), the latest first; none for who may not see them."""
    if not by.can_somewhere(VIEW_BENEFITS):
        return ElderBenefit.objects.none()
    rows = ElderBenefit.objects.within(by).filter(person__in=list(people))
    return rows.with_end().order_by("-decided_on", "-id")


def former_benefits(people: Iterable[UUID], *, by: Actor) -> list[FormerBenefit]:
    """What the acceptance rules must know of what she still has: kinds and days."""
    rows = (
        ElderBenefit.objects.within(by)
        .filter(person__in=list(people))
        .running()
        .order_by("-decided_on", "-id")
    )
    return [FormerBenefit(kind, day) for kind, day in rows.values_list("kind", "decided_on")]


def elder_scheme(area: str, *, on: date) -> ElderScheme | None:
    """The numbers in force (养老待遇标准)."""
    found = scheme_of(area, on=on)
    return found.body if found else None
