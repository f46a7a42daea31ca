"""Two files that are one person (并档), and taking that back. No history is rewritten."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from yimen.foundations.access.api import TieKind, set_person, tie, tied_to, untie
from yimen.foundations.audit.api import operation, record
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import HOUSEHOLDER, Doubt, Sex, SuspicionAnswer
from yimen.registers.people.engine.families import lock_family
from yimen.registers.people.engine.truths import snapshots_of
from yimen.registers.people.events import MergeUndone, PeopleMerged
from yimen.registers.people.models import (
    AccountPerson,
    Alias,
    Household,
    Membership,
    Person,
    PersonDocument,
)
from yimen.registers.people.operations.rows import keep_in_step
from yimen.registers.people.operations.suspicions import answer_suspicion
from yimen.registers.people.permissions import MERGE
from yimen.registers.people.ports import merge_reconcilers
from yimen.registers.people.queries.merging import why_not_merge
from yimen.registers.people.queries.persons import NoSuchPerson
from yimen.registers.people.rules.merging import TAKEN_OVER, doubts_after, taken_over

_DAY = timedelta(days=1)


class CannotMerge(NotPossible):
    code = "people.cannot_merge"
    sentence = "不能合并档案：{why}"


@operation("people.people.merged")
def merge_people(*, by: Actor, at: datetime, keep: UUID, alias: UUID, reason: str) -> Alias:
    """Two files are one person: ``alias`` is read as ``keep`` from now on (合并档案).

    Rows stay where they were written; queries ask for all ids of the person. Only what is live and exclusive (household
    seat, account, and what other apps plug in) is settled, and facts the kept file lacks are taken over; what was before is
    kept for `undo_merge`. `preview_merge` tells all of it beforehand.
    """
    lock_family(people=[keep, alias])
    keeper, other = _pair(keep, alias, by=by)
    if not clean_line(reason):
        raise CannotMerge(why="请写明为什么是同一个人。")
    if clashes := why_not_merge(keeper, other, by=by):
        raise CannotMerge(findings=clashes, why="；".join(clash.sentence for clash in clashes))
    before = snapshots_of([keeper, other, *_led_by(other)])
    state: dict[str, Any] = {"seat": _settle_seat(keeper, other, on=day_of(at))}
    state["account"] = _settle_account(keeper, other, by=by, at=at)
    state["facts"] = _take_over(keeper, other)
    state["ties"] = _let_see(keeper, other, by=by, at=at)
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
        merged_by_name=by.name,
    )
    keep_in_step(by=by, at=at, before=before)
    answer_suspicion(by=by, at=at, one=keeper, other=other, answer=SuspicionAnswer.SAME, note=made.reason)
    record(keeper, kind="person", area=keeper.area, merged=str(other.public_id), reason=made.reason)
    record(other, kind="person", area=other.area, merged_into=str(keeper.public_id), reason=made.reason)
    announce(PeopleMerged(subject=keeper.public_id, area=keeper.community, alias=other.public_id))
    return made


@operation("people.merge.undone")
def undo_merge(*, by: Actor, at: datetime, alias: UUID, reason: str) -> Alias:
    """The two were not one (撤销合并): what was settled at the merge is put back as recorded, and both are found again.

    What was written on the kept file since stays there; `written_since_merge` lists it for a person to sort.
    """
    # The household she goes back to is hers no longer, so it is named: whoever works on it is waited for.
    lock_family(people=[alias], households=_seat_before(alias))
    other = Person.objects.within(by).select_for_update(of=("self",)).filter(public_id=alias).first()
    made = Alias.objects.filter(alias=other, undone_at__isnull=True).first() if other else None
    if other is None or made is None:
        raise CannotMerge(why="这份档案没有被合并。")
    by.must(MERGE, area=other.area)
    if not clean_line(reason):
        raise CannotMerge(why="请写明为什么撤销。")
    keeper = Person.objects.get(id=made.person_id)
    before = snapshots_of([keeper, other, *_led_by(keeper), *_seated_with(made.state["seat"], other)])
    for port in merge_reconcilers:
        if port.key in made.state["plugs"]:
            port.undo(made.state["plugs"][port.key], by=by, at=at)
    _restore_account(keeper, other, made.state["account"], by=by, at=at)
    for account, reason in made.state.get("ties", ()):
        untie(by=by, at=at, account=UUID(account), subject=keeper.public_id, reason=reason)
    _restore_seat(made.state["seat"])
    _give_back(keeper, other, made.state.get("facts", {}))
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    made.undone_at, made.undone_by = at, by.key
    made.save(update_fields=["undone_at", "undone_by"])
    keep_in_step(by=by, at=at, before=before)
    answer_suspicion(by=by, at=at, one=keeper, other=other, answer=SuspicionAnswer.DIFFERENT, note=reason)
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
    return keeper, other


def _seat_before(alias: UUID) -> list[UUID]:
    """The household in which the merge ended a seat."""
    made = Alias.objects.filter(alias__public_id=alias, undone_at__isnull=True).first()
    closed = made.state["seat"].get("closed") if made else None
    seats = Membership.objects.filter(id=closed)
    return list(seats.values_list("household__public_id", flat=True))


def _seated_with(state: dict[str, Any], other: Person) -> list[Person]:
    """Who is in the household she goes back to: their rows carry her name when she led it."""
    seat = Membership.objects.filter(id=state.get("closed")).first()
    if seat is None or seat.role != HOUSEHOLDER:
        return []
    seats = Membership.objects.filter(household=seat.household_id, until__isnull=True).exclude(person=other)
    return list(Person.objects.filter(id__in=list(seats.values_list("person", flat=True))))


def _take_over(keeper: Person, other: Person) -> dict[str, Any]:
    """Facts the kept file lacks come from the other; only their names are recorded, the values stay sealed where they are."""
    known = ({field: getattr(one, field) for field in TAKEN_OVER} for one in (keeper, other))
    fields = taken_over(*known)
    papers = PersonDocument.objects.filter(person=other, until__isnull=True).exists()
    state = {"taken_over": fields, "doubts": list(keeper.doubts)}
    for field in fields:
        setattr(keeper, field, getattr(other, field))
        keeper.sources[field] = other.sources.get(field, keeper.sources.get(field))
    keeper.doubts = doubts_after(keeper.doubts, other.doubts, other_has_papers=papers)
    keeper.save(update_fields=[*fields, "sources", "doubts"])
    return state


def _give_back(keeper: Person, other: Person, state: dict[str, Any]) -> None:
    """What was taken over and is still the same goes again; what somebody changed since stays."""
    empty = {"sex": Sex.UNKNOWN.value, "birth_on": None, "phone": ""}
    gone = [field for field in state.get("taken_over", ()) if getattr(keeper, field) == getattr(other, field)]
    for field in gone:
        setattr(keeper, field, empty[field])
        keeper.sources.pop(field, None)
    missing = Doubt.PAPERS_MISSING.value
    owes = missing in state.get("doubts", ()) and missing not in keeper.doubts
    if owes and not PersonDocument.objects.filter(person=keeper, until__isnull=True).exists():
        keeper.doubts = sorted([*keeper.doubts, missing])
    keeper.save(update_fields=[*gone, "sources", "doubts"])


def _let_see(keeper: Person, other: Person, *, by: Actor, at: datetime) -> list[list[str]]:
    """Who sees the other file by a tie, as a window elsewhere that serves her, sees the one read in its place; answers whom."""
    on = day_of(at)
    known = {(one.account_id, one.reason) for one in tied_to(keeper.public_id, on=on)}
    # What opens for minutes is for what was looked for then.
    ties = tied_to(other.public_id, on=on)
    lasting = [one for one in ties if one.until_at is None and one.account.is_active]
    made = [one for one in lasting if (one.account_id, one.reason) not in known]
    for one in made:
        tie(
            by=by,
            at=at,
            account=one.account_id,
            kind=TieKind.PERSON,
            subject=keeper.public_id,
            reason=one.reason,
            until=one.until,
        )
    return [[str(one.account_id), one.reason] for one in made]


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
    led = Membership.objects.filter(household=seat.household_id, role=HOUSEHOLDER).exclude(id=seat.id)
    meanwhile = led.filter(Q(until__isnull=True) | Q(until__gt=seat.until))
    if seat.role == HOUSEHOLDER and meanwhile.exists():
        return  # Somebody else was householder meanwhile: that stays.
    seat.until = None
    seat.save(update_fields=["until"])
    if seat.role == HOUSEHOLDER:
        Household.objects.filter(id=seat.household_id).update(householder=seat.person.name)


def _settle_account(keeper: Person, other: Person, *, by: Actor, at: datetime) -> dict[str, Any]:
    joined = AccountPerson.objects.filter(person=other).first()
    if joined is None:
        return {}
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
