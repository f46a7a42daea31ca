"""What joins a person to an account, and to those who answer for her."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yimen.foundations.access.api import set_person
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.people.choices import GuardianGround, GuardianKind
from yimen.registers.people.models import AccountPerson, GuardianBeyond, Guardianship, Person
from yimen.registers.people.permissions import REGISTER
from yimen.registers.people.queries.persons import get_person, person_ids
from yimen.registers.people.rules.guardians import OF_AGE, comes_of_age_on, why_not_guard

SETTLE_GUARDIANS_JOB = "people.settle_guardians"


class AccountTaken(Conflict):
    code = "people.account_taken"
    sentence = "这个账号或这位居民已经关联了别的，请先解除。"


class CannotPart(NotPossible):
    code = "people.cannot_part"
    sentence = "不能解除账号：请写明理由，例如：关联错了人。"


class CannotGuard(NotPossible):
    code = "people.cannot_guard"
    sentence = "不能登记监护、代办：{why}"


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
def part_account(*, by: Actor, at: datetime, person: UUID, reason: str) -> None:
    """Undo `join_account` (解除关联), with a reason: whoever signs in by that account does not see this file any more."""
    found = get_person(person, by=by, permission=REGISTER, lock=True)
    known = AccountPerson.objects.filter(person=found).first()
    if known is None:
        unchanged()
        return
    why = clean_line(reason)
    if not why:
        raise CannotPart
    set_person(by=by, at=at, account=known.account, person=None)
    known.delete()
    record(found, kind="person", area=found.area, parted=str(known.account), reason=why)


@operation("people.guardian.set")
def set_guardian(
    *,
    by: Actor,
    at: datetime,
    on: date,
    person: UUID,
    guardian: UUID,
    kind: str,
    basis: str = "",
    ground: str = GuardianGround.MINOR,
    ends_on: date | None = None,
) -> Guardianship:
    """Say who answers for a minor or for someone who cannot (登记监护), or who does her errands (委托代办), from a day on.

    ``basis`` is the paper that was looked at. A minor's ends on her eighteenth birthday, another one on ``ends_on``
    if it has one.
    """
    ward = get_person(person, by=by, permission=REGISTER, lock=True)
    by.must(REGISTER, area=ward.area)
    other = get_person(guardian, by=by, permission=REGISTER)
    if ward.id == other.id:
        raise CannotGuard(why="监护人、代办人不能是本人。")
    if kind not in GuardianKind.values or ground not in GuardianGround.values:
        raise CannotGuard(why="请选择监护依据。")
    for one in (ward, other):
        if one.died_on:
            raise CannotGuard(why=f"{one.name}已登记死亡。")
    findings = why_not_guard(
        name=ward.name, born=ward.birth_on, guardian=other.name, guardian_born=other.birth_on,
        kind=kind, ground=ground, on=on, ends_on=ends_on, today=day_of(at),
    )  # fmt: skip
    if findings:
        raise CannotGuard(why=findings[0].sentence, findings=findings)
    known = Guardianship.objects.filter(person=ward, guardian=other, until__isnull=True).first()
    if known is not None:
        unchanged()
        return known
    if Guardianship.objects.filter(person=ward, guardian=other, until__gt=on).exists():
        raise CannotGuard(why="这一天还登记着同一位，请核对日期。")
    row = Guardianship.objects.create(
        person=ward,
        guardian=other,
        kind=kind,
        ground=ground,
        basis=clean_line(basis)[:200],
        since=on,
        ends_on=None if ground == GuardianGround.MINOR else ends_on,
    )
    record(ward, kind="person", area=ward.area, guardian=str(other.public_id), basis=kind, ground=ground)
    return row


@operation("people.guardian.ended")
def end_guardian(
    *, by: Actor, at: datetime, on: date, person: UUID, guardian: UUID, reason: str, wrong: bool = False
) -> Person:
    """A guardianship or an errand ends on a day (终止监护、代办), or never was (``wrong``): then its row goes. With a reason."""
    ward = get_person(person, by=by, permission=REGISTER, lock=True)
    by.must(REGISTER, area=ward.area)
    row = _open_one(ward, guardian, by=by)
    if row is None:
        unchanged()
        return ward
    why = clean_line(reason)
    if not why:
        raise CannotGuard(why="终止请写明理由，例如：另有监护人、委托取消。")
    if on > day_of(at):
        raise CannotGuard(why="日期在今天之后。")
    if not wrong and on < row.since:
        no = f"终止日期早于起始日期 {row.since:%Y-%m-%d}；从来不是的，请选“登记有误”。"
        raise CannotGuard(why=no, findings=[Finding("people.guardian_ends_before", no, "on")])
    if wrong or on == row.since:
        row.delete()
    else:
        row.until = on
        row.save(update_fields=["until"])
    old = {"kind": row.kind, "since": row.since.isoformat()}
    record(
        ward, kind="person", area=ward.area, guardian=str(guardian), ended=on.isoformat(), old=old, reason=why
    )
    return ward


@operation("people.guardians.ended_by_day")
def end_guardians_due(*, by: Actor, at: datetime, on: date) -> int:
    """End what is over by its day (监护、代办到期): of those who came of age, what was for a time only, and what a death ended
    before deaths did so by themselves. Answers how many."""
    open_ones = (
        Guardianship.objects.within(by).filter(until__isnull=True).select_related("person", "guardian")
    )
    # A day may be missing eighteen years on; so much earlier nobody is left out, and the rule says who.
    born = on.replace(year=on.year - OF_AGE, day=1) + timedelta(days=31)
    due = Q(ends_on__lte=on) | Q(ground=GuardianGround.MINOR, person__birth_on__lte=born)
    dead = Q(person__died_on__isnull=False) | Q(guardian__died_on__isnull=False)
    ended = []
    for row in open_ones.filter(due | dead).order_by("id").select_for_update(of=("self",)):
        grown = row.ground == GuardianGround.MINOR and row.person.birth_on
        day = comes_of_age_on(row.person.birth_on) if grown else row.ends_on
        # What was noted of a grown-up before grounds were kept has no day of its own.
        if day is None or day > on or day <= row.since:
            day = _over_by_death(row)
            row.by_death = day is not None
        if day is None:
            continue
        row.until = day
        row.save(update_fields=["until", "by_death"])
        ended.append({"person": str(row.person.public_id), "until": day.isoformat()})
    if ended:
        record_batch(ended, kind="person", area="")
    else:
        unchanged()
    return len(ended)


@operation("people.guardians.settled_by_death")
def settle_guardians(*, by: Actor, at: datetime, person: UUID) -> int:
    """End what she answered for and who answered for her with her death (监护因去世终止), or let it hold again when that was an
    error; answers how many changed.

    It is over with the first death of the two. One of whom both are dead stays over, also when one death is taken back.
    """
    hers = person_ids(person, by=by)
    rows = (
        Guardianship.objects.within(by)
        .filter(Q(person__public_id__in=hers) | Q(guardian__public_id__in=hers))
        .filter(Q(until__isnull=True) | Q(by_death=True))
        .select_related("person__merged_into", "guardian__merged_into")
    )
    changed = []
    for row in rows.order_by("id").select_for_update(of=("self",)):
        until = _over_by_death(row)
        if until == row.until or (until is None and _noted_anew(row)):
            continue
        row.until, row.by_death = until, until is not None
        row.save(update_fields=["until", "by_death"])
        changed.append({"person": str(row.person.public_id), "until": until.isoformat() if until else ""})
    if changed:
        record_batch(changed, kind="person", area="")
    else:
        unchanged()
    return len(changed)


def _open_one(ward: Person, guardian: UUID, *, by: Actor) -> Guardianship | None:
    """The row of this pair that has not ended, also where the guardian's own file is beyond reach."""
    rows = Guardianship.objects.filter(person=ward, until__isnull=True)
    far = GuardianBeyond.objects.within(by).filter(file=ward.id, guards=True, other=guardian)
    return (
        rows.filter(guardian__public_id=guardian).first()
        or rows.filter(id__in=list(far.values_list("guardianship", flat=True))).first()
    )


def _over_by_death(row: Guardianship) -> date | None:
    """The day on which the first of the two died; None while both live."""
    deaths = [died for one in (row.person, row.guardian) if (died := (one.merged_into or one).died_on)]
    # What was noted of that very day, or later, held for its day: a row cannot hold for none.
    return max(min(deaths), row.since + timedelta(days=1)) if deaths else None


def _noted_anew(row: Guardianship) -> bool:
    """Was the same pair noted again meanwhile? Then that one holds."""
    pair = Guardianship.objects.filter(person=row.person_id, guardian=row.guardian_id).exclude(id=row.id)
    return pair.filter(Q(until__isnull=True) | Q(until__gt=row.since)).exists()
