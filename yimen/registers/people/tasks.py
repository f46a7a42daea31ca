"""Background entry points of people."""

from datetime import date, datetime, timedelta
from uuid import UUID

from yimen.foundations.bus.api import defer, job
from yimen.registers.people.operations.declarations import forget_declarations
from yimen.registers.people.operations.figures import MOST_AT_ONCE, roll_up_population
from yimen.registers.people.operations.links import (
    SETTLE_GUARDIANS_JOB,
    end_guardians_due,
    settle_guardians,
)
from yimen.registers.people.operations.suspicions import COMPARE_JOB, note_suspicions
from yimen.registers.people.operations.undoing import forget_door_states
from yimen.registers.people.queries.duplicates import AT_ONCE, changed_on, next_on_file

ROLL_UP_JOB = "people.roll_up_population"


@job(ROLL_UP_JOB, cron="*/5 * * * *")
def roll_up(*, by, at):
    """Every five minutes: population changes into tallies (人口统计归并).

    One bite a transaction: rows deleted within one still lie in the way of its next look. What a large import left is worked
    off when nothing else waits.
    """
    if roll_up_population(by=by, at=at) == MOST_AT_ONCE:
        defer(ROLL_UP_JOB, lock=ROLL_UP_JOB, later=True)


@job(COMPARE_JOB)
def compare_people(*, by, at: datetime, area: str, low: int, high: int):
    """Compare the files numbered ``low`` to ``high`` with all others (查找疑似重复), portion by portion."""
    people = next_on_file(area=area, low=low, high=high)
    if not people:
        return
    note_suspicions(by=by, at=at, people=people)
    if len(people) == AT_ONCE:
        defer(COMPARE_JOB, lock=COMPARE_JOB, later=True, area=area, low=people[-1] + 1, high=high)


@job("people.compare_changed", cron="40 1 * * *", each_day=True)
def compare_changed(*, by, at: datetime, on: date):
    """Compare in the night whose file was made or changed on the day before (查找新的疑似重复)."""
    people = changed_on(on - timedelta(days=1))
    for start in range(0, len(people), AT_ONCE):
        note_suspicions(by=by, at=at, people=people[start : start + AT_ONCE])


@job("people.forget_door_states", cron="20 0 * * *")
def forget_states(*, by, at: datetime):
    """After midnight: what stood before notes at doors of yesterday is no longer needed to undo them (清除上门撤销依据)."""
    while forget_door_states(by=by, at=at):
        pass


@job("people.end_guardians", cron="15 0 * * *")
def end_guardians(*, by, at: datetime, on: date):
    """After midnight: who came of age answers for herself, and what was for a time only is over (监护、代办到期)."""
    end_guardians_due(by=by, at=at, on=on)


@job(SETTLE_GUARDIANS_JOB)
def settle_after_a_death(*, by, at: datetime, person: str):
    """A death was noted or taken back: whom she answered for, also in another street, is told on their files (监护因去世终止)."""
    settle_guardians(by=by, at=at, person=UUID(person))


@job("people.forget_declarations", cron="35 0 * * *")
def forget_declared(*, by, at: datetime):
    """After midnight: names and telephones of declarations that were answered long enough ago go (清除已办申报)."""
    while forget_declarations(by=by, at=at):
        pass
