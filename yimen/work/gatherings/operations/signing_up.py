"""Sign a resident up, and let her withdraw; the dead leave every list."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import person_ids, person_stamp, why_restricted
from yimen.work.gatherings.choices import Seat, State
from yimen.work.gatherings.engine.holding import CannotSignUp, fill_seats, load, refuse
from yimen.work.gatherings.models import Gathering, Helper, SignUp
from yimen.work.gatherings.rules import has_seat, is_minor, why_not_sign_up

DIED = "已去世"


class NoSignUp(NotFound):
    code = "gatherings.no_sign_up"
    sentence = "名单里没有这个人，或者已经退出。"


@operation("gatherings.person.signed_up")
def sign_up(
    *,
    by: Actor,
    at: datetime,
    gathering: UUID,
    person: UUID,
    guardian: str = "",
    agreed: bool = False,
    present: bool = False,
    whole_series: bool = False,
) -> SignUp:
    """Sign a resident up (报名); without a seat she waits, in the order of signing up (候补).

    ``present`` says that she is here already and is signed in at once, seat or no seat. ``whole_series`` signs her up for all
    later sessions too. Of an adult no guardian is kept, whatever was typed. Refuses a minor without her guardian's consent, the
    dead, twice the same, and who does not live where the gathering is.
    """
    found = load(gathering, by=by)
    stamp = person_stamp(person, by=by)
    ids = person_ids(person, by=by) or [person]
    today = day_of(at)
    if by.kind is ActorKind.STAFF:
        refuse(why_restricted(stamp.name, restricted=stamp.restricted), CannotSignUp)
    refuse(
        why_not_sign_up(
            name=stamp.name,
            birth_on=stamp.birth_on,
            died_on=stamp.died_on,
            guardian=guardian,
            agreed=agreed,
            known=_standing(found, ids).exists(),
            lives_here=stamp.area.startswith(found.area),
            begun=found.starts_at <= at,
            present=present,
            day=found.day,
            today=today,
        ),
        CannotSignUp,
    )
    minor = is_minor(stamp.birth_on, found.day)
    told = {
        "by": by,
        "at": at,
        "person": stamp.public_id,
        "name": stamp.name,
        "guardian": guardian.strip()[:80] if minor else "",
    }
    made = _seat(found, present=present, **told)
    if whole_series and found.series_id:
        later = (
            Gathering.objects.within(by)
            .select_for_update(of=("self",))
            .filter(series=found.series_id, state=State.PLANNED, starts_at__gt=max(at, found.starts_at))
        )
        for one in later.order_by("starts_at", "id"):
            if not _standing(one, ids).exists():
                _seat(one, present=False, **told)
    return made


@operation("gatherings.person.withdrew")
def withdraw(*, by: Actor, at: datetime, gathering: UUID, sign_up: UUID, why: str = "") -> list[SignUp]:
    """She does not come (退出报名): her seat goes to whoever waits longest; answers who moved up."""
    found = load(gathering, by=by)
    row = _row(found, sign_up)
    _leave(row, why or "本人退出", at=at)
    moved = fill_seats(found)
    record(found, kind="gathering", area=found.area, withdrew=str(row.person), moved_up=len(moved))
    return moved


@operation("gatherings.dead.left")
def leave_with_the_dead(*, by: Actor, at: datetime, person: UUID) -> int:
    """Somebody died: she leaves every list of what is still to come (去世即止); answers how many. No word goes to anyone."""
    ids = person_ids(person, by=by) or [person]
    rows = SignUp.objects.within(by).filter(person__in=ids, signed_in_at__isnull=True)
    help_given = Helper.objects.within(by).filter(
        person__in=ids, left_at__isnull=True, signed_in_at__isnull=True
    )
    wanted = {*rows.exclude(seat=Seat.WITHDRAWN).values_list("gathering_id", flat=True)}
    wanted |= {*help_given.values_list("gathering_id", flat=True)}
    planned = (
        Gathering.objects.within(by)
        .select_for_update(of=("self",))
        .filter(id__in=wanted, state=State.PLANNED)
    )
    left = []
    for found in planned.order_by("id"):
        for row in rows.filter(gathering=found).exclude(seat=Seat.WITHDRAWN):
            _leave(row, DIED, at=at)
        help_given.filter(gathering=found).update(left_at=at, left_why=DIED)
        fill_seats(found)
        left.append({"gathering": str(found.public_id)})
    if left:
        record_batch(left, kind="gathering", area=found.area)
    else:
        unchanged()
    return len(left)


@operation("gatherings.living.back")
def come_back_with_the_living(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: she is on the lists of what is still to come again (撤销死亡登记), in her seat while one
    is free, else waiting by the time she signed up; answers how many.
    """
    ids = person_ids(person, by=by) or [person]
    rows = SignUp.objects.within(by).filter(person__in=ids, seat=Seat.WITHDRAWN, withdrawn_why=DIED)
    help_given = Helper.objects.within(by).filter(person__in=ids, left_why=DIED)
    wanted = {
        *rows.values_list("gathering_id", flat=True),
        *help_given.values_list("gathering_id", flat=True),
    }
    planned = (
        Gathering.objects.within(by)
        .select_for_update(of=("self",))
        .filter(id__in=wanted, state=State.PLANNED, starts_at__gt=at)
    )
    back = []
    for found in planned.order_by("id"):
        for row in rows.filter(gathering=found):
            if not _standing(found, ids).exists():
                row.seat = Seat.IN if has_seat(capacity=found.capacity, taken=found.taken) else Seat.WAITING
                row.withdrawn_at, row.withdrawn_why = None, ""
                row.save(update_fields=["seat", "withdrawn_at", "withdrawn_why"])
                fill_seats(found)
        help_given.filter(gathering=found).update(left_at=None, left_why="")
        back.append({"gathering": str(found.public_id)})
    if back:
        record_batch(back, kind="gathering", area=found.area)
    else:
        unchanged()
    return len(back)


def _seat(
    found: Gathering, *, by: Actor, at: datetime, person: UUID, name: str, guardian: str, present: bool
) -> SignUp:
    free = present or has_seat(capacity=found.capacity, taken=found.taken)
    made = SignUp.objects.create(
        gathering=found,
        roster=found.roster,
        area=found.area,
        person=person,
        person_name=name[:80],
        seat=Seat.IN if free else Seat.WAITING,
        guardian=guardian,
        agreed_at=at if guardian else None,
        signed_up_at=at,
        signed_up_by=by.key,
        signed_in_at=at if present else None,
        signed_in_by=by.key if present else "",
    )
    fill_seats(found)
    record(
        found,
        kind="gathering",
        area=found.area,
        person=str(person),
        seat=str(made.seat),
        consent=bool(guardian),
        present=present,
    )
    return made


def _standing(found: Gathering, ids: list[UUID]):
    return SignUp.objects.filter(gathering=found, person__in=ids).exclude(seat=Seat.WITHDRAWN)


def _row(found: Gathering, sign_up: UUID) -> SignUp:
    row = SignUp.objects.filter(gathering=found, public_id=sign_up).exclude(seat=Seat.WITHDRAWN).first()
    if row is None:
        raise NoSignUp
    return row


def _leave(row: SignUp, why: str, *, at: datetime) -> None:
    row.seat, row.withdrawn_at, row.withdrawn_why = Seat.WITHDRAWN, at, why.strip()[:200]
    row.signed_in_at, row.signed_in_by = None, ""
    row.save()
