"""The clerk's own parked intakes (挂起的受理)."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.work.desk.engine.parked import own_parked
from yimen.work.desk.models import ParkedIntake


@dataclass(frozen=True)
class ParkedView:
    """One parked intake opened: what was typed, by the name of the field."""

    public_id: UUID
    person: UUID
    matter: str
    edition: int
    kept: dict[str, list[str]]


def parked_intakes(*, by: Actor, dropped: bool = False) -> list[ParkedIntake]:
    """Her own, in the order in which they were begun; ``dropped`` asks for those given up."""
    return _parked(by, by.account, dropped=dropped) if by.account else []


@kept
def _parked(by: Actor, account: UUID, *, dropped: bool) -> QuerySet:
    rows = ParkedIntake.objects.within(by).filter(account=account, dropped_at__isnull=not dropped)
    return rows.defer("kept").order_by("id")


def get_parked(parked: UUID, *, by: Actor) -> ParkedView | None:
    """One of her own, with what was typed; None when it is gone."""
    row = own_parked(by).filter(public_id=parked, dropped_at__isnull=True).first()
    if row is None:
        return None
    return ParkedView(row.public_id, row.person, row.matter, row.edition, json.loads(row.kept))
