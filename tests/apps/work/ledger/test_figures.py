"""Figures are exact at every moment: in any order of deeds, corrections and roll-ups, and while all run at once."""

import threading
import time
from collections import Counter
from datetime import date

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.apps.work.ledger.conftest import FAR, HERE, STREET, THERE, about, do_deed, write_items
from tests.conftest import NOW, TODAY, _owner
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import sync_definitions
from yimen.kernel.actor import system_actor
from yimen.kernel.ids import uuid7
from yimen.kernel.periods import Month
from yimen.work.ledger import api as ledger
from yimen.work.ledger.models import Delta, EntryItem

LAST_YEAR, NOVEMBER = Month(2025, 12), Month(2026, 11)
PERIOD = {"area": "330212", "first": LAST_YEAR, "last": NOVEMBER}
YEARS = [{"first": Month(year, 1), "last": Month(year, 12)} for year in (2025, 2026)]
SYSTEM = system_actor("tests")
ITEMS = ("test_visit", "test_talk")
PEOPLE = [uuid7() for _ in range(4)]
DAYS = [date(2026, 9, 3), date(2026, 10, 4), date(2026, 11, 5), date(2025, 12, 30)]
BIRTHS = [date(1946, 10, 4), date(2001, 1, 1)]


class LedgerInAnyOrder(RuleBasedStateMachine):
    """Record, take back and roll up in any order; after each step every figure equals what a plain list says."""

    entries = Bundle("entries")
    people = PEOPLE

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.standing = {}

    def means(self, person):
        """Who counts when this person is named."""
        return person

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(
        target=entries,
        person=st.sampled_from([None, *range(len(PEOPLE))]),
        items=st.lists(st.sampled_from(ITEMS), min_size=1, max_size=2, unique=True).map(tuple),
        area=st.sampled_from([HERE, THERE, FAR, HERE + "003", STREET]),
        day=st.sampled_from(DAYS),
        born=st.sampled_from(BIRTHS),
        sex=st.sampled_from(["male", "female"]),
        quantity=st.integers(1, 5),
    )
    def record(self, person, items, area, day, born, sex, quantity):
        person = None if person is None else self.people[person]
        told = about(person, sex=sex, birth_on=born) if person else None
        entry = do_deed(
            by=SYSTEM, at=NOW, items=items, area=area, happened_on=day, about=told, quantity=quantity
        )
        self.standing[entry.public_id] = (
            items,
            area[:12],
            Month.of(day),
            quantity,
            person,
            entry.sex,
            entry.age_band,
        )
        return entry.public_id

    @rule(entry=consumes(entries))
    def take_back(self, entry):
        ledger.take_back_entry(by=SYSTEM, at=NOW, entry=entry, why="核对有误")
        del self.standing[entry]

    @rule(at_most=st.integers(1, 4))
    def roll_up(self, at_most):
        ledger.roll_up(by=SYSTEM, at=NOW, at_most=at_most)

    @invariant()
    def totals_are_exact(self):
        acts, quantities = Counter(), Counter()
        for items, area, month, quantity, *_ in self.standing.values():
            for item in items:
                acts[item, area, month] += 1
                quantities[item, area, month] += quantity
        asks = [ledger.Ask(item, (item,)) for item in ITEMS]
        found = ledger.totals(asks, **PERIOD, by=SYSTEM)
        here = [one for year in YEARS for one in ledger.totals(asks, area=STREET, **year, by=SYSTEM)]
        within = {one for one in found if one.area.startswith(STREET)}
        assert {one for one in here if one.acts} == {one for one in within if one.acts}
        # A month whose deeds were all taken back may stand there with 0.
        assert {(one.key, one.area, one.month): one.acts for one in found if one.acts} == dict(acts)
        assert {(one.key, one.area, one.month): one.quantity for one in found if one.quantity} == dict(
            quantities
        )

    @invariant()
    def persons_are_distinct(self):
        women = ledger.Bands(sexes=("female",), age_bands=("80+",))
        asks = [ledger.Ask("all", ITEMS), ledger.Ask("old women", ITEMS, women)]
        wanted = {}
        for _, area, month, _, person, sex, band in self.standing.values():
            for key in ("all", "old women") if (sex, band) == ("female", "80+") else ("all",):
                for cell in ((key, area, month), (key, area, None), (key, "", month), (key, "", None)):
                    wanted.setdefault(cell, set()).update({self.means(person)} if person else ())
        counts = {cell: len(people) for cell, people in wanted.items() if people}
        assert ledger.persons(asks, **PERIOD, by=SYSTEM) == counts

    @invariant()
    def the_kept_persons_of_a_year_are_exact(self):
        asks = [ledger.Ask(item, (item,)) for item in ITEMS]
        worker = system_actor("tests", areas=(HERE,))
        asked = [(SYSTEM, area, area) for area in (STREET, HERE, THERE, FAR)]
        for by, area, reached in [*asked, (worker, STREET, HERE), (worker, "330212", HERE)]:
            for year in YEARS:
                wanted = {}
                for items, place, month, _, person, *_ in self.standing.values():
                    if person and place.startswith(reached) and year["first"] <= month <= year["last"]:
                        for key in items:
                            for cell in (
                                (key, place, month),
                                (key, place, None),
                                (key, "", month),
                                (key, "", None),
                            ):
                                wanted.setdefault(cell, set()).add(self.means(person))
                counts = {cell: len(people) for cell, people in wanted.items()}
                assert ledger.persons(asks, area=area, **year, by=by) == counts
                sums = {cell: count for cell, count in counts.items() if cell[2] is None}
                assert ledger.persons(asks, area=area, **year, by=by, by_month=()) == sums

    @invariant()
    def every_figure_opens_a_list_of_its_length(self):
        for item in ITEMS:
            standing = [row for row in self.standing.values() if item in row[0]]
            assert ledger.entries(items=[item], **PERIOD, by=SYSTEM).count() == len(standing)
            people = {self.means(row[4]) for row in standing if row[4]}
            rows = ledger.persons_behind(items=[item], **PERIOD, by=SYSTEM)
            assert {row.person: row.times for row in rows} == {
                person: sum(self.means(row[4]) == person for row in standing) for person in people
            }
            assert len(rows) == len(people)


def test_figures_are_exact_after_any_order_of_deeds_corrections_and_roll_ups(items):
    run_state_machine_as_test(
        LedgerInAnyOrder,
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_person_who_comes_every_month_to_two_communities_is_one_person(items, system, now):
    her = uuid7()
    for area, day in ((HERE, DAYS[0]), (HERE, DAYS[1]), (THERE, DAYS[1]), (THERE, DAYS[2])):
        do_deed(by=system, at=now, area=area, happened_on=day, about=about(her))
    counted = ledger.persons([ledger.Ask("x", ("test_visit",))], **PERIOD, by=system)
    assert counted["x", "", None] == 1
    assert counted["x", HERE, None] == counted["x", THERE, None] == counted["x", "", Month(2026, 10)] == 1


def test_the_roll_up_empties_the_deltas_and_changes_no_figure(items, system, now):
    for number in range(7):
        do_deed(by=system, at=now, quantity=number + 1)
    asks = [ledger.Ask("x", ("test_visit",))]
    before = ledger.totals(asks, **PERIOD, by=system)
    assert ledger.roll_up(by=system, at=now, at_most=5) == 5
    assert ledger.totals(asks, **PERIOD, by=system) == before
    assert ledger.roll_up(by=system, at=now) == 2 and not Delta.objects.exists()
    assert ledger.totals(asks, **PERIOD, by=system) == before
    assert (before[0].acts, before[0].quantity) == (7, 28)


def test_what_a_roll_up_wrote_that_was_rolled_back_is_not_remembered(items, system, now):
    asks, year = [ledger.Ask("x", ("test_visit",))], {"area": STREET, **YEARS[1]}

    def acts() -> int:
        return sum(one.acts for one in ledger.totals(asks, **year, by=system))

    do_deed(by=system, at=now)
    ledger.roll_up(by=system, at=now)
    assert acts() == 1
    with transaction.atomic():
        do_deed(by=system, at=now)
        ledger.roll_up(by=system, at=now)
        assert acts() == 2
        transaction.set_rollback(True)
    assert acts() == 1


def test_tallies_that_have_not_changed_are_not_read_again(items, system, now, django_assert_num_queries):
    asks, year = [ledger.Ask("x", ("test_visit",))], {"area": STREET, **YEARS[1], "by": system}
    do_deed(by=system, at=now)
    ledger.roll_up(by=system, at=now)
    told = ledger.totals(asks, **year)
    with django_assert_num_queries(1) as asked:
        assert ledger.totals(asks, **year) == told
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {asked[0]['sql']}")
        plan = [line for (line,) in cursor.fetchall()]
    assert [line for line in plan if "on ledger_areatally" in line and "never executed" not in line] == []
    assert [line for line in plan if "on ledger_delta" in line and "never executed" not in line] != []


def test_all_figures_of_a_page_cost_one_statement(items, system, now, django_assert_num_queries):
    do_deed(by=system, at=now, about=about())
    asks = [ledger.Ask(str(number), ITEMS) for number in range(30)]
    with django_assert_num_queries(1):
        assert len(ledger.totals(asks, **PERIOD, by=system)) == 30
    with django_assert_num_queries(1):
        ledger.persons(asks, **PERIOD, by=system)
    with django_assert_num_queries(1):
        ledger.persons(asks[:1], area=STREET, **YEARS[1], by=system)
    with django_assert_num_queries(0):
        assert ledger.totals([], **PERIOD, by=system) == [] and ledger.persons([], **PERIOD, by=system) == {}


WRITERS, DEEDS = 3, 40


@pytest.fixture
def committed_items(committed_db, tmp_path):
    """The items committed for good, and taken out of the definitions again by the owner."""
    from django.conf import settings as site

    write_items(tmp_path)
    before, site.YIMEN_SITE = site.YIMEN_SITE, str(tmp_path)
    with act_as(SYSTEM, on=TODAY):
        sync_definitions(by=SYSTEM, at=NOW, on=TODAY)
    yield
    site.YIMEN_SITE = before
    with _owner(connections["owner"].settings_dict["NAME"]) as owner:
        owner.execute("DELETE FROM definitions_version WHERE key LIKE 'test\\_%'")
        owner.execute(
            "INSERT INTO definitions_generation (public_id, made_by, made_at) VALUES (gen_random_uuid(), 'tests', now())"
        )


def test_readers_see_every_committed_entry_once_while_writers_and_roll_ups_run(committed_items):
    """The property of the ledger: at every read, tallies and deltas together equal the entries committed."""
    started, finished = [], []
    wrong, reads, rolled = [], [], []
    writing = threading.Event()
    writing.set()

    def in_thread(work):
        def run():
            try:
                work()
            except Exception as error:  # a thread's failure must fail the test
                wrong.append(repr(error))
            finally:
                connection.close()

        return threading.Thread(target=run)

    def write(seed):
        def work():
            for number in range(DEEDS):
                pick = seed * 31 + number
                started.append(1)
                with act_as(SYSTEM, on=TODAY):
                    entry = do_deed(
                        by=SYSTEM,
                        at=NOW,
                        items=ITEMS[: 1 + pick % 2],
                        area=(HERE, THERE)[pick % 2],
                        happened_on=DAYS[pick % 3],
                        about=about(PEOPLE[pick % 4]),
                        quantity=1 + pick % 3,
                    )
                finished.append(1)
                if pick % 5 == 0:
                    with act_as(SYSTEM, on=TODAY):
                        ledger.take_back_entry(by=SYSTEM, at=NOW, entry=entry.public_id, why="核对")
                        do_deed(by=SYSTEM, at=NOW, items=ITEMS[: 1 + pick % 2], area=HERE, quantity=1)

        return work

    def roll():
        while writing.is_set():
            with act_as(SYSTEM, on=TODAY):
                rolled.append(ledger.roll_up(by=SYSTEM, at=NOW, at_most=7))

    def read_one_snapshot():
        asks = [ledger.Ask(item, (item,)) for item in ITEMS]
        while writing.is_set():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                with act_as(SYSTEM, on=TODAY):
                    found = ledger.totals(asks, **PERIOD, by=SYSTEM)
                    present = ledger.persons(asks, **PERIOD, by=SYSTEM)
                    kept = ledger.persons(asks, area=STREET, **YEARS[1], by=SYSTEM)
                    truth = list(
                        EntryItem.objects.values_list(
                            "item", "entry__acts", "entry__quantity", "entry__person"
                        )
                    )
            for item in ITEMS:
                entries = [row[1:] for row in truth if row[0] == item]
                acts = sum(one.acts for one in found if one.key == item)
                quantity = sum(one.quantity for one in found if one.key == item)
                here = Counter()
                for act, _, person in entries:
                    here[person] += act
                people = sum(1 for person, count in here.items() if person and count > 0)
                if (acts, quantity) != (sum(row[0] for row in entries), sum(row[1] for row in entries)):
                    wrong.append(f"{item}: {acts}/{quantity} but entries say otherwise")
                if present.get((item, "", None), 0) != people:
                    wrong.append(f"{item}: {present.get((item, '', None), 0)} persons, not {people}")
                if kept.get((item, "", None), 0) != people:
                    wrong.append(f"{item}: {kept.get((item, '', None), 0)} persons are kept, not {people}")
            reads.append(len(truth))

    def read_committed():
        asks = [ledger.Ask("x", ("test_visit",))]
        while writing.is_set():
            least = len(finished)
            with act_as(SYSTEM, on=TODAY):
                seen = sum(one.acts for one in ledger.totals(asks, **PERIOD, by=SYSTEM))
            if not least <= seen <= len(started):
                wrong.append(f"{least} <= {seen} <= {len(started)} does not hold")

    others = [in_thread(roll), in_thread(read_one_snapshot), in_thread(read_committed)]
    writers = [in_thread(write(seed)) for seed in range(WRITERS)]
    for thread in [*others, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    time.sleep(0.05)
    writing.clear()
    for thread in others:
        thread.join()
    assert wrong == []
    assert len(finished) == WRITERS * DEEDS
    assert len(set(reads)) > 5 and sum(rolled) > 0
    with act_as(SYSTEM, on=TODAY):
        asks = [ledger.Ask("x", ("test_visit",))]
        assert sum(one.acts for one in ledger.totals(asks, **PERIOD, by=SYSTEM)) == WRITERS * DEEDS
