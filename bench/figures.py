"""What follows from the copied deeds (数字): deltas and presence by the rules of the ledger, then the product's own roll-ups."""

import time
from datetime import datetime

import psycopg

from bench.ground import BY
from yimen.foundations.audit.api import seal_trail
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.work.ledger import api as ledger

# One delta for each cell, as many as the entries would have left one by one once they are added up.
_DELTAS = """
INSERT INTO ledger_delta (area, street, item, month, sex, age_band, residence, acts, quantity)
SELECT i.area, i.street, i.item, i.month, e.sex, e.age_band, e.residence, sum(e.acts), sum(e.quantity)
FROM ledger_entryitem AS i JOIN ledger_entry AS e ON e.id = i.entry_id WHERE e.id > %s
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_PRESENCE = """
INSERT INTO ledger_presence (area, street, item, month, person, sex, age_band, residence, acts)
SELECT i.area, i.street, i.item, i.month, e.person, e.sex, e.age_band, e.residence, sum(e.acts)
FROM ledger_entryitem AS i JOIN ledger_entry AS e ON e.id = i.entry_id
WHERE e.id > %s AND e.person IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
ON CONFLICT (street, item, month, area, person, sex, age_band, residence)
DO UPDATE SET acts = ledger_presence.acts + excluded.acts
"""


def last_entry(owner: psycopg.Connection) -> int:
    """The number of the newest entry; those of the copies are greater."""
    return owner.execute("SELECT coalesce(max(id), 0) FROM ledger_entry").fetchone()[0]  # type: ignore[index]


def sum_up(owner: psycopg.Connection, *, since: int) -> None:
    """Deltas and presence of the copied entries, those after ``since``."""
    with owner.transaction():
        owner.execute(_DELTAS, [since])
        owner.execute(_PRESENCE, [since])


def close_the_books(*, now: datetime) -> dict[str, float]:
    """What the jobs of the night do: roll up ledger and population, seal the trail; answers how long each took."""
    took = {}
    for name, step in (
        ("roll_up", lambda: ledger.roll_up(by=BY, at=now)),
        ("roll_up_population", lambda: people.roll_up_population(by=BY, at=now)),
        ("seal_trail", lambda: seal_trail(by=BY, at=now)),
    ):
        began = time.perf_counter()
        while _in_its_own(step, now):
            pass
        took[name] = round(time.perf_counter() - began, 1)
    return took


def _in_its_own(step, now: datetime):
    with act_as(BY, on=day_of(now)):
        return step()
