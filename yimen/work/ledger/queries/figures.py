"""Figures: measures and yearly numbers of persons from tallies and deltas in one statement, other persons from presence."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.periods import Month
from yimen.work.ledger.engine.places import all_reached, taken_over_from_beyond, under_sql
from yimen.work.ledger.engine.tallies import tallied
from yimen.work.ledger.rules import EVERYONE, Ask


class Total(NamedTuple):
    """Acts (件、人次) and quantity of what was asked under ``key``, in one community (or the street itself) and month.

    ``month`` is None where months were not asked for: then it is the whole period's. Of several items, or months that another
    key asked for, there are several to be added.
    """

    key: str
    area: str
    month: Month | None
    acts: int
    quantity: int


Cell = tuple[str, str, Month | None]


def totals(asks: Iterable[Ask], **told: Any) -> list[Total]:
    """Additive figures by community and month under an area, as `figures` tells them."""
    return figures(asks, (), **told)[0]


def persons(asks: Iterable[Ask], **told: Any) -> dict[Cell, int]:
    """Distinct persons (人数) by (key, community, month), as `figures` tells them."""
    return figures((), asks, **told)[1]


def figures(
    sums: Iterable[Ask],
    heads: Iterable[Ask],
    *,
    area: str,
    first: Month,
    last: Month,
    by: Actor,
    by_month: Collection[str] | None = None,
    folds: Mapping[str, str] | None = None,
) -> tuple[list[Total], dict[Cell, int]]:
    """The additive figures of ``sums`` and the distinct persons of ``heads``, by community and month under ``area``: of
    everybody and of calendar years in one statement, one more for bands, one for other numbers of persons.

    Exact at every moment: tallies and waiting deltas are read together. Only what ``by`` reaches is summed. ``by_month``
    are the keys whose months are wanted, all by default.

    Persons do not add up: so the community "" holds who occurred anywhere under ``area``, and the month None who occurred
    in any of the months; each counted once. What is not in the answer is 0. Persons of one item in a calendar year, in a
    street or a community, stand in the tallies. All else, other periods, several items together, bands, a part of a street,
    is counted from presence.

    ``folds`` (ended community → its successor) tells the figures by the areas of today (按现行区划): what was done in an ended
    community counts in the one that took over, and whoever occurred in both is one person there. Who reaches the successor is
    told that too, also where the ended one lay in a street beyond her reach.
    """
    sums, heads = list(sums), list(heads)
    period = {"first": first, "last": last, "by": by}
    if folds:
        return _as_now(sums, heads, by_month, area=area, folds=folds, **period)
    return _as_then(sums, heads, by_month, area=area, **period)


def _as_then(
    sums: Sequence[Ask],
    heads: Sequence[Ask],
    by_month: Collection[str] | None,
    *,
    area: str,
    first: Month,
    last: Month,
    by: Actor,
    taken_over: bool = False,
) -> tuple[list[Total], dict[Cell, int]]:
    period = {"area": area, "first": first, "last": last, "by": by, "taken_over": taken_over}
    whole = [ask for ask in sums if ask.bands == EVERYONE]
    parts = [ask for ask in sums if ask.bands != EVERYONE]
    reached = len(all_reached(area, by=by))
    kept = [ask for ask in heads if ask.bands == EVERYONE and len(ask.items) == 1]
    if not (_is_year(first, last) and reached in (Level.STREET.digits, Level.COMMUNITY.digits)):
        kept = []
    counted = [ask for ask in heads if ask not in kept]
    rows = _tallied([*whole, *kept], by_month, **period)
    return (
        _of_everyone(whole, rows, by_month) + _of_bands(parts, by_month, **period),
        _kept(kept, rows, by_month, is_street=reached == Level.STREET.digits)
        | _counted(counted, by_month, **period),
    )


def _as_now(
    sums: Sequence[Ask],
    heads: Sequence[Ask],
    by_month: Collection[str] | None,
    *,
    area: str,
    folds: Mapping[str, str],
    by: Actor,
    **period: Any,
) -> tuple[list[Total], dict[Cell, int]]:
    """The figures by the areas of today: ended communities beyond ``area`` whose successors lie in it are asked besides."""
    # The area itself within reach, and the ended ones whole where she reaches who took over.
    places = {area: False} | {
        old: by.reaches(folds[old]) for old in taken_over_from_beyond(area, folds, by=by)
    }
    found = [
        one._replace(area=folds.get(one.area, one.area))
        for place, whole in places.items()
        for one in _as_then(sums, (), by_month, area=place, taken_over=whole, by=by, **period)[0]
    ]
    # One that lay in the area and was taken over by another one is the other's now.
    found = [one for one in found if one.area.startswith(area)]
    return found, _counted(heads, by_month, area=area, places=places, folds=folds, by=by, **period)


def _of_everyone(
    asks: Sequence[Ask], rows: Mapping[tuple, tuple], by_month: Collection[str] | None
) -> list[Total]:
    asking = _by_item(asks, by_month)
    return [
        Total(key, place, month if by_months else None, acts, quantity)
        for (item, place, month), (acts, quantity, *_) in rows.items()
        for key, by_months in asking.get(item, ())
    ]


def _of_bands(asks: Sequence[Ask], by_month: Collection[str] | None, **period: Any) -> list[Total]:
    if not asks:
        return []
    where, given = _where(asks, **period)
    columns = "area, item, month, sex, age_band, residence, acts, quantity"
    statement = f"""
        SELECT asked.key, left(found.area, 12), CASE WHEN asked.by_month THEN found.month END,
               sum(found.acts), sum(found.quantity)
        FROM (
            SELECT {columns} FROM ledger_tally WHERE {where}
            UNION ALL
            SELECT {columns} FROM ledger_delta WHERE {where}
        ) AS found JOIN {_ASKED} ON {_FITS}
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """  # nosec B608 - composed of constants; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *given, _told(asks, by_month)])
        return [
            Total(key, place, _month(month), int(acts), int(quantity))
            for key, place, month, acts, quantity in cursor.fetchall()
        ]


def _kept(
    asks: Sequence[Ask], rows: Mapping[tuple, tuple], by_month: Collection[str] | None, *, is_street: bool
) -> dict[Cell, int]:
    sums: defaultdict[Cell, int] = defaultdict(int)
    asking = _by_item(asks, by_month)
    for (item, place, month), (_, _, of_month, of_year, street_month, street_year) in rows.items():
        for key, by_months in asking.get(item, ()):
            sums[key, place, None] += of_year
            sums[key, "", None] += street_year if is_street else of_year
            if month and by_months:
                sums[key, place, month] += of_month
                sums[key, "", month] += street_month if is_street else of_month
    return {cell: count for cell, count in sums.items() if count}


def _counted(
    asks: Sequence[Ask],
    by_month: Collection[str] | None,
    *,
    area: str,
    taken_over: bool = False,
    places: Mapping[str, bool] | None = None,
    folds: Mapping[str, str] | None = None,
    **period: Any,
) -> dict[Cell, int]:
    if not asks:
        return {}
    asked = places or {area: taken_over}
    parts = [_where(asks, area=place, taken_over=whole, **period) for place, whole in asked.items()]
    where = " OR ".join(f"({part})" for part, _ in parts)
    given = [value for _, values in parts for value in values]
    here = "left(found.area, 12)"
    now = f"coalesce(%s::jsonb ->> {here}, {here})" if folds else here
    named = [json.dumps(dict(folds))] if folds else []
    inside = "WHERE starts_with(community, %s)" if folds else ""
    statement = f"""
        SELECT key, community, month, count(DISTINCT person), GROUPING(community) FROM (
            SELECT asked.key, {now} AS community, found.month, found.person
            FROM (SELECT * FROM ledger_presence WHERE ({where}) AND acts > 0) AS found JOIN {_ASKED} ON {_FITS}
        ) AS present {inside}
        GROUP BY GROUPING SETS ((key, community, month), (key, community), (key, month), (key))
    """  # nosec B608 - composed of constants; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, [*named, *given, _told(asks, by_month), *([area] if folds else [])])
        return {
            (key, "" if everywhere else community, _month(month)): count
            for key, community, month, count, everywhere in cursor.fetchall()
        }


def _tallied(
    asks: Sequence[Ask], by_month: Collection[str] | None, *, area: str, by: Actor, **period: Any
) -> Mapping[tuple, tuple]:
    """The sums of all that is tallied of everybody by item, community and month (None where nobody wants it)."""
    if not asks:
        return {}
    where, given = _where(asks, area=area, by=by, **period)
    monthly = sorted({item for ask in asks if _wanted(ask.key, by_month) for item in ask.items})
    return tallied(where, given, monthly, reached=all_reached(area, by=by))


_ASKED = (
    "jsonb_to_recordset(%s::jsonb)"
    " AS asked(key text, by_month boolean, item text, sexes text[], age_bands text[], residences text[])"
)
_FITS = (
    "asked.item = found.item"
    " AND (asked.sexes = '{}' OR found.sex = ANY (asked.sexes))"
    " AND (asked.age_bands = '{}' OR found.age_band = ANY (asked.age_bands))"
    " AND (asked.residences = '{}' OR found.residence = ANY (asked.residences))"
)


def _where(
    asks: Sequence[Ask], *, area: str, first: Month, last: Month, by: Actor, taken_over: bool = False
) -> tuple[str, list[Any]]:
    place, given = under_sql(area, by=by, taken_over=taken_over)
    items = sorted({item for ask in asks for item in ask.items})
    return f"{place} AND item = ANY (%s) AND month BETWEEN %s AND %s", [
        *given,
        items,
        first.first_day,
        last.first_day,
    ]


def _is_year(first: Month, last: Month) -> bool:
    return (first, last) == (Month(first.year, 1), Month(first.year, 12))


def _wanted(key: str, by_month: Collection[str] | None) -> bool:
    return by_month is None or key in by_month


@lru_cache(maxsize=1000)
def _month(first_day: date | None) -> Month | None:
    return Month.of(first_day) if first_day else None


def _by_item(asks: Iterable[Ask], by_month: Collection[str] | None) -> dict[str, list[tuple[str, bool]]]:
    """The keys that count each item, and whether their months are wanted."""
    asking: dict[str, list[tuple[str, bool]]] = {}
    for ask in asks:
        for item in ask.items:
            asking.setdefault(item, []).append((ask.key, _wanted(ask.key, by_month)))
    return asking


def _told(asks: Sequence[Ask], by_month: Collection[str] | None) -> str:
    return json.dumps(
        [
            {
                "key": ask.key,
                "by_month": _wanted(ask.key, by_month),
                "item": item,
                "sexes": ask.bands.sexes,
                "age_bands": ask.bands.age_bands,
                "residences": ask.bands.residences,
            }
            for ask in asks
            for item in ask.items
        ]
    )
