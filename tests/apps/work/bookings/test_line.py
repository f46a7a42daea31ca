"""The line: numbers without gaps, who is called next, who goes first, who missed her call, who is handed on."""

from datetime import date

import pytest

from tests.apps.work.bookings.conftest import DAY, FAR, at
from yimen.kernel.refusals import NotFound
from yimen.work.bookings import api as bookings
from yimen.work.bookings.models import Hall, Ticket
from yimen.work.bookings.rules import minutes_to_wait

NEXT_DAY = date(2026, 11, 23)


def test_numbers_begin_anew_each_day_and_have_no_gap(take):
    assert [take(9, minute).number for minute in range(4)] == [1, 2, 3, 4]
    assert [take(9, minute, day=NEXT_DAY).number for minute in range(2)] == [1, 2]


def test_whoever_came_first_is_called_first_at_whatever_counter_is_free(take, call):
    for minute in range(4):
        take(9, minute)
    assert [call(counter) for counter in (2, 1, 3)] == [1, 2, 3]
    assert call(2, 10, 5) == 4
    assert call(1, 10, 6) is None


def test_calling_the_next_finishes_whom_the_counter_served(take, call, acting, clerk):
    first, second = take(9), take(9, 1)
    call(1)
    call(1, 10, 8)
    with acting(clerk):
        states = dict(Ticket.objects.within(clerk).values_list("number", "state"))
    assert states == {first.number: "finished", second.number: "called"}


@pytest.mark.parametrize("said", ["elder", "disabled", "soldier"])
def test_who_goes_first_overtakes_those_who_came_within_the_hour_and_nobody_else(take, call, said):
    long_ago, lately = take(8, 40), take(9, 50)
    first = take(10, 0, said=[said])
    assert [call(1, 10, minute) for minute in (1, 2, 3)] == [long_ago.number, first.number, lately.number]


def test_nothing_is_kept_of_why_somebody_goes_first(take, acting, clerk):
    kept = [take(9, said=[said]) for said in ("elder", "disabled", "soldier")]
    with acting(clerk):
        rows = list(Ticket.objects.within(clerk).filter(pk__in=[one.pk for one in kept]).values())
    told = [
        {name: value for name, value in row.items() if name not in ("id", "public_id", "number")}
        for row in rows
    ]
    assert told[0] == told[1] == told[2]
    assert told[0]["goes_first"]


def test_of_a_name_only_the_surname_is_kept_and_nothing_where_the_board_shows_numbers(
    take, acting, system, hall
):
    assert take(9, name="王桂英").shown == "王*"
    with acting(system):
        bookings.change_hall(by=system, at=at(9, 1), hall=hall, counters=3, shows=bookings.Shows.NUMBERS)
    assert take(9, 2, name="王桂英").shown == ""


def test_who_is_not_there_comes_back_behind_three_others_and_the_third_time_her_number_is_over(
    take, call, acting, clerk
):
    gone = take(9)
    for minute in range(1, 6):
        take(9, minute)

    def nobody_came(minute):
        with acting(clerk):
            return bookings.not_there(by=clerk, at=at(10, minute), ticket=gone.public_id)

    assert call(1, 10, 0) == gone.number
    assert nobody_came(1).state == "waiting"
    assert [call(1, 10, minute) for minute in (2, 3, 4, 5)] == [2, 3, 4, gone.number]
    assert nobody_came(6).state == "waiting"
    assert [call(1, 10, minute) for minute in (7, 8, 9)] == [5, 6, gone.number]
    assert nobody_came(10).state == "missed"
    assert call(1, 10, 11) is None


def test_who_is_handed_on_is_called_by_that_counter_alone_and_before_all_others(take, call, acting, clerk):
    moved, other = take(9), take(9, 1)
    call(1)
    with acting(clerk):
        bookings.hand_on(by=clerk, at=at(10, 1), ticket=moved.public_id, counter=3)
    assert call(2, 10, 2) == other.number
    assert call(1, 10, 3) is None
    assert call(3, 10, 4) == moved.number


def test_what_is_not_called_cannot_be_called_again_nor_handed_on(take, acting, clerk):
    waits = take(9)
    with acting(clerk):
        for deed, more in (
            (bookings.call_again, {}),
            (bookings.hand_on, {"counter": 2}),
            (bookings.not_there, {}),
        ):
            with pytest.raises(bookings.CannotCall, match="等候"):
                deed(by=clerk, at=at(9, 5), ticket=waits.public_id, **more)


def test_a_hall_has_only_its_counters(take, call):
    take(9)
    with pytest.raises(bookings.CannotCall, match="1 到 3 号窗口"):
        call(4)


def test_after_midnight_what_still_waits_is_closed_and_the_new_day_begins_with_an_empty_line(
    take, call, acting, clerk, system
):
    served, left = take(11), take(11, 1)
    call(1, 11, 20)
    with acting(system, on=NEXT_DAY):
        assert bookings.close_days(by=system, at=at(0, 15, day=NEXT_DAY)) == 2
        assert bookings.close_days(by=system, at=at(0, 16, day=NEXT_DAY)) == 0
    with acting(clerk):
        states = dict(Ticket.objects.within(clerk).values_list("number", "state"))
    assert states == {served.number: "finished", left.number: "closed"}
    assert call(1, 9, 0, day=NEXT_DAY) is None


def test_the_neighbouring_street_sees_and_calls_nothing(take, acting, make_actor, hall):
    ticket = take(9)
    neighbour = make_actor("bookings.serve", "bookings.keep", area=FAR)
    with acting(neighbour):
        assert not Hall.objects.exists()
        assert not Ticket.objects.exists()
        for deed, told in (
            (bookings.call_next, {"hall": hall, "counter": 1}),
            (bookings.take_ticket, {"hall": hall}),
            (bookings.finish_ticket, {"ticket": ticket.public_id}),
            (bookings.renew_board, {"hall": hall}),
        ):
            with pytest.raises(NotFound):
                deed(by=neighbour, at=at(9, 5), **told)


def test_the_estimate_rounds_up_to_five_minutes_and_says_nothing_while_nobody_calls():
    assert minutes_to_wait(7, counters=2, each=6) == 25
    assert minutes_to_wait(0, counters=2, each=6) == 0
    assert minutes_to_wait(7, counters=0, each=6) is None


def test_figures_tell_waits_that_somebody_had_by_counter_and_for_all(take, call, acting, clerk, hall):
    for minute in range(10):
        take(9, minute)
    for number in range(10):  # called after 10, 11, … 19 minutes, by two counters in turn
        call(1 + number % 2, 9, 10 + 2 * number)
    with acting(clerk):
        found = bookings.get_hall(hall, by=clerk)
        everybody, first, second = bookings.figures(found, DAY, DAY, by=clerk)
    assert (everybody.counter, everybody.tickets, everybody.served) == (None, 10, 8)
    assert (everybody.median, everybody.p90) == (14, 18)
    assert (first.counter, first.tickets, first.median) == (1, 5, 14)
    assert (second.counter, second.tickets, second.p90) == (2, 5, 19)
    assert first.each == second.each == 4
