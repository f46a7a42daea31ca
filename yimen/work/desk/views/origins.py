"""The note (随手记) that an application grew out of, carried from page to page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from yimen.foundations.ui.api import words as said
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Refused
from yimen.registers.people.api import person_ids
from yimen.work.desk.choices import Source
from yimen.work.ledger.api import get_note, titles_of

# How the worker heard of it, by the item of the note; what she saw or was told on her way was found, not brought.
_SOURCES = {"called_by_phone": Source.PHONE, "wrote_wechat": Source.WECHAT}


@dataclass(frozen=True)
class Origin:
    """Where a case comes from: the ledger entry, its page, in words, and what it fills in on the intake form."""

    entry: UUID
    words: str
    text: str
    first: dict[str, Any]

    @property
    def url(self) -> str:
        return reverse("ledger:note", args=[self.entry])


def origin_of(request: HttpRequest, *, person: UUID) -> Origin | None:
    """The note in the address or on the form, when this clerk may read it and it is about this person."""
    try:
        wanted = UUID(request.POST.get("intake-origin", "") or request.GET.get("origin", ""))
    except ValueError:
        return None
    found = describe_origin(wanted, by=request.actor)
    return found if found and _about(wanted, person, by=request.actor) else None


def describe_origin(entry: UUID, *, by: Actor) -> Origin | None:
    """A note as the origin of a case; None for whom it is not to be read by, or when it is none."""
    try:
        note = get_note(entry, by=by)
    except Refused:
        return None
    return Origin(
        entry=entry,
        words=f"随手记 {said(note.happened_on)} {titles_of([note.item], on=note.happened_on)} {note.done_by_name}".strip(),
        text=note.note,
        first={
            "origin": entry,
            "source": _SOURCES.get(note.item, Source.PATROL),
            "note": note.note,
        },
    )


def _about(entry: UUID, person: UUID, *, by: Actor) -> bool:
    return get_note(entry, by=by).person in person_ids(person, by=by)
