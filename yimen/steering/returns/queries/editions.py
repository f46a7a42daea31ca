"""Reads of editions: what left the house, and what changed since the one before (各版)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import F

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import person_stamps
from yimen.steering.returns.engine.editions import Change, Content, changes, columns_kept, unpacked
from yimen.steering.returns.engine.filling import Column, shown_text
from yimen.steering.returns.engine.grammar import Heading, headings
from yimen.steering.returns.models import Edition, EditionPart, Return
from yimen.steering.returns.permissions import FILL


class NoEdition(NotFound):
    code = "returns.no_edition"
    sentence = "没有这一版，或不在您的范围内。"


def editions_of(found: Return, *, by: Actor) -> list[Edition]:
    """The editions of a table, the latest first (各版)."""
    return list(Edition.objects.within(by).filter(table=found).order_by("-number")[:12])


def get_edition(edition: UUID, *, by: Actor) -> Edition:
    """One edition of a table within reach."""
    found = Edition.objects.within(by).select_related("table").filter(public_id=edition).first()
    if found is None:
        raise NoEdition
    by.must(FILL, area=found.table.area)
    return found


def lock_edition(edition: UUID, *, by: Actor) -> Edition:
    """The same, to be worked on."""
    get_edition(edition, by=by)
    return (
        Edition.objects.within(by)
        .select_related("table")
        .select_for_update(of=("self",))
        .get(public_id=edition)
    )


def content_of(found: Edition, *, by: Actor) -> Content:
    """All that an edition keeps (版本内容)."""
    parts = EditionPart.objects.within(by).filter(edition=found).order_by("ordinal")
    return unpacked(part.content for part in parts)


def columns_of_edition(found: Edition, known: Mapping[str, Heading]) -> tuple[Column, ...]:
    """The columns as they stood in an edition."""
    return columns_kept(found.titles, found.keys, found.denied, known)


def why_not_take(found: Edition, *, by: Actor, on: date) -> str:
    """Why somebody else may not have what an edition says ("" when she may): it holds what its maker could see."""
    if found.made_by == by.key:
        return ""
    known = headings(on=on)
    denied = [
        known[key].title
        for key in found.keys.values()
        if key in known and not by.can(known[key].permission, area=found.table.area)
    ]
    if denied:
        return f"这一版里有您的岗位看不到的：{'、'.join(denied)}。请自己出一版。"
    people = {UUID(line.person) for line in content_of(found, by=by).lines if line.person}
    if len(person_stamps(people, by=by)) < len(people):
        return "这一版里有不在您范围内的居民。请自己出一版。"
    return ""


def edition_before(found: Edition, *, by: Actor) -> Edition | None:
    """What an edition is compared with (上一版): the one before of this table, else the last of a table with the same heading."""
    made = Edition.objects.within(by).filter(done__gte=F("lines"), problem="").select_related("table")
    own = made.filter(table=found.table, number__lt=found.number).order_by("-number").first()
    if own is not None:
        return own
    same = made.filter(table__signature=found.table.signature, table__area=found.table.area)
    return same.filter(id__lt=found.id).exclude(table=found.table).order_by("-id").first()


# As many changed lines as somebody reads through; the numbers are of all.
MOST_CHANGES = 200


@dataclass(frozen=True)
class Changes:
    """What changed since the edition before (和上一版比): how many of each, and the first of them."""

    new: int
    gone: int
    changed: int
    shown: tuple[Change, ...]

    @property
    def none(self) -> bool:
        return not (self.new or self.gone or self.changed)


def told_changes(before: Edition, after: Edition, *, by: Actor) -> Changes:
    """What changed between two editions, with numbers and telephones hidden as on every page."""
    found = changes(
        content_of(before, by=by),
        content_of(after, by=by),
        titles_before=before.titles,
        titles_after=after.titles,
    )
    kinds = Counter(one.kind for one in found)
    return Changes(kinds["new"], kinds["gone"], kinds["changed"], tuple(map(_hidden, found[:MOST_CHANGES])))


def _hidden(change: Change) -> Change:
    cells = tuple((title, shown_text(was), shown_text(now)) for title, was, now in change.cells)
    return replace(change, cells=cells)
