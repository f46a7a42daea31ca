"""What the auditor reads: the trail and the looks of her areas, the seals, and the moment a row was written."""

from dataclasses import replace
from datetime import timedelta

import pytest

from yimen.foundations.audit.api import (
    VIEW_TRAIL,
    audited_looks,
    audited_trail,
    heads_by_day,
    looks_at,
    operation,
    record,
    record_look,
    seal_state,
    seal_trail,
    seals_of,
    written_at,
)
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed

HERE, THERE = "330212007001", "330212008001"


@operation("tests.lamp.mended")
def mend_lamp(*, by, at, area):
    record(uuid7(), kind="lamp", area=area)


def test_the_auditor_reads_the_trail_and_the_looks_of_her_own_areas_only(acting, make_actor, now, system):
    auditor = make_actor(VIEW_TRAIL, area="330212007")
    with acting(system):
        for area in (HERE, THERE):
            mend_lamp(by=system, at=now, area=area)
            record_look(by=system, at=now, subject=uuid7(), area=area, why="窗口办事")
    with acting(auditor):
        assert {row.area for row in audited_trail(by=auditor)} == {HERE}
        assert {look.area for look in audited_looks(by=auditor)} == {HERE}


@pytest.mark.parametrize("query", [audited_trail, audited_looks])
def test_whoever_audits_nowhere_is_refused(acting, make_actor, query):
    clerk = make_actor("people.find")
    with acting(clerk), pytest.raises(NotAllowed):
        query(by=clerk)


def test_a_row_says_when_the_server_wrote_it_and_which_seal_covers_it(acting, now, system):
    with acting(system):
        seal_trail(by=system, at=now)
        mend_lamp(by=system, at=now - timedelta(days=300), area=HERE)
        row = audited_trail(by=system).first()
        assert seals_of([row]) == {}
        assert seal_state().unsealed == 1
        seal = seal_trail(by=system, at=now)
        assert seals_of([row]) == {row.id: seal}
        assert (seal_state().last, seal_state().unsealed) == (seal, 0)
    assert (written_at(row) - row.at) > timedelta(days=299)


def test_of_each_day_the_last_seal_is_shown(acting, now, system):
    with acting(system):
        made = []
        for at in (now - timedelta(days=1), now, now + timedelta(hours=1)):
            mend_lamp(by=system, at=at, area=HERE)
            made.append(seal_trail(by=system, at=at))
        assert heads_by_day() == [made[2], made[0]]


def test_a_person_without_any_area_reads_who_looked_at_her_own_file(acting, make_actor, now, system):
    me, other = uuid7(), uuid7()
    with acting(system):
        for subject in (me, other):
            record_look(by=system, at=now, subject=subject, area=HERE, why="窗口办事")
    resident = replace(make_actor(), holds=(), person=me)
    with acting(resident):
        assert [look.subject for look in looks_at(me, by=resident)] == [me]
        assert list(looks_at(other, by=resident)) == []
