"""The page of a plan: words, tones and numbers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from yimen.kernel.areas import Level, level
from yimen.registers.places.api import area_name
from yimen.steering.plans.engine.grammar import PlanGrammar
from yimen.steering.plans.queries import Cell, PlanStanding, Row, TargetStanding
from yimen.steering.plans.rules import pace_sentence
from yimen.work.ledger.api import Measure


@dataclass(frozen=True)
class RowLine:
    """One community of a table, or the whole."""

    name: str
    amount: int
    promised: int
    done: int
    difference: str
    tone: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TargetCard:
    """One target as the overview shows it."""

    key: str
    title: str
    unit: str
    group: str
    counting: str
    explanation: str
    forecast: bool
    amount: int
    promised: int
    done: int
    difference: str
    tone: str
    badge: str
    sentence: str
    quote: str
    setting: str
    baseline: str
    url: str
    table_url: str
    rows: tuple[RowLine, ...]
    whole: RowLine
    whole_name: str

    @property
    def wholes(self) -> tuple[RowLine, ...]:
        """The last row, drawn as the others are."""
        return (self.whole,)

    @property
    def expected(self) -> str:
        """What a month's number is called: a forecast expects, a plan promises."""
        return "预计" if self.forecast else "计划"


@dataclass(frozen=True)
class PlanPage:
    """A plan's page: all targets, and the table of one of them."""

    title: str
    subtitle: str
    note: str
    at: datetime
    on: date
    groups: tuple[tuple[str, tuple[TargetCard, ...]], ...]
    chosen: TargetCard
    tabs: tuple[dict[str, Any], ...]
    months: tuple[tuple[str, bool], ...]
    export_url: str
    target_export_url: str


def shown_target(plan: PlanGrammar, chosen: str) -> str:
    """The key of the target whose table is shown: the chosen one, else the first."""
    return chosen if any(one.key == chosen for one in plan.target) else plan.target[0].key


def plan_page(standing: PlanStanding, *, at: datetime, path: str, chosen: str, may_export: bool) -> PlanPage:
    """The page over ``standing``; ``chosen`` is the key of the target whose table is shown."""
    cards = tuple(_card(one, standing, path) for one in standing.targets)
    shown = next(card for card in cards if card.key == chosen)
    groups = tuple(
        (title, tuple(card for card in cards if card.group == title))
        for title in dict.fromkeys(card.group for card in cards)
    )
    plan = standing.plan
    return PlanPage(
        title=plan.title,
        subtitle=f"{area_name(plan.area)} · {plan.document}",
        note=plan.note,
        at=at,
        on=standing.on,
        groups=groups,
        chosen=shown,
        tabs=tuple(
            {"label": card.title, "url": card.table_url, "current": card.key == shown.key} for card in cards
        ),
        months=tuple((f"{cell.month.number}月", cell.done is None) for cell in shown.whole.cells),
        export_url=f"{path}?export=xlsx" if may_export else "",
        target_export_url=f"{path}?{urlencode({'target': shown.key, 'export': 'xlsx'})}"
        if may_export
        else "",
    )


def _card(one: TargetStanding, standing: PlanStanding, path: str) -> TargetCard:
    target, unit = one.target, one.indicator.unit
    # Only the target whose months were read has a table; the others say where they lag.
    tabled = one.rows if one.whole.cells else ()
    rows = tuple(_row(row, _name(row.area), forecast=target.forecast) for row in tabled)
    whole_name = "合计" if standing.is_whole or len(one.rows) != 1 else _name(one.rows[0].area)
    behind = [(_name(row.area), -row.pace.difference) for row in one.rows if row.pace.is_behind]
    whole = _row(one.whole, whole_name, forecast=target.forecast)
    base = target.baseline
    return TargetCard(
        key=target.key,
        title=target.title,
        unit=unit,
        group=_group(one),
        counting=_counting(one),
        explanation=one.indicator.explanation,
        forecast=target.forecast,
        amount=whole.amount,
        promised=whole.promised,
        done=whole.done,
        difference=whole.difference,
        tone=whole.tone,
        badge=_badge(one.whole, forecast=target.forecast),
        sentence=pace_sentence(behind, unit=unit, forecast=target.forecast),
        quote=target.sentence,
        setting=target.setting,
        baseline=f"{base.amount} {base.unit}（{base.text}）" if base else "",
        url=whole.url,
        table_url=f"{path}?{urlencode({'target': target.key})}#table",
        rows=rows,
        whole=whole,
        whole_name=whole_name,
    )


def _row(row: Row, name: str, *, forecast: bool) -> RowLine:
    pace = row.pace
    return RowLine(
        name=name,
        amount=pace.amount,
        promised=pace.promised,
        done=pace.done,
        difference=_difference(pace.difference, forecast=forecast),
        tone="warn" if pace.is_behind and not forecast else "",
        url=row.url,
        cells=row.cells,
    )


def _name(area: str) -> str:
    name = area_name(area)
    return name if level(area) is Level.COMMUNITY else f"{name}本级"


def _difference(number: int, *, forecast: bool) -> str:
    if number == 0:
        return "持平"
    more, less = ("多", "少") if forecast else ("超", "差")
    return f"{more} {number}" if number > 0 else f"{less} {-number}"


def _badge(whole: Row, *, forecast: bool) -> str:
    if forecast:
        return "预计量"
    return "低于进度" if whole.pace.is_behind else "达到进度"


def _group(one: TargetStanding) -> str:
    if not one.indicator.is_flow:
        return "期末数（时点数）"
    return "人数（每人只算一次）" if one.indicator.measure == Measure.PERSONS else "件数、次数（时期数）"


def _counting(one: TargetStanding) -> str:
    if one.indicator.adds_up:
        return ""
    if one.indicator.is_flow:
        return "人数按人去重：各月、各社区之和可能大于合计。"
    return "时点数：每月是月末数，合计是最近一天的数，不相加。"


def sheet_rows(standing: PlanStanding, targets: Sequence[TargetStanding]) -> list[dict[str, Any]]:
    """The rows of the sheet: every community of every target, then the whole. Persons have columns of their own."""
    rows = []
    for one in targets:
        for row, name in [*((row, _name(row.area)) for row in one.rows), (one.whole, "合计")]:
            pace = row.pace
            persons = one.indicator.measure == Measure.PERSONS
            line = {
                "target": one.target.title,
                "area": name,
                "unit": one.indicator.unit,
                "persons_done": pace.done if persons else None,
                "persons_promised": pace.promised if persons else None,
                "persons_amount": pace.amount if persons else None,
                "done": None if persons else pace.done,
                "promised": None if persons else pace.promised,
                "amount": None if persons else pace.amount,
                "difference": pace.difference,
            }
            line.update({f"month_{cell.month.number}": cell.done for cell in row.cells})
            rows.append(line)
    return rows
