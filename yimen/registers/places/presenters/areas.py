"""What the pages of areas show (区域页): trees, estates with their buildings, what stands in some areas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yimen.registers.places.engine.atlas import AreaLine
from yimen.registers.places.queries.areas import AreaHistory, AreaStock, StreetTree
from yimen.registers.places.queries.buildings import BuildingLine

if TYPE_CHECKING:
    from yimen.registers.places.models import Estate, Site


@dataclass(frozen=True)
class TreePage:
    trees: list[StreetTree]


@dataclass(frozen=True)
class EstateBlock:
    """An estate with its buildings."""

    estate: "Estate"
    buildings: tuple[BuildingLine, ...]


@dataclass(frozen=True)
class AreaPage:
    area: AreaLine
    place: str
    stock: AreaStock
    estates: list[EstateBlock]
    sites: list["Site"]
    history: AreaHistory
    parent: AreaLine | None
    may_edit: bool = False

    @property
    def has_history(self) -> bool:
        return bool(
            len(self.history.names) > 1
            or len(self.history.official_codes) > 1
            or self.history.came_from
            or self.history.went_to
        )


def estate_blocks(estates: Iterable["Estate"], buildings: Sequence[BuildingLine]) -> list[EstateBlock]:
    """The estates in order, each with its buildings; a building of an estate elsewhere still shows under it."""
    lines: dict[int, list[BuildingLine]] = {}
    known = {one.id: one for one in estates}
    for line in buildings:
        known.setdefault(line.building.estate_id, line.building.estate)
        lines.setdefault(line.building.estate_id, []).append(line)
    return [EstateBlock(one, tuple(lines.get(number, ()))) for number, one in known.items()]


@dataclass(frozen=True)
class CountsTable:
    """What stands in some areas (底数), a line an area and a column a kind; the last line is the whole."""

    titles: tuple[str, ...]
    lines: tuple[tuple[str, str, tuple[int, ...]], ...]
    total: tuple[int, ...]


def counts_table(lines: Sequence[Mapping[str, Any]], titles: Sequence[tuple[str, str]]) -> CountsTable:
    """The counts of areas as a table; a kind that was not counted then is 0."""
    rows = [
        (line["name"], line["official"], tuple(line["counts"].get(key, 0) for key, _ in titles))
        for line in lines
    ]
    total = tuple(sum(column) for column in zip(*(counts for *_, counts in rows), strict=True))
    return CountsTable(tuple(title for _, title in titles), tuple(rows), total)
