"""Some weeks of work, told step by step in the order in which they happened (演示故事)."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from uuid import UUID

from yimen.demo.engine.staff import Staff
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME, day_of

# How busy an hour of an office is, and a weekday; Saturdays and Sundays only when they are made up.
BY_HOUR = {8: 3, 9: 20, 10: 20, 11: 9, 13: 7, 14: 17, 15: 15, 16: 9}
OPENS_AT = 30  # minutes after the first hour
BY_WEEKDAY = (1.6, 1.1, 1.0, 1.0, 0.9, 0.6, 0.6)

Deed = Callable[[datetime, Actor], None]


@dataclass(order=True)
class Step:
    """One thing that will happen: when, who does it, what."""

    at: datetime
    order: int
    who: Callable[[date], Actor] = field(compare=False)
    deed: Deed = field(compare=False)


class Story:
    """An agenda that is worked off in the order of time up to ``now``; what lies behind it has not happened yet."""

    def __init__(self, rng: Random, staff: Staff, *, now: datetime, days: int) -> None:
        self.rng, self.staff, self.now, self.today = rng, staff, now, day_of(now)
        calendar = working_calendar(on=self.today)
        past = [self.today - timedelta(days=back) for back in range(days, -1, -1)]
        self.working_days = [day for day in past if calendar.is_working_day(day)]
        self.told = Counter[str]()
        self.each_week: Callable[[date, int], None] = lambda day, week: None
        self._first, self._week = past[0], 0
        self._agenda: list[Step] = []
        self._orders = count()

    def plan(self, at: datetime, who: str | Actor, deed: Deed) -> None:
        """Put a deed on the agenda; ``who`` is a login name or an actor."""

        def actor(on: date) -> Actor:
            return self.staff.actor(who, on=on) if isinstance(who, str) else who

        heapq.heappush(self._agenda, Step(at, next(self._orders), actor, deed))

    def run(self) -> None:
        """Let it happen; deeds may plan further ones."""
        while self._agenda and self._agenda[0].at <= self.now:
            step = heapq.heappop(self._agenda)
            on = day_of(step.at)
            self._turn_the_page(on)
            actor = step.who(self.today)
            with act_as(actor, on=on):
                step.deed(step.at, actor)

    def _turn_the_page(self, on: date) -> None:
        week = (on - self._first).days // 7 + 1
        if week > self._week:
            self._week = week
            self.each_week(on, week)

    def moment(self, day: date) -> datetime:
        """Some minute of the hours of an office on that day: mornings are busy, noon is quiet."""
        hour = self.rng.choices(list(BY_HOUR), list(BY_HOUR.values()))[0]
        first = OPENS_AT if hour == min(BY_HOUR) else 0
        return datetime.combine(day, time(hour, self.rng.randrange(first, 60)), tzinfo=STREET_TIME)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), tzinfo=STREET_TIME)

    def some_day(self) -> date:
        """A working day by chance: Mondays are busy, later weeks busier than the first ones."""
        days = self.working_days
        weights = [(1 + order / len(days)) * BY_WEEKDAY[day.weekday()] for order, day in enumerate(days)]
        return self.rng.choices(days, weights)[0]

    def working_days_between(self, first: datetime, last: datetime) -> int:
        calendar, day, count = working_calendar(on=self.today), day_of(first), 0
        while day < day_of(last):
            day += timedelta(days=1)
            count += bool(calendar.is_working_day(day))
        return count

    def later(self, at: datetime, *, minutes: int) -> datetime:
        return at + timedelta(minutes=minutes)

    def in_working_days(self, at: datetime, days: int) -> datetime:
        """Some minute so many working days later."""
        day = working_calendar(on=self.today).add_working_days(day_of(at), days).day
        return self.moment(day)

    def on_working_day(self, at: datetime, days: int, *, hour: int) -> datetime:
        """At that hour so many working days later."""
        return self.at(working_calendar(on=self.today).add_working_days(day_of(at), days).day, hour, 20)

    def days_until_lately(self, at: datetime) -> int:
        """Working days from then to the last one that is over."""
        return self.age(at) - (self.working_days[-1] == self.today)

    def age(self, at: datetime) -> int:
        """How many working days ago that was."""
        return sum(day > day_of(at) for day in self.working_days)


@dataclass
class Neighbours:
    """Who may turn up at the window of a community; nobody comes twice for the same thing. ``known`` are met again and again."""

    community: str
    adults: list[UUID]
    parents: list[UUID]
    old: list[UUID]
    elders: list[UUID]
    anyone: list[UUID]
    known: list[UUID]

    def next_adult(self) -> UUID | None:
        return self.adults.pop() if self.adults else None

    def next_parent(self) -> UUID | None:
        return self.parents.pop() if self.parents else None

    def forget(self, person: UUID) -> None:
        """She comes for nothing more, and nobody goes to see her."""
        for people in (self.adults, self.parents, self.old, self.elders, self.anyone, self.known):
            if person in people:
                people.remove(person)

    def next_of(self, who: str) -> UUID | None:
        """The next of one of these lists by its name."""
        people: list[UUID] = getattr(self, who)
        return people.pop() if people else None
