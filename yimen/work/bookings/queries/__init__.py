"""Reads of the queue: halls, who waits and where, the board, and what came of a day or a month."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.work.bookings.choices import State
from yimen.work.bookings.engine.practice import practice
from yimen.work.bookings.engine.words import board_words, word_hash
from yimen.work.bookings.models import DayNumbers, Hall, Ticket
from yimen.work.bookings.permissions import KEEP, SERVE
from yimen.work.bookings.rules import minutes_to_wait

ON_BOARD = 6
ENOUGH = 5


class NoHall(NotFound):
    code = "bookings.no_hall"
    sentence = "没有这个叫号大厅，或不在您的范围内。"


class NoTicket(NotFound):
    code = "bookings.no_ticket"
    sentence = "没有这张号票，或不在您的范围内。"


@dataclass(frozen=True)
class Standing:
    """How the line stands (排队情况): how many wait and work, what one takes, and about how long a newcomer waits."""

    waiting: int
    counters: int
    each: float
    minutes: int | None


@dataclass(frozen=True)
class Figures:
    """What came of the tickets of one counter, or of all together where ``counter`` is None (叫号统计).

    Waiting and serving times are in minutes, None where nobody was called; a percentile is a time that somebody waited.
    """

    counter: int | None
    tickets: int
    served: int
    missed: int
    unreached: int
    median: float | None
    p90: float | None
    each: float | None


def halls(*, by: Actor) -> QuerySet[Hall]:
    """The halls within reach (叫号大厅), for who works in them."""
    if not (by.can_somewhere(SERVE) or by.can_somewhere(KEEP)):
        return Hall.objects.none()
    return Hall.objects.within(by).order_by("area", "id")


def get_hall(public_id: UUID, *, by: Actor) -> Hall:
    """One hall within reach."""
    found = Hall.objects.within(by).filter(public_id=public_id).first()
    if found is None:
        raise NoHall
    return found


def get_ticket(public_id: UUID, *, by: Actor, lock: bool = False) -> Ticket:
    """One ticket within reach, with its hall."""
    rows = Ticket.objects.within(by).select_related("hall")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NoTicket
    return found


def tickets_on(hall: Hall, day: date, *, by: Actor) -> QuerySet[Ticket]:
    """The tickets of a hall on a day (当日号票)."""
    return Ticket.objects.within(by).filter(hall=hall, day=day)


def in_line(hall: Hall, day: date, *, by: Actor) -> QuerySet[Ticket]:
    """Who waits, in the order in which they are called (等候队列)."""
    return tickets_on(hall, day, by=by).filter(state=State.WAITING).order_by("place", "number")


def at_counter(hall: Hall, day: date, counter: int, *, by: Actor) -> Ticket | None:
    """Whose turn it is at a counter (正在办理)."""
    return tickets_on(hall, day, by=by).filter(state=State.CALLED, counter=counter).first()


def at_counters(hall: Hall, day: date, *, by: Actor) -> list[Ticket]:
    """Whose turn it is, by counter (各窗口正在办理)."""
    return list(tickets_on(hall, day, by=by).filter(state=State.CALLED).order_by("counter"))


def standing(hall: Hall, *, by: Actor, on: date) -> Standing:
    """How the line stands now (排队情况). One takes as long as those served today took, in the middle."""
    counted = tickets_on(hall, on, by=by).aggregate(
        waiting=Count("id", filter=Q(state=State.WAITING)),
        counters=Count("counter", filter=Q(state=State.CALLED)),
    )
    each = _each(hall, on=on)
    return Standing(
        waiting=counted["waiting"],
        counters=counted["counters"],
        each=each,
        minutes=minutes_to_wait(counted["waiting"], counters=counted["counters"], each=each),
    )


def ahead_of(ticket: Ticket, *, by: Actor) -> int:
    """How many are called before her (前面还有几位)."""
    before = Q(place__lt=ticket.place) | Q(place=ticket.place, number__lt=ticket.number)
    return in_line(ticket.hall, ticket.day, by=by).filter(before).count()


def board_address(hall: Hall) -> str:
    """The word in the address of the board that is in force (叫号屏口令)."""
    words = board_words(hall.public_id, hall.board_edition)
    return next((word for word in words if word_hash(word) == hall.board_hash), words[0])


def hall_of_board(word: str, *, by: Actor) -> Hall | None:
    """The hall whose board this word opens, or None."""
    return Hall.objects.within(by).filter(board_hash=word_hash(word)).first()


def on_board(hall: Hall, day: date, *, by: Actor) -> dict[str, Any]:
    """What hangs in the hall (叫号屏): who was called last and where, whose numbers come next, how many wait."""
    rows = tickets_on(hall, day, by=by)
    called = list(rows.filter(state=State.CALLED).order_by("-called_at", "-id")[:ON_BOARD])
    waiting = in_line(hall, day, by=by)
    return {
        "called": called,
        "next": list(waiting.filter(for_counter=0)[:ON_BOARD]),
        "waiting": waiting.count(),
    }


def figures(hall: Hall, first: date, last: date, *, by: Actor) -> list[Figures]:
    """What came of the tickets of these days (叫号统计): one line for each counter, and one for all, first; one statement."""
    if not Hall.objects.within(by).filter(pk=hall.pk).exists():
        raise NoHall
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [hall.pk, first, last])
        rows = cursor.fetchall()
    return [Figures(*row) for row in rows if row[0] is not None or row[1]]


def live_in(area: str) -> QuerySet[Hall]:
    """The halls of an area that ends (本辖区的叫号大厅)."""
    return Hall.objects.filter(area=area)


def tickets_in(area: str) -> QuerySet[Ticket]:
    """The tickets of an area that ends (本辖区的号票)."""
    return Ticket.objects.filter(area=area)


def days_in(area: str) -> QuerySet[DayNumbers]:
    """The numbers of days of an area that ends (本辖区的号序)."""
    return DayNumbers.objects.filter(area=area)


def taken_before(before: date, *, by: Actor) -> QuerySet[Ticket]:
    """Tickets of days long over (早已过去的号票)."""
    return Ticket.objects.within(by).filter(day__lt=before).exclude(state__in=(State.WAITING, State.CALLED))


def _each(hall: Hall, *, on: date) -> float:
    with connection.cursor() as cursor:
        cursor.execute(_EACH, [hall.pk, on])
        served, middle = cursor.fetchone()
    return float(middle) if served >= ENOUGH else float(practice(on=on).minutes_each)


def now_in_words(minutes: int | None, *, waiting: int) -> str:
    """The estimate as it is said (预计等候): honest where nobody calls."""
    if not waiting:
        return "现在不用等"
    return f"大约等 {minutes} 分钟" if minutes is not None else "还没有窗口在叫号，叫号后再估计"


_EACH = """
SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - called_at) / 60)
FROM bookings_ticket WHERE hall_id = %s AND day = %s AND state = 'finished'
"""
_WAITED = "extract(epoch FROM first_called_at - waits_from) / 60"
_FIGURES = f"""
SELECT counter, count(*), count(*) FILTER (WHERE state = 'finished'), count(*) FILTER (WHERE state = 'missed'),
  count(*) FILTER (WHERE state = 'closed'),
  percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest({_WAITED}, 0)) FILTER (WHERE first_called_at IS NOT NULL),
  percentile_disc(0.9) WITHIN GROUP (ORDER BY greatest({_WAITED}, 0)) FILTER (WHERE first_called_at IS NOT NULL),
  percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - called_at) / 60)
    FILTER (WHERE state = 'finished' AND ended_at > called_at)
FROM bookings_ticket WHERE hall_id = %s AND day BETWEEN %s AND %s
GROUP BY GROUPING SETS ((), (counter)) HAVING grouping(counter) = 1 OR counter IS NOT NULL
ORDER BY grouping(counter) DESC, counter
"""  # nosec B608 - only our own words
