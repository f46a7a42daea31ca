"""Entries are recorded once, corrected only by a further entry, and refused in sentences."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from tests.apps.work.ledger.conftest import FAR, HERE, STREET, about, do_deed
from yimen.foundations.audit.api import NotInner, trail_of
from yimen.foundations.definitions.api import NoDefinition
from yimen.kernel.ids import uuid7
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotAllowed
from yimen.work.ledger import api as ledger
from yimen.work.ledger.models import Entry, EntryItem
from yimen.work.ledger.permissions import CORRECT

NOVEMBER = Month(2026, 11)


def acts(by, *items, area=STREET, month=NOVEMBER):
    asks = [ledger.Ask("x", items or ("test_visit",))]
    return sum(one.acts for one in ledger.totals(asks, area=area, first=month, last=month, by=by))


def test_an_entry_keeps_what_figures_may_ask(items, system, now):
    person, household, case = uuid7(), uuid7(), uuid7()
    told = about(person, sex="female", birth_on=date(1950, 11, 20), residence="local", household=household)
    entry = do_deed(by=system, at=now, about=told, source=case, quantity=2, note="送药上门")
    entry.refresh_from_db()
    assert (entry.item, entry.quantity, entry.unit, entry.acts) == ("test_visit", 2, "次", 1)
    assert (entry.person, entry.sex, entry.age_band, entry.residence) == (person, "female", "65-79", "local")
    assert (entry.household, entry.source, entry.source_kind) == (household, case, "case")
    assert (entry.area, entry.street, entry.done_by, entry.done_by_name) == (
        HERE, STREET, system.key, system.name,
    )  # fmt: skip
    assert not entry.backdated and entry.recorded_at == now


def test_an_entry_leaves_a_trail_row(items, system, now):
    entry = do_deed(by=system, at=now)
    assert [row.verb for row in trail_of(entry.public_id, by=system)] == ["tests.deed.done"]


def test_a_late_entry_keeps_both_dates_and_counts_in_the_month_of_the_deed(items, system, now):
    entry = do_deed(by=system, at=now, happened_on=date(2026, 10, 30))
    assert entry.backdated and entry.happened_on == date(2026, 10, 30)
    assert acts(system, month=Month(2026, 10)) == 1 and acts(system) == 0


def test_one_deed_may_count_for_several_items(items, system, now):
    do_deed(by=system, at=now, items=("test_visit", "test_talk"))
    assert acts(system, "test_visit") == acts(system, "test_talk") == 1
    assert Entry.objects.count() == 1 and EntryItem.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"happened_on": date(2026, 11, 21)}, "还没到"),
        ({"quantity": 0}, "数量"),
        ({"items": ()}, "台账项目"),
        ({"items": ("test_visit", "test_visit")}, "不能重复"),
    ],
)
def test_what_cannot_have_happened_is_refused_with_its_reason(items, system, now, told, word):
    with pytest.raises(ledger.CannotRecord, match=word):
        do_deed(by=system, at=now, **told)
    assert not Entry.objects.exists()


def test_an_item_nobody_defined_is_refused(items, system, now):
    with pytest.raises(NoDefinition, match="test_visits"):
        do_deed(by=system, at=now, items=("test_visits",))


def test_an_entry_is_made_inside_a_deed_only(items, system, now, today):
    with pytest.raises(NotInner):
        ledger.record_entry(
            by=system, at=now, items=("test_visit",), happened_on=today, area=HERE, source_kind="alone"
        )


def test_taking_back_leaves_both_entries_and_no_figure(items, system, now):
    entry = do_deed(by=system, at=now, about=about(sex="male"), quantity=3)
    back = ledger.take_back_entry(
        by=system, at=now + timedelta(days=1), entry=entry.public_id, why="记错了人"
    )
    assert (back.acts, back.quantity, back.corrects_id, back.note) == (-1, -3, entry.id, "记错了人")
    assert (back.happened_on, back.sex, back.person) == (entry.happened_on, "male", entry.person)
    assert acts(system) == 0 and Entry.objects.count() == 2
    asks = [ledger.Ask("x", ("test_visit",))]
    assert ledger.persons(asks, area=STREET, first=NOVEMBER, last=NOVEMBER, by=system) == {}


def test_an_entry_is_taken_back_once_with_a_reason(items, system, now):
    entry = do_deed(by=system, at=now)
    with pytest.raises(ledger.CannotRecord, match="原因"):
        ledger.take_back_entry(by=system, at=now, entry=entry.public_id, why=" ")
    back = ledger.take_back_entry(by=system, at=now, entry=entry.public_id, why="重复")
    with pytest.raises(ledger.AlreadyTakenBack, match="更正过"):
        ledger.take_back_entry(by=system, at=now, entry=entry.public_id, why="再来")
    with pytest.raises(ledger.NoEntry):
        ledger.take_back_entry(by=system, at=now, entry=back.public_id, why="冲销冲销")


def test_only_who_may_correct_here_takes_back(items, system, acting, make_actor, now):
    entry = do_deed(by=system, at=now)
    looker, neighbour = make_actor("ledger.view"), make_actor(CORRECT, area="330212007002")
    corrector, stranger = make_actor(CORRECT, area=HERE), make_actor(CORRECT, area=FAR)
    for actor, refusal in ((looker, NotAllowed), (neighbour, ledger.NoEntry), (stranger, ledger.NoEntry)):
        with acting(actor), pytest.raises(refusal):
            ledger.take_back_entry(by=actor, at=now, entry=entry.public_id, why="不对")
    with acting(corrector):
        assert ledger.take_back_entry(by=corrector, at=now, entry=entry.public_id, why="不对").acts == -1


@pytest.mark.parametrize("change", [{"quantity": 5}, {"note": "改一改"}])
def test_the_database_itself_lets_nobody_change_an_entry(items, system, now, change):
    entry = do_deed(by=system, at=now)

    def tamper():
        # Even inside an operation the application's role may only append here.
        Entry.objects.filter(pk=entry.pk).update(**change)

    from yimen.foundations.audit.api import operation, unchanged

    @operation("tests.ledger.tampered")
    def tampering(*, by, at):
        unchanged()
        tamper()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        tampering(by=system, at=now)
