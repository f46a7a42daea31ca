"""Who is here: several signed in at once, the unnamed counted, a slip undone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.work.gatherings.choices import Seat
from yimen.work.gatherings.engine.holding import CannotHold, fill_seats, load_own
from yimen.work.gatherings.models import Gathering, Helper, SignUp
from yimen.work.gatherings.rules import why_not_sign_in


class NobodySuch(NotFound):
    code = "gatherings.nobody_such"
    sentence = "名单里没有这个人，或者已经退出。"


@operation("gatherings.people.signed_in")
def sign_in(
    *,
    by: Actor,
    at: datetime,
    gathering: UUID,
    sign_ups: Sequence[UUID] = (),
    helpers: Sequence[UUID] = (),
    guests: int | None = None,
) -> Gathering:
    """Sign in who is here (签到), several at once; ``guests`` sets how many are here without telling a name.

    For whoever holds gatherings here and for the one who leads this one, from its day on. It only adds: two at two doors never
    sign each other's people out. Whoever waited and is here has a seat. Refuses a day ahead.
    """
    found = load_own(gathering, by=by)
    if finding := why_not_sign_in(day=found.day, today=day_of(at)):
        raise CannotHold(finding.sentence, findings=[finding])
    came = list(
        SignUp.objects.within(by)
        .filter(gathering=found, public_id__in=list(sign_ups), signed_in_at__isnull=True)
        .exclude(seat=Seat.WITHDRAWN)
    )
    for row in came:
        row.seat, row.signed_in_at, row.signed_in_by = Seat.IN, at, by.key
        row.save(update_fields=["seat", "signed_in_at", "signed_in_by"])
    help_given = list(
        Helper.objects.within(by).filter(
            gathering=found, public_id__in=list(helpers), left_at__isnull=True, signed_in_at__isnull=True
        )
    )
    for row in help_given:
        row.signed_in_at, row.signed_in_by = at, by.key
        row.save(update_fields=["signed_in_at", "signed_in_by"])
    counted = guests is not None and guests != found.guests
    if not (came or help_given or counted):
        unchanged()
        return found
    if counted:
        found.guests = guests
        found.save(update_fields=["guests"])
    fill_seats(found)
    record(
        found,
        kind="gathering",
        area=found.area,
        signed_in=[str(row.person) for row in came],
        helpers=[str(row.public_id) for row in help_given],
        guests=found.guests,
    )
    return found


@operation("gatherings.sign_in.undone")
def undo_sign_in(*, by: Actor, at: datetime, gathering: UUID, row: UUID) -> Gathering:
    """It was a slip (撤销签到): she is on the list and not here."""
    found = load_own(gathering, by=by)
    for model in (SignUp, Helper):
        row_found = model.objects.within(by).filter(gathering=found, public_id=row).first()
        if row_found is not None:
            break
    if row_found is None:
        raise NobodySuch
    if row_found.signed_in_at is None:
        unchanged()
        return found
    row_found.signed_in_at, row_found.signed_in_by = None, ""
    row_found.save(update_fields=["signed_in_at", "signed_in_by"])
    record(found, kind="gathering", area=found.area, not_here=str(row_found.public_id))
    return found
