"""Reads of delegations (下放): for officers, for windows, and for whoever looks up where a matter is handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.definitions.api import current, current_all
from yimen.kernel.actor import Actor
from yimen.work.desk.engine.delegating import (
    NoDelegation,
    delegated_here,
    delegation_here,
    why_not_here,
)
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.models import Delegation
from yimen.work.desk.permissions import DELEGATE

__all__ = [
    "delegable",
    "delegated_here",
    "delegation_here",
    "delegations_of",
    "find_delegations",
    "get_delegation",
    "running_out",
    "why_not_at",
]


@dataclass(frozen=True)
class RunningOut:
    """A delegation that ends soon and is not renewed yet (快到期)."""

    delegation: Delegation
    title: str
    last_day: date
    days: int


def find_delegations(*, by: Actor, on: date) -> QuerySet[Delegation]:
    """All delegations in the areas an actor works in, also those of the communities of her street; they are public facts."""
    rows = Delegation.objects.asked_on(on)
    return rows.filter(area__begins_with_any=by.reach) if by.reach else rows.none()


def get_delegation(public_id: UUID, *, by: Actor, on: date) -> Delegation:
    """One delegation within reach."""
    found = find_delegations(by=by, on=on).filter(public_id=public_id).first()
    if found is None:
        raise NoDelegation
    return found


def delegations_of(matter: str, *, area: str, on: date) -> list[Delegation]:
    """The delegations of one matter to one window that are in force on a day."""
    return list(Delegation.objects.at_window(area).on(on).filter(matter=matter))


def running_out(*, by: Actor, on: date, within_days: int) -> list[RunningOut]:
    """What ends within so many days and is not renewed (快到期的下放), where the actor may delegate; the nearest first."""
    if not by.can_somewhere(DELEGATE):
        return []
    rows = _ending(by.areas_for(DELEGATE), on, on + timedelta(days=within_days))
    if not rows:
        return []
    mine = Delegation.objects.standing().filter(street__begins_with_any=by.areas_for(DELEGATE))
    ahead = set(mine.filter(since__gt=on).values_list("matter", "area"))
    titles = {one.key: one.body.title for one in current_all("matter", on=on)}
    return [
        RunningOut(row, titles.get(row.matter, row.matter), row.last_day, (row.last_day - on).days)
        for row in rows
        if (row.matter, row.area) not in ahead
    ]


@kept
def _ending(areas: Sequence[str], on: date, until: date) -> QuerySet[Delegation]:
    mine = Delegation.objects.standing().filter(street__begins_with_any=areas)
    return mine.on(on).filter(until__lte=until, ended_at__isnull=True).order_by("until", "area", "id")


def delegable(*, by: Actor, on: date) -> list[tuple[str, str]]:
    """Matters of the street, as (key, title): what can be delegated at all (可下放事项)."""
    found = [(one.key, one.body.title) for one in current_all("matter", on=on) if one.body.level == "street"]
    return sorted(found, key=lambda pair: pair[1])


def why_not_at(matter: str, *, area: str, on: date) -> str:
    """Why the window of ``area`` cannot take in this matter on a day, "" when it can."""
    body: Matter = current("matter", matter, on=on).body
    finding = why_not_here(matter, body, area=area, on=on)
    return finding.sentence if finding else ""
