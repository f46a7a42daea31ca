"""What the pages of buildings show (楼栋图): the chart, one door, the next one to knock at."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from yimen.registers.places.choices import DwellingUse
from yimen.registers.places.forms import CheckForm, HeadsForm

if TYPE_CHECKING:
    from yimen.registers.places.models import Building, Dwelling, HeadCount

# Colour is never alone: each room carries the word too.
TONES = {
    DwellingUse.SELF: "good",
    DwellingUse.LET: "info",
    DwellingUse.VACANT: "neutral",
    DwellingUse.SHARED: "warn",
    DwellingUse.UNCHECKED: "",
}
LETTERS = {
    DwellingUse.SELF: "自",
    DwellingUse.LET: "租",
    DwellingUse.VACANT: "空",
    DwellingUse.SHARED: "群",
    DwellingUse.UNCHECKED: "？",
}


@dataclass(frozen=True)
class Room:
    """One cell of the chart (房间)."""

    public_id: UUID
    room: str
    value: str
    use: str
    url: str


@dataclass(frozen=True)
class UnitChart:
    """One unit (单元): its floors from the top, each with its rooms; None where a floor has no such room."""

    unit: str
    floors: tuple[tuple[int, tuple[Room | None, ...]], ...]
    width: int


@dataclass(frozen=True)
class NextDoor:
    """The next door to knock at (下一户)."""

    public_id: UUID
    label: str


@dataclass(frozen=True)
class DwellingPage:
    """One door (房屋): how it is used, who is told by other apps, what can be noted."""

    dwelling: "Dwelling"
    tone: str
    checked_by: str
    form: CheckForm | None
    panels: list[tuple[str, str, Any]]
    next: NextDoor | None = None
    heads: tuple["HeadCount", ...] = ()
    heads_form: HeadsForm | None = None

    @property
    def may_check(self) -> bool:
        return self.form is not None


@dataclass(frozen=True)
class BuildingPage:
    """The chart of a building, all of it or only what is used in one way."""

    building: "Building"
    place: str
    units: list[UnitChart]
    counts: list[tuple[str, str, str, int]]
    dwellings: int
    checked: int
    only: str = ""
    next: NextDoor | None = None
    heads: int = 0
    actions: tuple[tuple[str, str, str], ...] = ()
    may_edit: bool = False

    @property
    def only_word(self) -> str:
        return DwellingUse(self.only).label if self.only else ""


def unit_charts(dwellings: Sequence["Dwelling"], *, only: str = "") -> list[UnitChart]:
    """The chart of a building (楼栋图): per unit, floors × rooms; a room stands in the column of its number's end."""
    units: dict[str, list[Dwelling]] = {}
    for one in dwellings:
        if not only or one.use == only:
            units.setdefault(one.unit, []).append(one)
    return [_chart(unit, units[unit]) for unit in sorted(units, key=natural)]


def _chart(unit: str, rooms: list["Dwelling"]) -> UnitChart:
    columns = _columns(rooms)
    wide = sorted(set(columns.values()), key=natural)
    placed = {(one.floor, columns[one.pk]): one for one in rooms}
    floors = sorted({one.floor for one in rooms}, reverse=True)
    lines = tuple((floor, tuple(_room(placed.get((floor, column))) for column in wide)) for floor in floors)
    return UnitChart(unit=unit, floors=lines, width=len(wide))


def _columns(rooms: list["Dwelling"]) -> dict[int, str]:
    """In which column each room stands: by the end of its number where all numbers begin with their floor, else in order.

    Rooms numbered through the whole house (1, 2, 3 …) would need a column each.
    """
    if all(one.room.startswith(str(abs(one.floor))) and one.room != str(one.floor) for one in rooms):
        return {one.pk: one.room.removeprefix(str(abs(one.floor))) for one in rooms}
    placed: dict[int, str] = {}
    for _, floor in groupby(sorted(rooms, key=lambda one: one.floor), key=lambda one: one.floor):
        ordered = sorted(floor, key=lambda one: natural(one.room))
        placed |= {one.pk: str(number) for number, one in enumerate(ordered, 1)}
    return placed


def _room(one: "Dwelling | None") -> Room | None:
    if one is None:
        return None
    return Room(
        public_id=one.public_id,
        room=one.room,
        value=one.use,
        use=DwellingUse(one.use).label,
        url=reverse("places:dwelling", args=[one.public_id]),
    )


def use_counts(dwellings: Iterable["Dwelling"]) -> list[tuple[str, str, str, int]]:
    """How many dwellings are used how: (value, letter, word, number), all five."""
    counted = Counter(one.use for one in dwellings)
    return [(use.value, LETTERS[use], use.label, counted[use]) for use in DwellingUse]


def next_unchecked(dwellings: Sequence["Dwelling"], current: "Dwelling | None" = None) -> NextDoor | None:
    """The next door to knock at after this one: unchecked, in the order of units, then from the top floor."""
    ordered = sorted(dwellings, key=lambda one: (natural(one.unit), -one.floor, natural(one.room)))
    place = next((number for number, one in enumerate(ordered) if current and one.pk == current.pk), -1)
    around = ordered[place + 1 :] + ordered[: max(place, 0)]
    found = next((one for one in around if one.use == DwellingUse.UNCHECKED), None)
    return NextDoor(found.public_id, found.door) if found else None


def natural(text: str) -> tuple[int, str]:
    """A key that sorts 2 before 10 (自然序)."""
    digits = "".join(character for character in text if character.isdigit())
    return (int(digits) if digits else 0, text)
