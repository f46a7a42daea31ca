"""Jobs (作业): background entry points, each run as a named system actor in one transaction.

The queue lives in the same database, so a job deferred by an operation exists exactly if the operation did.
"""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.foundations.bus.engine.unit import act_as
from yimen.kernel.actor import EVERYWHERE, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.text import chinese_term

# 1 s, 2 s, 4 s … about an hour in all: a restarted database or a deployed fix finds the job still waiting.
STREET_AHEAD_HOURS = 8
_RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


def job(name: str, *, cron: str | None = None, areas: tuple[str, ...] = (EVERYWHERE,)) -> Callable:
    """Declare a background entry point ``fn(*, by, at, **arguments)``; ``cron`` runs it by the street's clock as well."""

    def declare(function: Callable) -> Callable:
        def run(**arguments: Any) -> None:
            arguments.pop("timestamp", None)  # what the periodic scheduler adds
            at = timezone.now()  # noqa: TID251 - a job is an edge: here its clock is read
            by = system_actor(name, areas=areas)
            with act_as(by, on=day_of(at)):
                function(by=by, at=at, **arguments)

        functools.update_wrapper(run, function, assigned=("__doc__", "__module__"))
        task = queue.task(name=name, retry=_RETRY)(run)
        if cron:
            queue.periodic(cron=in_utc(cron), periodic_id=name)(task)
        return function

    return declare


def in_utc(cron: str) -> str:
    """A time of the street's day as the queue's clock has it, which is UTC: the street is eight hours ahead all year.

    Refuses an hour on certain days, because eight hours earlier may be the day before: such a job runs daily and looks
    at the street's date.
    """
    minute, hour, *days = cron.split()
    if hour == "*" or hour.startswith("*/"):
        return cron
    if days != ["*", "*", "*"]:
        raise ValueError(f"{cron}: a job at an hour runs daily and decides by the street's date")
    return f"{minute} {(int(hour) - STREET_AHEAD_HOURS) % 24} * * *"


def defer(name: str, *, lock: str | None = None, queueing_lock: str | None = None, **arguments: Any) -> None:
    """Put job ``name`` into the queue within the present transaction; jobs of one ``lock`` run one after another."""
    queue.configure_task(name, lock=lock, queueing_lock=queueing_lock).defer(**arguments)


def retry_job(number: int, *, at: datetime) -> bool:
    """Put a failed job back into the queue, due at once; False when it is not there or has not failed."""
    failed = ProcrastinateJob.objects.select_for_update().filter(pk=number, status="failed")
    if not failed.exists():
        return False
    queue.job_manager.retry_job_by_id(job_id=number, retry_at=at)
    return True


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
