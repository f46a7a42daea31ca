"""Correct what a file says of where somebody lived or was registered (更正地址): the place, its days, or that it never was."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import PersonMoved
from yimen.registers.people.models import Person, Residence
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import CORRECT, REGISTER
from yimen.registers.people.queries.persons import get_person
from yimen.registers.people.rules.stays import StayDays, why_not_these_days


class CannotCorrectAddress(NotPossible):
    code = "people.cannot_correct_address"
    sentence = "不能更正地址：{why}"


class NoSuchAddress(NotFound):
    code = "people.no_such_address"
    sentence = "没有找到这一行地址，可能刚刚改过，或不在您的范围内。"


@operation("people.address.corrected")
def correct_address(
    *,
    by: Actor,
    at: datetime,
    residence: UUID,
    community: str,
    address: str,
    since: date,
    until: date | None,
    reason: str,
    dwelling: Any = None,
) -> Person:
    """An address, its community or its days were noted wrong (更正地址); copies, keys and the figures of all days follow.

    The address before it ends, and the one after it begins, where this one now does. Needs the permission to correct, and a
    reason; the trail keeps what stood there.
    """
    row, found = _load(residence, by=by)
    by.must(CORRECT, area=found.area)
    if community:
        by.must(CORRECT, area=community)
    words = clean_line(address) or (dwelling.address if dwelling else "")
    why = _must_say_why(reason)
    before_it, after_it = _neighbours(row)
    _refuse(found, row, before_it, after_it, community, words, dwelling, since, until, at=at)
    if (row.area, row.address, row.since, row.until) == (community, words, since, until):
        unchanged()
        return found
    old = _told(row)
    before = snapshots_of([found])
    _let_count_from(found, row, since=since, first=before_it is None)
    moving = [(after_it, "since", until)] if after_it and row.until == after_it.since else []
    moving += [(before_it, "until", since)] if before_it and before_it.until == row.since else []
    row.area, row.address = community, words
    row.dwelling = dwelling or (row.dwelling if (community, words) == (old["area"], old["address"]) else None)
    _shift(row, since, until, moving)
    return _follow(found, before, by=by, at=at, old=old, reason=why)


@operation("people.address.dropped")
def drop_address(*, by: Actor, at: datetime, residence: UUID, reason: str) -> Person:
    """A move that never was (撤销迁移): its address goes, and the one before it holds on as if nothing had been noted.

    Whoever noted it may take it back the same day; later it needs the permission to correct. Refuses the only address.
    """
    row, found = _load(residence, by=by)
    mine_of_today = row.noted_by == by.key and day_of(row.noted_at) == day_of(at)
    # Her own slip may have sent the file away: then a tie until midnight lets her take it back, as `_load` has asked.
    if not mine_of_today:
        by.must(CORRECT, area=found.area)
    why = _must_say_why(reason)
    if found.died_on:
        raise CannotCorrectAddress(why=f"{found.name}已登记死亡。")
    before_it, _ = _neighbours(row)
    if not Residence.objects.filter(person=found).exclude(id=row.id).exists():
        raise CannotCorrectAddress(why="这是档案上唯一的地址，请直接更正。")
    old = _told(row)
    before = snapshots_of([found])
    until, begun = row.until, row.since
    row.delete()
    if before_it and before_it.until == begun:
        before_it.until = until
        before_it.save(update_fields=["until"])
    return _follow(found, before, by=by, at=at, old=old, reason=why, dropped=True)


def _load(residence: UUID, *, by: Actor) -> tuple[Residence, Person]:
    seen = Residence.objects.within(by).select_related("person").filter(public_id=residence).first()
    if seen is None:
        raise NoSuchAddress
    found = get_person(seen.person.public_id, by=by, permission=REGISTER, lock=True)
    row = Residence.objects.filter(public_id=residence, person=found).select_related("dwelling").first()
    if row is None:
        raise NoSuchAddress
    return row, found


def _must_say_why(reason: str) -> str:
    if why := clean_line(reason):
        return why
    raise CannotCorrectAddress(why="请写明理由，例如：房号录错、日期录错。")


def _neighbours(row: Residence) -> tuple[Residence | None, Residence | None]:
    """The addresses of the same kind before and after it."""
    others = Residence.objects.filter(person=row.person_id, kind=row.kind).exclude(id=row.id)
    earlier = others.filter(since__lt=row.since).order_by("-since").first()
    return earlier, others.filter(since__gt=row.since).order_by("since").first()


def _refuse(
    found: Person,
    row: Residence,
    before_it: Residence | None,
    after_it: Residence | None,
    community: str,
    words: str,
    dwelling: Any,
    since: date,
    until: date | None,
    *,
    at: datetime,
) -> None:
    if community and (not is_area_code(community) or level(community) != Level.COMMUNITY):
        raise CannotCorrectAddress(why="请选择社区。")
    if dwelling is not None and dwelling.community != community:
        raise CannotCorrectAddress(why="房屋不在所选的社区里。")
    if not community and not words:
        raise CannotCorrectAddress(why="请填写地址；外地的写到市、区。")
    why = why_not_these_days(
        StayDays(since, until),
        was=StayDays(row.since, row.until),
        earlier=StayDays(before_it.since, before_it.until) if before_it else None,
        later=StayDays(after_it.since, after_it.until) if after_it else None,
        born=found.birth_on,
        today=day_of(at),
    )
    if why:
        raise CannotCorrectAddress(why=why)


def _let_count_from(found: Person, row: Residence, *, since: date, first: bool) -> None:
    """Who is counted from the day she came is counted from the right one, but not from before the year of her file."""
    earliest = day_of(found.registered_at).replace(month=1, day=1)
    if first and found.counted_from == max(row.since, earliest):
        found.counted_from = max(since, earliest)
        found.save(update_fields=["counted_from"])


def _shift(row: Residence, since: date, until: date | None, moving: list) -> None:
    """Write the days in an order in which no two addresses of a kind ever hold at once."""
    narrowed = Residence.objects.filter(id=row.id)
    # First to the days that the old and the new term share, or to the new one if they share none.
    first = max(row.since, since)
    last = min((one for one in (row.until, until) if one), default=None)
    if last is None or first < last:
        narrowed.update(since=first, until=last)
    for other, field, day in moving:
        setattr(other, field, day)
        other.save(update_fields=[field])
    row.since, row.until = since, until
    row.save(update_fields=["area", "address", "dwelling", "since", "until"])


def _told(row: Residence) -> dict[str, Any]:
    return {
        "kind": str(row.kind),
        "area": row.area,
        "address": row.address,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else "",
    }


def _follow(
    found: Person, before: Any, *, by: Actor, at: datetime, old: dict[str, Any], reason: str, **told: Any
) -> Person:
    was = found.community
    kept = keep_in_step(by=by, at=at, before=before)[0]
    record(kept, kind="person", area=kept.area, old=old, reason=reason, **told)
    if kept.community != was:
        announce(
            PersonMoved(
                subject=kept.public_id,
                area=kept.community,
                before=before[kept.id].area,
                moved_on=day_of(at).isoformat(),
            )
        )
    return kept
