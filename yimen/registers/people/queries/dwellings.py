"""Who lives behind a door (住在这里的人)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import AddressKind
from yimen.registers.people.models import Residence


@dataclass(frozen=True)
class Dweller:
    """Someone living in a dwelling: name, sex and age only; no illness, no relief, no history shows at the door."""

    person: UUID
    name: str
    birth_year: int | None
    since: date
    householder: str


def people_at(dwelling: UUID, *, by: Actor) -> list[Dweller]:
    """Those who live in a dwelling now, within reach, who came first in front."""
    rows = Residence.objects.within(by).filter(
        dwelling__public_id=dwelling,
        kind=AddressKind.LIVES,
        until__isnull=True,
        person__merged_into__isnull=True,
        person__died_on__isnull=True,
    )
    return [
        Dweller(
            person=row.person.public_id,
            name=row.person.name,
            birth_year=row.person.birth_on.year if row.person.birth_on else None,
            since=row.since,
            householder=row.person.householder,
        )
        for row in rows.select_related("person").order_by("since", "id")
    ]
