"""Read the ledger: exact figures at fixed cost, and the entries behind each of them."""

from yimen.work.ledger.engine.items import Item, items_in_force, titles_of
from yimen.work.ledger.queries.addresses import entries_url
from yimen.work.ledger.queries.entries import (
    about_person,
    done_by,
    entries,
    entries_of_person,
    entries_of_source,
    persons_behind,
)
from yimen.work.ledger.queries.figures import Total, persons, totals

__all__ = [
    "Item",
    "Total",
    "about_person",
    "done_by",
    "entries",
    "entries_of_person",
    "entries_of_source",
    "entries_url",
    "items_in_force",
    "persons",
    "persons_behind",
    "titles_of",
    "totals",
]
