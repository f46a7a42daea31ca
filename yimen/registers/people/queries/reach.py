"""How a person is reached (联系方式), for messages and for the call-or-knock list."""

from datetime import date
from uuid import UUID

from yimen.foundations.messages.api import WayKind
from yimen.foundations.messages.ports import Reach, Way
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people.choices import ReachKind
from yimen.registers.people.models import AccountPerson, Person, ReachWay
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.persons import get_person

_KIND_OF = {
    ReachKind.PHONE: WayKind.CALL,
    ReachKind.CHILD: WayKind.RELATIVE,
    ReachKind.KNOCK: WayKind.KNOCK,
    ReachKind.SMS: WayKind.READ_SMS,
}


def person_reach(person: UUID, *, by: Actor) -> Reach | None:
    """The ways to reach a person in the order she prefers; None when she is not within reach.

    What she said comes first; without a word of hers it is her account, then her telephone, then a knock at the door.
    """
    found = _kept(person, by=by)
    if found is None:
        return None
    told = list(ReachWay.objects.filter(person=found).order_by("order", "id"))
    minding = "、".join(ReachKind(row.way).label for row in told if row.way not in _KIND_OF)
    ways = [
        Way(kind=_KIND_OF[ReachKind(row.way)], key=row.way, note="；".join(filter(None, (row.note, minding))))
        for row in told
        if row.way in _KIND_OF
    ]
    if not ways:
        account = AccountPerson.objects.filter(person=found).values_list("account", flat=True).first()
        ways = [Way(kind=WayKind.ACCOUNT, key="account", account=account)] if account else []
        ways += [Way(kind=WayKind.CALL, key=ReachKind.PHONE, note=minding)] if found.phone else []
        ways += [Way(kind=WayKind.KNOCK, key=ReachKind.KNOCK, note=minding)]
    return Reach(
        person=found.public_id,
        name=found.name,
        area=found.community,
        ways=tuple(ways),
        died=found.died_on is not None,
    )


def person_phone(person: UUID, *, way: str, by: Actor) -> str:
    """The full number behind a way; "" when there is none. The caller leaves the look."""
    found = _kept(person, by=by)
    if found is None:
        return ""
    row = ReachWay.objects.filter(person=found, way=way).first()
    if row is not None and row.value:
        return row.value
    return found.phone if way in (ReachKind.PHONE, ReachKind.SMS) else ""


def account_joined_on(person: UUID, *, by: Actor) -> date | None:
    """Since when an account is joined to this file (关联账号); None when none is."""
    found = get_person(person, by=by, permission=REGISTER)
    joined = AccountPerson.objects.filter(person=found).values_list("joined_at", flat=True).first()
    return day_of(joined) if joined else None


def _kept(person: UUID, *, by: Actor) -> Person | None:
    found = Person.objects.within(by).filter(public_id=person).first()
    if found is not None and found.merged_into_id:
        return Person.objects.within(by).filter(id=found.merged_into_id).first()
    return found
