"""Who sees which entries: one's own areas, and everything about a person whose file one may see."""

import pytest

from tests.apps.work.ledger.conftest import FAR, HERE, OTHER_STREET, STREET, THERE, about, do_deed
from yimen.kernel.periods import Month
from yimen.registers.people import api as people
from yimen.registers.people.ports import file_cards, timeline_sources
from yimen.work.ledger import api as ledger
from yimen.work.ledger.models import AreaTally, Delta, Entry, EntryItem, Presence, Tally

NOVEMBER = Month(2026, 11)
PERIOD = {"first": NOVEMBER, "last": NOVEMBER}
CANARY = "第二街道的秘密字样"


@pytest.fixture
def neighbour(items, system, now):
    """A resident of the other street, with an entry made there and one made here."""
    person = people.register_person(by=system, at=now, name="何远山", community=FAR)
    told = ledger.about_person(person.public_id, by=system)
    do_deed(by=system, at=now, area=FAR, about=told, note=CANARY)
    do_deed(by=system, at=now, area=HERE, about=told, note="在东莺社区办的")
    return person


def test_the_second_street_sees_nothing_of_the_first(neighbour, acting, make_actor, system, now):
    do_deed(by=system, at=now, area=HERE, about=about(), note=CANARY)
    ledger.roll_up(by=system, at=now, at_most=1)
    stranger = make_actor("ledger.view", area="330212009")
    ask = [ledger.Ask("x", ("test_visit",))]
    with acting(stranger):
        for model in (Entry, EntryItem, Delta, Tally, AreaTally, Presence):
            assert not model.objects.exists(), f"the database shows {model.__name__} to a stranger"
            assert not model.objects.within(stranger).exists()
        for area in (STREET, OTHER_STREET, "330212"):
            assert ledger.totals(ask, area=area, **PERIOD, by=stranger) == []
            assert ledger.persons(ask, area=area, **PERIOD, by=stranger) == {}


def test_figures_hold_only_what_the_actor_reaches(items, acting, make_actor, system, now):
    for area in (HERE, HERE, THERE, FAR):
        do_deed(by=system, at=now, area=area, about=about())
    ask = [ledger.Ask("x", ("test_visit",))]
    for reach, acts in ((HERE, 2), (STREET, 3), ("330212", 4)):
        actor = make_actor("ledger.view", area=reach)
        with acting(actor):
            found = ledger.totals(ask, area="330212", **PERIOD, by=actor)
            assert sum(one.acts for one in found) == acts
            assert ledger.persons(ask, area="330212", **PERIOD, by=actor)["x", "", None] == acts
            assert ledger.entries(items=["test_visit"], area="330212", **PERIOD, by=actor).count() == acts


def test_a_narrow_actor_within_a_wide_transaction_still_gets_her_own_figures(items, make_actor, system, now):
    do_deed(by=system, at=now, area=HERE, about=about())
    do_deed(by=system, at=now, area=THERE, about=about())
    worker = make_actor("ledger.view", area=HERE)  # the database is told the system acts, the query is not
    ask = [ledger.Ask("x", ("test_visit",))]
    assert [one.acts for one in ledger.totals(ask, area=STREET, **PERIOD, by=worker)] == [1]
    assert ledger.persons(ask, area=STREET, **PERIOD, by=worker)["x", "", None] == 1
    assert ledger.entries(items=["test_visit"], area=STREET, **PERIOD, by=worker).count() == 1


def test_a_persons_own_file_shows_her_entries_of_another_street(neighbour, acting, make_actor):
    worker = make_actor("people.view_file", "people.find", area=OTHER_STREET)
    with acting(worker):
        notes = [entry.note for entry in ledger.entries_of_person([neighbour.public_id], by=worker)]
        assert notes == ["在东莺社区办的", CANARY]
        source = timeline_sources.get("ledger.entries")
        newest = source.newest((neighbour.public_id,), by=worker, limit=5)
        card = file_cards.get("ledger.entries").load(newest, by=worker)
        assert [(line["title"], line["area"]) for line in card["lines"]] == [
            ("上门走访", "东莺社区"),
            ("上门走访", "潜龙社区"),
        ]
        assert [source.deed(row).text for row in newest] == ["在东莺社区办的", CANARY]
        deeds = source.deeds([neighbour.public_id], by=worker, before=None, limit=1)
        later = source.deeds([neighbour.public_id], by=worker, before=(deeds[0].at, deeds[0].order), limit=5)
        assert [deed.text for deed in (*deeds, *later)] == ["在东莺社区办的", CANARY]


def test_the_street_where_a_deed_was_done_sees_that_deed_only(neighbour, acting, make_actor):
    worker = make_actor("people.view_file", "ledger.view", area=STREET)
    with acting(worker):
        found = ledger.entries_of_person([neighbour.public_id], by=worker)
        assert [entry.note for entry in found] == ["在东莺社区办的"]


def test_what_was_taken_back_is_not_told_on_the_file(neighbour, system, now):
    entry = ledger.entries_of_person([neighbour.public_id], by=system).first()
    ledger.take_back_entry(by=system, at=now, entry=entry.public_id, why="重复记录")
    assert [one.note for one in ledger.entries_of_person([neighbour.public_id], by=system)] == [CANARY]
