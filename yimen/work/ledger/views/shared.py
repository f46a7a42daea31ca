"""What the pages of the ledger share: the names of residents, as far as one may read them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from yimen.kernel.actor import Actor
from yimen.registers.people.api import person_cards
from yimen.work.ledger.engine import words


def namer(by: Actor) -> Callable[[list[Any]], None]:
    """Give a batch of rows the names and files of their residents."""

    def dress(rows: list[Any]) -> None:
        wanted = {person for row in rows if (person := words.person_of(row))}
        words.name_rows(rows, person_cards(wanted, by=by), by=by, file_url=_file_url)

    return dress


def _file_url(person: UUID) -> str:
    try:
        return reverse("people:file", args=[person])
    except NoReverseMatch:
        return ""
