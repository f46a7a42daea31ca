"""Who bears a document number anywhere in the installation: no more than the window must know (最小信息)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class Bearer:
    """The living file that bears a number: its public id, masked name and street, and nothing else."""

    kind: str
    number_hash: str
    public_id: UUID
    masked_name: str
    street: str


def bearers_of(hashes: Iterable[str]) -> list[Bearer]:
    """The bearers of these number hashes, beyond the actor's reach too (a database function of the owner answers)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, number_hash, public_id, masked_name, street FROM people_bearers(%s)", [list(hashes)]
        )
        return [Bearer(*row) for row in cursor.fetchall()]


def named_bearer(hashes: Iterable[str], name: str) -> tuple[UUID, str] | None:
    """Public id and street of the living file that bears one of these numbers under this whole name (人证相符)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_id, street FROM people_named_bearer(%s, %s)", [list(hashes), name])
        return cursor.fetchone()
