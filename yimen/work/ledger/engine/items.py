"""Ledger items (台账项目): what can be counted, from the definitions in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yimen.foundations.definitions.api import Definition, current_all


@dataclass(frozen=True)
class Item:
    """An item as pages show it."""

    key: str
    title: str
    unit: str
    description: str
    on_file: bool
    note: str = ""


def note_items(*, on: date) -> list[Item]:
    """The items a worker may note by hand (随手记的种类), in the order of their buttons."""
    known = [one for one in current_all("item", on=on) if one.body.note]
    known.sort(key=lambda one: (one.body.note_order, one.key))
    return [_item(one) for one in known]


def items_in_force(*, on: date) -> dict[str, Item]:
    """All items in force on a day, by key, in order of their titles' keys; no query beyond the definitions' own."""
    return {one.key: _item(one) for one in current_all("item", on=on)}


def titles_of(items: Iterable[str], *, on: date) -> str:
    """The titles of some items in one line; an item no longer in force is named by its key."""
    known = items_in_force(on=on)
    return "、".join(known[item].title if item in known else item for item in items)


def _item(one: Definition) -> Item:
    body = one.body
    return Item(one.key, body.title, body.unit, body.description, body.on_file, body.note)
