"""Who is on duty, whose shift is to be signed for, and who can stand one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When

from yimen.foundations.access.api import holders_of
from yimen.foundations.access.ports import roles
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotFound
from yimen.services.hotline.models import HandOver, Shift
from yimen.services.hotline.permissions import LOG

STILL_TO_SIGN = timedelta(days=3)
MINE_AHEAD = timedelta(days=1)


class NoShift(NotFound):
    code = "hotline.no_shift"
    sentence = "没有这个班，或不在您的范围内。"


def people_for(area: str, *, on: date) -> dict[UUID, str]:
    """Who can stand a shift of an area (可排班的人): whoever may log calls in the whole of it, by name."""
    able = [key for key, role in roles(on=on).items() if LOG in role.permissions]
    found: dict[UUID, str] = {}
    for place in lineage(area):
        for role in able:
            found |= {one.public_id: one.name for one in holders_of(role, area=place, on=on)}
    return dict(sorted(found.items(), key=lambda one: (one[1], str(one[0]))))


def shifts_of_month(area: str, month: Month, *, by: Actor) -> QuerySet[Shift]:
    """The shifts of one area in a month (值班表)."""
    return (
        Shift.objects.within(by)
        .filter(area=area, on__range=(month.first_day, month.last_day))
        .order_by("on", "starts", "id")
    )


def shifts_in(area: str) -> QuerySet[Shift]:
    """The shifts of exactly this area (本区域的班次), for who carries them over."""
    return Shift.objects.filter(area=area)


def month_before(area: str, month: Month, *, by: Actor) -> dict[str, list[str]]:
    """Who stood the shifts of the month before, in order, by part (上月次序)."""
    order: dict[str, list[str]] = {}
    for shift in shifts_of_month(area, month.previous(), by=by):
        order.setdefault(shift.part, []).append(str(shift.account))
    return order


def get_shift(public_id: UUID, *, by: Actor) -> Shift:
    """One shift within reach."""
    found = Shift.objects.within(by).filter(public_id=public_id).first() if by.can_somewhere(LOG) else None
    if found is None:
        raise NoShift
    return found


def on_duty(area: str, *, at: datetime, by: Actor) -> list[Shift]:
    """Who stands duty for an area now, the nearest first (现在谁值班)."""
    found = Shift.objects.within(by).filter(area__in=lineage(area), starts__lte=at, ends__gt=at)
    return sorted(found, key=lambda shift: -len(shift.area))


def shifts_with_me(*, by: Actor, at: datetime) -> list[Shift]:
    """One's own shifts that run or begin within a day (我的班)."""
    if by.account is None:
        return []
    return _shifts_with(by, by.account, at, at + MINE_AHEAD)


@kept
def _shifts_with(by: Actor, account: UUID, at: datetime, until: datetime) -> QuerySet[Shift]:
    mine = Shift.objects.within(by).filter(account=account, ends__gt=at, starts__lte=until)
    return mine.order_by("starts", "id")


@dataclass(frozen=True)
class DutyNow:
    """What somebody has to do with duty now (值班和交接): shifts to sign for, oldest first, and her own that run or come."""

    to_sign: list[Shift]
    mine: list[Shift]


def shifts_to_sign(*, by: Actor, at: datetime) -> list[Shift]:
    """Shifts of the last days that are over or given and that nobody has signed for (待签收的班), oldest first."""
    return duty_now(by=by, at=at).to_sign


def duty_now(*, by: Actor, at: datetime) -> DutyNow:
    """Both of `shifts_to_sign` and `shifts_with_me`, in one statement: the first page asks for them each time."""
    if not by.can_somewhere(LOG):
        return DutyNow([], shifts_with_me(by=by, at=at))
    rows = _to_sign_or_mine(by, by.account, at, at - STILL_TO_SIGN, at + MINE_AHEAD)
    return DutyNow(
        [shift for shift in rows if shift.waits and by.can(LOG, area=shift.area)],
        sorted((shift for shift in rows if shift.runs), key=lambda shift: shift.starts),
    )


@kept
def _to_sign_or_mine(
    by: Actor, account: UUID | None, at: datetime, since: datetime, until: datetime
) -> QuerySet[Shift]:
    signed = HandOver.objects.filter(shift=OuterRef("pk"), signed_at__isnull=False)
    given = HandOver.objects.filter(shift=OuterRef("pk"), given_at__isnull=False)
    waits = ~Exists(signed) & (Q(ends__lte=at) | Exists(given))
    runs = Q(account=account, ends__gt=at, starts__lte=until)
    marked = {
        name: Case(When(condition, then=True), default=False, output_field=BooleanField())
        for name, condition in (("waits", waits), ("runs", runs))
    }
    # Both lie after this day, so the index over the ends serves them together.
    late = Shift.objects.within(by).filter(ends__gt=since).annotate(**marked)
    return late.filter(waits | runs).order_by("ends", "id")


def hand_over_of(shift: Shift, *, by: Actor) -> HandOver | None:
    """What was handed over and signed for after a shift (交接班)."""
    return HandOver.objects.within(by).filter(shift=shift).first()
