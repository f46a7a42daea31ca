"""`manage.py prove_numbers`: exact while others write, and it names what the owner of the database changed (核对数字)."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from tests.apps.work.ledger.conftest import HERE, THERE, about, do_deed
from tests.apps.work.ledger.test_figures import DAYS, ITEMS, PEOPLE, SYSTEM, committed_items  # noqa: F401
from tests.conftest import NOW, TODAY, _owner
from yimen.foundations.bus.api import act_as
from yimen.work.ledger import api as ledger


def prove(*given):
    out = io.StringIO()
    call_command("prove_numbers", *given, stdout=out)
    return out.getvalue()


def write(number):
    with act_as(SYSTEM, on=TODAY):
        entry = do_deed(
            by=SYSTEM,
            at=NOW,
            items=ITEMS[: 1 + number % 2],
            area=(HERE, THERE)[number % 2],
            happened_on=DAYS[number % 3],
            about=about(PEOPLE[number % 4], sex="female"),
            quantity=1 + number % 3,
        )
    if number % 4 == 0:
        with act_as(SYSTEM, on=TODAY):
            ledger.take_back_entry(by=SYSTEM, at=NOW, entry=entry.public_id, why="核对")


def in_thread(work, wrong):
    def run():
        try:
            work()
        except Exception as error:  # a thread's failure must fail the test
            wrong.append(repr(error))
        finally:
            connection.close()

    return threading.Thread(target=run)


def test_nothing_differs_at_any_moment_while_writers_and_roll_ups_run(committed_items):  # noqa: F811
    wrong, proven, writing = [], [], threading.Event()
    writing.set()

    def roll():
        while writing.is_set():
            with act_as(SYSTEM, on=TODAY):
                ledger.roll_up(by=SYSTEM, at=NOW, at_most=5)

    writers = [
        in_thread(lambda seed=seed: [write(seed + number) for number in range(30)], wrong)
        for seed in range(3)
    ]
    roller = in_thread(roll, wrong)
    for thread in (*writers, roller):
        thread.start()
    while any(thread.is_alive() for thread in writers):
        proven.append(prove("ledger"))
    writing.clear()
    roller.join()
    assert wrong == []
    assert len(proven) > 2 and all("全部相符" in text for text in proven)


OF_ONE = "WHERE id = (SELECT min(id) FROM ledger_entryitem)"


@pytest.mark.parametrize("how", [(), ("--as-app",)], ids=["owner", "app"])
@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("ledger.places", f"UPDATE ledger_entryitem SET area = '330212007009' {OF_ONE}"),
        ("ledger.places", f"UPDATE ledger_entryitem SET month = month - interval '1 month' {OF_ONE}"),
        (
            "ledger.corrections",
            "UPDATE ledger_entry SET quantity = quantity - 1 WHERE corrects_id IS NOT NULL",
        ),
        ("ledger.tallies", "DELETE FROM ledger_delta WHERE id = (SELECT min(id) FROM ledger_delta)"),
        ("ledger.presence", "UPDATE ledger_presence SET acts = acts + 1 WHERE acts > 0"),
        ("ledger.area_tallies", "UPDATE ledger_areatally SET quantity = quantity + 1"),
        ("ledger.heads", "UPDATE ledger_areatally SET year_heads = year_heads + 1"),
        ("ledger.heads", "UPDATE ledger_delta SET month_heads = 0 WHERE month_heads = 1"),
        ("ledger.heads", "UPDATE ledger_delta SET street_month_heads = 0 WHERE street_month_heads = 1"),
        ("ledger.heads", "UPDATE ledger_delta SET street_year_heads = 0 WHERE street_year_heads = 1"),
    ],
)
def test_what_the_owner_changed_is_named_and_the_command_fails(committed_items, key, change, how):  # noqa: F811
    for number in range(6):
        write(number)
        if number == 2:
            with act_as(SYSTEM, on=TODAY):
                ledger.roll_up(by=SYSTEM, at=NOW)
    assert "全部相符" in prove("ledger", *how)
    with _owner(connections["owner"].settings_dict["NAME"]) as owner:
        assert owner.execute(change).rowcount > 0
    with pytest.raises(CommandError, match=f"（{key}）不符"):
        prove("ledger", *how)
    with pytest.raises(CommandError, match=key):
        prove(key, *how)
