"""Jobs (作业): background entry points, each run as a named system actor in one transaction.

The queue lives in the same database, so a job deferred by an operation exists exactly if the operation did.
"""

import functools
import inspect
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.foundations.bus.engine.daily import DAILY, Daily, take_day
from yimen.foundations.bus.engine.unit import act_as
from yimen.kernel.actor import EVERYWHERE, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.text import chinese_term

# 1 s, 2 s, 4 s … about an hour in all: a restarted database or a deployed fix finds the job still waiting.
_FORGET = """
DELETE FROM procrastinate_jobs AS job WHERE status = 'succeeded'
AND NOT EXISTS (SELECT 1 FROM procrastinate_events AS event WHERE event.job_id = job.id AND event.at >= %s)
"""
_LATER = -10
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


def job(
    name: str, *, cron: str | None = None, each_day: bool = False, areas: tuple[str, ...] = (EVERYWHERE,)
) -> Callable:
    """Declare a background entry point ``fn(*, by, at, **arguments)``; ``cron`` runs it by the street's clock as well.

    A job at an hour is *daily*: run once for a day, and made up for when the machine was off then. Is the day part of what it
    does (whose sample is drawn), it says ``each_day`` and runs for each missed day, in order; otherwise it looks at how
    things stand, and once for the last day is enough. Where it asks for ``on``, it is told the day.
    """

    def declare(function: Callable) -> Callable:
        tells_day = "on" in inspect.signature(function).parameters

        def run(**arguments: Any) -> None:
            arguments.pop("timestamp", None)  # what the periodic scheduler adds
            day = date.fromisoformat(arguments.pop("day")) if "day" in arguments else None
            at = timezone.now()  # noqa: TID251 - a job is an edge: here its clock is read
            by = system_actor(name, areas=areas)
            with act_as(by, on=day_of(at)):
                if day and not take_day(name, day, by=by, at=at):
                    return
                function(by=by, at=at, **({"on": day or day_of(at)} if tells_day else {}), **arguments)

        functools.update_wrapper(run, function, assigned=("__doc__", "__module__"))
        task = queue.task(name=name, retry=_RETRY)(run)
        if cron and (hour := hour_of(cron)):
            DAILY[name] = Daily(name, *hour, each_day)
        elif cron:
            queue.periodic(cron=cron, periodic_id=name)(task)
        return function

    return declare


def hour_of(cron: str) -> tuple[int, int] | None:
    """Hour and minute of the street's clock at which a daily job runs; None for what runs every so often.

    Refuses an hour on certain days: such a job runs daily and looks at the street's date.
    """
    minute, hour, *days = cron.split()
    if hour == "*" or hour.startswith("*/"):
        return None
    if days != ["*", "*", "*"]:
        raise ValueError(f"{cron}: a job at an hour runs daily and decides by the street's date")
    return int(hour), int(minute)


def defer(
    name: str,
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    later: bool = False,
    **arguments: Any,
) -> None:
    """Put job ``name`` into the queue within the present transaction; jobs of one ``lock`` run one after another.

    ``later``: it gives way to every other job that waits.
    """
    priority = _LATER if later else None
    queue.configure_task(name, lock=lock, queueing_lock=queueing_lock, priority=priority).defer(**arguments)


def retry_job(number: int, *, at: datetime) -> bool:
    """Put a failed job back into the queue, due at once; False when it is not there or has not failed."""
    failed = ProcrastinateJob.objects.select_for_update().filter(pk=number, status="failed")
    if not failed.exists():
        return False
    queue.job_manager.retry_job_by_id(job_id=number, retry_at=at)
    return True


def forget_finished_jobs(*, before: datetime) -> int:
    """Delete jobs that were done, and of which nothing was heard since; answers how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [before])
        return cursor.rowcount


def job_title(name: str) -> str:
    """What a job is called in Chinese (作业名称), as its own docstring says; "" when it does not."""
    task = queue.tasks.get(name)
    return chinese_term(task.func.__doc__) if task else ""


def run_pending_jobs(*, limit: int = 100_000) -> int:
    """Run what waits in the queue here and now, oldest first; for commands and tests. Answers how many ran."""
    done = 0
    while done < limit and (waiting := ProcrastinateJob.objects.filter(status="todo").order_by("id").first()):
        queue.tasks[waiting.task_name].func(**waiting.args)
        ProcrastinateJob.objects.filter(pk=waiting.pk)._raw_delete("default")
        done += 1
    return done
