"""Times promised at the window: within opening hours, no more than a slot takes, and called in time."""

from datetime import date, time

import pytest

from tests.apps.work.bookings.conftest import DAY, FAR, HERE, at
from yimen.foundations.bus.api import run_pending_jobs
from yimen.kernel.refusals import NotFound, Refused
from yimen.registers.people import api as people
from yimen.work.bookings import api as bookings
from yimen.work.bookings.models import Appointment, Ticket
from yimen.work.ledger.models import Entry

MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 21)


@pytest.fixture
def clerk(make_actor):
    return make_actor("bookings.serve", "people.find", area=HERE)


@pytest.fixture
def residents(acting, system, hall):
    """Some people of the community."""
    with acting(system):
        return [
            people.register_person(by=system, at=at(7), name=name, community=HERE).public_id
            for name in ("王桂英", "李建国", "张敏", "陈芳")
        ]


@pytest.fixture
def book(acting, clerk, hall):
    def one(person, hour=10, minute=0, *, day=DAY, now=(8, 0), **told):
        with acting(clerk):
            return bookings.book(
                by=clerk, at=at(*now), hall=hall, person=person, day=day, begins=time(hour, minute), **told
            )

    return one


@pytest.fixture
def came(acting, clerk):
    def one(appointment, hour, minute=0, *, day=DAY):
        with acting(clerk, on=day):
            return bookings.check_in(
                by=clerk, at=at(hour, minute, day=day), appointment=appointment.public_id
            )

    return one


def test_a_slot_takes_no_more_than_its_share(book, residents):
    book(residents[0])
    book(residents[1])
    with pytest.raises(bookings.SlotFull, match="约满"):
        book(residents[2])
    book(residents[2], 10, 30)


def test_one_person_has_one_time_a_day(book, residents):
    book(residents[0])
    with pytest.raises(bookings.CannotBook, match="这一天已经约过"):
        book(residents[0], 9)
    book(residents[0], day=MONDAY)


def test_one_counter_is_promised_once(book, residents):
    book(residents[0], counter=2)
    with pytest.raises(bookings.SlotFull, match="2 号窗口"):
        book(residents[1], counter=2)
    book(residents[1], counter=1)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"hour": 12}, "不开放"),
        ({"hour": 10, "minute": 10}, "不开放"),
        ({"day": SATURDAY}, "不开放"),
        ({"now": (10, 30)}, "已经过了"),
        ({"day": date(2026, 11, 19)}, "只能约今天起 14 天"),
        ({"day": date(2026, 12, 7)}, "只能约今天起 14 天"),
        ({"counter": 7}, "1 到 3 号窗口"),
    ],
)
def test_no_time_is_promised_that_cannot_be_kept(book, residents, told, why):
    with pytest.raises(bookings.CannotBook, match=why):
        book(residents[0], **told)


def test_a_cancelled_time_is_free_again(book, residents, acting, clerk):
    first = book(residents[0])
    book(residents[1])
    with acting(clerk):
        bookings.cancel_booking(by=clerk, at=at(8, 30), appointment=first.public_id)
    book(residents[2])


def test_who_comes_in_time_is_called_before_those_who_walked_in_within_the_hour(
    book, came, residents, take, call, acting, clerk
):
    promised = book(residents[0], about="生育登记", counter=0)
    early, late = take(8, 50), take(9, 40)
    ticket = came(promised, 9, 55)
    assert (ticket.about, ticket.shown) == ("生育登记", "王*")
    assert [call(1, 10, minute) for minute in (0, 5, 10)] == [early.number, ticket.number, late.number]
    with acting(clerk):
        assert Appointment.objects.get().state == "came"
        assert [one.item for one in Entry.objects.all()] == ["appointment_kept"]


def test_who_comes_long_after_her_time_waits_like_the_others(book, came, residents, take, call):
    promised = book(residents[0])
    walked_in = take(10, 10)
    ticket = came(promised, 10, 20)
    assert [call(1, 10, minute) for minute in (21, 25)] == [walked_in.number, ticket.number]


def test_the_counter_that_was_promised_calls_her_and_no_other(book, came, residents, call):
    ticket = came(book(residents[0], counter=2), 9, 58)
    assert call(1, 10, 0) is None
    assert call(2, 10, 1) == ticket.number


def test_a_time_is_kept_once_and_only_on_its_day(book, came, residents, hall):
    promised = book(residents[0])
    came(promised, 9, 55)
    with pytest.raises(bookings.CannotBook, match="已到"):
        came(promised, 9, 56)
    with pytest.raises(bookings.CannotBook, match="不能取号"):
        came(book(residents[1], day=MONDAY), 9, 57)


def test_who_did_not_come_is_noted_after_midnight(book, residents, acting, system):
    book(residents[0])
    with acting(system, on=MONDAY):
        assert bookings.close_bookings(by=system, at=at(0, 15, day=MONDAY)) == 1
        assert bookings.close_bookings(by=system, at=at(0, 16, day=MONDAY)) == 0
        assert Appointment.objects.get().state == "missed"
        assert [one.item for one in Entry.objects.all()] == ["appointment_missed"]


def test_the_neighbouring_street_sees_no_booking(book, residents, acting, make_actor):
    promised = book(residents[0])
    neighbour = make_actor("bookings.serve", area=FAR)
    with acting(neighbour):
        assert not Appointment.objects.exists()
        assert not Ticket.objects.exists()
        for deed in (bookings.check_in, bookings.cancel_booking):
            with pytest.raises(NotFound):
                deed(by=neighbour, at=at(9), appointment=promised.public_id)


def test_who_may_not_see_a_resident_cannot_book_for_her(hall, acting, make_actor, system):
    with acting(system):
        far = people.register_person(by=system, at=at(7), name="周远", community=FAR).public_id
    clerk = make_actor("bookings.serve", area=HERE)
    with acting(clerk), pytest.raises(Refused):
        bookings.book(by=clerk, at=at(8), hall=hall, person=far, day=DAY, begins=time(10))


def test_when_she_dies_her_times_are_free_and_none_counts_as_missed(book, residents, acting, system):
    to_come = book(residents[0])
    other = book(residents[1])
    with acting(system):
        people.record_death(by=system, at=at(9), person=residents[0], died_on=DAY)
    run_pending_jobs()
    book(residents[2])
    with acting(system, on=MONDAY):
        to_come.refresh_from_db()
        other.refresh_from_db()
        assert (to_come.state, other.state) == ("cancelled", "booked")
        assert bookings.close_bookings(by=system, at=at(0, 15, day=MONDAY)) == 2
