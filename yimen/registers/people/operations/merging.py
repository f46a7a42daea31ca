"""Two files that are one person (并档), and taking that back. No history is rewritten."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from yimen.foundations.access.api import set_person
from yimen.foundations.audit.api import operation, record
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import HOUSEHOLDER
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import MergeUndone, PeopleMerged
from yimen.registers.people.models import AccountPerson, Alias, Household, Membership, Person
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.permissions import MERGE
from yimen.registers.people.ports import merge_reconcilers
from yimen.registers.people.queries.persons import NoSuchPerson

_DAY = timedelta(days=1)


class CannotMerge(NotPossible):
    code = "people.cannot_merge"
    sentence = "不能合并档案：{why}"


@operation("people.people.merged")
def merge_people(*, by: Actor, at: datetime, keep: UUID, alias: UUID, reason: str) -> Alias:
    """Two files are one person: ``alias`` is read as ``keep`` from now on (合并档案).

    Rows stay where they were written; queries ask for all ids of the person. Only what is live and exclusive (household
    seat, account, and what other apps plug in) is settled, and what was before is kept for `undo_merge`.
    """
    lock_family(people=[keep, alias])
    keeper, other = _pair(keep, alias, by=by)
    if not clean_line(reason):
        raise CannotMerge(why="请写明为什么是同一个人。")
    if keeper.died_on and other.died_on and keeper.died_on != other.died_on:
        raise CannotMerge(why="两份档案的死亡日期不同，请先核对。")
    clashes = [
        clash
        for port in merge_reconcilers
        for clash in port.clashes(keeper.public_id, other.public_id, by=by)
    ]
    if clashes:
        raise CannotMerge(findings=clashes, why="；".join(clash.sentence for clash in clashes))
    before = snapshots_of([keeper, other, *_led_by(other)])
    state: dict[str, Any] = {"seat": _settle_seat(keeper, other, on=day_of(at))}
    state["account"] = _settle_account(keeper, other, by=by, at=at)
    other.merged_into = keeper
    other.save(update_fields=["merged_into"])
    state["plugs"] = {
        port.key: port.reconcile(keeper.public_id, other.public_id, by=by, at=at)
        for port in merge_reconcilers
    }
    made = Alias.objects.create(
        person=keeper,
        alias=other,
        reason=clean_line(reason)[:200],
        state=state,
        merged_at=at,
        merged_by=by.key,
    )
    keep_in_step(by=by, at=at, before=before)
    record(keeper, kind="person", area=keeper.area, merged=str(other.public_id), reason=made.reason)
    record(other, kind="person", area=other.area, merged_into=str(keeper.public_id), reason=made.reason)
    announce(PeopleMerged(subject=keeper.public_id, area=keeper.community, alias=other.public_id))
    return made


@operation("people.merge.undone")
def undo_merge(*, by: Actor, at: datetime, alias: UUID, reason: str) -> Alias:
    """The two were not one (撤销合并): what was settled at the merge is put back as recorded, and both are found again.

    What was written on the kept file since stays there; `written_since_merge` lists it for a person to sort.
    """
    lock_family(people=[alias])
    other = Person.objects.within(by).select_for_update(of=("self",)).filter(public_id=alias).first()
    made = Alias.objects.filter(alias=other, undone_at__isnull=True).first() if other else None
    if other is None or made is None:
        raise CannotMerge(why="这份档案没有被合并。")
    by.must(MERGE, area=other.area)
    if not clean_line(reason):
        raise CannotMerge(why="请写明为什么撤销。")
    keeper = made.person
    before = snapshots_of([keeper, other, *_led_by(keeper)])
    for port in merge_reconcilers:
        if port.key in made.state["plugs"]:
            port.undo(made.state["plugs"][port.key], by=by, at=at)
    _restore_account(keeper, other, made.state["account"], by=by, at=at)
    _restore_seat(made.state["seat"])
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    made.undone_at, made.undone_by = at, by.key
    made.save(update_fields=["undone_at", "undone_by"])
    keep_in_step(by=by, at=at, before=before)
    record(keeper, kind="person", area=keeper.area, parted=str(other.public_id), reason=reason)
    record(other, kind="person", area=other.area, parted_from=str(keeper.public_id), reason=reason)
    announce(MergeUndone(subject=keeper.public_id, area=keeper.community, alias=other.public_id))
    return made


def _pair(keep: UUID, alias: UUID, *, by: Actor) -> tuple[Person, Person]:
    rows = (
        Person.objects.within(by)
        .filter(public_id__in=[keep, alias])
        .order_by("id")
        .select_for_update(of=("self",))
    )
    found = {person.public_id: person for person in rows}
    if len(found) < 2:
        raise NoSuchPerson()
    keeper, other = found[keep], found[alias]
    for person in (keeper, other):
        by.must(MERGE, area=person.area)
        if person.merged_into_id:
            raise CannotMerge(why=f"{person.name}（{person.number}）已经合并到另一份档案。")
    if Person.objects.filter(merged_into=other).exists():
        raise CannotMerge(why=f"已有别的档案合并到 {other.number}，请以它为保留的一份。")
    return keeper, other


def _led_by(head: Person) -> list[Person]:
    """Those whose rows carry the householder's name."""
    # Three short statements: as one, row-level security is asked for pairs of rows, and no plan is good without statistics.
    led = Membership.objects.filter(person=head, role=HOUSEHOLDER, until__isnull=True)
    houses = list(led.values_list("household", flat=True))
    seats = Membership.objects.filter(household__in=houses, until__isnull=True).exclude(person=head)
    return list(Person.objects.filter(id__in=list(seats.values_list("person", flat=True))))


def _settle_seat(keeper: Person, other: Person, *, on: date) -> dict[str, Any]:
    seat = Membership.objects.filter(person=other, until__isnull=True).first()
    if seat is None:
        return {}
    until = max(on, seat.since + _DAY)
    seat.until = until
    seat.save(update_fields=["until"])
    opened = None
    if not Membership.objects.filter(person=keeper, until__isnull=True).exists():
        late = Membership.objects.filter(person=keeper, until__gt=until).exists()
        if not late:
            opened = Membership.objects.create(
                household_id=seat.household_id, person=keeper, role=seat.role, since=until
            )
    if seat.role == HOUSEHOLDER:
        Household.objects.filter(id=seat.household_id).update(householder=keeper.name if opened else "")
    return {"closed": seat.id, "until": until.isoformat(), "opened": opened.id if opened else None}


def _restore_seat(state: dict[str, Any]) -> None:
    if not state:
        return
    Membership.objects.filter(id=state["opened"], until__isnull=True).delete()
    seat = Membership.objects.filter(id=state["closed"], until=date.fromisoformat(state["until"])).first()
    if seat is None:
        return
    taken = Membership.objects.filter(household=seat.household_id, role=seat.role, until__isnull=True)
    if seat.role == HOUSEHOLDER and taken.exists():
        return  # Somebody else became householder meanwhile: that stays.
    seat.until = None
    seat.save(update_fields=["until"])
    if seat.role == HOUSEHOLDER:
        Household.objects.filter(id=seat.household_id).update(householder=seat.person.name)


def _settle_account(keeper: Person, other: Person, *, by: Actor, at: datetime) -> dict[str, Any]:
    joined = AccountPerson.objects.filter(person=other).first()
    if joined is None:
        return {}
    if AccountPerson.objects.filter(person=keeper).exists():
        raise CannotMerge(why="两份档案各有一个登录账号，请先解除其中一个。")
    joined.person = keeper
    joined.save(update_fields=["person"])
    set_person(by=by, at=at, account=joined.account, person=keeper.public_id)
    return {"account": str(joined.account)}


def _restore_account(
    keeper: Person, other: Person, state: dict[str, Any], *, by: Actor, at: datetime
) -> None:
    joined = AccountPerson.objects.filter(account=state["account"], person=keeper).first() if state else None
    if joined is not None:
        joined.person = other
        joined.save(update_fields=["person"])
        set_person(by=by, at=at, account=joined.account, person=other.public_id)
