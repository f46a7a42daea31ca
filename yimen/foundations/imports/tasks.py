"""Background entry points of imports."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from yimen.foundations.access.api import actor_of
from yimen.foundations.bus.api import act_as, job
from yimen.foundations.imports.choices import BatchState
from yimen.foundations.imports.engine.lanes import JOB, put_to_work, uncollected
from yimen.foundations.imports.operations.batches import scrub_batches, turn_away_batch
from yimen.foundations.imports.operations.reading import MayNotBeKept
from yimen.foundations.imports.operations.working import (
    check_next,
    halt_batch,
    read_batch,
    undo_next,
    write_next,
)
from yimen.foundations.imports.queries import get_batch
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused

_STEPS = {
    BatchState.READING: read_batch,
    BatchState.CHECKING: check_next,
    BatchState.WRITING: write_next,
    BatchState.UNDOING: undo_next,
}


@job(JOB)
def work(*, by, at, batch, lane):
    """Do the next portion of a batch (导入一段) as the one who began it, with the rights she has today.

    What she may not do any more, and what the register refuses, halts the batch with the sentence; anything else that fails is
    tried again like every job.
    """
    number = UUID(batch)
    found = get_batch(number, by=by)
    step = _STEPS.get(BatchState(found.state))
    if step is None or found.problem:
        return
    try:
        actor = actor_of(found.account, on=day_of(at))
        with uncollected(), act_as(actor, on=day_of(at)):
            more = step(by=actor, at=at, batch=number)
    except MayNotBeKept as refusal:
        turn_away_batch(by=by, at=at, batch=number, why=refusal.sentence)
        return
    except Refused as refusal:
        halt_batch(by=by, at=at, batch=number, why=refusal.sentence)
        return
    if more:
        put_to_work(number, lane)
        if found.state == BatchState.READING:
            for other in range(1, settings.YIMEN_IMPORT_LANES):
                put_to_work(number, other)


@job("imports.scrub", cron="20 3 * * *")
def scrub(*, by, at):
    """Clear the sheets and rows of old batches (清除导入内容)."""
    scrub_batches(by=by, at=at, before=at - timedelta(days=settings.YIMEN_IMPORT_KEPT_DAYS))
