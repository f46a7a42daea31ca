"""The page of a table to be filled: a card a row, as many rows as one form may carry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from yimen.registers.people.api import PersonCard
from yimen.steering.returns.choices import StepKind
from yimen.steering.returns.engine.filling import Line
from yimen.steering.returns.queries import FilledTable, Split

# A form may carry a thousand fields; each cell may need two.
MOST_CELLS = 400
QUIET = timedelta(minutes=1)
VIEWS = (("", "要填的和不同的"), ("all", "全部"), ("none", "未对上的"))


@dataclass(frozen=True)
class Sheetful:
    """The rows shown at once (一屏)."""

    lines: list[Line]
    number: int
    pages: int

    @property
    def before(self) -> int:
        return self.number - 1 if self.number > 1 else 0

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < self.pages else 0


def page_of(rows: Any, *, columns: int, number: int) -> tuple[list[Any], int, int]:
    """The rows of one screen of a large table, its number, and how many there are."""
    size = max(1, min(50, MOST_CELLS // max(1, columns)))
    pages = max(1, -(-rows.count() // size))
    number = max(1, min(number, pages))
    return list(rows[(number - 1) * size : number * size]), number, pages


def shown_lines(full: FilledTable, *, view: str, number: int) -> Sheetful:
    """The rows of one screen."""
    if view == "none":
        rows = [line for line in full.lines if line.nobody]
    elif view == "all":
        rows = list(full.lines)
    else:
        rows = [line for line in full.lines if line.nobody or line.of("open", "differs")]
    size = max(1, min(50, MOST_CELLS // max(1, len(full.columns))))
    pages = max(1, -(-len(rows) // size))
    number = max(1, min(number, pages))
    return Sheetful(rows[(number - 1) * size : number * size], number, pages)


def dressed(lines: list[Line], cards: Mapping[UUID, PersonCard]) -> list[dict[str, Any]]:
    """Each row with what is to do, what is filled, and who might be meant."""
    return [
        {
            "line": line,
            "todo": line.of("open", "differs"),
            "done": line.of("known", "sheet", "formula"),
            "candidates": [cards[one] for one in line.candidates if one in cards],
        }
        for line in lines
    ]


_TONES = {StepKind.RETURNED: "warn", StepKind.URGED: "warn", StepKind.HANDED_IN: "good"}


def story(steps: Sequence[Any]) -> list[dict[str, Any]]:
    """What happened to a part (经过)."""
    return [
        {
            "title": step.get_kind_display(),
            "text": step.said,
            "by": step.by_name,
            "at": step.at,
            "tone": _TONES.get(StepKind(step.kind), ""),
        }
        for step in steps
    ]


def split_shown(split: Split, offered: Sequence[tuple[str, str]]) -> list[tuple[str, int]]:
    """How many rows each community would get."""
    return [(name, len(split.rows.get(code, ()))) for code, name in offered]
