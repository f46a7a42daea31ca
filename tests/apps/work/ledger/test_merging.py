"""One who had two files is one person in every number of persons, from the merge on and until it is undone (并档)."""

import threading

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.apps.work.ledger.conftest import AREAS, FAR, HERE, STREET, THERE, about, do_deed
from tests.apps.work.ledger.test_figures import (
    DAYS,
    ITEMS,
    PERIOD,
    SYSTEM,
    YEARS,
    LedgerInAnyOrder,
    committed_items,  # noqa: F401
)
from tests.conftest import NOW, TODAY, _owner
from yimen.foundations.audit.api import operation, prove, record_batch
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.ledger import api as ledger
from yimen.work.ledger.engine.many import write_entries
from yimen.work.ledger.engine.rows import entry_of
from yimen.work.ledger.models import Entry, Presence

VISIT = [ledger.Ask("visit", ("test_visit",))]


def register(*communities):
    return [
        people.register_person(by=SYSTEM, at=NOW, name="王桂英", community=community).public_id
        for community in communities
    ]


def merge(keep, alias, by=SYSTEM):
    people.merge_people(by=by, at=NOW, keep=keep, alias=alias, reason="同一人")


def part(alias, by=SYSTEM):
    people.undo_merge(by=by, at=NOW, alias=alias, reason="是姐妹")


def proven():
    with connection.cursor() as cursor:
        found = {one.key: one.found for one in prove(cursor, only=["ledger"])}
    return {key: one.examples for key, one in found.items() if one.different}


def heads(area=STREET, by=SYSTEM, year=YEARS[1]):
    """Kept numbers of the year and counted ones, which must agree."""
    kept = ledger.persons(VISIT, area=area, **year, by=by)
    two = [ledger.Ask("visit", ("test_visit", "test_nothing"))]
    assert ledger.persons(two, area=area, **year, by=by) == kept
    return kept


class LedgerOfMergedFiles(LedgerInAnyOrder):
    """Deeds, corrections and roll-ups as before, and merges and undoings between them: persons are those the files mean."""

    people: list = []

    def __init__(self):
        super().__init__()
        self.merged = {}

    def means(self, person):
        return self.merged.get(person, person)

    @rule(keep=st.integers(0, 3), alias=st.integers(0, 3))
    def merge(self, keep, alias):
        keep, alias = self.people[keep], self.people[alias]
        # A file that keeps others is not put into a third one: so there is one step from any file to the one that answers.
        free = keep != alias and not {keep, alias} & set(self.merged) and alias not in self.merged.values()
        try:
            merge(keep, alias)
            done = True
        except Refused:
            done = False
        assert done == free
        if done:
            self.merged[alias] = keep

    @rule(alias=st.integers(0, 3))
    def undo(self, alias):
        alias = self.people[alias]
        if self.merged.pop(alias, None):
            part(alias)

    def teardown(self):
        try:
            assert proven() == {}
        finally:
            super().teardown()


def test_persons_are_exact_after_any_order_of_deeds_corrections_roll_ups_merges_and_undoings(items):
    LedgerOfMergedFiles.people = register(HERE, HERE, THERE, FAR)
    run_state_machine_as_test(
        LedgerOfMergedFiles,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_who_was_visited_under_two_names_of_files_is_one_person_and_two_again_when_it_is_undone(items):
    one, other = register(HERE, THERE)
    do_deed(by=SYSTEM, at=NOW, about=about(one), area=HERE, happened_on=DAYS[0])
    wrong = do_deed(by=SYSTEM, at=NOW, about=about(other), area=HERE, happened_on=DAYS[0])
    do_deed(by=SYSTEM, at=NOW, about=about(other), area=THERE, happened_on=DAYS[1])
    ledger.roll_up(by=SYSTEM, at=NOW)
    told = ledger.totals(VISIT, **PERIOD, by=SYSTEM)
    before, entries = heads(), list(Entry.objects.order_by("id").values())
    assert (before["visit", "", None], before["visit", HERE, None], before["visit", THERE, None]) == (2, 2, 1)
    merge(one, other)
    after = heads()
    assert (after["visit", "", None], after["visit", HERE, None], after["visit", THERE, None]) == (1, 1, 1)
    assert ledger.totals(VISIT, **PERIOD, by=SYSTEM) == told
    behind = ledger.persons_behind(items=("test_visit",), area=STREET, **YEARS[1], by=SYSTEM)
    assert [(row.person, row.times) for row in behind] == [(one, 3)]
    assert not Presence.objects.filter(person=other).exists()
    part(other)
    assert heads() == before
    assert list(Entry.objects.order_by("id").values()) == entries
    # A deed that is taken back after all that names the file it was written for.
    merge(one, other)
    ledger.take_back_entry(by=SYSTEM, at=NOW, entry=wrong.public_id, why="核对")
    assert heads()["visit", HERE, None] == 1
    part(other)
    assert heads()["visit", HERE, None] == 1
    assert proven() == {}


def test_a_deed_for_the_file_that_was_put_away_counts_for_the_kept_one_and_goes_with_it_at_the_undoing(items):
    one, other = register(HERE, HERE)
    merge(one, other)
    do_deed(by=SYSTEM, at=NOW, about=about(other), happened_on=DAYS[1])
    do_deed(by=SYSTEM, at=NOW, about=about(one), happened_on=DAYS[1])
    assert heads()["visit", "", None] == 1
    part(other)
    assert heads()["visit", "", None] == 2
    assert proven() == {}


def test_a_merge_in_one_street_counts_what_was_done_for_her_in_the_other(items):
    one, other = register(HERE, HERE)
    for area in (HERE, FAR):
        for person in (one, other):
            do_deed(by=SYSTEM, at=NOW, about=about(person), area=area, happened_on=DAYS[1])
    chief = system_actor("tests", areas=(STREET,))
    with act_as(chief, on=TODAY):
        merge(one, other, by=chief)
    assert heads(FAR[:9])["visit", "", None] == heads(FAR)["visit", "", None] == 1
    with act_as(chief, on=TODAY):
        part(other, by=chief)
    assert heads(FAR[:9])["visit", "", None] == heads(STREET)["visit", "", None] == 2
    assert proven() == {}


@operation("tests.sheet.written")
def write_many(*, by, at, people_named):
    """Old books that name both files in one sheet."""
    entries = [
        entry_of(
            by=by,
            at=at,
            items=("test_visit",),
            happened_on=DAYS[number % 3],
            area=HERE,
            source_kind=ledger.SourceKind.IMPORT,
            about=about(person),
        )
        for number, person in enumerate(people_named)
    ]
    write_entries(entries, ["test_visit"] * len(entries))
    record_batch([{"entry": str(one.public_id)} for one in entries], kind="entry", area=HERE)


def test_a_sheet_that_names_both_files_counts_one_person(items):
    one, other, third = register(HERE, HERE, HERE)
    merge(one, other)
    write_many(by=SYSTEM, at=NOW, people_named=[other, one, third, other, one, other])
    assert heads()["visit", "", None] == 2
    part(other)
    assert heads()["visit", "", None] == 3
    assert proven() == {}


@pytest.fixture
def committed_files(committed_items):  # noqa: F811
    with act_as(SYSTEM, on=TODAY):
        rows = [places.AreaRow(*row) for row in AREAS]
        places.import_areas(by=SYSTEM, at=NOW, since=TODAY.replace(year=2015), rows=rows)
        return register(HERE, HERE, THERE)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_presence SET person = (SELECT min(entry.person::text)::uuid FROM ledger_entry AS entry)",
        "UPDATE people_alias SET undone_at = merged_at",
    ],
    ids=["presence back under the other file", "a merge that is gone"],
)
def test_presence_that_does_not_follow_the_merges_is_told(committed_files, change):
    one, other, _ = committed_files
    with act_as(SYSTEM, on=TODAY):
        do_deed(by=SYSTEM, at=NOW, about=about(other))
    with act_as(SYSTEM, on=TODAY):
        merge(one, other)
    with act_as(SYSTEM, on=TODAY):
        assert proven() == {}
    with _owner(connections["owner"].settings_dict["NAME"]) as owner:
        assert owner.execute(change).rowcount == 1
    with act_as(SYSTEM, on=TODAY):
        assert "ledger.presence" in proven()


def test_numbers_stay_exact_while_deeds_merges_and_roll_ups_run_at_once(committed_files):
    one, other, third = committed_files
    wrong, writing = [], threading.Event()
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
            for number in range(25):
                with act_as(SYSTEM, on=TODAY):
                    entry = do_deed(
                        by=SYSTEM,
                        at=NOW,
                        items=ITEMS[: 1 + number % 2],
                        area=(HERE, THERE)[number % 2],
                        happened_on=DAYS[number % 3],
                        about=about((other, one, other, third)[(seed + number) % 4]),
                    )
                if number % 3 == 0:
                    with act_as(SYSTEM, on=TODAY):
                        ledger.take_back_entry(by=SYSTEM, at=NOW, entry=entry.public_id, why="核对")

        return work

    def sheets():
        for _ in range(6):
            with act_as(SYSTEM, on=TODAY):
                write_many(by=SYSTEM, at=NOW, people_named=[other, third, other])

    def merges():
        while writing.is_set():
            for alias in (other, third):
                with act_as(SYSTEM, on=TODAY):
                    merge(one, alias)
            for alias in (other, third):
                with act_as(SYSTEM, on=TODAY):
                    part(alias)

    def roll():
        while writing.is_set():
            with act_as(SYSTEM, on=TODAY):
                ledger.roll_up(by=SYSTEM, at=NOW, at_most=5)

    writers = [in_thread(work) for work in (write(0), write(1), sheets)]
    others = [in_thread(merges), in_thread(roll)]
    for thread in [*writers, *others]:
        thread.start()
    for thread in writers:
        thread.join()
    writing.clear()
    for thread in others:
        thread.join()
    assert wrong == []
    with act_as(SYSTEM, on=TODAY):
        assert proven() == {}
