"""The hall of the street: some mornings of people who take a number and are called, the last one not over (叫号)."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from yimen.demo.engine.staff import STREET
from yimen.demo.engine.story import Story
from yimen.kernel.actor import Actor, system_actor
from yimen.registers.places import api as places
from yimen.work.bookings import api as bookings

NIGHT = system_actor("demo")
CLERK, CHIEF = "hall", "chief"
COUNTERS, MORNINGS, COMERS = 3, 4, 44
SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
WANTS = ("问医保缴费", "居住证明", "老年优待", "临时救助", "生育登记", "", "", "残疾人两项补贴", "社保卡", "")
FIRST = ("elder", "elder", "disabled", "soldier")


class Lines:
    """Plans the mornings, by a chance of their own. Today's is told up to twenty past ten, whenever that is looked at."""

    def __init__(self, story: Story) -> None:
        self.story, self.rng = story, Random("lines")
        self.hall: UUID | None = None

    def plan(self) -> None:
        """Open the hall, and let people come."""
        mornings = self.story.working_days[-MORNINGS:]
        self.story.plan(self.story.at(mornings[0], 8, 10), CHIEF, self._open)
        for day in mornings:
            self._morning(day)
            self.story.plan(
                self.story.at(day + timedelta(days=1), 0, 15), NIGHT,
                lambda at, by: bookings.close_days(by=by, at=at),
            )  # fmt: skip

    def _open(self, at: datetime, by: Actor) -> None:
        site = next(
            one
            for one in places.sites_in(STREET, on=at.date(), by=by)
            if one.kind == places.SiteKind.STREET_CENTRE
        )
        made = bookings.open_hall(
            by=by, at=at, site=site.public_id, counters=COUNTERS, shows=bookings.Shows.NAMES
        )
        self.hall = made.public_id

    def _morning(self, day: date) -> None:
        last = self.story.at(day, 10, 20) if day == self.story.today else self.story.at(day, 11, 25)
        comes = self.story.at(day, 8, 32)
        for _ in range(COMERS):
            if comes > last:
                break
            self.story.plan(comes, CLERK, self._take)
            comes += timedelta(minutes=self.rng.randrange(1, 5))
        for counter in range(1, COUNTERS + 1):
            self._call_at(self.story.at(day, 8, 34 + counter), counter, last)

    def _take(self, at: datetime, by: Actor) -> None:
        first = [self.rng.choice(FIRST)] if self.rng.random() < 0.2 else []
        bookings.take_ticket(
            by=by,
            at=at,
            hall=self._hall(),
            name=self.rng.choice(SURNAMES),
            about=self.rng.choice(WANTS),
            said=first,
        )
        self.story.told["tickets"] += 1

    def _call_at(self, moment: datetime, counter: int, last: datetime) -> None:
        def call(at: datetime, by: Actor) -> None:
            ticket = bookings.call_next(by=by, at=at, hall=self._hall(), counter=counter)
            minutes = self.rng.randrange(4, 17) if ticket else 2
            if ticket and self.rng.random() < 0.07:
                minutes = 2
                self.story.plan(
                    at + timedelta(seconds=90), CLERK,
                    lambda at, by, ticket=ticket.public_id: bookings.not_there(by=by, at=at, ticket=ticket),
                )  # fmt: skip
            self._call_at(at + timedelta(minutes=minutes), counter, last)

        if moment <= last:
            self.story.plan(moment, CLERK, call)

    def _hall(self) -> UUID:
        assert self.hall, "the hall is opened before the first morning"
        return self.hall
