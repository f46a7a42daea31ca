"""The rows of a large table wait for a job, which keeps how each of them stands (分段自动填)."""

from collections.abc import Iterable
from datetime import datetime

from yimen.foundations.bus.api import defer
from yimen.kernel.actor import Actor
from yimen.steering.returns.engine.filling import Line
from yimen.steering.returns.models import Return, ReturnRow
from yimen.steering.returns.rules import AT_ONCE

FILL_JOB = "returns.fill"


def put_to_work(found: Return) -> None:
    """One more portion of a table; those of one table run one after another."""
    defer(FILL_JOB, lock=f"returns:{found.public_id}", table=str(found.public_id))


def set_to_work(found: Return, *, by: Actor, at: datetime, lines: int) -> None:
    """Have the rows of a table filled (自动填); those of a small one are filled whenever somebody looks."""
    found.moved_at, found.problem, found.account = at, "", by.account
    found.save()
    if lines > AT_ONCE:
        ReturnRow.objects.filter(table=found).update(cells=None)
        put_to_work(found)


def count_rows(rows: Iterable[ReturnRow], lines: Iterable[Line]) -> None:
    """Keep how these rows stand."""
    by_number = {line.number: line for line in lines}
    rows = list(rows)
    for row in rows:
        slots = by_number[row.number].slots
        row.cells = sum(slot.state != "formula" for slot in slots)
        row.known = sum(slot.state == "known" for slot in slots)
        row.open = sum(slot.state == "open" and not slot.typed for slot in slots)
        row.differs = sum(slot.state == "differs" and not slot.choice for slot in slots)
    # Put in anew in two statements: an update of many rows by cases takes seconds.
    ReturnRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    ReturnRow.objects.bulk_create(rows)
