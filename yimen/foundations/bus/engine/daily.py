"""Daily jobs (每日作业): a row for each job and day, so that a day on which the machine was off is made up for, once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Max, OuterRef

from yimen.foundations.bus.engine.unit import Deed, open_deed
from yimen.foundations.bus.models import DailyRun
from yimen.foundations.bus.rules import days_owed, latest_due
from yimen.kernel.actor import Actor
from yimen.kernel.ids import uuid7


@dataclass(frozen=True)
class Daily:
    """A job of a certain hour of the street; ``each_day``: it means a day, so that a missed one is run for that day."""

    name: str
    hour: int
    minute: int
    each_day: bool


DAILY: dict[str, Daily] = {}

_BEGUN = """
INSERT INTO bus_dailyrun (job, day, begun_at, done_at) SELECT %s, day, %s, %s FROM unnest(%s::date[]) AS day
ON CONFLICT (job, day) DO NOTHING RETURNING day
"""


def begin_owed_days(*, by: Actor, at: datetime) -> list[tuple[Daily, date]]:
    """Note what has come due and was not begun yet, and answer it in order; each once, whoever else asks.

    Days that lie ahead, from a time when the clock was wrong, are passed over. A job never seen before owes nothing yet: it
    begins with its next hour.
    """
    begun = []
    with _writing(by, at):
        for daily in DAILY.values():
            latest = latest_due(at, hour=daily.hour, minute=daily.minute)
            last = DailyRun.objects.filter(job=daily.name, day__lte=latest).aggregate(last=Max("day"))["last"]
            if last is None:
                _begin(daily.name, [latest], at=at, done_at=at)
            elif days := days_owed(last=last, latest=latest, each_day=daily.each_day):
                begun += [(daily, day) for day in _begin(daily.name, days, at=at)]
    return begun


def take_day(name: str, day: date, *, by: Actor, at: datetime) -> bool:
    """Mark a job's day as done in the job's own transaction; False when it was done before (a crash, a second worker)."""
    with _writing(by, at):
        return DailyRun.objects.filter(job=name, day=day, done_at=None).update(done_at=at) == 1


def forget_old_days(*, before: date, by: Actor, at: datetime) -> None:
    """Forget days long past; the newest of each job stays, because it says where to go on."""
    newest = DailyRun.objects.values("job").annotate(newest=Max("day")).values("newest")
    with _writing(by, at):
        DailyRun.objects.filter(day__lt=before).exclude(day__in=newest.filter(job=OuterRef("job"))).delete()


def _begin(name: str, days: list[date], *, at: datetime, done_at: datetime | None = None) -> list[date]:
    with connection.cursor() as cursor:
        cursor.execute(_BEGUN, [name, at, done_at, days])
        return sorted(row[0] for row in cursor.fetchall())


def _writing(by: Actor, at: datetime):
    return open_deed(Deed(id=uuid7(), verb="bus.day.kept", by=by, at=at, recorded=True))
