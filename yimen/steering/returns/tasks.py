"""Background entry points of 一表通."""

from uuid import UUID

from yimen.foundations.access.api import actor_of
from yimen.foundations.bus.api import act_as, defer, job
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Refused
from yimen.steering.returns.engine.portions import FILL_JOB, put_to_work
from yimen.steering.returns.models import Edition, Part, Return
from yimen.steering.returns.operations.parts import LAY_OUT_JOB, halt_part, lay_out
from yimen.steering.returns.operations.portions import EDITION_JOB, fill_next, halt, make_next


@job(FILL_JOB)
def fill(*, by, at, table):
    """Fill the next portion of a large table (填一段) as the one who asked, with the rights she has today."""
    found = Return.objects.within(by).get(public_id=UUID(table))
    try:
        actor = actor_of(found.account, on=day_of(at))
        with act_as(actor, on=day_of(at)):
            more = fill_next(by=actor, at=at, table=found.public_id)
    except Refused as refusal:
        halt(by=by, at=at, table=found.public_id, why=refusal.sentence)
        return
    if more:
        put_to_work(found)


@job(EDITION_JOB)
def make_edition(*, by, at, edition):
    """Make the next portion of an edition (出一段) as the one who asked, with the rights she has today."""
    found = Edition.objects.within(by).select_related("table").get(public_id=UUID(edition))
    table = found.table.public_id
    try:
        actor = actor_of(found.account, on=day_of(at))
        with act_as(actor, on=day_of(at)):
            more = make_next(by=actor, at=at, edition=found.public_id)
    except Refused as refusal:
        halt(by=by, at=at, table=table, why=refusal.sentence, edition=found.public_id)
        return
    if more:
        defer(EDITION_JOB, lock=f"returns:{table}", edition=edition)


@job(LAY_OUT_JOB)
def lay_out_part(*, by, at, part):
    """Make the table of one community (做分表) as the one who sent it down, with the rights she has today."""
    found = Part.objects.within(by).get(public_id=UUID(part))
    if found.asker is None:
        halt_part(by=by, at=at, part=found.public_id, why="下发的同事已经离岗，这一份没有做成。")
        return
    try:
        actor = actor_of(found.asker, on=day_of(at))
        with act_as(actor, on=day_of(at)):
            lay_out(by=actor, at=at, part=found.public_id)
    except Refused as refusal:
        halt_part(by=by, at=at, part=found.public_id, why=refusal.sentence)
