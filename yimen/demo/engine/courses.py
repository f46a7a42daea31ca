"""How the other matters go on after they were accepted (其余事项的办理过程)."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from yimen.demo.engine.cases import Cases
from yimen.demo.engine.matters import KINDS, Kind, whole_answers
from yimen.demo.engine.story import Neighbours
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.services.council import api as council
from yimen.services.health import api as health
from yimen.services.homevisit import api as homevisit
from yimen.work.desk import api as desk

REFUSALS = "经核对，不符合规定的条件。"
DEPARTMENTS = (
    "区医疗保障部门（演示）",
    "区教育部门（演示）",
    "区住房保障部门（演示）",
    "区人力社保部门（演示）",
)


class Courses:
    """Plans the matters of one street beside births and relief, which `Cases` tells."""

    def __init__(self, cases: Cases, rng: Random) -> None:
        self.cases, self.story, self.rng = cases, cases.story, rng
        self.staff, self.mark = cases.story.staff, cases.mark

    def plan(self, where: Neighbours, kind: Kind, at: datetime) -> None:
        """Somebody of this community comes for this matter at that moment."""
        person = where.next_of(kind.who)
        if person is not None:
            self.story.plan(at, self._window(where), lambda at, by: self._begin(where, kind, person, at, by))

    def same_thing(self, where: Neighbours, at: datetime) -> None:
        """Two neighbours report the same lamp (并案): it is mended once, and each is told."""
        both = [one for one in (where.next_of("adults"), where.next_of("adults")) if one]
        kind = next(one for one in KINDS if one.matter == "street_issue")

        def take_in(at: datetime, by: Actor) -> None:
            answers = whole_answers(kind, self.rng, at, place="", mark=self.mark)
            cases = []
            for person in both:
                whose = answers | {"phone": "15400000000"} | self.cases.phone(person, at, by)
                cases.append(self.cases.accept(kind.matter, person, whose, kind.papers, where, at, by))
            lead = desk.find_cases(by=by).get(public_id=cases[0])
            desk.join_case(by=by, at=at, case=cases[1], number=lead.number)
            self.story.told["joined"] += 1
            mended = self.story.in_working_days(at, 2)
            self._register(where, kind, cases[0], mended)
            self._hand_out(where, cases[1], self.story.later(mended, minutes=6))

        if len(both) > 1:
            self.story.plan(at, self._window(where), take_in)

    def _begin(self, where: Neighbours, kind: Kind, person: UUID, at: datetime, by: Actor) -> None:
        people.note_look(by=by, at=at, person=person, why="窗口办事")
        place = places.short_area_name(where.community)
        answers = whole_answers(kind, self.rng, at, place=place, mark=self.mark)
        answers |= {"phone": "15400000000"} | self.cases.phone(person, at, by)
        if kind.matter in ("home_visit", "elder_voucher"):
            answers["address"] = people.person_card(person, by=by).address or f"演示路{self.mark}"
        case = self.cases.accept(kind.matter, person, answers, kind.papers, where, at, by)
        self.story.told[f"matter: {kind.matter}"] += 1
        getattr(self, f"_{kind.course}")(where, kind, case, at)

    # -- the courses

    def _at_once(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        self._register(where, kind, case, self.story.later(at, minutes=5))

    def _issue(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        if self.rng.random() < 0.96:
            self._register(where, kind, case, self.story.in_working_days(at, self.rng.randrange(0, 5)))

    def _visit(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        """Answered at once, or a date is stated and mostly kept."""
        if self.rng.random() < 0.55:
            self._register(where, kind, case, self.story.later(at, minutes=25))
            return
        promised = self.story.in_working_days(at, self.rng.randrange(3, 11))
        undertaking = f"请物业和楼上一起到现场看，答复您怎么修、谁来修。{self.mark}"
        self._do(
            self.story.later(at, minutes=20), self._window(where), "answers promised",
            council.promise_answer, case=case, promised_on=day_of(promised), undertaking=undertaking,
        )  # fmt: skip
        if self.rng.random() < 0.95:
            days = max(1, self.story.working_days_between(at, promised) - self.rng.randrange(0, 2))
            self._register(where, kind, case, self.story.in_working_days(at, days))

    def _contract(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        """The worker signs with the team of the community, one or two days later."""

        def sign(at: datetime, by: Actor) -> None:
            teams = health.teams(by=by, on=day_of(at))
            if teams:
                health.sign_contract(
                    by=by, at=at, case=case, team=teams[hash_of(where.community, len(teams))].public_id
                )
                self.story.told["contracts"] += 1

        signed = self.story.in_working_days(at, self.rng.randrange(0, 3))
        self.story.plan(signed, self.staff.workers[where.community], sign)
        self._register(where, kind, case, self.story.later(signed, minutes=15))

    def _home(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        """Two go on the next days; now and then nobody is at home."""
        day = self.story.in_working_days(at, self.rng.randrange(1, 4))
        done = self.rng.random() < 0.85

        def arrange(at: datetime, by: Actor) -> None:
            crew = list(homevisit.crew(where.community, by=by, on=day_of(at)))[:2]
            if len(crew) < 2:
                return
            visit = homevisit.plan_visit(
                by=by,
                at=at,
                case=case,
                day=day_of(day),
                part=homevisit.DayPart.MORNING,
                first=crew[0],
                second=crew[1],
            )
            self.story.told["visits planned"] += 1
            self.story.plan(
                evening, self.staff.workers[where.community], lambda at, by: go(visit.public_id, at, by)
            )

        def go(visit: UUID, at: datetime, by: Actor) -> None:
            came = day.replace(hour=9, minute=30)
            met = {
                "outcome": homevisit.VisitOutcome.DONE, "arrived_at": came, "left_at": came + timedelta(minutes=35),
                "result": f"材料收齐，事情讲清楚了。{self.mark}", "signed_how": homevisit.SignedHow.PRINT,
                "signed_by": f"本人{self.mark}",
            }  # fmt: skip
            missed = {
                "outcome": homevisit.VisitOutcome.ABSENT,
                "arrived_at": came,
                "left_at": came + timedelta(minutes=10),
            }
            homevisit.record_visit(by=by, at=at, visit=visit, **(met if done else missed))
            self.story.told["visits made"] += 1

        evening = day.replace(hour=16, minute=40)
        self.story.plan(self.story.later(at, minutes=10), self.staff.workers[where.community], arrange)
        # Who was not at home comes to the window herself some days later.
        over = self.story.later(evening, minutes=5) if done else self.story.in_working_days(evening, 2)
        self._register(where, kind, case, over)

    def _mediation(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        """The mediators hear both sides for some days and settle it at one table; what came lately is still talked over."""
        self._register(where, kind, case, self.story.in_working_days(at, self.rng.randrange(4, 13)))

    def _forwarded(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        up = self.story.later(at, minutes=30)
        self._do(
            up, self._window(where), "handed over", desk.hand_over_case, case=case, why="由街道推送户籍地"
        )
        pushed = self.story.in_working_days(at, 2)
        self._do(pushed, self.cases.officer, "registered", desk.register_case, case=case)
        self._hand_out(where, case, self.story.in_working_days(pushed, 1))

    def _street(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        up = self.story.in_working_days(at, self.rng.randrange(0, 2))
        self._do(
            max(up, at), self._window(where), "handed over", desk.hand_over_case, case=case, why="由街道决定"
        )
        # Most are decided in time, a few lie.
        days = self.rng.choice((2, 3, 3, 4, 4, 5, 9))
        self.story.plan(
            self.story.in_working_days(at, days),
            self.cases.officer,
            lambda at, by: self._decide(where, kind, case, at, by),
        )

    def _joint(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        """Several units are asked on one day; each answers by telephone, the slow one is urged."""
        up = self.story.later(at, minutes=40)
        self._do(up, self._window(where), "handed over", desk.hand_over_case, case=case, why="由街道一并询问")

        def ask(at: datetime, by: Actor) -> None:
            due = day_of(self.story.in_working_days(at, 8))
            questions = [
                desk.Question(
                    f"这一家能否得到帮助？能的写明怎么办。{self.mark}", due, unit_name=f"{unit}{self.mark}"
                )
                for unit in self.rng.sample(DEPARTMENTS, 2)
            ]
            desk.ask_units(by=by, at=at, case=case, questions=questions)
            self.story.told["units asked"] += len(questions)
            for order, share in enumerate(desk.shares_of_case(case, by=by)):
                when = self.story.in_working_days(at, 2 + order * self.rng.randrange(1, 7))
                text = f"已列入本月救助名单。{self.mark}"
                self._do(
                    when, self.cases.officer, "units answered", desk.answer_share, share=share.public_id,
                    answer=desk.ShareAnswer.AGREED, text=text, heard=desk.Heard.PHONE, said_by="经办科室（演示）",
                )  # fmt: skip

        self.story.plan(self.story.in_working_days(at, 1), self.cases.officer, ask)
        self.story.plan(
            self.story.in_working_days(at, 11),
            self.cases.officer,
            lambda at, by: self._decide(where, kind, case, at, by),
        )

    def _seal(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        """A resident's paper is stamped within two days."""
        decided = self.story.in_working_days(at, self.rng.randrange(1, 3))
        self.story.plan(decided, self.cases.officer, lambda at, by: self._decide(where, kind, case, at, by))

    # -- the ends

    def _decide(self, where: Neighbours, kind: Kind, case: UUID, at: datetime, by: Actor) -> None:
        if kind.course == "street" and self.rng.random() < 0.08:
            said = {"outcome": "refused", "investigated": REFUSALS + self.mark, "reason": "条件不符"}
        else:
            said = {"outcome": "granted"}
            if kind.amounts:
                said["amount"] = self.cases.amount(self.rng.choice(kind.amounts))
        desk.decide_case(by=by, at=at, case=case, **said)
        self.story.told[str(said["outcome"])] += 1
        self._hand_out(where, case, self.story.in_working_days(at, self.rng.randrange(1, 4)))

    def _register(self, where: Neighbours, kind: Kind, case: UUID, at: datetime) -> None:
        self._do(
            at,
            self._window(where),
            "registered",
            desk.register_case,
            case=case,
            result=kind.result and kind.result + self.mark,
        )
        self._hand_out(where, case, self.story.later(at, minutes=3))

    def _hand_out(self, where: Neighbours, case: UUID, at: datetime) -> None:
        self.story.plan(
            at, self._window(where), lambda at, by: self.cases.deliver(where, case, "counter", at, by)
        )

    def _do(self, at: datetime, who: str, word: str, deed, **given) -> None:
        def do(at: datetime, by: Actor) -> None:
            deed(by=by, at=at, **given)
            self.story.told[word] += 1

        self.story.plan(at, who, do)

    def _window(self, where: Neighbours) -> str:
        return self.staff.windows[where.community]


def hash_of(code: str, number: int) -> int:
    """Which of several serves this community, the same one every time."""
    return int(code[-2:]) % number
