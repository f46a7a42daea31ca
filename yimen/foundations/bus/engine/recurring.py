"""Recurring jobs (周期作业) when the machine's clock is set: they go on at once, and what was leapt over is not made up."""

from collections.abc import Iterable

from procrastinate import periodic


class SteadyDeferrer(periodic.PeriodicDeferrer):
    """The queue's own scheduler, which by itself counts from the last tick it saw, wherever the clock is now.

    Set back by two hours, it would put nothing into the queue for two hours; set forward by a year and back again,
    nothing for a year. Leaping a day, it would put in each tick of that day. Now a leap begins anew with the tick that is due.
    """

    def get_timestamps(
        self, periodic_task: periodic.PeriodicTask, since: int | None, until: float
    ) -> Iterable[int]:
        if since is not None and not 0 <= until - since <= self.max_delay:
            since = None
        return super().get_timestamps(periodic_task, since, until)


def keep_recurring_jobs_steady() -> None:
    """Let the workers of this process use it; the queue has no setting for that."""
    periodic.PeriodicDeferrer = SteadyDeferrer  # type: ignore[misc]
