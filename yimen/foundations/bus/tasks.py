"""Background entry points of the bus: deliver one event to one handler, and free jobs whose worker died."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as queue

from yimen.foundations.bus.engine.announcing import HANDLERS, handlers_of
from yimen.foundations.bus.engine.daily import begin_owed_days, forget_old_days
from yimen.foundations.bus.engine.jobs import defer, forget_finished_jobs, job
from yimen.foundations.bus.engine.unit import Deed, act_as, open_deed
from yimen.foundations.bus.models import Announcement, Delivery
from yimen.kernel.actor import system_actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7

log = logging.getLogger(__name__)
STALLED_AFTER_SECONDS = 60
# After the clock was set back, a dead worker would look alive until it is again as late as when it died.
_HEARD_IN_THE_FUTURE = """
UPDATE procrastinate_workers SET last_heartbeat = now() WHERE last_heartbeat > now() + interval '1 minute'
"""
FINISHED_KEPT, DAYS_KEPT = timedelta(days=30), timedelta(days=365)


@job("bus.deliver")
def deliver(*, by, at, announcement, handler):
    """Hand one announcement to one handler, once: the delivery row and the handler's writes stand or fall together."""
    told = Announcement.objects.get(pk=announcement)
    if handler not in handlers_of(told):
        return  # queued by an older release, when it still listened to this
    event_class, handle = HANDLERS[handler]
    listener = system_actor(handler, areas=(street_of(told.area) or told.area,), on_behalf_of=told.told_by)
    deed = Deed(
        id=uuid7(), verb=f"{handler.split('.')[-3]}.heard.{told.name}", by=listener, at=at, recorded=True
    )
    try:
        with transaction.atomic(), open_deed(deed):
            Delivery.objects.create(announcement=told, handler=handler, delivered_at=at)
    except IntegrityError:
        return
    with act_as(listener, on=day_of(at)):
        handle(event=event_class.from_payload(told.payload), by=listener, at=at)


@queue.periodic(cron="* * * * *", periodic_id="bus.free_stalled")
@queue.task(name="bus.free_stalled", queueing_lock="bus.free_stalled", pass_context=True)
async def free_stalled(context, timestamp):
    """Put jobs back whose worker stopped sending heartbeats (it was killed, or its machine was), or dropped them."""
    manager = context.app.job_manager
    await manager.connector.execute_query_async(_HEARD_IN_THE_FUTURE)
    lost = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    # A worker does one job at a time, and this one is doing this: what else it is said to do, it could not report as done,
    # because the line to the database broke in that moment.
    mine = await manager.list_jobs_async(status="doing", worker_id=context.job.worker_id)
    lost += [one for one in mine if one.id != context.job.id]
    for stalled in lost:
        log.warning("job %s (%s) had lost its worker and runs again", stalled.id, stalled.task_name)
        await manager.retry_job(stalled)


@job("bus.begin_days", cron="* * * * *")
def begin_days(*, by, at):
    """Put what has come due today, and what was missed while the machine was off, into the queue (补做每日作业)."""
    for daily, day in begin_owed_days(by=by, at=at):
        # One after another, also when an earlier day has to be tried again.
        defer(daily.name, lock=f"daily:{daily.name}", day=day.isoformat())


@job("bus.remove_old_jobs", cron="10 3 * * *")
def remove_old_jobs(*, by, at):
    """Forget finished jobs after thirty days; failed ones stay until somebody has looked."""
    forget_finished_jobs(before=at - FINISHED_KEPT)
    forget_old_days(before=day_of(at - DAYS_KEPT), by=by, at=at)
