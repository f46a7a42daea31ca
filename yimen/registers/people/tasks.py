"""Background entry points of people."""

from datetime import date, datetime, timedelta

from yimen.foundations.bus.api import defer, job
from yimen.registers.people.operations.figures import roll_up_population
from yimen.registers.people.operations.suspicions import COMPARE_JOB, note_suspicions
from yimen.registers.people.queries.duplicates import AT_ONCE, changed_on, next_on_file


@job("people.roll_up_population", cron="*/5 * * * *")
def roll_up(*, by, at):
    """Every five minutes: population changes into tallies."""
    while roll_up_population(by=by, at=at):
        pass


@job(COMPARE_JOB)
def compare_people(*, by, at: datetime, area: str, low: int, high: int):
    """Compare the files numbered ``low`` to ``high`` with all others (查找疑似重复), portion by portion."""
    people = next_on_file(area=area, low=low, high=high)
    if not people:
        return
    note_suspicions(by=by, at=at, people=people)
    if len(people) == AT_ONCE:
        defer(COMPARE_JOB, lock=COMPARE_JOB, area=area, low=people[-1] + 1, high=high)


@job("people.compare_changed", cron="40 1 * * *", each_day=True)
def compare_changed(*, by, at: datetime, on: date):
    """Compare in the night whose file was made or changed on the day before (查找新的疑似重复)."""
    people = changed_on(on - timedelta(days=1))
    for start in range(0, len(people), AT_ONCE):
        note_suspicions(by=by, at=at, people=people[start : start + AT_ONCE])
