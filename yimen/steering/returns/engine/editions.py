"""An edition as it is kept (版本内容): every line and what stood in each of its cells, and what changed between two."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yimen.kernel.cells import Place
from yimen.steering.returns.engine.filling import Column, Line, Slot, value_for_sheet
from yimen.steering.returns.engine.sources import ColumnTally, tally
from yimen.steering.returns.rules import fold_heading


@dataclass(frozen=True)
class KeptLine:
    """One line of an edition: ``written`` are the cells we fill, ``stood`` those that the sheet had already.

    ``origins`` says of each cell that we fill where it comes from; editions of before know none.
    """

    number: int
    person: str
    name: str
    written: Mapping[int, str | int | date]
    stood: Mapping[int, str]
    origins: Mapping[int, str] = field(default_factory=dict)

    @property
    def texts(self) -> dict[int, str]:
        """What is seen in each cell."""
        return {**self.stood, **{number: _text(value) for number, value in self.written.items()}}


@dataclass(frozen=True)
class Content:
    """All that an edition keeps (版本内容)."""

    lines: tuple[KeptLine, ...]
    tallies: Mapping[int, ColumnTally]

    @property
    def values(self) -> dict[Place, str | int | date]:
        """What is written into the workbook."""
        return {(line.number, column): value for line in self.lines for column, value in line.written.items()}

    @property
    def origins(self) -> dict[Place, str]:
        """Where what is written comes from."""
        return {(line.number, column): text for line in self.lines for column, text in line.origins.items()}


@dataclass(frozen=True)
class Change:
    """One line that is not as it was (变化): ``kind`` is new, gone or changed; then title, before and after of each cell."""

    kind: str
    name: str
    number: int
    cells: tuple[tuple[str, str, str], ...] = ()


def written(slot: Slot) -> str | int | date | None:
    """What goes into the workbook in this cell; None where the sheet stays as it is."""
    if slot.value is None or (slot.state == "differs" and slot.choice != "register"):
        return None
    return slot.value if slot.state == "open" else value_for_sheet(slot.value, slot.column.shape)


def origin_of(slot: Slot) -> str:
    """Where a cell that we fill comes from (单元格来源)."""
    return f"{slot.who} 填" if slot.typed else slot.source


def packed(lines: Sequence[Line]) -> str:
    """Lines as they are kept."""
    return repacked([_kept(line) for line in lines], tally(lines))


def _kept(line: Line) -> KeptLine:
    cells, stood, origins = {}, {}, {}
    for slot in line.slots:
        value = written(slot)
        if value is not None:
            cells[slot.column.number] = value
            origins[slot.column.number] = origin_of(slot)
        elif slot.stood:
            stood[slot.column.number] = slot.stood
    return KeptLine(line.number, str(line.person or ""), line.name, cells, stood, origins)


def repacked(lines: Iterable[KeptLine], tallies: Mapping[int, ColumnTally]) -> str:
    """Kept lines as they are kept; what stands as an origin many times is written once."""
    said: dict[str, int] = {}
    rows = []
    for line in lines:
        cells = {
            number: {"d": value.isoformat()} if isinstance(value, date) else value
            for number, value in line.written.items()
        }
        origins = {number: said.setdefault(text, len(said)) for number, text in line.origins.items()}
        rows.append([line.number, line.person, line.name, cells, dict(line.stood), origins])
    told = {number: one.plain() for number, one in tallies.items()}
    return json.dumps(
        {"rows": rows, "tally": told, "origins": list(said)}, ensure_ascii=False, separators=(",", ":")
    )


def unpacked(parts: Iterable[str]) -> Content:
    """What was kept, put together again."""
    lines: list[KeptLine] = []
    tallies: dict[int, ColumnTally] = {}
    for part in parts:
        told = json.loads(part)
        said = told.get("origins", [])
        for number, person, name, cells, stood, *more in told["rows"]:
            filled = {int(column): _value(value) for column, value in cells.items()}
            there = {int(column): text for column, text in stood.items()}
            origins = {int(column): said[place] for one in more for column, place in one.items()}
            lines.append(KeptLine(number, person, name, filled, there, origins))
        for column, plain in told["tally"].items():
            tallies.setdefault(int(column), ColumnTally()).add_plain(plain)
    return Content(tuple(lines), tallies)


def changes(
    before: Content,
    after: Content,
    *,
    titles_before: Mapping[str, str],
    titles_after: Mapping[str, str],
) -> list[Change]:
    """What is not as it was between two editions (和上次比): who is new, who is gone, which cells changed.

    Lines are the same by the person they mean, else by name; columns by their words.
    """
    columns = {fold_heading(title): int(number) for number, title in titles_before.items()}
    pairs = [
        (title, columns[fold_heading(title)], int(number))
        for number, title in titles_after.items()
        if fold_heading(title) in columns and fold_heading(title) != fold_heading("序号")
    ]
    old, new = _by_line(before), _by_line(after)
    found = [Change("new", line.name, line.number) for key, line in new.items() if key not in old]
    found += [Change("gone", line.name, line.number) for key, line in old.items() if key not in new]
    for key, line in new.items():
        if key not in old:
            continue
        was, now = old[key].texts, line.texts
        cells = tuple(
            (title, was.get(left, ""), now.get(right, ""))
            for title, left, right in pairs
            if was.get(left, "") != now.get(right, "")
        )
        if cells:
            found.append(Change("changed", line.name, line.number, cells))
    return found


def columns_kept(
    titles: Mapping[str, str], keys: Mapping[str, str], denied: Mapping[str, str], known: Mapping[str, Any]
) -> tuple[Column, ...]:
    """The columns of an edition."""
    return tuple(
        Column(
            number=int(number),
            words=tuple(title.split(" · ")),
            key=keys.get(number, ""),
            heading=known.get(keys.get(number, "")),
            denied=denied.get(number, ""),
        )
        for number, title in titles.items()
    )


def _by_line(content: Content) -> dict[tuple[str, str, int], KeptLine]:
    found: dict[tuple[str, str, int], KeptLine] = {}
    for line in content.lines:
        name = "" if line.person else line.name
        times = 0
        while (line.person, name, times) in found:
            times += 1
        found[line.person, name, times] = line
    return found


def _value(told: Any) -> str | int | date:
    return date.fromisoformat(told["d"]) if isinstance(told, dict) else told


def _text(value: str | int | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
