"""A chain of signatures as a definition (审签流程), and what a worked example of it shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current
from yimen.work.approvals.choices import StepKind

KIND = "chain"


class ChainSeat(Grammar):
    """One who must sign at a step (签位): the role, held over the area of the matter or a wider one, and its name on paper."""

    labels = {"role": "由哪个角色签", "title": "呈批单上的名称"}

    role: str = Field(min_length=2, max_length=40)
    title: str = Field(min_length=2, max_length=40)


class ChainStep(Grammar):
    """One step (审签环节): at a countersigning all seats sign, in any order; every other step has one.

    ``days`` working days it should take, for reminding only; 0 reminds nobody.
    """

    labels = {
        "kind": "环节",
        "kind.review": "审核",
        "kind.countersign": "会签",
        "kind.issue": "签发",
        "seats": "谁签",
        "returns": "可以退回经办人",
        "days": "几个工作日内签",
    }

    kind: Literal["review", "countersign", "issue"]
    seats: tuple[ChainSeat, ...] = Field(min_length=1, max_length=8)
    returns: bool = True
    days: int = Field(default=0, ge=0, le=30)

    @model_validator(mode="after")
    def seats_fit(self):
        if (self.kind == "countersign") == (len(self.seats) == 1):
            raise ValueError("会签至少两个签位，其他环节只有一个签位")
        return self

    @property
    def title(self) -> str:
        return StepKind(self.kind).label


class Chain(Grammar):
    """A chain of signatures (审签流程): the steps after the drafter, in their order; the last one issues.

    ``same_person`` lets one person sign several steps. Who is above is told ``late_days`` working days after a step should
    have been signed (``late_role``, "" for nobody).
    """

    labels = {
        "title": "名称",
        "summary": "用在哪里",
        "steps": "环节",
        "same_person": "同一人可以签两个环节",
        "late_role": "超期告诉谁",
        "late_days": "超期几个工作日后告诉",
        "source": "依据",
    }

    title: str = Field(min_length=2, max_length=60)
    summary: str = Field(min_length=4, max_length=200)
    steps: tuple[ChainStep, ...] = Field(min_length=1, max_length=8)
    same_person: bool = False
    late_role: str = ""
    late_days: int = Field(default=2, ge=1, le=30)
    source: str = Field(min_length=4, max_length=300)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        seats = (seat.role for step in self.steps for seat in step.seats)
        return tuple(("role", one) for one in dict.fromkeys((*seats, self.late_role)) if one)

    @model_validator(mode="after")
    def ends_with_issuing(self):
        if [step.kind == "issue" for step in self.steps] != [False] * (len(self.steps) - 1) + [True]:
            raise ValueError("最后一个环节是签发，而且只有一个签发")
        titles = [seat.title for step in self.steps for seat in step.seats]
        if len(set(titles)) < len(titles):
            raise ValueError("两个签位叫一样的名称，呈批单上分不清")
        return self


def chains(*, on: date) -> list[Definition]:
    """The chains in force on a day, by their names (审签流程)."""
    return sorted(current_all(KIND, on=on), key=lambda one: (one.body.title, one.key))


def find_chain(key: str, *, on: date) -> Definition | None:
    """One of them, None when it is no longer used."""
    return find_current(KIND, key, on=on)


def run_chain_example(body: Chain, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """``signed`` are signatures in their order, each ``{seat, by}`` or with ``returned = true``: how far it is then."""
    step, done, signers, refused = 0, set(), {given.get("drafter", "")}, []
    state = "signing"
    for one in given.get("signed", ()):
        open_seats = [] if state != "signing" else _open(body, step, done)
        if one["seat"] not in open_seats or (one["by"] in signers and _once(body, one["by"], given)):
            refused.append(f"{one['by']}签{one['seat']}")
            continue
        signers.add(one["by"])
        if one.get("returned"):
            state = "returned" if body.steps[step].returns else state
            continue
        done.add(one["seat"])
        if not _open(body, step, done):
            step, done = step + 1, set()
            state = "issued" if step == len(body.steps) else state
    waits = _open(body, step, done) if state == "signing" else []
    return {"state": state, "waits": waits, "refused": refused}


def _open(body: Chain, step: int, done: set[str]) -> list[str]:
    return [seat.title for seat in body.steps[step].seats if seat.title not in done]


def _once(body: Chain, who: str, given: Mapping[str, Any]) -> bool:
    """May this one sign only once? The drafter never signs."""
    return not body.same_person or who == given.get("drafter", "")
