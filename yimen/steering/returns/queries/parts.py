"""Reads of what went down to communities: the parts, who is late, and what was reported of the same facts before (下发)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.registers.people.api import communities_of_people
from yimen.registers.places.api import communities_by_name, told_community
from yimen.steering.returns.choices import PartState
from yimen.steering.returns.engine.filling import Column
from yimen.steering.returns.models import Edition, Part, PartStep, Return
from yimen.steering.returns.permissions import FILL
from yimen.steering.returns.queries.tables import book_of, rows_of
from yimen.steering.returns.rules import fold_heading

OPEN = (PartState.PREPARING, PartState.SENT, PartState.RETURNED)
WAITING = (PartState.SENT, PartState.RETURNED)
# What was reported longer ago than this says little of today.
LATELY = timedelta(days=400)
MOST_REPORTED = 200


class NoPart(NotFound):
    code = "returns.no_part"
    sentence = "没有这份下发的表，或不在您的范围内。"


class PartIsClosed(NotPossible):
    code = "returns.part_is_closed"


@dataclass(frozen=True)
class Split:
    """Which rows of a table go to which community (分表), and which ones nobody can be found for."""

    rows: Mapping[str, list[int]]
    rest: list[int]
    empty: bool


@dataclass(frozen=True)
class Reported:
    """An edition in which the same was reported before (已报过), and in which of the columns."""

    edition: Edition
    titles: tuple[str, ...]


def parts(*, by: Actor) -> QuerySet[Part]:
    """The parts within reach (下发的表)."""
    found = Part.objects.within(by) if by.can_somewhere(FILL) else Part.objects.none()
    return found.select_related("table")


def parts_of(whole: Return, *, by: Actor) -> list[Part]:
    """The parts of one table that were not withdrawn, community by community."""
    return list(parts(by=by).filter(whole=whole).exclude(state=PartState.WITHDRAWN).order_by("area", "id"))


def get_part(part: UUID, *, by: Actor) -> Part:
    """One part within reach, where the actor may fill."""
    found = parts(by=by).filter(public_id=part).first()
    if found is None:
        raise NoPart
    by.must(FILL, area=found.area)
    return found


def must_be_open(found: Return, *, by: Actor, choosing: bool = False) -> None:
    """Refuse what would change a part that was handed in or withdrawn, or who is on one whose rows were sent along (能否再填)."""
    part = part_of_table(found, by=by)
    if part is None:
        return
    if not part.waits:
        raise PartIsClosed(
            "这份表{state}，不能再改；要改，请下发的科室先退回。", state=part.get_state_display()
        )
    if choosing and part.numbers:
        raise PartIsClosed("这张表的人是街道定的，不能再选人。")


def steps_of(found: Part, *, by: Actor) -> list[PartStep]:
    """What happened to a part, the latest first (经过)."""
    return list(PartStep.objects.within(by).filter(part=found).order_by("-id")[:60])


def lock_part(part: UUID, *, by: Actor) -> Part:
    """The same, to be worked on: two who hand in or return at once come one after the other."""
    get_part(part, by=by)
    return Part.objects.within(by).select_for_update(of=("self",)).get(public_id=part)


def part_of_table(table: Return, *, by: Actor) -> Part | None:
    """The part that this table is (所属分表); no query for a table that is none."""
    return Part.objects.within(by).filter(table=table).first() if table.is_part else None


def waiting_parts(*, by: Actor, today: date, most: int) -> list[Part]:
    """For the first page, the first that is due first: what a community has to hand in, what a section asked for and is late."""
    if not by.can_somewhere(FILL):
        return []
    return _waiting(by, today, by.account, len(by.home) > 9, most=most)


@kept
def _waiting(by: Actor, today: date, account: UUID | None, fills: bool, *, most: int) -> QuerySet[Part]:
    found = Part.objects.within(by).filter(state__in=("sent", "returned"))
    if not fills:
        found = found.filter(Q(asker=account) | Q(asker__isnull=True), due_on__lt=today)
    return found.order_by("due_on", "id")[:most]


def open_parts_in(area: str, *, by: Actor, on: date) -> int:
    """How many tables a community has still to hand in, for a change of areas (未交的下发表)."""
    return Part.objects.within(by).filter(area=area, state__in=OPEN).count()


def split_of(found: Return, *, by: Actor) -> Split:
    """To which community each row belongs (按社区分): that of the resident, else the one that the row names.

    Four queries at most, however many rows.
    """
    rows = list(rows_of(found, by=by))
    homes = communities_of_people({row.person for row in rows if row.person}, by=by)
    column = next((int(number) for number, key in found.columns.items() if key == "community"), 0)
    texts = book_of(found, by=by).table(found.sheet).texts if column and rows else {}
    names = communities_by_name(found.area) if column else {}
    told: dict[str, list[int]] = {}
    rest = []
    for row in rows:
        home = homes.get(row.person, "") if row.person else ""
        text = texts.get((row.number, column), "") if column else ""
        if not home and text:
            home, _ = told_community(text, names, found.area)
        if home:
            told.setdefault(home, []).append(row.number)
        else:
            rest.append(row.number)
    return Split(told, rest, not rows)


def reported_before(
    found: Return, columns: tuple[Column, ...], *, by: Actor, on: date
) -> tuple[list[Reported], int]:
    """Where the same facts were reported lately (已报过的): editions of other tables with columns of the same meaning or the
    same words, the most columns first; and how many of the columns that is. One query."""
    made = (
        Edition.objects.within(by)
        .filter(done__gte=F("lines"), problem="", made_at__date__gte=on - LATELY)
        .exclude(table=found)
        .exclude(table__is_part=True)
        .select_related("table")
    )
    asked = {
        column.number: (column.key, fold_heading(column.title)) for column in columns if not column.ordinal
    }
    known: dict[int, Reported] = {}
    covered: set[int] = set()
    for edition in made.order_by("-id")[:MOST_REPORTED]:
        keys = set(edition.keys.values())
        words = {fold_heading(title) for title in edition.titles.values()}
        same = [number for number, (key, title) in asked.items() if (key and key in keys) or title in words]
        if same and edition.table_id not in known:
            titles = tuple(column.title for column in columns if column.number in same)
            known[edition.table_id] = Reported(edition, titles)
            covered.update(same)
    return sorted(known.values(), key=lambda one: -len(one.titles)), len(covered)
