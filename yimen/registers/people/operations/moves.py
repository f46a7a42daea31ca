"""Where people live and are registered (迁移): dated rows, one of a kind at a time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import AddressKind
from yimen.registers.people.engine.sight import see_off
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import PersonMoved
from yimen.registers.people.models import Person, Residence
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.persons import get_person
from yimen.registers.places.api import find_area


class CannotMove(NotPossible):
    code = "people.cannot_move"
    sentence = "不能登记迁移：{why}"


@operation("people.person.moved")
def move_person(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    on: date,
    kind: str = AddressKind.LIVES,
    community: str = "",
    dwelling: Any = None,
    address: str = "",
) -> Person:
    """Someone moves her home or her hukou on a day (迁移): the old address ends, the new one begins.

    ``community`` empty: she went where this installation does not reach; ``address`` may say where. Her file, keys and
    figures follow at once. Refuses a day in the future or before her last move, and a community where ``by`` may not
    register: there she is taken in by those who work there.
    """
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    if community:
        by.must(REGISTER, area=_area(community, dwelling))
    return _move(
        found, by=by, at=at, on=on, kind=kind, community=community, dwelling=dwelling, address=address
    )


@operation("people.person.sent")
def send_person(
    *,
    by: Actor,
    at: datetime,
    person: UUID,
    on: date,
    community: str,
    kind: str = AddressKind.LIVES,
    address: str = "",
) -> Person:
    """Someone moves her home or her hukou to a community where ``by`` does not register, of another street say (迁往别处).

    The address ends here; with a home the file goes where she lives now, and those who work there are told. Who sends it keeps
    it in sight until midnight, to take it back if it was a slip. Only by those in whose area the file lies. No door is looked
    up: they who work there do that when they check on her.
    """
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    by.must(REGISTER, area=found.area)
    place = find_area(community)
    if place is None or place.until is not None:
        raise CannotMove(why="请选择社区。")
    see_off(by, at, found, community)
    return _move(found, by=by, at=at, on=on, kind=kind, community=community, dwelling=None, address=address)


def _move(
    found: Person,
    *,
    by: Actor,
    at: datetime,
    on: date,
    kind: str,
    community: str,
    dwelling: Any,
    address: str,
) -> Person:
    last = Residence.objects.filter(person=found, kind=kind, until__isnull=True).first()
    _refuse_move(found, last, kind=kind, on=on, community=community, dwelling=dwelling, at=at)
    words = clean_line(address) or (dwelling.address if dwelling else "")
    if last and (last.area, last.address, last.dwelling_id) == (
        community,
        words,
        dwelling.id if dwelling else None,
    ):
        unchanged()
        return found
    if last and community == last.area and community and not words and last.address:
        raise CannotMove(why="请填写新的地址；地址没有变的不用登记迁移。")
    before = snapshots_of([found])
    if last and last.since == on:
        # Two moves noted for one day: the first one never held for a day.
        last.delete()
    elif last:
        last.until = on
        last.save(update_fields=["until"])
    if community or words:
        Residence.objects.create(
            person=found,
            kind=kind,
            area=community,
            dwelling=dwelling,
            address=words,
            since=on,
            noted_at=at,
            noted_by=by.key,
        )
    found = keep_in_step(by=by, at=at, before=before)[0]
    was = before[found.id].area
    record(
        found,
        kind="person",
        area=found.area,
        address=kind,
        before=last.area if last else "",
        on=on.isoformat(),
    )
    announce(PersonMoved(subject=found.public_id, area=found.community, before=was, moved_on=on.isoformat()))
    return found


def _refuse_move(
    found: Person, last: Residence | None, *, kind: str, on: date, community: str, dwelling: Any, at: datetime
) -> None:
    if kind not in AddressKind.values:
        raise CannotMove(why="没有这种地址类别。")
    if found.died_on:
        raise CannotMove(why=f"{found.name}已登记死亡。")
    if on > day_of(at):
        raise CannotMove(why="迁移日期在今天之后。")
    if found.birth_on and on < found.birth_on:
        raise CannotMove(why="迁移日期早于出生日期。")
    if last and on < last.since:
        raise CannotMove(why=f"迁移日期早于现住址的起始日期 {last.since:%Y-%m-%d}。")
    if community and (not is_area_code(community) or level(community) != Level.COMMUNITY):
        raise CannotMove(why="请选择社区。")
    if dwelling is not None and dwelling.community != community:
        raise CannotMove(why="房屋不在所选的社区里。")
    former = Residence.objects.filter(person=found, kind=kind, until__gt=on)
    if former.exclude(id=last.id if last else None).exists():
        raise CannotMove(why="这一天还登记在以前的地址，请核对日期。")


def _area(community: str, dwelling: Any) -> str:
    grid = dwelling.area if dwelling is not None else ""
    return grid if grid.startswith(community) else community
