"""The page of a plan: words, tones and numbers side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.registers.places.api import area_name
from yimen.steering.plans.engine.grammar import PlanGrammar
from yimen.steering.plans.queries import PlanStanding, Row, TargetStanding
from yimen.steering.plans.rules import Pace, pace_sentence
from yimen.work.directives.api import urge_address
from yimen.work.indicators.api import Lists
from yimen.work.ledger.api import Measure


class RowLine(NamedTuple):
    """One community of a table, or the whole: what drawing it asks for, and nothing else."""

    name: str
    unit: str
    forecast: bool
    pace: Pace
    difference: str
    tone: str
    promised: tuple[int, ...]
    done: tuple[int | None, ...]
    lists: Lists | None


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
    urge_url: str


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
    rows: tuple[RowLine, ...]
    whole: RowLine
    tabs: tuple[dict[str, Any], ...]
    export_url: str
    target_export_url: str

    @property
    def wholes(self) -> tuple[RowLine, ...]:
        """The last row, drawn as the others are."""
        return (self.whole,)


def shown_target(plan: PlanGrammar, chosen: str) -> str:
    """The key of the target whose table is shown: the chosen one, else the first."""
    return chosen if any(one.key == chosen for one in plan.target) else plan.target[0].key


def plan_page(
    standing: PlanStanding, *, at: datetime, path: str, chosen: str, may_export: bool, by: Actor
) -> PlanPage:
    """The page over ``standing``; ``chosen`` is the key of the target whose table is shown."""
    names = {area: _name(area) for area in {row.area for one in standing.targets for row in one.rows}}
    cards = tuple(_card(one, names, path, by=by) for one in standing.targets)
    shown, told = next(
        (card, one) for card, one in zip(cards, standing.targets, strict=True) if card.key == chosen
    )
    alone = len(told.rows) == 1 and not standing.is_whole
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
        rows=tuple(_row(row, names[row.area], told) for row in told.rows),
        whole=_row(told.whole, names[told.rows[0].area] if alone else "合计", told),
        tabs=tuple(
            {"label": card.title, "url": card.table_url, "current": card.key == shown.key} for card in cards
        ),
        export_url=f"{path}?export=xlsx" if may_export else "",
        target_export_url=f"{path}?{urlencode({'target': shown.key, 'export': 'xlsx'})}"
        if may_export
        else "",
    )


def _card(one: TargetStanding, names: Mapping[str, str], path: str, *, by: Actor) -> TargetCard:
    target, unit, pace = one.target, one.indicator.unit, one.whole.pace
    behind = [(names[row.area], -row.pace.difference) for row in one.rows if row.pace.is_behind]
    base, table_url = target.baseline, f"{path}?{urlencode({'target': target.key})}#table"
    sentence = pace_sentence(behind, unit=unit, forecast=target.forecast)
    what = f"{target.title}：{sentence}" if behind else target.title
    return TargetCard(
        key=target.key,
        title=target.title,
        unit=unit,
        group=_group(one),
        counting=_counting(one),
        explanation=one.indicator.explanation,
        forecast=target.forecast,
        amount=pace.amount,
        promised=pace.promised,
        done=pace.done,
        difference=_difference(pace.difference, forecast=target.forecast),
        tone=_tone(pace, forecast=target.forecast),
        badge=_badge(pace, forecast=target.forecast),
        sentence=sentence,
        quote=target.sentence,
        setting=target.setting,
        baseline=f"{base.amount} {base.unit}（{base.text}）" if base else "",
        url=one.whole.lists.opens() if one.whole.lists else "",
        table_url=table_url,
        urge_url="" if target.forecast else urge_address(by=by, at=table_url, what=what[:120]),
    )


def _row(row: Row, name: str, one: TargetStanding) -> RowLine:
    forecast = one.target.forecast
    return RowLine(
        name=name,
        unit=one.indicator.unit,
        forecast=forecast,
        pace=row.pace,
        difference=_difference(row.pace.difference, forecast=forecast),
        tone=_tone(row.pace, forecast=forecast),
        promised=row.promised,
        done=row.done,
        lists=row.lists,
    )


def _tone(pace: Pace, *, forecast: bool) -> str:
    return "warn" if pace.is_behind and not forecast else ""


def _name(area: str) -> str:
    name = area_name(area)
    return name if level(area) is Level.COMMUNITY else f"{name}本级"


def _difference(number: int, *, forecast: bool) -> str:
    if number == 0:
        return "持平"
    more, less = ("多", "少") if forecast else ("超", "差")
    return f"{more} {number}" if number > 0 else f"{less} {-number}"


def _badge(pace: Pace, *, forecast: bool) -> str:
    if forecast:
        return "预计量"
    return "低于进度" if pace.is_behind else "达到进度"


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
            line.update({f"month_{number}": done for number, done in enumerate(row.done, 1)})
            rows.append(line)
    return rows
