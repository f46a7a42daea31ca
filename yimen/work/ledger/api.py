"""The door of ledger: what was really done, and the figures that follow from it (台账)."""

from yimen.work.ledger.choices import Measure, SourceKind
from yimen.work.ledger.engine.practice import late_finding
from yimen.work.ledger.operations import (
    AlreadyTakenBack,
    CannotRecord,
    NoEntry,
    record_entry,
    roll_up,
    take_back_entry,
    take_back_source,
)
from yimen.work.ledger.queries import (
    Item,
    Total,
    about_person,
    done_by,
    entries,
    entries_of_person,
    entries_of_source,
    entries_url,
    items_in_force,
    persons,
    persons_behind,
    titles_of,
    totals,
)
from yimen.work.ledger.rules import EVERYONE, About, Ask, Bands

__all__ = [
    "EVERYONE",
    "About",
    "AlreadyTakenBack",
    "Ask",
    "Bands",
    "CannotRecord",
    "Item",
    "Measure",
    "NoEntry",
    "SourceKind",
    "Total",
    "about_person",
    "done_by",
    "entries",
    "entries_of_person",
    "entries_of_source",
    "entries_url",
    "items_in_force",
    "late_finding",
    "persons",
    "persons_behind",
    "record_entry",
    "roll_up",
    "take_back_entry",
    "take_back_source",
    "titles_of",
    "totals",
]
