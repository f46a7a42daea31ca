"""The parts of several communities become one table again (汇总): every line at its place, with who said what in each cell."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from yimen.steering.returns.engine.editions import Content, KeptLine
from yimen.steering.returns.engine.filling import Column
from yimen.steering.returns.engine.sources import ColumnTally


@dataclass(frozen=True)
class Piece:
    """What one community handed in (一份): its name, and the content of that edition."""

    name: str
    content: Content


def put_together(
    pieces: Sequence[Piece], columns: Iterable[Column], *, denied: Collection[int], first: int
) -> list[Content]:
    """The contents of the pieces as they stand in the one table, a content a piece.

    ``first`` is the row of the first line where communities chose themselves who is on it: then the lines follow each other
    and are numbered anew; 0 where every line has its own place already. What stands in a ``denied`` column, which the one
    who merges may not see, is left out.
    """
    ordinals = {column.number for column in columns if column.ordinal}
    made, done = [], 0
    for piece in pieces:
        lines = []
        for line in piece.content.lines:
            number = first + done if first else line.number
            done += 1
            written = {column: value for column, value in line.written.items() if column not in denied}
            if first:
                written |= {column: done for column in ordinals if column in written}
            lines.append(
                replace(line, number=number, written=written, origins=_told(piece.name, line, written))
            )
        tallies = {
            column: ColumnTally() if column in denied else told
            for column, told in piece.content.tallies.items()
        }
        made.append(Content(tuple(lines), tallies))
    return made


def _told(name: str, line: KeptLine, written: Collection[int]) -> dict[int, str]:
    return {column: f"{name}：{line.origins.get(column, '填报')}" for column in written}
