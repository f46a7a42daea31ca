"""Counters that press in the same moment, and people who take a number in the same moment."""

import threading

from django.db import connections

from tests.apps.work.bookings.conftest import DAY, at, make_hall
from yimen.foundations.bus.api import act_as
from yimen.work.bookings import api as bookings
from yimen.work.bookings.models import Ticket

COUNTERS = 4


def all_at_once(deeds):
    gate, faults = threading.Barrier(len(deeds)), []

    def work(deed):
        gate.wait()
        try:
            deed()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_counters_that_press_at_once_never_call_the_same_ticket(committed_db, system):
    with act_as(system, on=DAY):
        hall = make_hall(system, moment=at(7), counters=COUNTERS).public_id
        for minute in range(COUNTERS * 5):
            bookings.take_ticket(by=system, at=at(9, minute), hall=hall)
    called = []

    def press(counter):
        def five_times():
            for minute in range(5):
                with act_as(system, on=DAY):
                    found = bookings.call_next(by=system, at=at(10, minute), hall=hall, counter=counter)
                    called.append(found.number)

        return five_times

    all_at_once([press(counter) for counter in range(1, COUNTERS + 1)])
    assert sorted(called) == list(range(1, COUNTERS * 5 + 1))


def test_numbers_taken_at_once_have_no_gap_and_no_double(committed_db, system):
    with act_as(system, on=DAY):
        hall = make_hall(system, moment=at(7)).public_id

    def take():
        for minute in range(6):
            with act_as(system, on=DAY):
                bookings.take_ticket(by=system, at=at(9, minute), hall=hall)

    all_at_once([take] * 4)
    with act_as(system, on=DAY):
        assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 25))


def test_two_who_press_for_one_counter_call_one_each_in_turn_or_the_second_is_told(committed_db, system):
    with act_as(system, on=DAY):
        hall = make_hall(system, moment=at(7)).public_id
        for minute in range(2):
            bookings.take_ticket(by=system, at=at(9, minute), hall=hall)
    told = []

    def press():
        try:
            with act_as(system, on=DAY):
                told.append(bookings.call_next(by=system, at=at(10), hall=hall, counter=1).number)
        except bookings.CounterTaken as refused:
            told.append(refused.code)

    all_at_once([press, press])
    with act_as(system, on=DAY):
        assert Ticket.objects.filter(state="called", counter=1).count() == 1
    called, refused = [[one for one in told if isinstance(one, kind)] for kind in (int, str)]
    assert len(called) == 2 or (len(called) == 1 and refused == ["bookings.counter_taken"])
