"""Two at the same moment, and many at once: numbers without gap, nothing doubled, few statements."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.apps.services.archive.conftest import CLERK, KEEPER, LAST
from tests.apps.work.desk.conftest import HOME, ROWS, STREET, on_day
from yimen.foundations.bus.api import act_as
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.services.archive import api as archive
from yimen.work.desk import api as desk


def _together(*deeds):
    """Run the deeds at the same moment, each on a connection of its own; answers what each answered or raised."""
    start, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        start.wait()
        try:
            answers[place] = deed()
        except Exception as refused:
            answers[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


BIRTH = {"stage": "born", "born_on": "2026-01-06", "remember": "yes"}
PAPERS = {"identity": "seen", "promise": "promised"}


def _world(system, clerk, *, count, areas=(HOME,)):
    """Areas, one resident and finished cases, committed; definitions stay, so only what was shipped is used."""
    start = on_day(2026, 1, 5)
    with act_as(system, on=start.date()):
        rows = [places.AreaRow(*row) for row in [*ROWS, (f"{STREET}002", "雅苑社区")]]
        places.import_areas(by=system, at=start, since=date(2015, 1, 1), rows=rows)
        person = people.register_person(
            by=system, at=start, name="王桂英", community=HOME, sex="female"
        ).public_id
    at = on_day(2026, 11, 10)
    with act_as(clerk, on=at.date()):
        for area in areas:
            for _ in range(count):
                asked = desk.Asked("birth_registration", person, BIRTH, papers=PAPERS)
                case = desk.accept_case(by=clerk, at=at, area=area, asked=asked).public_id
                desk.register_case(by=clerk, at=at, case=case)
                desk.deliver_case(by=clerk, at=at, case=case, way="counter", receiver="王桂英")


@pytest.fixture
def both(make_actor):
    clerk = make_actor(*CLERK, area=STREET, name="李窗口")
    return clerk, make_actor(*KEEPER, area=STREET, name="周档案")


def test_two_jobs_two_keepers_and_two_lists_at_once_leave_no_gap_and_double_nothing(
    committed_db, system, both
):
    clerk, keeper = both
    areas = (HOME, f"{STREET}002")
    _world(system, clerk, count=4, areas=areas)

    def making():
        with act_as(system, on=LAST.date()):
            return archive.make_due_lists(by=system, at=LAST)

    assert sorted(_together(making, making, making)) == [0, 0, 8]
    with act_as(clerk, on=LAST.date()):
        handovers = [one.public_id for one in archive.find_lists(by=clerk).order_by("area")]
        for handover in handovers:
            archive.send_list(by=clerk, at=LAST, handover=handover, lines=4)
    with act_as(keeper, on=LAST.date()):
        for handover in handovers:
            archive.tick_rest(by=keeper, at=LAST, handover=handover)

    def signing(handover, key):
        def sign():
            with act_as(keeper, on=LAST.date()):
                return archive.sign_list(by=keeper, at=LAST, handover=handover, request_key=key)

        return sign

    first, second = handovers
    answers = _together(
        signing(first, "a"),
        signing(first, "a"),
        signing(first, "b"),
        signing(second, "c"),
        signing(second, "d"),
    )
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(one, archive.CannotReceive) for one in refused), refused
    assert {one.public_id for one in answers if one not in refused} == set(handovers)
    with act_as(keeper, on=LAST.date()):
        numbers = sorted(file.archive_number for file in archive.find_files(by=keeper))
    assert numbers == [f"2026-{area}-登记-{n:04d}" for area in areas for n in range(1, 5)]


def test_two_who_fill_the_last_places_of_a_box_do_not_overfill_it(committed_db, system, both):
    clerk, keeper = both
    _world(system, clerk, count=4)
    with act_as(clerk, on=LAST.date()):
        archive.make_list(by=clerk, at=LAST, area=HOME)
        handover = archive.find_lists(by=clerk).get().public_id
        archive.send_list(by=clerk, at=LAST, handover=handover, lines=4)
    with act_as(keeper, on=LAST.date()):
        archive.tick_rest(by=keeper, at=LAST, handover=handover)
        archive.sign_list(by=keeper, at=LAST, handover=handover)
        box = archive.make_box(
            by=keeper, at=LAST, area=STREET, label="1", capacity=3, room="库", shelf="架"
        ).public_id
        files = [file.public_id for file in archive.find_files(by=keeper).order_by("id")]

    def putting(some):
        def put():
            with act_as(keeper, on=LAST.date()):
                return archive.put_in_box(by=keeper, at=LAST, box=box, files=some)

        return put

    answers = _together(putting(files[:2]), putting(files[2:]))
    assert [answer for answer in answers if answer == 2] == [2]
    assert [type(answer) for answer in answers if answer != 2] == [archive.CannotPlace]
    with act_as(keeper, on=LAST.date()):
        assert archive.find_files(by=keeper).filter(box__isnull=False).count() == 2


def test_a_long_list_costs_as_many_statements_as_a_short_one(
    acting, clerk, keeper, case, handed_over, month_end
):
    """Making, receiving and signing are written in sets: the number of statements does not grow with the lines."""

    def month(at, count):
        for _ in range(count):
            case(at - timedelta(days=5))
        with CaptureQueriesContext(connection) as made:
            assert month_end(at) == count
        handover = handed_over(at)
        with acting(keeper, on=at.date()), CaptureQueriesContext(connection) as taken:
            archive.tick_rest(by=keeper, at=at, handover=handover)
            archive.sign_list(by=keeper, at=at, handover=handover)
        return len(made), len(taken)

    month(on_day(2026, 9, 30), 1)  # the first run fills the caches
    few = month(on_day(2026, 10, 31), 2)
    many = month(on_day(2026, 11, 30), 12)
    assert many == few
    assert sum(many) < 60, many
