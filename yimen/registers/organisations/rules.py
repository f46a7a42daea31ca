"""Decisions about organisations (单位规则), from facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding
from yimen.kernel.periods import Period
from yimen.standards.credit_code import parse_credit_code

MONTHS_LOOKED_BACK = 12


@dataclass(frozen=True)
class Approval:
    """On what a change rests (批准): by whom, under which number, when."""

    authority: str = ""
    number: str = ""
    on: date | None = None
    why: str = ""


def why_not_this_credit_code(text: str) -> Finding | None:
    """Is the typed unified social credit code (统一社会信用代码, GB 32100-2015) wrong, and how? Empty is no fault."""
    if not text.strip():
        return None
    read = parse_credit_code(text)
    return (
        Finding(f"organisations.credit_code_{read.code}", read.sentence, "credit_code")
        if isinstance(read, Fault)
        else None
    )


def credit_code_as_kept(text: str) -> str:
    """The code in its one shape; "" for none. Ask `why_not_this_credit_code` first."""
    if not text.strip():
        return ""
    read = parse_credit_code(text)
    assert not isinstance(read, Fault)
    return read.number


def most_at_once(periods: Sequence[Period], within: Period) -> int:
    """How many of the periods hold on the fullest day inside ``within`` (同时在任的最多人数).

    The count can only rise where one begins, so only those days are looked at.
    """
    shared = [one for one in (period.intersect(within) for period in periods) if one is not None]
    return max((sum(one.contains(start.since) for one in shared) for start in shared), default=0)


def why_not_these_days(since: date, last_day: date | None) -> Finding | None:
    """The last day (最后一天) cannot lie before the first."""
    if last_day is not None and last_day < since:
        return Finding("organisations.days_backwards", "最后一天早于第一天", "last_day")
    return None


def first_day_after(last_day: date | None) -> date | None:
    """From which day a dated row no longer holds (止日), None where it has no last day."""
    return last_day + timedelta(days=1) if last_day else None


@dataclass(frozen=True)
class VisitStanding:
    """How the visits of an agreement stand (上门情况): those of this month, and the whole months that had too few."""

    this_month: int
    short: tuple[tuple[date, int], ...]


def visits_standing(
    monthly: int, *, since: date, until: date | None, visited: Sequence[date], on: date
) -> VisitStanding:
    """This month's visits (本月上门), and of the last months that lay wholly in the agreement those with too few.

    A month counts when the agreement held from its first to its last day and it is over.
    """
    made: dict[date, int] = {}
    for day in visited:
        made[day.replace(day=1)] = made.get(day.replace(day=1), 0) + 1
    this, short = on.replace(day=1), []
    month = this
    for _ in range(MONTHS_LOOKED_BACK):
        after, month = month, (month - timedelta(days=1)).replace(day=1)
        if month < since:
            break
        if (until is None or after <= until) and made.get(month, 0) < monthly:
            short.append((month, monthly - made.get(month, 0)))
    return VisitStanding(made.get(this, 0), tuple(short))


AHEAD = timedelta(days=366)


def why_not_away(*, since: date, last_day: date, today: date) -> Finding | None:
    """Why an absence cannot be noted (能否登记不在岗): days gone by, backwards, more than a year ahead or long."""
    if since < today:
        return Finding("organisations.away_past", "只能从今天或以后的一天起登记。", "since")
    if last_day < since:
        return Finding("organisations.away_backwards", "最后一天早于第一天。", "last_day")
    if last_day > today + AHEAD:
        return Finding("organisations.away_far", "最多登记到一年以后；更久的，请另行指定A岗。", "last_day")
    return None


def nearest(rows: Sequence[Any], works: Sequence[str], *, area: str) -> Any | None:
    """Which of several responsibilities decides (以哪一条分工为准): of the narrowest area that holds ``area``, then of the first
    of ``works``, then the one that began first; who was named in plain words only comes last."""

    def order(row: Any) -> tuple[int, int]:
        lies_here = area.startswith(row.organisation.area)
        return (
            -len(row.organisation.area) if lies_here else 0,
            works.index(row.work) if row.work in works else len(works),
        )

    return min(rows, key=order, default=None)


def who_sees(
    *, away: bool, second: UUID | None, second_away: bool, asker: UUID | None, leads: bool
) -> Literal["", "second", "head"]:
    """As what the asker sees the work of an A岗 today (谁看得到): as its B岗 while A is away, as head when neither is here."""
    if not away:
        return ""
    if second is not None and second == asker:
        return "second"
    if leads and (second is None or second_away):
        return "head"
    return ""
