"""What the sheet 数据来源 of an exported workbook says (来源说明): one line for each column, the evidence of the paper."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.steering.returns.engine.filling import Column, Line, Slot
from yimen.steering.returns.models import Return


@dataclass
class ColumnTally:
    """Where the cells of one column came from (一列的来源): adds up over portions."""

    states: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)

    def add(self, slot: Slot) -> None:
        state = f"differs_{slot.choice or 'sheet'}" if slot.state == "differs" else slot.state
        self.states[state] += 1
        if slot.state == "known":
            self.origins[slot.source.removeprefix("来自")] += 1
        if slot.typed:
            self.typed[slot.who] += 1

    def plain(self) -> list[dict[str, int]]:
        """As it is kept."""
        return [dict(one) for one in (self.states, self.origins, self.typed)]

    def add_plain(self, told: list[dict[str, int]]) -> None:
        for mine, one in zip((self.states, self.origins, self.typed), told, strict=True):
            mine.update(one)


def tally(lines: Iterable[Line]) -> dict[int, ColumnTally]:
    """Where the cells of each column came from, by its number."""
    found: dict[int, ColumnTally] = {}
    for line in lines:
        for slot in line.slots:
            found.setdefault(slot.column.number, ColumnTally()).add(slot)
    return found


def source_lines(
    found: Return,
    columns: Iterable[Column],
    tallies: Mapping[int, ColumnTally],
    *,
    by: Actor,
    at: datetime,
    edition: str = "",
) -> list[list[str]]:
    """Title, who exported and when, then one line for each column (数据来源)."""
    told = [
        ["数据来源"],
        [f"{found.title}（{found.unit_name}）{edition}"],
        [f"导出人：{by.name}　导出时间：{at.astimezone(STREET_TIME):%Y-%m-%d %H:%M}　内部资料，用后妥善保管"],
        [],
        ["列", "表头", "来源", "自动填写", "说明"],
    ]
    for column in columns:
        told.append([column.letters, column.title, *_of(column, tallies.get(column.number, ColumnTally()))])
    return told


def _of(column: Column, told: ColumnTally) -> list[Any]:
    states = told.states
    notes = []
    if told.typed:
        notes.append(f"人工填写 {told.typed.total()} 格（{'、'.join(sorted(told.typed))}）")
    if states["sheet"]:
        notes.append(f"原表已有 {states['sheet']} 格")
    if states["differs_sheet"]:
        notes.append(f"与档案不同、按原表 {states['differs_sheet']} 格")
    if states["differs_register"]:
        notes.append(f"与原表不同、按档案 {states['differs_register']} 格")
    if states["formula"]:
        notes.append("公式")
    if column.denied:
        notes.append(f"导出人的岗位看不到“{column.denied}”")
    title = column.heading.title if column.heading else "人工填写"
    dates = "；".join(f"{origin}" for origin, _ in told.origins.most_common(3))
    return [f"{title}：{dates}" if dates else title, f"{states['known']} 格", "；".join(notes)]
