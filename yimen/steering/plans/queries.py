"""Read plans: what was promised, what was done, by community and month; all figures from indicators."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from yimen.foundations.definitions.api import Definition, current_all
from yimen.kernel.actor import Actor
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotFound
from yimen.steering.plans.engine.grammar import PlanGrammar, TargetGrammar
from yimen.steering.plans.permissions import OPEN_LEDGER, VIEW
from yimen.steering.plans.rules import MONTHS, Pace
from yimen.work.indicators.api import Indicator, Table, table

WHOLE = ""


class NoPlan(NotFound):
    code = "plans.no_plan"
    sentence = "没有这份计划，或不在您的范围内。"


@dataclass(frozen=True)
class Cell:
    """One month of one community: promised, done (None for a month that has not begun), and the list behind."""

    month: Month
    promised: int
    done: int | None
    url: str


@dataclass(frozen=True)
class Row:
    """One community (or all together) against the plan. ``area`` "" is the whole. ``cells`` are its months and ``url`` the
    list behind it, which only the whole has where months were not asked for."""

    area: str
    pace: Pace
    cells: tuple[Cell, ...]
    url: str


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
    """A whole plan with every figure of its page, in the two statements of `indicators.table`.

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
    places = [code for code in dict.fromkeys([*planned, *told.places]) if by.can(VIEW, area=code)]
    reading = _Reading(plan, told, wanted, by=by, on=on)
    return PlanStanding(
        key=key,
        plan=plan,
        on=on,
        is_whole=is_whole,
        targets=tuple(reading.target(target, places, is_whole=is_whole) for target in plan.target),
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
        promised = target.promise.by(year=self.plan.year, on=self.on)
        counted = [
            area
            for area in places
            if area in target.communities or self.told.value(target.indicator, area=area)
        ]
        rows = tuple(self.row(target, area, promised[area]) for area in counted)
        return TargetStanding(target, indicator, rows, self.whole(target, indicator, rows, is_whole))

    def row(self, target: TargetGrammar, area: str, promised: int) -> Row:
        months = target.promise.of_months(area)
        done = self.told.value(target.indicator, area=area)
        pace = Pace(sum(months), promised, done)
        if target.key not in self.by_month:
            return Row(area, pace, (), "")
        return Row(area, pace, self.cells(target, area, months), self.url(target, area))

    def cells(self, target: TargetGrammar, area: str, promised: Sequence[int]) -> tuple[Cell, ...]:
        """The months of a row (of the whole for ""); of a month that has not begun only its promise."""
        if target.key not in self.by_month:
            return ()
        key, present, opens = target.indicator, Month.of(self.on), self.may_open(area)
        return tuple(
            Cell(
                month,
                amount,
                self.told.value(key, area=area, month=month),
                self.told.opens(key, area=area, month=month) if opens else "",
            )
            if month <= present
            else Cell(month, amount, None, "")
            for month, amount in zip(self.told.months, promised, strict=True)
        )

    def whole(
        self,
        target: TargetGrammar,
        indicator: Indicator,
        rows: Sequence[Row],
        is_whole: bool,
    ) -> Row:
        """All together. Of persons the whole is counted anew; who sees a part only gets the part's own number."""
        if len(rows) == 1 and not is_whole:
            return replace(rows[0], url=self.url(target, rows[0].area))
        months = [
            sum(promised)
            for promised in zip(*(target.promise.of_months(row.area) for row in rows), strict=True)
        ]
        amount, promised = sum(row.pace.amount for row in rows), sum(row.pace.promised for row in rows)
        counted_anew = is_whole or not indicator.adds_up
        done = self.told.value(target.indicator) if counted_anew else sum(row.pace.done for row in rows)
        cells = self.cells(target, WHOLE, months or [0] * MONTHS)
        if not counted_anew:
            cells = tuple(
                replace(cell, done=sum(row.cells[number].done or 0 for row in rows))
                if cell.done is not None
                else cell
                for number, cell in enumerate(cells)
            )
        return Row("", Pace(amount, promised, done), cells, self.url(target, WHOLE))

    def url(self, target: TargetGrammar, area: str) -> str:
        return self.told.opens(target.indicator, area=area) if self.may_open(area) else ""

    def may_open(self, area: str) -> bool:
        """Who may open the list behind a number: of a community, of the street itself, or of all together."""
        return self.by.can(OPEN_LEDGER, area=area) if area else self.by.can_somewhere(OPEN_LEDGER)


def _may_see(plan: PlanGrammar, *, by: Actor) -> bool:
    return by.can(VIEW, area=plan.area) or any(area.startswith(plan.area) for area in by.areas_for(VIEW))
