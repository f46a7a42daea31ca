"""Read plans: what was promised, what was done, by community and month; all figures from indicators."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from yimen.foundations.definitions.api import Definition, current_all
from yimen.kernel.actor import Actor
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotFound
from yimen.steering.plans.engine.grammar import NOTHING, PlanGrammar, TargetGrammar
from yimen.steering.plans.permissions import OPEN_LEDGER, VIEW
from yimen.steering.plans.rules import MONTHS, Pace
from yimen.work.indicators.api import Indicator, Lists, Table, table

WHOLE = ""


class NoPlan(NotFound):
    code = "plans.no_plan"
    sentence = "没有这份计划，或不在您的范围内。"


class Row(NamedTuple):
    """One community (or all together) against the plan. ``area`` "" is the whole.

    Of each month ``promised`` and ``done`` (None for one that has not begun), both empty where months were not asked for.
    ``lists`` are those behind the numbers, where the actor may open them; without months only the whole has them.
    """

    area: str
    pace: Pace
    promised: tuple[int, ...]
    done: tuple[int | None, ...]
    lists: Lists | None


@dataclass(frozen=True)
class TargetStanding:
    """One target on a day (目标进度)."""

    target: TargetGrammar
    indicator: Indicator
    rows: tuple[Row, ...]
    whole: Row


@dataclass(frozen=True)
class PlanStanding:
    """A plan on a day (计划进度), as far as the actor may see; ``is_whole`` when that is all of it."""

    key: str
    plan: PlanGrammar
    on: date
    is_whole: bool
    targets: tuple[TargetStanding, ...]


def plans(*, by: Actor, on: date) -> list[Definition]:
    """The plans in force that concern an area where ``by`` may view plans, the newest year first."""
    found = [one for one in current_all("plan", on=on) if _may_see(one.body, by=by)]
    return sorted(found, key=lambda one: (-one.body.year, one.key))


def plan_standing(
    key: str, *, by: Actor, on: date, by_month: Callable[[PlanGrammar], Collection[str]] | None = None
) -> PlanStanding:
    """A whole plan with every figure of its page, in the few statements of `indicators.table`.

    ``by_month`` picks the keys of the targets whose months are wanted, all by default.
    """
    found = next((one for one in plans(by=by, on=on) if one.key == key), None)
    if found is None:
        raise NoPlan
    plan: PlanGrammar = found.body
    wanted = {one.key for one in plan.target} if by_month is None else set(by_month(plan))
    planned = list(dict.fromkeys(code for target in plan.target for code in target.communities))
    told = table(
        [target.indicator for target in plan.target],
        area=plan.area,
        areas=planned,
        first=Month(plan.year, 1),
        last=Month(plan.year, MONTHS),
        by=by,
        on=on,
        by_month={target.indicator for target in plan.target if target.key in wanted},
    )
    is_whole = by.can(VIEW, area=plan.area)
    # What was done where nothing was promised is shown too: the figures add up to the ledger's.
    places = dict.fromkeys([*planned, *told.places])
    if not is_whole:
        places = [code for code in places if by.can(VIEW, area=code)]
    reading = _Reading(plan, told, wanted, by=by, on=on)
    return PlanStanding(
        key=key,
        plan=plan,
        on=on,
        is_whole=is_whole,
        targets=tuple(reading.target(target, list(places), is_whole=is_whole) for target in plan.target),
    )


@dataclass(frozen=True)
class _Reading:
    """Puts promises and figures side by side."""

    plan: PlanGrammar
    told: Table
    by_month: Collection[str]
    by: Actor
    on: date

    def target(self, target: TargetGrammar, places: Sequence[str], *, is_whole: bool) -> TargetStanding:
        indicator = self.told.indicators[target.indicator]
        amounts, promised = target.promise.amounts, target.promise.by(year=self.plan.year, on=self.on)
        done = {area: self.told.value(target.indicator, area=area) for area in places}
        rows = tuple(
            self.row(target, area, Pace(amounts.get(area, 0), promised.get(area, 0), number))
            for area, number in done.items()
            if number or area in target.communities
        )
        return TargetStanding(target, indicator, rows, self.whole(target, indicator, rows, is_whole))

    def row(self, target: TargetGrammar, area: str, pace: Pace) -> Row:
        if target.key not in self.by_month:
            return Row(area, pace, (), (), None)
        months = target.promise.of_months(area)
        return Row(area, pace, months, self.done(target, area), self.lists(target, area))

    @cached_property
    def begun(self) -> int:
        """How many months have begun."""
        return sum(month.first_day <= self.on for month in self.told.months)

    def done(self, target: TargetGrammar, area: str) -> tuple[int | None, ...]:
        """What was done in the months of a row (of the whole for ""); None for a month that has not begun."""
        told = self.told.by_months(target.indicator, area=area)
        return (*told[: self.begun], *[None] * (len(told) - self.begun))

    def whole(
        self,
        target: TargetGrammar,
        indicator: Indicator,
        rows: Sequence[Row],
        is_whole: bool,
    ) -> Row:
        """All together. Of persons the whole is counted anew; who sees a part only gets the part's own number."""
        if len(rows) == 1 and not is_whole:
            return rows[0]._replace(lists=self.lists(target, rows[0].area))
        lists = self.lists(target, WHOLE)
        counted_anew = is_whole or not indicator.adds_up
        done = self.told.value(target.indicator) if counted_anew else sum(row.pace.done for row in rows)
        pace = Pace(sum(row.pace.amount for row in rows), sum(row.pace.promised for row in rows), done)
        if target.key not in self.by_month:
            return Row(WHOLE, pace, (), (), lists)
        promised = tuple(map(sum, zip(NOTHING, *(row.promised for row in rows), strict=True)))
        months = self.done(target, WHOLE)
        if not counted_anew:
            months = tuple(
                told if told is None else sum(row.done[place] or 0 for row in rows)
                for place, told in enumerate(months)
            )
        return Row(WHOLE, pace, promised, months, lists)

    def lists(self, target: TargetGrammar, area: str) -> Lists | None:
        return self.told.lists(target.indicator, area=area) if self.may_open(area) else None

    def may_open(self, area: str) -> bool:
        """Who may open the list behind a number: of a community, of the street itself, or of all together."""
        return self.by.can(OPEN_LEDGER, area=area) if area else self.by.can_somewhere(OPEN_LEDGER)


def _may_see(plan: PlanGrammar, *, by: Actor) -> bool:
    return by.can(VIEW, area=plan.area) or any(area.startswith(plan.area) for area in by.areas_for(VIEW))
