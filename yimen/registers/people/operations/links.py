"""What joins a person to an account, and to those who answer for her."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.access.api import set_person
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import GuardianKind
from yimen.registers.people.models import AccountPerson, Guardianship, Person
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.persons import get_person


class AccountTaken(Conflict):
    code = "people.account_taken"
    sentence = "这个账号或这位居民已经关联了别的，请先解除。"


class CannotGuard(NotPossible):
    code = "people.cannot_guard"
    sentence = "不能登记监护：{why}"


@operation("people.account.joined")
def join_account(*, by: Actor, at: datetime, account: UUID, person: UUID) -> AccountPerson:
    """Say that an account belongs to a person (关联账号); one account, one person."""
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    known = (
        AccountPerson.objects.filter(account=account).first()
        or AccountPerson.objects.filter(person=found).first()
    )
    if known is not None and (known.account, known.person_id) == (account, found.id):
        unchanged()
        return known
    if known is not None:
        raise AccountTaken()
    joined = AccountPerson.objects.create(account=account, person=found, joined_at=at)
    set_person(by=by, at=at, account=account, person=found.public_id)
    record(found, kind="person", area=found.area, account=str(account))
    return joined


@operation("people.account.parted")
def part_account(*, by: Actor, at: datetime, person: UUID) -> None:
    """Undo `join_account` (解除关联)."""
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    known = AccountPerson.objects.filter(person=found).first()
    if known is None:
        unchanged()
        return
    set_person(by=by, at=at, account=known.account, person=None)
    known.delete()
    record(found, kind="person", area=found.area, parted=True)


@operation("people.guardian.set")
def set_guardian(
    *, by: Actor, at: datetime, on: date, person: UUID, guardian: UUID, kind: str, basis: str = ""
) -> Guardianship:
    """Say who answers for a minor or for someone who cannot (登记监护), from a day on."""
    ward = get_person(person, by=by, permission=REGISTER, lock=True)
    other = get_person(guardian, by=by, permission=REGISTER)
    if ward.id == other.id:
        raise CannotGuard(why="监护人不能是本人。")
    if kind not in GuardianKind.values:
        raise CannotGuard(why="请选择监护依据。")
    if on > day_of(at):
        raise CannotGuard(why="日期在今天之后。")
    if other.died_on:
        raise CannotGuard(why=f"{other.name}已登记死亡。")
    known = Guardianship.objects.filter(person=ward, guardian=other, until__isnull=True).first()
    if known is not None:
        unchanged()
        return known
    row = Guardianship.objects.create(
        person=ward, guardian=other, kind=kind, basis=clean_line(basis)[:200], since=on
    )
    record(ward, kind="person", area=ward.area, guardian=str(other.public_id), basis=kind)
    return row


@operation("people.guardian.ended")
def end_guardian(*, by: Actor, at: datetime, on: date, person: UUID, guardian: UUID) -> Person:
    """A guardianship ends (终止监护)."""
    ward = get_person(person, by=by, permission=REGISTER, lock=True)
    row = Guardianship.objects.filter(person=ward, guardian__public_id=guardian, until__isnull=True).first()
    if row is None:
        unchanged()
        return ward
    if on <= row.since:
        row.delete()
    else:
        row.until = on
        row.save(update_fields=["until"])
    record(ward, kind="person", area=ward.area, guardian=str(guardian), ended=on.isoformat())
    return ward
