"""Read the ledger: exact figures at fixed cost, and the entries behind each of them."""

from yimen.work.ledger.engine.items import Item, items_in_force, note_items, titles_of
from yimen.work.ledger.queries.addresses import entries_url
from yimen.work.ledger.queries.entries import (
    about_person,
    acts_today,
    deeds_between,
    deeds_by_person,
    done_by,
    entries,
    entries_of_person,
    entries_of_source,
    latest_on_file,
    on_file_of,
    persons_behind,
)
from yimen.work.ledger.queries.figures import Total, figures, persons, totals
from yimen.work.ledger.queries.notes import (
    NoNote,
    days_at_the_door,
    get_note,
    is_taken_back,
    late_shares,
    my_notes,
)

__all__ = [
    "Item",
    "NoNote",
    "Total",
    "about_person",
    "acts_today",
    "days_at_the_door",
    "deeds_between",
    "deeds_by_person",
    "done_by",
    "entries",
    "entries_of_person",
    "entries_of_source",
    "entries_url",
    "figures",
    "get_note",
    "is_taken_back",
    "items_in_force",
    "late_shares",
    "latest_on_file",
    "my_notes",
    "note_items",
    "on_file_of",
    "persons",
    "persons_behind",
    "titles_of",
    "totals",
]
