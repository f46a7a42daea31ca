"""Tallies (合计数) and waiting deltas in one statement; tallies that have not changed since they were read are remembered.

A page of figures reads some thousand tallies and a few dozen deltas, and tallies change once a minute at most.
"""

from operator import add
from typing import Any

from django.db import connection

from yimen.kernel.areas import Level
from yimen.kernel.periods import Month
from yimen.work.ledger.models import Heads

# Of so many different questions the answers are remembered, some 100 kB each.
REMEMBERED = 60
Cell = tuple[str, str, Month | None]
Sums = tuple[int, ...]
_known: dict[tuple, tuple[str, dict[Cell, Sums]]] = {}

_COLUMNS = ("acts", "quantity", *(field.name for field in Heads._meta.local_fields))
_SUMS = f"""
    SELECT {{part}} AS part, item, left(area, 12), CASE WHEN item = ANY (%s) THEN month END,
           {", ".join(f"sum({column})::bigint" for column in _COLUMNS)}
    FROM {{table}} WHERE {{where}}
"""  # nosec B608 - composed of constants; every value is a parameter
# All of one snapshot: the mark that is answered is that of the tallies that are answered, or left out.
_STATEMENT = f"""
    WITH stands AS MATERIALIZED (SELECT coalesce((SELECT mark::text FROM ledger_tallymark WHERE street = %s), '') AS mark)
    SELECT 0 AS part, mark, NULL, NULL::date, {", ".join("NULL::bigint" for _ in _COLUMNS)} FROM stands
    UNION ALL ({_SUMS.format(part=1, table="ledger_areatally", where="{where}")}
        AND (SELECT mark FROM stands) <> %s GROUP BY 2, 3, 4)
    UNION ALL ({_SUMS.format(part=2, table="ledger_delta", where="{where}")} GROUP BY 2, 3, 4)
"""  # nosec B608 - composed of constants; every value is a parameter
_MARK, _TALLIES, _DELTAS = 0, 1, 2
# So many columns say what the sums are of.
_WORDS = 4
# Neither a mark nor the lack of one.
_UNKNOWN: tuple[str, dict[Cell, Sums]] = ("-", {})


def tallied(where: str, given: list[Any], monthly: list[str], *, reached: str) -> dict[Cell, Sums]:
    """The sums (合计) by item, community and month, None for items not in ``monthly``.

    ``where`` with its parameters ``given`` picks tallies and deltas. ``reached`` is the one area whose rows they are, all of
    which the actor may see, "" when there is none: only then, and within a street, is anything remembered, since what is
    remembered is not asked of row-level security again.
    """
    street = reached[: Level.STREET.digits] if len(reached) >= Level.STREET.digits else ""
    question = (reached, where, repr(given), tuple(monthly))
    mark, kept = _known.get(question, _UNKNOWN) if street else _UNKNOWN
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(where=where), [street, monthly, *given, mark, monthly, *given])
        rows = cursor.fetchall()
    stands = next(row[1] for row in rows if row[0] == _MARK)
    if stands != mark:
        kept = {_cell(row): row[_WORDS:] for row in rows if row[0] == _TALLIES}
        if stands:
            _remember(question, stands, kept)
    sums = dict(kept)
    for row in rows:
        if row[0] == _DELTAS:
            cell, waiting = _cell(row), row[_WORDS:]
            sums[cell] = tuple(map(add, sums[cell], waiting)) if cell in sums else waiting
    return sums


def _cell(row: tuple) -> Cell:
    _, item, place, month, *_ = row
    return item, place, Month.of(month) if month else None


def _remember(question: tuple, mark: str, sums: dict[Cell, Sums]) -> None:
    while len(_known) >= REMEMBERED:
        # Another thread may have been quicker.
        _known.pop(next(iter(_known), ()), None)
    _known[question] = mark, sums
