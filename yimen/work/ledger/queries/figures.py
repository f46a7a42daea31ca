"""Figures: measures and yearly numbers of persons from tallies and deltas in one statement, other persons from presence."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.periods import Month
from yimen.work.ledger.engine.places import all_reached, under_sql
from yimen.work.ledger.models import Heads
from yimen.work.ledger.rules import EVERYONE, Ask


class Total(NamedTuple):
    """Acts (件、人次) and quantity of what was asked under ``key``, in one community (or the street itself) and month.

    ``month`` is None where months were not asked for: then it is the whole period's.
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
) -> tuple[list[Total], dict[Cell, int]]:
    """The additive figures of ``sums`` and the distinct persons of ``heads``, by community and month under ``area``: of
    everybody and of calendar years in one statement, one more for bands, one for other numbers of persons.

    Exact at every moment: tallies and waiting deltas are read together. Only what ``by`` reaches is summed. ``by_month``
    are the keys whose months are wanted, all by default.

    Persons do not add up: so the community "" holds who occurred anywhere under ``area``, and the month None who occurred
    in any of the months; each counted once. What is not in the answer is 0. Persons of one item in a calendar year, in a
    street or a community, stand in the tallies. All else, other periods, several items together, bands, a part of a street,
    is counted from presence.
    """
    sums, heads = list(sums), list(heads)
    period = {"area": area, "first": first, "last": last, "by": by}
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


def _of_everyone(asks: Sequence[Ask], rows: Iterable[tuple], by_month: Collection[str] | None) -> list[Total]:
    sums: dict[tuple[str, str, date | None], list[int]] = {}
    asking = _by_item(asks)
    for item, place, month, acts, quantity, *_ in rows:
        for key in asking.get(item, ()):
            cell = sums.setdefault((key, place, month if _wanted(key, by_month) else None), [0, 0])
            cell[0] += acts
            cell[1] += quantity
    return [Total(key, place, _month(month), *found) for (key, place, month), found in sums.items()]


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
    asks: Sequence[Ask], rows: Iterable[tuple], by_month: Collection[str] | None, *, is_street: bool
) -> dict[Cell, int]:
    sums: Counter[tuple[str, str, date | None]] = Counter()
    asking = _by_item(asks)
    for item, place, month, _, _, *grown in rows:
        of_month, of_year, street_month, street_year = grown
        for key in asking.get(item, ()):
            sums[key, place, None] += of_year
            sums[key, "", None] += street_year if is_street else of_year
            if month and _wanted(key, by_month):
                sums[key, place, month] += of_month
                sums[key, "", month] += street_month if is_street else of_month
    return {(key, place, _month(month)): count for (key, place, month), count in sums.items() if count}


def _counted(
    asks: Sequence[Ask], by_month: Collection[str] | None, *, area: str, first: Month, last: Month, by: Actor
) -> dict[Cell, int]:
    if not asks:
        return {}
    where, given = _where(asks, area=area, first=first, last=last, by=by)
    statement = f"""
        SELECT key, community, month, count(DISTINCT person), GROUPING(community) FROM (
            SELECT asked.key, left(found.area, 12) AS community, found.month, found.person
            FROM (SELECT * FROM ledger_presence WHERE {where} AND acts > 0) AS found JOIN {_ASKED} ON {_FITS}
        ) AS present
        GROUP BY GROUPING SETS ((key, community, month), (key, community), (key, month), (key))
    """  # nosec B608 - composed of constants; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, _told(asks, by_month)])
        return {
            (key, "" if everywhere else community, _month(month)): count
            for key, community, month, count, everywhere in cursor.fetchall()
        }


def _tallied(asks: Sequence[Ask], by_month: Collection[str] | None, **period: Any) -> list[tuple]:
    """Rows of item, community, month (None where nobody wants it) and the sums of all that is tallied of everybody."""
    if not asks:
        return []
    where, given = _where(asks, **period)
    wanted = sorted({item for ask in asks if _wanted(ask.key, by_month) for item in ask.items})
    with connection.cursor() as cursor:
        cursor.execute(_TALLIED.format(where=where), [wanted, *given, *given])
        return cursor.fetchall()


_COLUMNS = ("acts", "quantity", *(field.name for field in Heads._meta.local_fields))
_TALLIED = f"""
    SELECT item, left(area, 12), CASE WHEN item = ANY (%s) THEN month END,
           {", ".join(f"sum({column})::bigint" for column in _COLUMNS)}
    FROM (
        SELECT area, item, month, {", ".join(_COLUMNS)} FROM ledger_areatally WHERE {{where}}
        UNION ALL
        SELECT area, item, month, {", ".join(_COLUMNS)} FROM ledger_delta WHERE {{where}}
    ) AS found
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # nosec B608 - composed of constants; every value is a parameter
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


def _where(asks: Sequence[Ask], *, area: str, first: Month, last: Month, by: Actor) -> tuple[str, list[Any]]:
    place, given = under_sql(area, by=by)
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


def _by_item(asks: Iterable[Ask]) -> dict[str, list[str]]:
    """The keys that count each item."""
    asking: dict[str, list[str]] = {}
    for ask in asks:
        for item in ask.items:
            asking.setdefault(item, []).append(ask.key)
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
