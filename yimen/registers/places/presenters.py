"""What the pages of places show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from yimen.kernel.working_days import provisional_note
from yimen.registers.places.choices import DwellingUse, Weekday
from yimen.registers.places.engine.atlas import AreaLine
from yimen.registers.places.forms import CheckForm, CloseSiteForm, HoursForm, WindowDaysForm
from yimen.registers.places.queries.areas import AreaHistory, AreaStock, StreetTree
from yimen.registers.places.queries.buildings import BuildingLine
from yimen.registers.places.queries.nearest import SiteNow
from yimen.registers.places.rules import Hours, OpenDay

if TYPE_CHECKING:
    from yimen.registers.places.models import Building, Dwelling, Estate, Site, SiteHours

# Colour is never alone: each room carries the word too.
TONES = {
    DwellingUse.SELF: "good",
    DwellingUse.LET: "info",
    DwellingUse.VACANT: "neutral",
    DwellingUse.SHARED: "warn",
    DwellingUse.UNCHECKED: "",
}


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
class Room:
    """One cell of the chart (房间)."""

    public_id: UUID
    room: str
    use: str
    tone: str
    label: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class UnitChart:
    """One unit (单元): its floors from the top, each with its rooms; None where a floor has no such room."""

    unit: str
    floors: tuple[tuple[int, tuple[Room | None, ...]], ...]
    width: int


@dataclass(frozen=True)
class RoomPanel:
    """Beside the chart: one door, the form for what was seen there, and what other apps show about it."""

    dwelling: "Dwelling"
    checked_by: str
    form: CheckForm | None
    next_url: str
    next_label: str
    panels: list[tuple[str, str, Any]]
    why_not: str = ""


@dataclass(frozen=True)
class BuildingPage:
    building: "Building"
    place: str
    units: list[UnitChart]
    counts: list[tuple[str, str, int]]
    dwellings: int
    checked: int
    room: RoomPanel | None = None


def unit_charts(
    building: "Building", dwellings: Sequence["Dwelling"], chosen: UUID | None
) -> list[UnitChart]:
    """The chart of a building (楼栋图): per unit, floors × rooms; a room stands in the column of its number's end."""
    units: dict[str, list[Dwelling]] = {}
    for one in dwellings:
        units.setdefault(one.unit, []).append(one)
    return [_chart(building, unit, units[unit], chosen) for unit in sorted(units, key=_natural)]


def _chart(building: "Building", unit: str, rooms: list["Dwelling"], chosen: UUID | None) -> UnitChart:
    columns = sorted({_column(one) for one in rooms}, key=_natural)
    placed = {(one.floor, _column(one)): one for one in rooms}
    floors = sorted({one.floor for one in rooms}, reverse=True)
    lines = tuple(
        (floor, tuple(_room(building, placed.get((floor, column)), chosen) for column in columns))
        for floor in floors
    )
    return UnitChart(unit=unit, floors=lines, width=len(columns))


def _room(building: "Building", one: "Dwelling | None", chosen: UUID | None) -> Room | None:
    if one is None:
        return None
    use = DwellingUse(one.use)
    return Room(
        public_id=one.public_id,
        room=one.room,
        use=use.label,
        tone=TONES[use],
        label=f"{one.room}室，{use.label}",
        url=room_url(building.public_id, one.public_id),
        chosen=one.public_id == chosen,
    )


def room_url(building: UUID, room: UUID) -> str:
    """The building's page with one room beside it."""
    return f"{reverse('places:building', args=[building])}?room={room}#room"


def use_counts(dwellings: Iterable["Dwelling"]) -> list[tuple[str, str, int]]:
    """How many dwellings are used how: (word, tone, number), all five."""
    counted = Counter(one.use for one in dwellings)
    return [(use.label, TONES[use], counted[use]) for use in DwellingUse]


def next_unchecked(dwellings: Sequence["Dwelling"], current: "Dwelling") -> "Dwelling | None":
    """The next door to knock at after this one: unchecked, in the order of units, then from the top floor."""
    ordered = sorted(dwellings, key=lambda one: (_natural(one.unit), -one.floor, _natural(one.room)))
    place = next((number for number, one in enumerate(ordered) if one.pk == current.pk), 0)
    around = ordered[place + 1 :] + ordered[:place]
    return next((one for one in around if one.use == DwellingUse.UNCHECKED), None)


def _column(one: "Dwelling") -> str:
    return one.room.removeprefix(str(one.floor)) or one.room


def _natural(text: str) -> tuple[int, str]:
    digits = "".join(character for character in text if character.isdigit())
    return (int(digits) if digits else 0, text)


@dataclass(frozen=True)
class HoursPeriod:
    """What was published for one period: (days, hours), days with the same hours together."""

    since: date
    until: date | None
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SitePage:
    site: "Site"
    place: str
    today: date
    week: list[tuple[str, str]]
    open_today: OpenDay | None
    next_day: OpenDay | None
    periods: list[HoursPeriod]
    may_edit: bool
    now: SiteNow | None = None
    offers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sheet_on: date | None = None
    sheet_large: bool = False
    close: CloseSiteForm | None = None

    @property
    def has_hours(self) -> bool:
        return any(hours for _, hours in self.week)

    @property
    def note(self) -> str:
        """What to add when the next day rests on a calendar that is not announced."""
        return provisional_note(self.next_day.provisional_years) if self.next_day else ""

    @property
    def planned(self) -> list[HoursPeriod]:
        return [one for one in self.periods if one.since > self.today]

    @property
    def past(self) -> list[HoursPeriod]:
        return [one for one in self.periods if one.until is not None and one.until <= self.today]


@dataclass(frozen=True)
class HoursPage:
    site: "Site"
    form: HoursForm | WindowDaysForm
    least: int = 0


@dataclass(frozen=True)
class SitesPage:
    """All sites of one's areas: how each stands now, how many days a week, what it offers (服务点一览)."""

    lines: list[tuple[SiteNow, str, int]]
    new: list[tuple[str, str]]
    least: int


def offer_groups(
    offers: Iterable[str], titles: dict[str, tuple[str, str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a site offers, by kind and in the order of kinds (办理内容)."""
    having, groups = set(offers), {}
    for offer, (kind, title) in titles.items():
        if offer in having:
            groups.setdefault(kind, []).append(title)
    return tuple((kind, tuple(found)) for kind, found in groups.items())


def week_lines(hours: Sequence[Hours]) -> list[tuple[str, str]]:
    """Seven lines, Monday first; "" for a closed day."""
    return [(day.label, hours_words(one for one in hours if one.weekday == day.value)) for day in Weekday]


def hours_words(hours: Iterable[Hours]) -> str:
    """08:30–11:30、14:00–17:00."""
    return "、".join(str(one) for one in sorted(hours))


def hours_periods(rows: Sequence["SiteHours"]) -> list[HoursPeriod]:
    """The history of hours by period, the latest first."""
    periods: dict[tuple[date, date | None], list[Hours]] = {}
    for row in rows:
        periods.setdefault((row.since, row.until), []).append(Hours(row.weekday, row.opens, row.closes))
    return [
        HoursPeriod(since, until, _together(week_lines(hours)))
        for (since, until), hours in sorted(periods.items(), key=lambda item: item[0][0], reverse=True)
    ]


def _together(lines: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    # 周一至周五 08:30–11:30; 周六 09:00–12:00
    runs: list[tuple[str, list[str]]] = []
    for hours, days in groupby(lines, key=lambda line: line[1]):
        runs.append((hours, [day for day, _ in days]))
    return tuple(
        (days[0] if len(days) == 1 else f"{days[0]}至{days[-1]}", hours) for hours, days in runs if hours
    )
