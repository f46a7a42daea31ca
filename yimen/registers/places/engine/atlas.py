"""The atlas (区域册): all areas in memory, so that naming an area on a page costs no query.

Areas are few and public. Each host keeps one copy under the mark of its generation, and asks for the mark once per
transaction.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.foundations.bus.api import forget_mark, mark
from yimen.kernel.areas import Level, lineage
from yimen.kernel.refusals import NotFound
from yimen.registers.places.models import Area, OfficialCode

MARK = "places"


class NoSuchArea(NotFound):
    code = "places.no_such_area"
    sentence = "没有编码为 {area} 的区域。"


@dataclass(frozen=True)
class AreaLine:
    """An area as it stands (区域): ``official`` is its national code, "" while it has none."""

    public_id: UUID
    code: str
    level: Level
    parent: str
    name: str
    short: str
    since: date
    until: date | None
    official: str

    def holds_on(self, day: date) -> bool:
        """Does the area exist on ``day``?"""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class _Atlas:
    mark: UUID | None
    areas: Mapping[str, AreaLine]
    children: Mapping[str, tuple[str, ...]]


_latest = _Atlas(mark=None, areas={}, children={})


def find_area(code: str) -> AreaLine | None:
    """The area with our code ``code``, closed ones too, or None."""
    return _atlas().areas.get(code)


def area(code: str) -> AreaLine:
    """The area with our code ``code``, closed ones too. Refuses what was never issued."""
    found = find_area(code)
    if found is None:
        raise NoSuchArea(area=code)
    return found


def area_name(code: str) -> str:
    """The present name of an area (区域名称): 潘火街道; the code itself when it was never issued."""
    found = find_area(code)
    return found.name if found else code


def short_area_name(code: str) -> str:
    """The name as people say it (简称): 潘火."""
    found = find_area(code)
    return found.short if found else code


def full_area_name(code: str) -> str:
    """The area with all it lies in (全称): 鄞州区潘火街道东莺社区."""
    try:
        codes = lineage(code)
    except ValueError:
        return code
    areas = _atlas().areas
    return "".join([areas[part].name for part in codes if part in areas]) or code


def areas_under(code: str, level: Level | str, *, on: date | None = None) -> tuple[AreaLine, ...]:
    """The areas of ``level`` inside ``code`` in the order of their codes; "" is everything.

    With ``on`` those that exist on that day, otherwise those not closed.
    """
    wanted = Level(level)
    return tuple(
        line
        for line in _walk(code, _atlas())
        if line.level == wanted and (line.holds_on(on) if on else line.until is None)
    )


def communities_of(street: str, *, on: date | None = None) -> tuple[AreaLine, ...]:
    """The communities of a street (社区)."""
    return areas_under(street, Level.COMMUNITY, on=on)


def areas_to_choose(prefixes: Iterable[str]) -> list[tuple[str, str]]:
    """Streets and communities inside these prefixes to choose from (可选区域), each with its full name."""
    found: dict[str, str] = {}
    for prefix in prefixes:
        lines = [*areas_under(prefix, Level.STREET), *areas_under(prefix, Level.COMMUNITY)]
        found |= {line.code: full_area_name(line.code) for line in lines}
    return sorted(found.items())


def forget() -> None:
    """Ask for the mark anew at the next look; called by the operations that change areas."""
    forget_mark(MARK)


def _walk(code: str, atlas: _Atlas) -> Iterator[AreaLine]:
    if code in atlas.areas:
        yield atlas.areas[code]
    for child in atlas.children.get(code, ()):
        yield from _walk(child, atlas)


def _atlas() -> _Atlas:
    """The copy to use now; the areas are read only when their mark is another one."""
    global _latest
    newest = mark(MARK)
    atlas = _latest
    if newest is None or atlas.mark != newest:
        atlas = _latest = _read(newest)
    return atlas


def _borne(code: str, until: date | None, *, closed: date | None) -> str:
    # A standing area whose code has ended waits for its next one; a closed one is still known by its last.
    return code if until is None or closed is not None else ""


def _read(newest: UUID | None) -> _Atlas:
    # In the order of `since`, so that the latest official code of an area wins.
    codes = OfficialCode.objects.order_by("since").values_list("area_id", "code", "until")
    official = {area: (code, until) for area, code, until in codes}
    areas = {
        row.code: AreaLine(
            public_id=row.public_id,
            code=row.code,
            level=Level(row.level),
            parent=row.parent_id or "",
            name=row.name,
            short=row.short,
            since=row.since,
            until=row.until,
            official=_borne(*official.get(row.id, ("", None)), closed=row.until),
        )
        for row in Area.objects.order_by("code")
    }
    children: dict[str, list[str]] = {}
    for line in areas.values():
        children.setdefault(line.parent, []).append(line.code)
    return _Atlas(
        mark=newest, areas=areas, children={parent: tuple(codes) for parent, codes in children.items()}
    )
