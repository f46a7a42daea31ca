"""Some weeks of real work at the windows of the first street (真实办理): patterns of which the cloner makes the rest.

Everything is done by the accounts of the street through the operations of the desk and the ledger, so each pattern has all
the rows that the product leaves, and no others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from bench.facts import Known
from bench.ground import BY
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.money import Money
from yimen.work.desk import api as desk
from yimen.work.ledger import api as ledger

# Share of a pattern's fate among all cases of a street, in a hundred; `back`: how many weeks back copies may lie.
LONG = (1, 100)
FATES = {
    "births": (38, LONG),
    "granted": (42, LONG),
    "refused": (6, LONG),
    "withdrawn": (4, LONG),
    "delivered": (4, (1, 6)),
    "decided": (1, (1, 2)),
    "running": (2, (1, 1)),
    "handed": (1, (1, 1)),
    "paused": (1, (1, 8)),
    "late": (1, (1, 5)),
}
EACH = 3  # patterns of a fate
# How many working days before the last one the pattern was taken in.
TAKEN = {"running": 2, "handed": 2, "paused": 6, "late": 13, "decided": 9}
LONG_AGO = 16
NOTES = {
    "visited_home": "上门看望，身体还好，嘱咐用电安全。",
    "called_by_phone": "电话问候，近况平稳，没有新的需要。",
    "met_outside": "路上遇见，说起楼道灯坏了，已转告物业。",
    "wrote_wechat": "微信回复了办事要带什么。",
}
RELIEF = {
    "event": "illness",
    "urgent": False,
    "story": "突发疾病住院，自付部分一时凑不齐。",
    "spending": 860_000,
    "income": 310_000,
    "address": "演示路",
    "phone": "15400000000",
}
BIRTH = {"stage": "expecting", "remember": True}
PAPERS = {
    "temporary_relief": {"identity": "seen", "consent": "copied"},
    "birth_registration": {"identity": "seen", "promise": "promised"},
}


@dataclass(frozen=True)
class Pattern:
    """One thing really done: a case (``fate``) or a note (``item``), by its public id."""

    public_id: str
    fate: str


def work(neighbours: Sequence[Known], ids: dict[str, UUID], *, now: datetime) -> list[Pattern]:
    """Do some of everything for these people of one community, up to the working day before ``now``."""
    return _Work(neighbours, ids, now=now).do()


def answers(matter: str, *, on: date) -> dict[str, Any]:
    """What is answered to the form of a matter by somebody who comes on that day."""
    if matter == "temporary_relief":
        return RELIEF | {"happened_on": (on - timedelta(days=9)).isoformat()}
    return BIRTH | {"expected_on": (on + timedelta(days=90)).isoformat()}


class _Work:
    def __init__(self, neighbours: Sequence[Known], ids: dict[str, UUID], *, now: datetime) -> None:
        self.community, self.street, self.ids = neighbours[0].community, neighbours[0].street, ids
        self.days = _working_days(now, LONG_AGO + EACH + 6)
        born = {UUID(one.public_id): now.year - int(one.birth_on[:4]) for one in neighbours}
        women = {UUID(one.public_id) for one in neighbours if one.sex == "female"}
        self.women = [one for one, age in born.items() if 22 <= age < 40 and one in women]
        self.adults = [one for one, age in born.items() if age >= 42]

    def do(self) -> list[Pattern]:
        done = []
        for fate in FATES:
            for turn in range(EACH):
                first = TAKEN.get(fate, LONG_AGO) + (turn if fate in ("granted", "births", "refused") else 0)
                done.append(Pattern(str(self._case(fate, first, turn)), fate))
        for item, text in NOTES.items():
            done.append(Pattern(str(self._note(item, text)), "note"))
        run_pending_jobs()
        return done

    def _case(self, fate: str, back: int, turn: int) -> UUID:
        clerk, officer, keeper = (
            self._login(role) for role in ("window-clerk", "section-officer", "archive-keeper")
        )
        at = self._moment(back, 9 + turn)
        births = fate == "births"
        matter = "birth_registration" if births else "temporary_relief"
        person = (self.women if births else self.adults).pop()
        asked = desk.Asked(matter, person, answers(matter, on=at.date()), PAPERS[matter])
        area = self.community
        case = self._as(
            clerk, at, lambda by: desk.accept_case(by=by, at=at, area=area, asked=asked)
        ).public_id
        if fate == "running":
            return case
        if births:
            later = at + timedelta(minutes=4)
            self._as(clerk, later, lambda by: desk.register_case(by=by, at=later, case=case))
            self._deliver(case, clerk, later + timedelta(minutes=1), keeper)
            return case
        if fate == "withdrawn":
            end = self._moment(back - 2, 10)
            self._as(
                clerk, end, lambda by: desk.withdraw_case(by=by, at=end, case=case, why="家里已经借到钱。")
            )
            return case
        over = at + timedelta(minutes=35)
        self._as(clerk, over, lambda by: desk.hand_over_case(by=by, at=over, case=case, why="由街道决定。"))
        if fate == "paused":
            stop = self._moment(back - 2, 10)
            why = {"why": "等医院补盖章", "basis": "社会救助法第四十三条"}
            self._as(officer, stop, lambda by: desk.pause_case(by=by, at=stop, case=case, **why))
        if fate in ("granted", "refused", "delivered", "decided"):
            end = self._moment(back - 4, 14)
            self._as(officer, end, lambda by: self._decide(case, fate != "refused", by, end))
            if fate != "decided":
                self._deliver(case, clerk, self._moment(back - 6, 11), "" if fate == "delivered" else keeper)
        return case

    def _decide(self, case: UUID, granted: bool, by: Actor, at: datetime) -> None:
        if granted:
            told = {"outcome": "granted", "result": "同意给予临时救助", "amount": Money(150_000)}
        else:
            told = {
                "outcome": "refused",
                "investigated": "医疗费用已由医保和商业保险全额报销，家庭收入稳定。",
                "reason": "困难已由其他渠道解决，不符合临时救助条件",
            }
        desk.decide_case(by=by, at=at, case=case, **told)

    def _deliver(self, case: UUID, clerk: str, at: datetime, keeper: str) -> None:
        self._as(
            clerk,
            at,
            lambda by: desk.deliver_case(by=by, at=at, case=case, way="counter", receiver="本人"),
        )
        if keeper:
            end = self._moment(1, 15)
            self._as(
                keeper,
                end,
                lambda by: desk.archive_case(by=by, at=end, case=case, place="档案室二柜"),
            )

    def _note(self, item: str, text: str) -> UUID:
        at, whom = self._moment(3, 16), self.adults.pop()
        return self._as(
            self._login("window-clerk"),
            at,
            lambda by: ledger.take_note(by=by, at=at, item=item, text=text, kind="person", whom=whom),
        ).public_id

    def _login(self, role: str) -> str:
        return f"{role}-{self.street[6:]}-1"

    def _as(self, username: str, at: datetime, deed: Callable[[Actor], Any]) -> Any:
        on = at.date()
        with act_as(BY, on=on):
            by = access.actor_of(self.ids[username], on=on)
        with act_as(by, on=on):
            return deed(by)

    def _moment(self, back: int, hour: int) -> datetime:
        return datetime.combine(self.days[-back], time(hour, 12), tzinfo=STREET_TIME)


def _working_days(now: datetime, number: int) -> list[date]:
    """So many days, Monday to Friday, before the day of ``now``; no holiday lies in these weeks of the year."""
    found, day = [], now.astimezone(STREET_TIME).date()
    while len(found) < number:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            found.append(day)
    return found[::-1]
