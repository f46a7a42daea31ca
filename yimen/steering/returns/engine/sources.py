"""The sheet 数据来源 that goes out with a filled table: where each column comes from."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.steering.returns.engine.filling import Column, Line, Slot
from yimen.steering.returns.models import Return


class Filled(Protocol):
    """A table with all that is known."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def source_lines(found: Return, full: Filled, *, by: Actor, at: datetime) -> list[list[str]]:
    """Title, who exported and when, then one line for each column (数据来源)."""
    told = [
        ["数据来源"],
        [f"{found.title}（{found.unit_name}）"],
        [f"导出人：{by.name}　导出时间：{at.astimezone(STREET_TIME):%Y-%m-%d %H:%M}　内部资料，用后妥善保管"],
        [],
        ["列", "表头", "来源", "自动填写", "说明"],
    ]
    for column in full.columns:
        slots = [slot for line in full.lines for slot in line.slots if slot.column.number == column.number]
        told.append([column.letters, column.title, *_of(column, slots)])
    return told


def _of(column: Column, slots: Iterable[Slot]) -> list[str]:
    slots = list(slots)
    states = Counter(slot.state for slot in slots)
    origins = Counter(slot.source.removeprefix("来自") for slot in slots if slot.state == "known")
    people = sorted({slot.who for slot in slots if slot.typed})
    notes = []
    if typed := sum(bool(slot.typed) for slot in slots):
        notes.append(f"人工填写 {typed} 格（{'、'.join(people)}）")
    if states["sheet"]:
        notes.append(f"原表已有 {states['sheet']} 格")
    if kept := sum(slot.state == "differs" and slot.choice != "register" for slot in slots):
        notes.append(f"与档案不同、按原表 {kept} 格")
    if taken := sum(slot.state == "differs" and slot.choice == "register" for slot in slots):
        notes.append(f"与原表不同、按档案 {taken} 格")
    if states["formula"]:
        notes.append("公式")
    if column.denied:
        notes.append(f"导出人的岗位看不到“{column.denied}”")
    title = column.heading.title if column.heading else "人工填写"
    dates = "；".join(f"{origin}" for origin, _ in origins.most_common(3))
    return [f"{title}：{dates}" if dates else title, f"{states['known']} 格", "；".join(notes)]
