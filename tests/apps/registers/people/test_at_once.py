"""One family, worked on at several windows at once: copies, keys and figures follow all the same (同时办理)."""

import random
import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from tests.apps.registers.people.conftest import FAR, HOME, NEXT_DOOR, ROWS, SINCE
from tests.conftest import NOW, TODAY
from yimen.foundations.audit.api import prove
from yimen.foundations.bus.api import act_as
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.registers.people import api as people
from yimen.registers.places import api as places

SYSTEM = system_actor("tests")
WINDOWS, DEEDS = 4, 14


@pytest.fixture
def family(committed_db):
    """A householder with three at home, and a couple next door."""
    with act_as(SYSTEM, on=TODAY):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=SYSTEM, at=NOW, since=SINCE, rows=rows)
        made = []
        for number, name in enumerate(["王建国", "李秀英", "王小明", "王小红", "陈志强", "周桂兰"]):
            told = {"role": "02"} if number in (0, 4) else {}
            made.append(
                people.register_person(
                    by=SYSTEM, at=NOW, name=name, community=HOME if number < 4 else NEXT_DOOR, sex="male",
                    birth_on=date(1950 + 9 * number, 2, 28), phone=f"1380000123{number}", hukou=HOME, since=date(2026, 3, 1),
                    **told,
                )
            )  # fmt: skip
        for member, head in ((1, 0), (2, 0), (3, 0), (5, 4)):
            house = people.household_of(made[head].public_id, by=SYSTEM)
            people.join_household(
                by=SYSTEM, at=NOW, on=date(2026, 3, 2), person=made[member].public_id, household=house, role="20"
            )  # fmt: skip
    return [one.public_id for one in made]


def deed(dice, family):
    """One deed of a window, chosen by chance."""
    her, on = dice.choice(family), date(2026, 10, 1) + timedelta(dice.randint(0, 50))
    match dice.randint(0, 5):
        case 0:
            name = dice.choice(["王建军", "王建民", "李淑英"])
            people.correct_person(by=SYSTEM, at=NOW, person=her, name=name, reason="户口簿")
        case 1:
            people.move_person(
                by=SYSTEM, at=NOW, person=her, on=on, community=dice.choice([HOME, NEXT_DOOR, FAR])
            )
        case 2:
            house = people.household_of(dice.choice(family), by=SYSTEM)
            role = dice.choice(["02", "20"])
            if house:
                people.join_household(by=SYSTEM, at=NOW, on=TODAY, person=her, household=house, role=role)
        case 3:
            people.correct_person(by=SYSTEM, at=NOW, person=her, phone=f"1390000{dice.randint(1000, 9999)}")
        case 4:
            people.leave_household(by=SYSTEM, at=NOW, on=TODAY, person=her)
        case 5:
            people.found_household(by=SYSTEM, at=NOW, on=TODAY, householder=her)


@pytest.mark.parametrize("seed", range(3))
def test_several_windows_at_one_family_leave_no_copy_key_or_figure_behind(family, seed):
    wrong, done, refused = [], [], []
    gate = threading.Barrier(WINDOWS)

    def window(number):
        dice = random.Random(f"{seed} {number}")
        try:
            gate.wait()
            for _ in range(DEEDS):
                try:
                    with act_as(SYSTEM, on=TODAY):
                        deed(dice, family)
                    done.append(1)
                except Refused as refusal:
                    refused.append(repr(refusal))
                if number == 0:
                    with act_as(SYSTEM, on=TODAY):
                        people.roll_up_population(by=SYSTEM, at=NOW)
        except Exception as error:  # a thread's failure must fail the test
            wrong.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=window, args=[number]) for number in range(WINDOWS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with act_as(SYSTEM, on=TODAY), connection.cursor() as cursor:
        found = {one.key: one.found for one in prove(cursor, only=["people"])}
    assert wrong == []
    assert {key: one.different for key, one in found.items() if one.different} == {}
    assert len(done) > WINDOWS * DEEDS // 3, refused


def test_a_householder_who_steps_down_in_her_own_household_leaves_her_name_on_no_file(family):
    with act_as(SYSTEM, on=TODAY):
        house = people.household_of(family[0], by=SYSTEM)
        people.join_household(by=SYSTEM, at=NOW, on=TODAY, person=family[0], household=house, role="20")
        with connection.cursor() as cursor:
            found = {one.key: one.found for one in prove(cursor, only=["people"])}
    assert {key: one.different for key, one in found.items() if one.different} == {}
