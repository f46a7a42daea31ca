"""Make the roster of a month, swap two shifts, hand a shift over, sign for it, and tell the chief of what nobody signed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.urls import reverse

from yimen.foundations.access.api import account_name, areas_worked
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.messages.api import tell_account, tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotAllowed, NotPossible
from yimen.services.hotline.engine.rulebook import as_time, rule_of
from yimen.services.hotline.models import Call, HandOver, Shift
from yimen.services.hotline.permissions import KEEP_ROSTER, LOG
from yimen.services.hotline.queries.duty import STILL_TO_SIGN, NoShift, people_for
from yimen.services.hotline.rules import sign_until, slots_of_month, why_not_sign, why_not_swap

CHIEF = "section_chief"


class NotOnTheList(NotPossible):
    code = "hotline.not_on_the_list"
    sentence = "有人不在可以排班的名单里，请刷新页面再排。"


class CannotSwap(NotPossible):
    code = "hotline.cannot_swap"


class CannotHandOver(NotPossible):
    code = "hotline.cannot_hand_over"


@operation("hotline.roster.made")
def set_roster(*, by: Actor, at: datetime, area: str, month: Month, people: Mapping[str, UUID | None]) -> int:
    """Make or change the roster of a month (排班); ``people`` are accounts by slot, None leaves a slot empty.

    Shifts that have begun stay as they are. Refuses who is not on the list of who can stand duty there. Answers how many
    shifts changed.
    """
    by.must(KEEP_ROSTER, area=area)
    on = day_of(at)
    _one_roster_at_a_time(area)
    able = people_for(area, on=on)
    if any(account not in able for account in people.values() if account):
        raise NotOnTheList
    calendar = working_calendar(on=on)
    slots = slots_of_month(
        month, parts=rule_of(area, on=on).shifts, works=lambda day: bool(calendar.is_working_day(day))
    )
    standing = {
        f"{row.on}-{row.part}": row
        for row in Shift.objects.within(by)
        .select_for_update(of=("self",))
        .filter(area=area, on__range=(month.first_day, month.last_day))
    }
    changed = []
    for slot in slots:
        if slot.key not in people or slot.starts <= at:
            continue
        row, account = standing.get(slot.key), people[slot.key]
        if (row.account if row else None) == account:
            continue
        if account is None:
            row.delete()
        elif row is not None:
            row.account, row.account_name, row.swapped_why = account, able[account], ""
            row.made_by, row.made_at = by.key, at
            row.save()
        else:
            Shift.objects.create(
                area=area,
                street=street_of(area) or area,
                on=slot.on,
                part=slot.part,
                title=slot.title,
                starts=slot.starts,
                ends=slot.ends,
                account=account,
                account_name=able[account],
                made_by=by.key,
                made_at=at,
            )
        changed.append({"slot": slot.key, "account": str(account or "")})
    if changed:
        record_batch(changed, kind="shift", area=area, month=str(month))
    else:
        unchanged()
    return len(changed)


@operation("hotline.shifts.swapped")
def swap_shifts(*, by: Actor, at: datetime, first: UUID, second: UUID, reason: str) -> None:
    """Swap the persons of two shifts to come (换班), with the reason; both shifts keep it."""
    found = list(
        Shift.objects.within(by)
        .select_for_update(of=("self",))
        .filter(public_id__in=(first, second))
        .order_by("id")
    )
    if len(found) != 2 or found[0].area != found[1].area:
        raise NoShift
    one, other = found
    by.must(KEEP_ROSTER, area=one.area)
    finding = why_not_swap(
        starts=[one.starts, other.starts], people=[one.account, other.account], reason=reason, at=at
    )
    if finding:
        raise CannotSwap(finding.sentence, findings=[finding])
    one.account, other.account = other.account, one.account
    one.account_name, other.account_name = other.account_name, one.account_name
    for row in (one, other):
        row.swapped_why = reason.strip()[:200]
        row.save(update_fields=["account", "account_name", "swapped_why"])
        record(row, kind="shift", area=row.area, account=str(row.account))


@operation("hotline.shifts.handed_over")
def hand_over_shifts(*, by: Actor, at: datetime, account: UUID, to: UUID | None) -> int:
    """A colleague left: her shifts to come go to who takes over, where that one works (离岗交接). Whoever leads the street is
    told of those that nobody stands. Answers how many went over.
    """
    rows = Shift.objects.within(by).select_for_update(of=("self",))
    shifts = list(rows.filter(account=account, starts__gt=at).order_by("starts", "id"))
    areas = areas_worked(to, on=day_of(at)) if to else ()
    given = [one for one in shifts if one.area.startswith(areas)]
    holder, to_name = account_name(account), account_name(to) if to else ""
    for shift in given:
        shift.account, shift.account_name = to, to_name
        shift.swapped_why = f"{holder}离岗，由{to_name}接手"[:200]
    Shift.objects.bulk_update(given, ["account", "account_name", "swapped_why"])
    if given:
        first = given[0]
        tell_account(
            by=by,
            at=at,
            account=to,
            title=f"接手{holder}的班次",
            text=f"{holder}已停用账号，{len(given)} 个班次转给您，最近的是{first.on.month}月{first.on.day}日{first.title}。",
            link=reverse("hotline:roster"),
            area=first.area,
        )
    for street in sorted({one.street for one in shifts if one not in given}):
        left = [one for one in shifts if one.street == street and one not in given]
        tell_role(
            by=by,
            at=at,
            role=CHIEF,
            role_area=street,
            title=f"{holder}离岗，{len(left)} 个班次没有人",
            text=f"最近的是{left[0].on.month}月{left[0].on.day}日{left[0].title}，请在值班表里改派。",
            link=reverse("hotline:roster"),
            area=left[0].area,
        )
    if not shifts:
        unchanged()
        return 0
    told = [{"shift": str(one.public_id), "to": str(to) if one in given else ""} for one in shifts]
    record_batch(told, kind="shift", area=shifts[0].street, handed_over=str(account))
    return len(given)


@operation("hotline.shift.given")
def give_shift(*, by: Actor, at: datetime, shift: UUID, note: str = "") -> HandOver:
    """Hand one's shift over (交班), with a remark for the next; done twice, the later remark counts until it is signed."""
    found = _lock(shift, by=by)
    by.must(LOG, area=found.area)
    if found.account != by.account:
        raise NotAllowed("只有这个班的值班员可以交班。")
    if found.starts > at:
        raise CannotHandOver("这个班还没有开始。")
    over = _hand_over(found)
    if over.signed_at is not None:
        raise CannotHandOver("这个班已经有人签收了。")
    over.given_at, over.given_note = at, note.strip()[:400]
    over.save()
    record(over, kind="hand_over", area=found.area, shift=str(shift))
    return over


@operation("hotline.shift.signed")
def sign_shift(*, by: Actor, at: datetime, shift: UUID, note: str = "") -> HandOver:
    """Sign for a shift (接班签收): what was open then is listed with the signature and is now the signer's to answer.

    Refuses one's own shift, one that still runs and was not given, and a second signature.
    """
    found = _lock(shift, by=by)
    by.must(LOG, area=found.area)
    over = _hand_over(found)
    finding = why_not_sign(
        ended=found.ends <= at,
        given=over.given_at is not None,
        own=by.account is not None and found.account == by.account,
        signed=over.signed_at is not None,
    )
    if finding:
        raise CannotHandOver(finding.sentence, findings=[finding])
    over.signed_at, over.signed_by, over.signed_by_name = at, by.key, by.name[:80]
    over.signed_note = note.strip()[:400]
    over.calls = _open_calls(found, by=by)
    over.save()
    record(over, kind="hand_over", area=found.area, shift=str(shift), calls=len(over.calls))
    return over


@operation("hotline.shifts.escalated")
def escalate_unsigned(*, by: Actor, at: datetime) -> int:
    """Tell the chief of the section which shifts nobody signed for in time (未签收提醒); once for each shift."""
    on, told = day_of(at), 0
    lately = Shift.objects.within(by).filter(ends__lte=at, ends__gt=at - STILL_TO_SIGN).order_by("id")
    for shift in lately.select_for_update(of=("self",)):
        limit = sign_until(shift.ends, by_time=as_time(rule_of(shift.area, on=on).sign_by))
        over = _hand_over(shift)
        if at < limit or over.signed_at is not None or over.escalated_on is not None:
            continue
        by.must(LOG, area=shift.area)
        over.escalated_on = on
        over.save()
        waiting = len(_open_calls(shift, by=by))
        tell_role(
            by=by,
            at=at,
            role=CHIEF,
            role_area=shift.street,
            title="值班交接没有签收",
            text=f"{shift.on.month}月{shift.on.day}日{shift.title}（{shift.account_name}）到"
            f"{limit.astimezone(STREET_TIME):%H:%M} 还没有人签收，等答复的有 {waiting} 件。",
            link=reverse("hotline:shift", args=[shift.public_id]),
            area=shift.area,
        )
        record(over, kind="hand_over", area=shift.area, shift=str(shift.public_id), escalated=True)
        told += 1
    if not told:
        unchanged()
    return told


def _one_roster_at_a_time(area: str) -> None:
    # A month that is made for the first time has no rows to wait at.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"hotline.roster:{area}"])


def _lock(public_id: UUID, *, by: Actor) -> Shift:
    found = Shift.objects.within(by).select_for_update(of=("self",)).filter(public_id=public_id).first()
    if found is None:
        raise NoShift
    return found


def _hand_over(shift: Shift) -> HandOver:
    known = HandOver.objects.filter(shift=shift).first()
    return known or HandOver(shift=shift, area=shift.area, street=shift.street)


def _open_calls(shift: Shift, *, by: Actor) -> list[str]:
    """What waits in the area of a shift at this moment, whenever it came."""
    waiting = Call.objects.within(by).filter(waits=True, area__startswith=shift.area, street=shift.street)
    return [str(one) for one in waiting.order_by("id").values_list("public_id", flat=True)]
