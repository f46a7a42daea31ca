"""What comes back every month: the reception day, the hand-over to the archive, samples of the work, the roster (每月的事)."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from yimen.demo.engine.story import Story
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.services.archive import api as archive
from yimen.services.council import api as council
from yimen.services.hotline import api as hotline
from yimen.services.seals import api as seals
from yimen.work.desk import api as desk

NIGHT = system_actor("demo")
DOCUMENTS = (
    ("resolution", "居民代表会议决议", "张贴公示", 3),
    ("report", "四季度工作报表", "报送街道", 2),
    ("opinion", "关于加装路灯的意见函", "送区有关部门", 2),
    ("volunteer_record", "志愿服务记录证明", "交给学校", 1),
    ("mediation", "人民调解协议书", "双方各执一份", 3),
)


class Monthly:
    """Plans the turns of the month of one street."""

    def __init__(self, story: Story, street: str, *, keeper: str, chief: str, mark: str = "") -> None:
        self.story, self.rng, self.staff = story, story.rng, story.staff
        self.street, self.keeper, self.chief, self.mark = street, keeper, chief, mark
        self.host = self.staff.names[chief] + mark

    def plan(self) -> None:
        days = self.story.working_days
        for month in sorted({Month.of(day) for day in days}):
            self._roster(month)
            self._reception(month)
            self._hand_over(month)
        for day in days:
            self.story.plan(self.story.at(day, 8, 10), NIGHT, self._draw_yesterday)
            if day.weekday() == 3:
                self.story.plan(self.story.at(day, 15, 30), self.chief, self._look_at_samples)
                self.story.plan(self.story.at(day, 16, 10), self.chief, self._answer_bad_ratings)
        for order, (use, document, purpose, copies) in enumerate(DOCUMENTS):
            for community in list(self.staff.windows)[order : order + 3]:
                at = self.story.moment(self.story.some_day())
                self.story.plan(
                    at, self.staff.windows[community],
                    lambda at, by, c=community, u=use, d=document, p=purpose, n=copies: self._seal(c, u, d, p, n, at, by),
                )  # fmt: skip

    # -- 值班

    def _roster(self, month: Month) -> None:
        def make(at: datetime, by: Actor) -> None:
            able = sorted(hotline.people_for(self.street, on=day_of(at)), key=str)
            people = sorted(able, key=lambda account: list(self.staff.accounts.values()).index(account))
            slots: dict[str, UUID | None] = {}
            day, turn = month.first_day, 0
            while people and day <= month.last_day:
                slots |= {
                    f"{day}-day": people[turn % len(people)],
                    f"{day}-night": people[(turn + 1) % len(people)],
                }
                day, turn = day + timedelta(days=1), turn + 1
            self.story.told["shifts"] += hotline.set_roster(
                by=by, at=at, area=self.street, month=month, people=slots
            )

        first = max(self.story.working_days[0], month.first_day - timedelta(days=3))
        self.story.plan(self.story.at(first, 9, 5), self.chief, make)

    # -- 接待日

    def _reception(self, month: Month) -> None:
        day = council.next_reception_day(self.street, on=month.first_day)
        if day is None or day < self.story.working_days[0]:
            return

        def announce(at: datetime, by: Actor) -> None:
            if day < day_of(at):
                return
            council.set_reception_day(
                by=by, at=at, area=self.street, day=day, host_name=self.host,
                host_post="科长", place=f"便民服务中心一楼接待室{self.mark}", opens=time(9), closes=time(11, 30),
            )  # fmt: skip
            self.story.told["receptions announced"] += 1

        self.story.plan(self.story.at(self._before(day, 6), 10, 15), self.chief, announce)

    def _before(self, day: date, days: int) -> date:
        return max(self.story.working_days[0], day - timedelta(days=days))

    # -- 档案

    def _hand_over(self, month: Month) -> None:
        """The lists make themselves on the last evening; communities sign, then the keeper holds them against the paper."""
        last = self.story.at(month.last_day, 18, 5)
        self.story.plan(last, NIGHT, lambda at, by: self._lists(at, by))

    def _lists(self, at: datetime, by: Actor) -> None:
        archive.make_due_lists(by=by, at=at)
        found = [
            one
            for one in archive.find_lists(by=by)
            if one.area.startswith(self.street) and one.stage == "made"
        ]
        for order, one in enumerate(sorted(found, key=lambda one: one.area)):
            who = self.staff.windows.get(one.area)
            if who is None:
                continue
            sent = self.story.in_working_days(at, 1 + order % 3)
            self.story.plan(
                sent, who,
                lambda at, by, key=one.public_id, lines=one.lines: archive.send_list(by=by, at=at, handover=key, lines=lines),
            )  # fmt: skip
            self.story.plan(
                self.story.in_working_days(sent, 1), self.keeper,
                lambda at, by, key=one.public_id, odd=order == 1: self._receive(key, odd, at, by),
            )  # fmt: skip

    def _receive(self, handover: UUID, odd: bool, at: datetime, by: Actor) -> None:
        items = list(archive.items_of(archive.handover_list(handover, by=by).list))
        if odd:
            archive.tick_item(
                by=by,
                at=at,
                handover=handover,
                item=items[0].public_id,
                verdict="missing",
                note=f"原件没有随清单来{self.mark}",
            )
        if len(items) > odd:
            archive.tick_rest(by=by, at=at, handover=handover)
        archive.sign_list(by=by, at=at, handover=handover)
        self.story.told["archive lists"] += 1
        self.story.told["archived"] += len(items) - odd

    # -- 抽查、差评

    def _draw_yesterday(self, at: datetime, by: Actor) -> None:
        before = [day for day in self.story.working_days if day < day_of(at)]
        if before:
            self.story.told["samples"] += desk.draw_sample(by=by, at=at, settled_on=before[-1])

    def _look_at_samples(self, at: datetime, by: Actor) -> None:
        for check in list(desk.checks(by=by).filter(verdict="open").order_by("id"))[:6]:
            faulty = self.rng.random() < 0.08
            note = f"回执上的电话写错一位，已请窗口更正。{self.mark}" if faulty else ""
            verdict = desk.CheckVerdict.FAULTY if faulty else desk.CheckVerdict.GOOD
            desk.check_case(by=by, at=at, check=check.public_id, verdict=verdict, note=note)
            self.story.told["samples looked at"] += 1

    def _answer_bad_ratings(self, at: datetime, by: Actor) -> None:
        for one in list(desk.follow_ups(by=by).filter(verdict="open").order_by("id"))[:2]:
            desk.answer_rating(
                by=by, at=at, follow_up=one.public_id, verdict=desk.FollowUpVerdict.MENDED,
                found=f"查了那一周的排队记录，上午只开了一个窗口，已加开一个。{self.mark}",
            )  # fmt: skip
            self.story.told["bad ratings answered"] += 1

    # -- 用印

    def _seal(
        self, community: str, use: str, document: str, purpose: str, copies: int, at: datetime, by: Actor
    ) -> None:
        asked = seals.request_seal(
            by=by,
            at=at,
            area=community,
            use=use,
            document=document + self.mark,
            purpose=purpose,
            copies=copies,
        )
        self.story.told["seals asked for"] += 1
        if asked.state != "waiting":
            return

        def approve(at: datetime, by: Actor) -> None:
            seals.decide_seal_request(by=by, at=at, request=asked.public_id, approve=True)
            self.story.plan(self.story.later(at, minutes=20), self.staff.windows[community], stamp)

        def stamp(at: datetime, by: Actor) -> None:
            held = next(
                (one for one in seals.seals(by=by) if one.area == community and one.state == "in_use"), None
            )
            if held is not None:
                seals.stamp(by=by, at=at, request=asked.public_id, seal=held.public_id, copies=copies)
                self.story.told["stamped"] += 1

        if self.rng.random() < 0.85:
            self.story.plan(self.story.in_working_days(at, 1), self.staff.workers[community], approve)


def seals_are_given_out(story: Story, *, mark: str = "") -> None:
    """Each community registers its seal on the first day, and its window keeps it."""

    def register(community: str, at: datetime, by: Actor) -> None:
        seals.register_seal(
            by=by, at=at, name=f"居民委员会印章（演示）{mark}", kind="committee", area=community, since=day_of(at),
            keeper=story.staff.accounts[story.staff.windows[community]], signed=f"保管人签收{mark}",
        )  # fmt: skip

    first = story.at(story.working_days[0], 8, 40)
    for community, window in story.staff.windows.items():
        story.plan(first, window, lambda at, by, c=community: register(c, at, by))
