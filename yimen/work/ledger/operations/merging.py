"""Two files become one, and two again (并档): she is one person in the numbers of persons, then two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor


@operation("ledger.person.merged", inner=True)
def count_as_one(*, by: Actor, at: datetime, keep: UUID, alias: UUID) -> dict[str, Any]:
    """What was done for the other file counts for the kept one (并档): presence moves, the numbers of persons follow by
    deltas, and no entry is touched. Answers which two they were.
    """
    _move(alias, source=alias, target=keep, other=keep)
    return {"keep": str(keep), "alias": str(alias)}


@operation("ledger.merge.undone", inner=True)
def count_as_two(*, by: Actor, at: datetime, state: Mapping[str, Any]) -> None:
    """They were two people (撤销并档): what the entries say was done for the other file counts for it again."""
    keep, alias = UUID(state["keep"]), UUID(state["alias"])
    _move(alias, source=keep, target=alias, other=keep)


def _move(whose: UUID, *, source: UUID, target: UUID, other: UUID) -> None:
    with connection.cursor() as cursor:
        # In the order in which whoever writes for her takes them: the file that the deed names, then the kept one.
        for person in (whose, other):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('ledger ' || %s::uuid, 0))", [person]
            )
        cursor.execute("SELECT ledger_move_acts(%s, %s, %s)", [whose, source, target])
