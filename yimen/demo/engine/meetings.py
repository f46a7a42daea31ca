"""What brings people together in the weeks of the demo: lectures, rehearsals, duties of volunteers, outreach (活动)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from yimen.demo.engine.staff import EAST, YARD
from yimen.demo.engine.story import Neighbours, Story
from yimen.kernel.actor import Actor
from yimen.work.gatherings import api as gatherings

LECTURES = ("秋冬养生", "血压怎么量才准", "骨质疏松和防跌倒", "睡不好怎么办", "家庭急救", "认识慢阻肺")
REHEARSALS = 13
MEMBERS, HEARERS = 11, 14
STAND_DAYS_AGO = (52, 24)
DUTY_DAYS_AGO = (59, 31, 10)
WEDNESDAY, TUESDAY = 2, 1


class Meetings:
    """Plans the gatherings of one street, by a chance of its own: the rest of the story stays as it is without them."""

    def __init__(self, story: Story, neighbours: Sequence[Neighbours], *, mark: str = "") -> None:
        self.story, self.staff, self.mark = story, story.staff, mark
        self.neighbours = {one.community: one for one in neighbours}
        self.rng = Random(f"gatherings{mark}")

    def plan(self) -> None:
        """The first street: one community has everything, another one an outreach."""
        worker = self.staff.workers[EAST]
        wednesdays = [day for day in self._days() if day.weekday() == WEDNESDAY]
        for title, day in zip(LECTURES, wednesdays[::2], strict=False):
            self._lecture(EAST, worker, title, day)
        self._lecture(EAST, worker, "冬季流感和疫苗", self.story.today, hour=14)
        self._lecture(EAST, worker, "药该怎么放、怎么扔", self.story.today + timedelta(days=5), answers=False)
        self._lecture(
            EAST,
            worker,
            "陪孩子读书",
            self.story.today + timedelta(days=9),
            kind="parents_class",
            answers=False,
        )
        self._rehearsals(EAST, worker)
        for back in DUTY_DAYS_AGO:
            self._duty(EAST, worker, self.story.today - timedelta(days=back))
        self._duty(EAST, worker, self.story.today + timedelta(days=3))
        for back in STAND_DAYS_AGO:
            self._stand(YARD, self.staff.workers[YARD], self.story.today - timedelta(days=back))

    def plan_few(self, community: str) -> None:
        """The second street: a lecture that was held and one to come, each text with its mark."""
        worker = self.staff.workers[community]
        self._lecture(community, worker, "防跌倒", self.story.today - timedelta(days=12))
        self._lecture(community, worker, "看懂体检单", self.story.today + timedelta(days=4))

    def _days(self) -> list[date]:
        first = self.story.working_days[0]
        return [first + timedelta(days=n) for n in range((self.story.today - first).days)]

    def _lecture(
        self, community: str, worker: str, title: str, day: date, *, hour: int = 14, kind: str = "health_lecture",
        answers: bool = True,
    ) -> None:  # fmt: skip
        begins = self.story.at(day, hour, 30)
        lecturer = self.staff.accounts.get("lecturer") if community == EAST else None

        def make(at: datetime, by: Actor) -> None:
            made = gatherings.plan_gathering(
                by=by, at=at, kind=kind, area=community, title=title + self.mark, place=f"社区二楼活动室{self.mark}",
                starts_at=begins, ends_at=begins + timedelta(minutes=90), capacity=16, led_by=lecturer,
            ).public_id  # fmt: skip
            self.story.told["gatherings planned"] += 1
            if answers and lecturer:
                self.story.plan(
                    min(at + timedelta(hours=5), begins - timedelta(hours=2)), "lecturer",
                    lambda at, by: gatherings.answer_leading(by=by, at=at, gathering=made, comes=True, note=""),
                )  # fmt: skip
            hearers = self.neighbours[community].old or self.neighbours[community].adults
            for person in self.rng.sample(hearers, min(HEARERS + 3 * answers, len(hearers))):
                # The first lecture of a story may be on the day on which it is planned.
                wanted = at + timedelta(hours=self.rng.randrange(1, 30))
                self._sign_up(made, worker, person, at=min(wanted, begins - timedelta(hours=1)))
            self._hold(
                made,
                worker,
                begins,
                signer="lecturer" if lecturer else worker,
                guests=self.rng.randrange(2, 8),
            )

        self.story.plan(self._ahead(day, 10), worker, make)

    def _rehearsals(self, community: str, worker: str) -> None:
        first = next(day for day in self._days() if day.weekday() == TUESDAY)
        begins = self.story.at(first, 9)

        def make(at: datetime, by: Actor) -> None:
            made = gatherings.plan_gathering(
                by=by, at=at, kind="club_rehearsal", area=community, title=f"夕阳红合唱队排练{self.mark}", place="社区舞蹈房",
                starts_at=begins, ends_at=begins + timedelta(hours=2), led_by=self.staff.accounts["club"],
                sessions=REHEARSALS,
            )  # fmt: skip
            self.story.told["gatherings planned"] += REHEARSALS
            for person in self.rng.sample(self.neighbours[community].known, MEMBERS):
                gatherings.sign_up(by=by, at=at, gathering=made.public_id, person=person, whole_series=True)
            for one in gatherings.series_sessions(made, by=by):
                lately = self.story.today - one.day < timedelta(days=7)
                self._hold(one.public_id, worker, one.starts_at, signer="club", guests=0, closes=not lately)

        self.story.plan(self.story.at(first, 8, 20), worker, make)

    def _duty(self, community: str, worker: str, day: date) -> None:
        begins = self.story.at(day, 15)

        def make(at: datetime, by: Actor) -> None:
            made = gatherings.plan_gathering(
                by=by, at=at, kind="volunteer_duty", area=community, title=f"清理楼道和非机动车{self.mark}",
                place="东区一至六幢", starts_at=begins, ends_at=begins + timedelta(hours=2),
            ).public_id  # fmt: skip
            self.story.told["gatherings planned"] += 1
            gatherings.add_helper(by=by, at=at, gathering=made, account=self.staff.accounts["volunteer"])
            for person in self.rng.sample(self.neighbours[community].known, 3):
                gatherings.add_helper(by=by, at=at, gathering=made, person=person)
            self._hold(made, worker, begins, signer=worker, guests=0)

        self.story.plan(self._ahead(day, 6), worker, make)

    def _stand(self, community: str, worker: str, day: date) -> None:
        begins = self.story.at(day, 9)

        def make(at: datetime, by: Actor) -> None:
            made = gatherings.plan_gathering(
                by=by, at=at, kind="outreach", area=community, title=f"广场健康宣传{self.mark}", place="雅苑广场",
                starts_at=begins, ends_at=begins + timedelta(minutes=150),
            ).public_id  # fmt: skip
            self.story.told["gatherings planned"] += 1
            self._hold(made, worker, begins, signer=worker, guests=self.rng.randrange(60, 140))

        self.story.plan(self._ahead(day, 6), worker, make)

    def _sign_up(self, gathering: UUID, worker: str, person: UUID, *, at: datetime) -> None:
        def deed(at: datetime, by: Actor) -> None:
            try:
                gatherings.sign_up(by=by, at=at, gathering=gathering, person=person)
            except gatherings.CannotSignUp:
                # She died or moved away in the weeks of the story.
                return
            self.story.told["signed up for gatherings"] += 1

        self.story.plan(at, worker, deed)

    def _hold(
        self, gathering: UUID, worker: str, begins: datetime, *, signer: str, guests: int, closes: bool = True
    ) -> None:
        """On the day most of the list are there; whoever leads it signs them in, and the worker closes it."""

        def sign(at: datetime, by: Actor) -> None:
            found = gatherings.find_gatherings(by=by) if signer == worker else gatherings.my_gatherings(by=by)
            one = found.get(public_id=gathering)
            rows = [row.public_id for row in gatherings.live_sign_ups(one, by=by) if self.rng.random() < 0.8]
            helpers = [row.public_id for row in gatherings.helpers_of(one, by=by)]
            gatherings.sign_in(
                by=by, at=at, gathering=gathering, sign_ups=rows, helpers=helpers, guests=guests
            )

        def close(at: datetime, by: Actor) -> None:
            done = gatherings.close_gathering(by=by, at=at, gathering=gathering, why="没有人来")
            self.story.told["gatherings held"] += 1
            self.story.told["came to gatherings"] += done.heads or 0

        self.story.plan(begins + timedelta(minutes=10), signer, sign)
        if closes:
            self.story.plan(begins + timedelta(hours=2, minutes=20), worker, close)

    def _ahead(self, day: date, days: int) -> datetime:
        """So many days before it, in the morning of a working day, not before the story begins nor after it ends."""
        before = day - timedelta(days=days)
        able = [one for one in self.story.working_days if one <= before and one < self.story.today]
        return self.story.at(able[-1] if able else self.story.working_days[0], 9, 40)
