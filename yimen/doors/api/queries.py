"""What a watching machine reads of the house (运行指标); nothing of it is about anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yimen.foundations.audit.api import last_backup, last_proving, seal_state
from yimen.foundations.bus.api import health, queue_counts


@dataclass(frozen=True)
class Figure:
    """A gauge: ``values`` by label; one whose event never happened has none."""

    name: str
    told: str
    values: tuple[tuple[str, float], ...]


def figures(*, at: datetime) -> Iterator[Figure]:
    """The state of the house in figures, in nine queries; of a database that is down only that."""
    found = health(at=at)
    up = (('{part="database"}', int(found.database)), ('{part="worker"}', int(found.worker)))
    yield Figure("yimen_up", "1 when the part answers", up)
    if not found.database:
        return
    queue, seals, proven, backup = queue_counts(at=at), seal_state(), last_proving(), last_backup()
    states = (("waiting", queue.waiting), ("running", queue.running), ("failed", queue.failed))
    yield Figure(
        "yimen_jobs", "jobs by state", tuple((f'{{state="{state}"}}', count) for state, count in states)
    )
    yield _age("yimen_oldest_due_job_seconds", "age of the oldest job that is due", queue.oldest_due, at)
    yield Figure("yimen_trail_unsealed", "rows of the trail without a seal", (("", seals.unsealed),))
    yield _age("yimen_last_seal_seconds", "age of the last seal", seals.last and seals.last.made_at, at)
    yield _age("yimen_last_proof_seconds", "age of the last proof of numbers", proven and proven.made_at, at)
    yield Figure(
        "yimen_numbers_different", "numbers that differed then", (("", proven.different),) if proven else ()
    )
    yield _age("yimen_last_backup_seconds", "age of the last backup", backup and backup.made_at, at)
    yield Figure(
        "yimen_backup_proven",
        "1 when it was restored to prove it",
        (("", int(backup.proven)),) if backup else (),
    )


def _age(name: str, told: str, since: datetime | None, at: datetime) -> Figure:
    return Figure(name, told, (("", round((at - since).total_seconds(), 1)),) if since else ())
