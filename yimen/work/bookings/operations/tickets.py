"""Tickets from being taken to being over: numbered without a gap, called once, back in the line, handed on, finished."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.bus.api import update_row
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.kernel.text import clean_line
from yimen.work.bookings.choices import Shows, State
from yimen.work.bookings.engine.numbering import next_ticket
from yimen.work.bookings.engine.practice import practice
from yimen.work.bookings.models import Hall, Ticket
from yimen.work.bookings.permissions import SERVE
from yimen.work.bookings.queries import get_hall, get_ticket, in_line, tickets_on
from yimen.work.bookings.rules import place_after, place_in_line, shown_name, why_not_counter

OVER = ("state", "ended_at")


class CannotCall(NotPossible):
    code = "bookings.cannot_call"


class CounterTaken(Conflict):
    code = "bookings.counter_taken"
    sentence = "这个窗口刚刚叫过号，请看最新的页面。"


@operation("bookings.ticket.taken")
def take_ticket(
    *, by: Actor, at: datetime, hall: UUID, name: str = "", about: str = "", said: Sequence[str] = ()
) -> Ticket:
    """Give somebody who walked in the next number of the day (取号). ``said`` are the grounds to go first that she named (优先).

    Of them only is kept that she goes first; of her name the surname, and that only where the board shows it.
    """
    found = get_hall(hall, by=by)
    by.must(SERVE, area=found.area)
    rules = practice(on=day_of(at))
    first = rules.first(tuple(said))
    ticket = next_ticket(
        found,
        by=by,
        at=at,
        place=place_in_line(at, first=first, head_start=rules.head_start_minutes),
        waits_from=at,
        goes_first=first,
        shown=shown_name(name) if found.shows == Shows.NAMES else "",
        about=clean_line(about)[:60],
    )
    record(ticket, kind="ticket", area=ticket.area, number=ticket.number)
    return ticket


@operation("bookings.ticket.called")
def call_next(*, by: Actor, at: datetime, hall: UUID, counter: int) -> Ticket | None:
    """Call whoever is next to this counter (叫号); whom it has served is finished. None when nobody waits.

    Two counters that press at once never get the same ticket: each passes over the row that the other one holds. Refuses a
    counter that the hall has not, and the second of two who press for one counter (409).
    """
    found = _hall_with(counter, hall, by=by)
    before = _called_here(found, counter, by=by, at=at)
    if before is not None:
        _end(before, State.FINISHED, at=at)
    here = Q(for_counter=0) | Q(for_counter=counter)
    line = in_line(found, day_of(at), by=by).filter(here).select_for_update(skip_locked=True, of=("self",))
    ticket = line.first()
    if ticket is None:
        if before is None:
            unchanged()
        return None
    _call(ticket, counter, by=by, at=at)
    return ticket


@operation("bookings.ticket.called_again")
def call_again(*, by: Actor, at: datetime, ticket: UUID) -> Ticket:
    """Call the same one once more (重呼). Refuses who is not called."""
    found = _called(ticket, by=by)
    found.calls, found.called_at = found.calls + 1, at
    update_row(found, "calls", "called_at")
    record(found, kind="ticket", area=found.area, number=found.number, counter=found.counter)
    return found


@operation("bookings.ticket.missed")
def not_there(*, by: Actor, at: datetime, ticket: UUID) -> Ticket:
    """Nobody came (过号): she comes back behind some others by the practice; after too many times her number is over."""
    found, rules = _called(ticket, by=by), practice(on=day_of(at))
    found.misses += 1
    if found.misses >= rules.misses_most:
        found.state, found.ended_at = State.MISSED, at
    else:
        waiting = list(
            in_line(found.hall, found.day, by=by).values_list("place", flat=True)[: rules.back_after]
        )
        found.state = State.WAITING
        found.place = place_after(waiting, after=rules.back_after, now=at)
    update_row(found, "state", "ended_at", "place", "misses")
    record(found, kind="ticket", area=found.area, number=found.number, misses=found.misses)
    return found


@operation("bookings.ticket.handed_on")
def hand_on(*, by: Actor, at: datetime, ticket: UUID, counter: int) -> Ticket:
    """Hand somebody to another counter (转窗口): she keeps her place in the line, and only that counter calls her."""
    found = _called(ticket, by=by)
    if finding := why_not_counter(counter, counters=found.hall.counters):
        raise CannotCall(finding.sentence, findings=[finding])
    if counter == found.counter:
        raise CannotCall("已经在这个窗口了。")
    found.state, found.for_counter = State.WAITING, counter
    update_row(found, "state", "for_counter")
    record(found, kind="ticket", area=found.area, number=found.number, for_counter=counter)
    return found


@operation("bookings.ticket.finished")
def finish_ticket(*, by: Actor, at: datetime, ticket: UUID) -> Ticket:
    """What she came for is done (办完)."""
    found = _called(ticket, by=by)
    _end(found, State.FINISHED, at=at)
    return found


@operation("bookings.days.closed")
def close_days(*, by: Actor, at: datetime) -> int:
    """Close what still waits of days that are over (收起昨天的号); answers how many. Who was at a counter counts as served."""
    open_rows = Ticket.objects.within(by).filter(day__lt=day_of(at), state__in=(State.WAITING, State.CALLED))
    left = list(open_rows.select_for_update(of=("self",)).order_by("id"))
    if not left:
        unchanged()
        return 0
    for one in left:
        one.ended_at = at if one.called_at is None else one.called_at
        one.state = State.FINISHED if one.state == State.CALLED else State.CLOSED
    Ticket.objects.bulk_update(left, OVER, batch_size=500)
    manifest = [{"ticket": str(one.public_id), "state": str(one.state)} for one in left]
    record_batch(manifest, kind="ticket", area="")
    return len(left)


def _hall_with(counter: int, hall: UUID, *, by: Actor) -> Hall:
    found = get_hall(hall, by=by)
    by.must(SERVE, area=found.area)
    if finding := why_not_counter(counter, counters=found.counters):
        raise CannotCall(finding.sentence, findings=[finding])
    return found


def _called(ticket: UUID, *, by: Actor) -> Ticket:
    """A ticket that is called, locked; for who serves there."""
    found = get_ticket(ticket, by=by, lock=True)
    by.must(SERVE, area=found.area)
    if found.state != State.CALLED:
        raise CannotCall(f"{found.spoken} 号现在是“{found.get_state_display()}”，请看最新的页面。")
    return found


def _called_here(hall: Hall, counter: int, *, by: Actor, at: datetime) -> Ticket | None:
    rows = tickets_on(hall, day_of(at), by=by).filter(state=State.CALLED, counter=counter)
    return rows.select_for_update(of=("self",)).first()


def _call(ticket: Ticket, counter: int, *, by: Actor, at: datetime) -> None:
    ticket.state, ticket.counter, ticket.for_counter = State.CALLED, counter, 0
    ticket.calls, ticket.called_at, ticket.called_by = ticket.calls + 1, at, by.key
    ticket.first_called_at = ticket.first_called_at or at
    try:
        with transaction.atomic():
            update_row(
                ticket,
                "state",
                "counter",
                "for_counter",
                "calls",
                "called_at",
                "called_by",
                "first_called_at",
            )
    except IntegrityError as fault:
        if "ticket_one_at_a_counter" in str(fault):
            raise CounterTaken from fault
        raise
    record(ticket, kind="ticket", area=ticket.area, number=ticket.number, counter=counter)


def _end(ticket: Ticket, state: State, *, at: datetime) -> None:
    ticket.state, ticket.ended_at = state, at
    update_row(ticket, *OVER)
    record(ticket, kind="ticket", area=ticket.area, number=ticket.number, state=str(state))
