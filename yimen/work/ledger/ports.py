"""What apps above plug into the ledger: the page an entry came from, what follows a note, and what a note settles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class SourcePage:
    """Where the source of an entry is looked at (台账来源页): ``key`` is a `SourceKind`, ``url(source)`` the address."""

    key: str
    url: Callable[[UUID], str]


@dataclass(frozen=True)
class NoteTold:
    """A note (随手记) as those who follow it up are told: ``entry`` is its id in the ledger, ``whom`` is in words."""

    entry: UUID
    item: str
    text: str
    happened_on: date
    area: str
    whom: str
    person: UUID | None = None
    household: UUID | None = None
    dwelling: UUID | None = None


@dataclass(frozen=True)
class Born:
    """What a note gave birth to (后续): words and the page."""

    words: str
    url: str


@dataclass(frozen=True)
class Question:
    """What a sequel must know besides (后续要问的): a ``text`` or a ``day``; ``first(today)`` is what stands there first."""

    key: str
    label: str
    kind: str
    first: Callable[[date], Any]
    help: str = ""


@dataclass(frozen=True)
class Sequel:
    """One answer to 接下来 on a note (后续).

    ``asks`` is what must be known besides; ``why_not(person=…)`` a sentence when it cannot follow;
    ``follow(note, given, by=, at=)`` does it within the deed of the note; ``next_url(note)`` is the page the worker goes on to,
    "" to stay. ``born(entries, by=)`` tells by entry what came of them; ``undo(entry, by=, at=)`` takes it back together
    with the note and may refuse.
    """

    key: str
    label: str
    permission: str
    order: int
    asks: tuple[Question, ...] = ()
    why_not: Callable[..., str] | None = None
    follow: Callable[..., None] | None = None
    next_url: Callable[[NoteTold], str] | None = None
    born: Callable[..., Mapping[UUID, Born]] | None = None
    undo: Callable[..., None] | None = None


@dataclass(frozen=True)
class Claim:
    """What was owed anyway and a note may settle (顺便完成).

    ``owed(person=, household=, dwelling=, by=, on=)`` answers (id, words) of what waits; ``settle(note, chosen, by=, at=)``
    ends it within the deed of the note, ``undo(entry, by=, at=)`` opens it again. The note counts for ``items`` too.
    """

    key: str
    label: str
    permission: str
    items: tuple[str, ...]
    owed: Callable[..., Sequence[tuple[str, str]]]
    settle: Callable[..., None]
    undo: Callable[..., None]


source_pages: Registry[SourcePage] = Registry(SourcePage, name="台账来源页", required=("url",))
sequels: Registry[Sequel] = Registry(Sequel, name="随手记后续", required=("label", "permission"))
claims: Registry[Claim] = Registry(Claim, name="随手记顺便完成", required=("label", "permission"))
