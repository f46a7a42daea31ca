"""What apps above plug into people: cards and deeds for a resident's file, and what a merge must settle.

Fill them from the app's plugs.py. Every plug is asked only for actors who hold its permission.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class FileCard:
    """A card on the resident's file (档案卡片).

    ``load(people, by=actor)`` answers what the ``template`` gets as ``card``; None leaves the card out. ``people`` are
    all public ids that mean her, that of the kept file first. A card that has nothing to say without rows of one model
    names it in ``rows`` (it has a column ``person``, or tells another one as ``names_person_by``): the card is asked only
    when she has such a row. Where not every row of hers shows to everybody, ``count(people, by=actor)`` says how many do: a
    number tells of what is not shown. ``special``: what it tells is of a special category (生育、传染病、精神健康…); its
    permission is its own, and no window holds it.
    ``in_emergency`` is a permission that who opens a special card in an emergency (紧急查阅) must hold besides.
    ``newest`` is the key of the timeline source whose latest rows this card shows: it is loaded with those rows in place
    of the people, and nothing is read twice for one page.
    """

    key: str
    title: str
    order: int
    permission: str
    template: str
    load: Callable[..., Any]
    rows: type[Model] | None = None
    count: Callable[..., int] | None = None
    special: bool = False
    in_emergency: str = ""
    newest: str = ""


@dataclass(frozen=True)
class FileDeed:
    """One line of the resident's timeline (经历). ``order`` is unique within its source and breaks ties of time."""

    at: datetime
    order: str
    title: str
    text: str = ""
    by: str = ""
    url: str = ""
    icon: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class MarkOfPerson:
    """A word beside her name (人员标记): what holds now, with its source and last day."""

    words: str
    tone: str = "info"


@dataclass(frozen=True)
class PersonMark:
    """What stands beside a resident's name on her file and at the window (人员标记).

    ``load(people, by=actor, on=day)`` answers the `MarkOfPerson` that hold on that day, none when nothing does; ``people`` are
    all ids that mean her, ``rows`` the model without whose rows there is nothing to say. ``title`` and ``held`` make it a
    condition of the residents' list: ``held(on=day)`` answers a query of the ids of those who have it, to narrow residents
    whom the actor sees anyway.
    """

    key: str
    permission: str
    load: Callable[..., Sequence[MarkOfPerson]]
    rows: type[Model]
    title: str = ""
    held: Callable[..., Any] | None = None


@dataclass(frozen=True)
class TimelineSource:
    """Deeds for the timeline of a file (经历来源).

    ``deeds(people, by=actor, before=(at, order) or None, limit=n)`` answers at most ``limit`` `FileDeed`, newest first,
    with (at, order) smaller than ``before``; ``people`` are all ids that mean this person. ``rows`` and ``count`` as of a
    `FileCard`.
    A source whose rows a card shows too answers them by ``newest(people, by=actor, limit=n)``, and ``deed(row)`` tells one.
    """

    key: str
    permission: str
    deeds: Callable[..., Sequence[FileDeed]]
    rows: type[Model] | None = None
    count: Callable[..., int] | None = None
    newest: Callable[..., Sequence[Any]] | None = None
    deed: Callable[[Any], FileDeed] | None = None


@dataclass(frozen=True)
class FileAction:
    """A button in the head of the file (档案操作).

    ``url(person, by=actor)`` answers where it leads, "" to leave it out; ``why_not`` answers a sentence when it is barred.
    """

    key: str
    label: str
    icon: str
    order: int
    permission: str
    url: Callable[..., str]
    why_not: Callable[..., str] | None = None


@dataclass(frozen=True)
class StrangerAction:
    """A button beside the minimal card of somebody beyond one's areas (跨街道操作); it posts her id number to ``url_name``.

    ``same_street``: only for residents of one's own street.
    """

    key: str
    label: str
    permission: str
    url_name: str
    same_street: bool = False


class MergeReconciler(Protocol):
    """Settles what is live and exclusive when two files become one (并档)."""

    key: str

    def clashes(self, keep: UUID, alias: UUID, *, by: Actor) -> Sequence[Finding]:
        """What forbids the merge, in sentences."""
        ...

    def reconcile(self, keep: UUID, alias: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
        """Settle it, and answer a JSON record of before and after."""
        ...

    def undo(self, state: dict[str, Any], *, by: Actor, at: datetime) -> None:
        """Put back what the record says."""
        ...


file_cards: Registry[FileCard] = Registry(
    FileCard, name="档案卡片", required=("title", "permission", "template")
)
person_marks: Registry[PersonMark] = Registry(PersonMark, name="人员标记", required=("permission", "rows"))
timeline_sources: Registry[TimelineSource] = Registry(
    TimelineSource, name="经历来源", required=("permission",)
)
file_actions: Registry[FileAction] = Registry(FileAction, name="档案操作", required=("label", "permission"))
merge_reconcilers: Registry[MergeReconciler] = Registry(MergeReconciler, name="并档办法")
stranger_actions: Registry[StrangerAction] = Registry(
    StrangerAction, name="跨街道操作", required=("label", "url_name")
)
