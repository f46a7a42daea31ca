"""State a date to a visitor who could not be answered at once, put it off, remind of it, and close it."""

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.access.api import areas_worked
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.services.council.models import PromisedAnswer
from yimen.services.council.permissions import DECIDE_CASE, HANDLE_CASE
from yimen.services.council.queries import VISIT, open_promises
from yimen.services.council.rules import reminder_is_due, why_not_extend, why_not_promise
from yimen.work.desk import api as desk


class CannotPromise(NotPossible):
    code = "council.cannot_promise"


class NotAnswered(NotPossible):
    code = "council.not_answered"
    sentence = "这件来访还没有答复。"


@operation("council.answer.promised")
def promise_answer(
    *, by: Actor, at: datetime, case: UUID, promised_on: date, undertaking: str
) -> PromisedAnswer:
    """State until when a visitor gets her answer (限期答复); she takes it home in writing.

    Refuses a date of today or before, one later than the receipt promised, a second one, and one without a word on what
    will be done.
    """
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.desk_area)
    known = PromisedAnswer.objects.filter(case=case).first()
    finding = why_not_promise(
        promised_on=promised_on,
        undertaking=undertaking,
        on=day_of(at),
        due_on=view.case.due_on,
        open_case=_is_open(view.case),
        known=known is not None,
    )
    if finding:
        raise CannotPromise(finding.sentence, findings=[finding])
    promise = PromisedAnswer.objects.create(
        case=case,
        area=view.case.area,
        undertaking=undertaking.strip(),
        first_on=promised_on,
        promised_on=promised_on,
        made_at=at,
        made_by=by.key,
        account=by.account,
    )
    letter = desk.write_letter(
        by=by,
        at=at,
        case=view.case,
        letter="visit_promise",
        undertaking=promise.undertaking,
        promised_on=promised_on,
    )
    record(promise, kind="promised_answer", area=promise.area, case=str(case), letter=str(letter))
    return promise


@operation("council.answer.put_off")
def put_off_answer(*, by: Actor, at: datetime, case: UUID, until: date, why: str) -> PromisedAnswer:
    """Put a stated date off before it ends (延期答复), and say so in writing. The law's sixty days hold for everyone, thirty
    more for who may decide."""
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.desk_area)
    promise = (
        PromisedAnswer.objects.within(by)
        .select_for_update(of=("self",))
        .filter(case=case, answered_on__isnull=True)
        .first()
    )
    if promise is None:
        raise CannotPromise("还没有定过答复日期。")
    finding = why_not_extend(
        promised_on=promise.promised_on,
        until=until,
        why=why,
        on=day_of(at),
        accepted_on=view.case.accepted_on,
        approves=by.can(DECIDE_CASE, area=view.case.desk_area),
        open_case=_is_open(view.case),
    )
    if finding:
        raise CannotPromise(finding.sentence, findings=[finding])
    old = promise.promised_on
    promise.promised_on, promise.put_off_why, promise.reminded_on = until, why.strip(), None
    promise.save(update_fields=["promised_on", "put_off_why", "reminded_on"])
    letter = desk.write_letter(
        by=by,
        at=at,
        case=view.case,
        letter="visit_extended",
        old_on=old,
        reason=promise.put_off_why,
        promised_on=until,
    )
    record(promise, kind="promised_answer", area=promise.area, case=str(case), letter=str(letter))
    return promise


@operation("council.answer.closed")
def close_promise(*, by: Actor, at: datetime, case: UUID) -> PromisedAnswer | None:
    """The visitor has her answer: the stated date is kept or late, and closed (限期答复办结)."""
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.area)
    if view.case.settled_on is None:
        raise NotAnswered
    promise = PromisedAnswer.objects.filter(case=case).first()
    if promise is None or promise.answered_on is not None:
        unchanged()
        return promise
    promise.answered_on = view.case.settled_on
    promise.save(update_fields=["answered_on"])
    late = promise.answered_on > promise.promised_on
    record(promise, kind="promised_answer", area=promise.area, case=str(case), late=late)
    return promise


@operation("council.answers.handed_over")
def hand_over_promises(*, by: Actor, at: datetime, account: UUID, to: UUID | None) -> int:
    """A colleague left: who takes over is reminded of the answers she stated a date for (离岗交接); answers how many.

    Without one, whoever handles the case sees the date on it.
    """
    promises = list(
        PromisedAnswer.objects.within(by)
        .select_for_update(of=("self",))
        .filter(account=account, answered_on=None)
    )
    if not promises:
        unchanged()
        return 0
    areas = areas_worked(to, on=day_of(at)) if to else ()
    for promise in promises:
        promise.account = to if promise.area.startswith(areas) else None
    PromisedAnswer.objects.bulk_update(promises, ["account"])
    told = [{"case": str(one.case), "to": str(one.account or "")} for one in promises]
    record_batch(told, kind="promised_answer", area=promises[0].area, handed_over=str(account))
    return len(promises)


@operation("council.answers.reminded")
def remind_of_promises(*, by: Actor, at: datetime) -> int:
    """Tell whoever stated a date, two days before it ends, that the answer is owed (到期前提醒); once for each date."""
    on, told = day_of(at), 0
    for promise, case in open_promises(by=by):
        if (
            promise.reminded_on
            or not promise.account
            or not reminder_is_due(promised_on=promise.promised_on, on=on)
        ):
            continue
        by.must(HANDLE_CASE, area=promise.area)
        tell_account(
            by=by,
            at=at,
            account=promise.account,
            title=f"{promise.promised_on.month}月{promise.promised_on.day}日前要答复一件来访",
            text=f"办件 {case.spoken_number}。{promise.undertaking}。来不及的请在到期前延期并告诉来访人。",
            link=reverse("desk:case", args=[promise.case]),
            area=promise.area,
            person=case.person,
        )
        promise.reminded_on = on
        promise.save(update_fields=["reminded_on"])
        record(promise, kind="promised_answer", area=promise.area, reminded=True)
        told += 1
    if not told:
        unchanged()
    return told


def _is_open(case) -> bool:
    return case.matter == VISIT and case.state == desk.State.ACCEPTED
