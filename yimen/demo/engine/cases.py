"""What people come for in the demo, and how each matter goes on: births registered at once, relief decided by the street."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from yimen.demo.engine.scans import Scans
from yimen.demo.engine.second_street import CANARY_FEN
from yimen.demo.engine.staff import EAST
from yimen.demo.engine.story import Neighbours, Story
from yimen.foundations.documents.api import letters_of
from yimen.foundations.messages.api import calls_to_make, mark_told
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.people import api as people
from yimen.work.desk import api as desk

# What becomes of an application, in a hundred, by how many working days ago it was accepted: long, nearly due, lately.
OLD = (("granted", 74), ("refused", 9), ("withdrawn", 5), ("waiting", 2), ("late", 2), ("lost", 5))
RIPE = (("soon", 62), ("granted", 28), ("paused", 10))
FRESH = (("running", 40), ("handed", 25), ("granted", 15), ("paused", 8), ("waiting", 12))
PROMISED, RIPE_FROM, FRESH_NOTICE = 10, 8, 5

EVENTS = ("illness", "illness", "illness", "spending", "accident", "fire", "other")
STORIES = {
    "fire": "厨房起火，家具被褥烧毁，暂住亲戚家。",
    "accident": "骑车被撞，手术后三个月不能上工，对方尚未赔付。",
    "illness": "突发疾病住院，自付部分一时凑不齐。",
    "spending": "孩子学费和老人护理费一起到期，周转不开。",
    "other": "租住房屋被腾退，搬家和押金超出积蓄。",
}
AMOUNTS = (50_000, 80_000, 100_000, 120_000, 150_000, 200_000, 300_000)
GRADES, TAGS = (5, 5, 5, 5, 4, 4, 3, 2), ("态度好", "办得快", "讲得清", "跑了多次", "等得久")
PORTAL = system_actor("portal.rating")
BEARER = replace(system_actor("portal.urging"), name="申请人（凭查询码）")
Tell = Callable[..., None]


class Cases:
    """Plans the cases of one street."""

    def __init__(self, story: Story, *, officer: str, tell: Tell, mark: str = "") -> None:
        self.story, self.rng = story, story.rng
        self.officer, self.tell, self.mark = officer, tell, mark
        # Paper cards are typed in by somebody who had no hand in the case.
        self.typist, self.typist_at = "worker", "" if mark else EAST
        self.scans = Scans()

    def birth(self, where: Neighbours, at: datetime) -> None:
        """A birth registration: accepted, registered and handed over in one visit."""
        person = where.next_parent()
        if person is None:
            return
        self.story.plan(at, self._window(where), lambda at, by: self._register_birth(where, person, at, by))

    def relief(self, where: Neighbours, at: datetime, fate: str = "") -> None:
        """An application for relief, whose fate follows from how long ago it was, unless it is told."""
        person = where.next_adult()
        if person is None:
            return
        age = self.story.age(at)
        chances = OLD if age > PROMISED else RIPE if age >= RIPE_FROM else FRESH
        chosen = self.rng.choices([one for one, _ in chances], [weight for _, weight in chances])[0]
        fate = fate or chosen
        self.story.plan(
            at, self._window(where), lambda at, by: self._ask_for_relief(where, person, fate, at, by)
        )

    def slip(self, where: Neighbours, at: datetime) -> None:
        """A birth registration taken in for the wrong resident, seen at once and voided (误收作废)."""
        person = where.next_parent()
        if person is None:
            return

        def take_in(at: datetime, by: Actor) -> None:
            answers = {"stage": "born", "born_on": day_of(at).isoformat(), "remember": False}
            papers = {"identity": "seen", "promise": "promised"}
            case = self.accept("birth_registration", person, answers, papers, where, at, by)
            undo = self._done("voided", desk.void_case, case, why=f"点错了人，是同名的邻居。{self.mark}")
            self.story.plan(self.story.later(at, minutes=3), self._window(where), undo)

        self.story.plan(at, self._window(where), take_in)

    # -- births

    def _register_birth(self, where: Neighbours, person: UUID, at: datetime, by: Actor) -> None:
        people.note_look(by=by, at=at, person=person, why="窗口办事")
        day = day_of(at)
        expecting = self.rng.random() < 0.6
        near = timedelta(days=self.rng.randrange(20, 200))
        answers = {"stage": "expecting", "expected_on": (day + near).isoformat()}
        if not expecting:
            answers = {"stage": "born", "born_on": (day - near).isoformat()}
        answers["remember"] = self.rng.random() < 0.8
        case = self.accept(
            "birth_registration", person, answers, {"identity": "seen", "promise": "promised"}, where, at, by
        )

        def finish(at: datetime, by: Actor) -> None:
            desk.register_case(by=by, at=at, case=case)
            self.deliver(where, case, "counter", self.story.later(at, minutes=2), by)

        # Now and then the reader fails, and she comes back from shopping an hour later.
        minutes = 75 if self.rng.random() < 0.06 else 4
        self.story.plan(self.story.later(at, minutes=minutes), self._window(where), finish)

    # -- relief

    def _ask_for_relief(self, where: Neighbours, person: UUID, fate: str, at: datetime, by: Actor) -> None:
        people.note_look(by=by, at=at, person=person, why="窗口办事")
        event = self.rng.choice(EVENTS)
        urgent = self.rng.random() < 0.3
        answers = {
            "event": event,
            "happened_on": (day_of(at) - timedelta(days=self.rng.randrange(1, 40))).isoformat(),
            "urgent": urgent,
            "story": STORIES[event] + self.mark,
            "spending": self.rng.randrange(8, 300) * 10_000,
            "income": self.rng.randrange(0, 60) * 10_000,
            "address": people.person_card(person, by=by).address or "演示路",
            "phone": "15400000000",
        } | self.phone(person, at, by)
        papers = {"identity": "seen", "consent": "copied", "receipts": self.rng.choice(("seen", "tolerated"))}
        if fate == "lost":
            asked = self._asked("temporary_relief", person, answers, papers)
            why = {"reason": "属于工伤，应由工伤保险支付", "right_office": "区社会保险经办窗口"}
            desk.decline_case(by=by, at=at, area=where.community, asked=asked, **why)
            self.story.told["declined"] += 1
            return
        if fate == "waiting":
            self._give_notice(where, person, answers, at, by)
            return
        case = self.accept("temporary_relief", person, answers, papers, where, at, by)
        if papers["receipts"] == "tolerated" and fate in ("granted", "decided"):
            # Her son brings them within the hour; of those still under way some are owed.
            brought = self._done("brought later", desk.supply_papers, case, papers={"receipts": "seen"})
            self.story.plan(self.story.later(at, minutes=15), self._window(where), brought)
        self._go_on(where, person, case, fate, at)

    def _go_on(self, where: Neighbours, person: UUID, case: UUID, fate: str, at: datetime) -> None:
        story, window = self.story, self._window(where)
        if fate == "running":
            return
        if fate == "withdrawn":
            why = f"家里已经借到钱，不申请了。{self.mark}"
            story.plan(
                story.in_working_days(at, 2),
                window,
                self._done("withdrawn", desk.withdraw_case, case, why=why),
            )
            return
        handed = story.later(at, minutes=self.rng.randrange(20, 200))
        why = f"由街道决定，已电话了解情况。{self.mark}"
        story.plan(handed, window, self._done("handed over", desk.hand_over_case, case, why=why))
        if fate in ("late", "soon"):
            story.plan(story.on_working_day(at, 8, hour=19), BEARER, self._urge(case))
        if fate == "late":
            answer = f"正在等民政核对家庭收入，周五前给您答复。{self.mark}"
            told = self._done("urgings answered", desk.answer_urging, case, answer=answer)
            story.plan(story.on_working_day(at, 9, hour=10), self.officer, told)
        if fate == "paused":
            waits = {"why": "等医院补盖章", "basis": "社会救助法第四十三条"}
            story.plan(
                story.in_working_days(handed, 2),
                self.officer,
                self._done("paused", desk.pause_case, case, **waits),
            )
        elif fate in ("granted", "refused", "decided"):
            days = self.rng.randrange(1, 9)
            if fate == "decided":
                days = max(self.story.days_until_lately(at), 1)
            if fate != "decided" and self.rng.random() < 0.15:
                waits = {"why": "等保险公司出赔付结果", "basis": "社会救助法第四十三条"}
                story.plan(
                    story.in_working_days(at, 1),
                    self.officer,
                    self._done("paused", desk.pause_case, case, **waits),
                )
                story.plan(
                    story.in_working_days(at, 4), self.officer, self._done("resumed", desk.resume_case, case)
                )
                days = 5 + days // 2
            story.plan(
                story.in_working_days(at, days),
                self.officer,
                lambda at, by: self._decide(where, person, case, fate != "refused", at, by),
            )

    def _give_notice(self, where: Neighbours, person: UUID, answers: dict, at: datetime, by: Actor) -> None:
        missing = self._asked("temporary_relief", person, answers | {"urgent": False}, {"identity": "seen"})
        case = desk.give_notice(by=by, at=at, area=where.community, asked=missing).public_id
        self.story.told["notices"] += 1
        # Who was told this week has not come back yet.
        if self.rng.random() < 0.6 and self.story.age(at) > FRESH_NOTICE:
            there = {"consent": "copied", "receipts": "seen"}
            come_back = self.story.in_working_days(at, self.rng.randrange(1, 5))
            supply = self._done("supplied", desk.supply_papers, case, papers=there)
            self.story.plan(come_back, self._window(where), supply)

    def _decide(
        self, where: Neighbours, person: UUID, case: UUID, granted: bool, at: datetime, by: Actor
    ) -> None:
        if granted:
            amount = self.amount(self.rng.choice(AMOUNTS))
            desk.decide_case(
                by=by, at=at, case=case, outcome="granted", result="同意给予临时救助", amount=amount
            )
        else:
            desk.decide_case(
                by=by,
                at=at,
                case=case,
                outcome="refused",
                investigated="经核对，医疗费用已由医保和商业保险全额报销，家庭收入稳定。" + self.mark,
                reason="困难已由其他渠道解决，不符合临时救助条件",
            )
        self.story.told["granted" if granted else "refused"] += 1
        if self.rng.random() < 0.5:
            text = "您申请的事已经办结，请带身份证到社区窗口领取决定书，也可以要求送上门。" + self.mark
            self.tell(by=by, at=at, person=person, case=case, area=where.community, text=text)
            self.story.told["told"] += 1
            self.story.plan(self.story.in_working_days(at, 1), self._window(where), self._call(person))
        way = "home" if self.rng.random() < 0.2 else "counter"
        day = self.story.in_working_days(at, self.rng.randrange(1, 4))
        self.story.plan(day, self._window(where), lambda at, by: self.deliver(where, case, way, at, by))

    def _urge(self, case: UUID):
        """She urges us from home, by the word on her receipt."""

        def urge(at: datetime, by: Actor) -> None:
            word = letters_of(case, by=by)[0].tracking_url.rsplit("/", 1)[-1]
            desk.urge_case(by=by, at=at, word=word, words=f"孩子等着用钱，麻烦快一点。{self.mark}")
            self.story.told["urged"] += 1

        return urge

    # -- the end of every case

    def deliver(self, where: Neighbours, case: UUID, way: str, at: datetime, by: Actor) -> None:
        receiver = desk.find_cases(by=by).get(public_id=case).person_name
        desk.deliver_case(by=by, at=at, case=case, way=way, receiver=receiver)
        self.story.told["delivered"] += 1
        if self.scans.seal(case, at=at, by=by):
            self.story.told["letters sealed"] += 1
        if self.rng.random() < 0.45:
            # She rates by the word on her receipt, from home, in the evening or some days later.
            word = letters_of(case, by=by)[0].tracking_url.rsplit("/", 1)[-1]
            evening = at + timedelta(hours=self.rng.randrange(2, 60))
            on_paper = where.community == self.typist_at and self.rng.random() < 0.5
            if on_paper:
                self.story.plan(self.story.in_working_days(at, 2), self.typist, self._rate(word, "paper"))
            else:
                self.story.plan(evening, PORTAL, self._rate(word, "receipt"))

    def _rate(self, word: str, channel: str):
        def rate(at: datetime, by: Actor) -> None:
            grade = self.rng.choice(GRADES)
            liked = TAGS[:3] if grade > 2 else TAGS[3:]
            way = desk.RatingChannel(channel)
            desk.rate_case(by=by, at=at, word=word, grade=grade, tags=self.rng.sample(liked, 1), channel=way)
            self.story.told[f"rated: {channel}"] += 1

        return rate

    def _call(self, person: UUID):
        """The clerk calls or has somebody knock the next day; not everybody is at home."""

        def call(at: datetime, by: Actor) -> None:
            for task in calls_to_make(by=by, on=day_of(at)).filter(person=person):
                outcome = self.rng.choices(("told", "no_answer", ""), (70, 15, 15))[0]
                if outcome:
                    mark_told(by=by, at=at, task=task.public_id, outcome=outcome)
                    self.story.told[f"calls: {outcome}"] += 1

        return call

    # -- small things

    def accept(self, matter, person, answers, papers, where: Neighbours, at: datetime, by: Actor) -> UUID:
        tray = self.scans.tray(matter, person, papers, area=where.community, at=at, by=by)
        asked = self._asked(matter, person, answers, papers, tray=tray)
        if tray is not None:
            self.story.told["papers scanned"] += 1
        case = desk.accept_case(by=by, at=at, area=where.community, asked=asked)
        self.story.told["accepted"] += 1
        return case.public_id

    def _asked(self, matter, person, answers, papers, tray: UUID | None = None) -> desk.Asked:
        source = self.rng.choices(("counter", "phone", "online", "wechat"), (80, 8, 8, 4))[0]
        return desk.Asked(matter, person, answers, papers, source=source, note=self.mark, tray=tray)

    def amount(self, fen: int) -> Money:
        """So much money; in the second street always the amount that nobody else may see."""
        return Money(CANARY_FEN if self.mark else fen)

    def phone(self, person: UUID, at: datetime, by: Actor) -> dict[str, str]:
        known = people.person_facts(person, by=by, on=day_of(at)).get("phone")
        return {"phone": known.value} if known else {}

    def _done(self, word: str, deed, case: UUID, **more):
        def do(at: datetime, by: Actor) -> None:
            deed(by=by, at=at, case=case, **more)
            self.story.told[word] += 1

        return do

    def _window(self, where: Neighbours) -> str:
        return self.story.staff.windows[where.community]
