"""Ask those on the roll, remind them, and say how far it is with each (发出、催、登记)."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.api import person_ids
from yimen.work.rounds.choices import OPEN, Channel, Standing, State
from yimen.work.rounds.models import RollLine
from yimen.work.rounds.operations.replying import CannotReply
from yimen.work.rounds.queries import (
    get_line,
    locked_line,
    roll_of,
    running_round,
)


@operation("rounds.roll.asked")
def ask_all(*, by: Actor, at: datetime, round: UUID, channel: Channel) -> int:
    """Say that the papers or links of a round went out (已发出); answers how many."""
    found = running_round(round, by=by)
    waiting = roll_of(found, by=by).filter(standing=Standing.WAITING, channel=channel)
    asked = waiting.update(standing=Standing.ASKED)
    record(found, kind="round", area=found.area, asked=asked, channel=str(channel))
    return asked


@operation("rounds.roll.reminded")
def remind(*, by: Actor, at: datetime, round: UUID, channel: Channel) -> int:
    """Ask once more whoever was asked and has not answered, perhaps in another way (催一次); answers how many.

    Who said no is not asked again.
    """
    found = running_round(round, by=by)
    silent = roll_of(found, by=by).filter(standing__in=(Standing.ASKED, Standing.NOT_REACHED))
    reminded = silent.update(channel=channel, reminded_on=day_of(at))
    record(found, kind="round", area=found.area, reminded=reminded, channel=str(channel))
    return reminded


@operation("rounds.line.marked")
def mark_line(
    *, by: Actor, at: datetime, round: UUID, line: UUID, standing: Standing, channel: Channel | None = None
) -> RollLine:
    """Say how far it is with one on the roll (登记情况): asked, not reached, or she does not want to (不再问).

    Who said no may come back to it by herself: then she is asked again.
    """
    found = running_round(round, by=by)
    one = locked_line(get_line(found, line, by=by), by=by)
    if one.standing == Standing.RETURNED or standing == Standing.RETURNED:
        raise CannotReply("这份已经交过了，不用再登记。")
    one.standing = standing
    one.channel = channel or one.channel
    one.ended_on = day_of(at) if standing == Standing.REFUSED else None
    one.save(update_fields=["standing", "channel", "ended_on"])
    record(one, kind="roll_line", area=one.area, standing=str(standing), channel=one.channel)
    return one


@operation("rounds.lines.dropped")
def drop_from_rolls(*, by: Actor, at: datetime, person: UUID) -> int:
    """Somebody died, or wants her data used for little: no running round asks her any more (不用问了); answers how many."""
    lines = RollLine.objects.within(by).filter(person__in=person_ids(person, by=by) or [person])
    dropped = lines.filter(standing__in=OPEN, round__state=State.RUNNING)
    return _moved(dropped, Standing.DROPPED, ended_on=day_of(at))


@operation("rounds.lines.taken_up")
def take_up_on_rolls(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: she is asked again (撤销死亡登记); answers how many."""
    lines = RollLine.objects.within(by).filter(person__in=person_ids(person, by=by) or [person])
    return _moved(lines.filter(standing=Standing.DROPPED, round__state=State.RUNNING), Standing.WAITING)


def _moved(lines: QuerySet[RollLine], standing: Standing, *, ended_on: date | None = None) -> int:
    found = list(lines.select_for_update(of=("self",)))
    for one in found:
        one.standing, one.ended_on = standing, ended_on
        one.save(update_fields=["standing", "ended_on"])
        record(one, kind="roll_line", area=one.area, standing=str(standing))
    if not found:
        unchanged()
    return len(found)
