"""Figures: additive measures from tallies and deltas in one statement, persons from presence."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yimen.kernel.actor import Actor
from yimen.kernel.periods import Month
from yimen.work.ledger.engine.places import under_sql
from yimen.work.ledger.rules import Ask


@dataclass(frozen=True)
class Total:
    """Acts (件、人次) and quantity of what was asked under ``key``, in one community (or the street itself) and month."""

    key: str
    area: str
    month: Month
    acts: int
    quantity: int


def totals(asks: Iterable[Ask], *, area: str, first: Month, last: Month, by: Actor) -> list[Total]:
    """Additive figures by community and month under ``area``, for all that is asked, in one statement.

    Exact at every moment: tallies and waiting deltas are read together. Only what ``by`` reaches is summed.
    """
    asks = list(asks)
    if not asks:
        return []
    where, given = _where(asks, area=area, first=first, last=last, by=by)
    columns = "area, item, month, sex, age_band, residence, acts, quantity"
    statement = f"""
        SELECT asked.key, left(found.area, 12), found.month, sum(found.acts), sum(found.quantity)
        FROM (
            SELECT {columns} FROM ledger_tally WHERE {where}
            UNION ALL
            SELECT {columns} FROM ledger_delta WHERE {where}
        ) AS found JOIN {_ASKED} ON {_FITS}
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """  # nosec B608 - composed of constants; every value is a parameter
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *given, _told(asks)])
        return [
            Total(row[0], row[1], Month.of(row[2]), int(row[3]), int(row[4])) for row in cursor.fetchall()
        ]


def persons(
    asks: Iterable[Ask], *, area: str, first: Month, last: Month, by: Actor
) -> dict[tuple[str, str, Month | None], int]:
    """Distinct persons (人数) by (key, community, month), in one statement.

    Persons do not add up: so the community "" holds who occurred anywhere under ``area``, and the month None who occurred
    in any of the months; each counted once. What is not in the answer is 0.
    """
    asks = list(asks)
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
        cursor.execute(statement, [*given, _told(asks)])
        return {
            (key, "" if everywhere else community, Month.of(month) if month else None): count
            for key, community, month, count, everywhere in cursor.fetchall()
        }


_ASKED = (
    "jsonb_to_recordset(%s::jsonb)"
    " AS asked(key text, item text, sexes text[], age_bands text[], residences text[])"
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


def _told(asks: Sequence[Ask]) -> str:
    return json.dumps(
        [
            {
                "key": ask.key,
                "item": item,
                "sexes": ask.bands.sexes,
                "age_bands": ask.bands.age_bands,
                "residences": ask.bands.residences,
            }
            for ask in asks
            for item in ask.items
        ]
    )
