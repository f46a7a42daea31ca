"""Estates, buildings and dwellings: registered once, checked at the door, found by what people say, and kept apart."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from yimen.foundations.bus.api import act_as
from yimen.kernel.refusals import NotAllowed, Refused
from yimen.registers.places import api as places
from yimen.registers.places.models import Dwelling
from yimen.registers.places.permissions import CHECK_DWELLINGS, EDIT, VIEW

pytestmark = pytest.mark.django_db
COMMUNITY, NEIGHBOUR, ELSEWHERE = "330212007001", "330212007002", "330212008001"


def refusal(call, **given):
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**given)
    return caught.value


@pytest.fixture
def elsewhere(areas, system, now):
    """One dwelling in the other street."""
    estate = places.add_estate(by=system, at=now, community=ELSEWHERE, name="潜龙苑")
    building = places.add_building(by=system, at=now, estate=estate, number="3", floors=6)
    return places.add_dwelling(by=system, at=now, building=building, unit="2", floor=5, room="501")


def test_a_door_is_written_as_people_write_it(dwelling):
    assert dwelling.address == "东方丽都3幢2单元501室"


def test_the_same_door_is_registered_once(dwelling, building, system, now):
    answer = refusal(
        places.add_dwelling, by=system, at=now, building=building, unit="2单元", floor=5, room="５０１室"
    )
    assert answer.sentence == "3幢已经有501室了。"


def test_a_room_cannot_lie_on_a_floor_that_is_not_there(building, system, now):
    answer = refusal(places.add_dwelling, by=system, at=now, building=building, floor=7, room="701")
    assert answer.sentence == "这幢楼地上6层，没有第7层。"


def test_an_estate_stands_in_a_community_and_has_its_own_name(estate, system, now):
    again = refusal(places.add_estate, by=system, at=now, community=COMMUNITY, name="东方丽都")
    assert again.sentence == "东莺社区已经有东方丽都了。"
    too_wide = refusal(places.add_estate, by=system, at=now, community="330212007", name="某小区")
    assert too_wide.sentence == "不能登记小区：要有名称，并且登记在社区之内。"


def test_a_building_belongs_to_a_grid_of_its_own_community(estate, system, now):
    grid = places.open_area(by=system, at=now, parent=NEIGHBOUR, name="第一网格", since=date(2024, 1, 1))
    answer = refusal(
        places.add_building, by=system, at=now, estate=estate, number="8", floors=6, grid=grid.code
    )
    assert answer.sentence == "不能登记楼幢：所选网格不在小区所属的社区之内。"


def test_a_whole_building_is_brought_in_at_once_and_a_second_time_adds_nothing(
    building, system, now, django_assert_max_num_queries
):
    rows = [
        places.DoorRow(building, floor=floor, room=f"{floor}0{room}", unit=unit)
        for floor in range(1, 7)
        for room in (1, 2)
        for unit in ("1", "2", "3")
    ]
    with django_assert_max_num_queries(8):
        assert places.import_dwellings(by=system, at=now, rows=rows) == 36
    assert places.import_dwellings(by=system, at=now, rows=rows) == 0
    assert places.dwelling_stock(by=system)[COMMUNITY].dwellings == 36


def test_what_was_seen_at_the_door_is_kept_with_day_and_name(dwelling, make_actor, now, today):
    worker = make_actor(CHECK_DWELLINGS, area=COMMUNITY)
    with act_as(worker, on=today):
        places.set_dwelling_use(by=worker, at=now, dwelling=dwelling, use="let", verified_on=today)
        seen = places.dwelling(dwelling.public_id, by=worker)
    assert (seen.use, seen.verified_on, seen.verified_by) == ("let", today, worker.key)


@pytest.mark.parametrize(
    ("use", "on", "sentence"),
    [
        ("unchecked", date(2026, 11, 20), "不能登记核实：请选择实际看到的使用情况。"),
        ("let", date(2026, 11, 21), "不能登记核实：核实日期不能晚于今天。"),
        ("let", date(2026, 11, 1), "不能登记核实：2026年11月18日已有更新的核实记录。"),
    ],
)
def test_a_check_that_cannot_be_true_is_refused(dwelling, system, now, use, on, sentence):
    places.set_dwelling_use(by=system, at=now, dwelling=dwelling, use="self", verified_on=date(2026, 11, 18))
    answer = refusal(places.set_dwelling_use, by=system, at=now, dwelling=dwelling, use=use, verified_on=on)
    assert answer.sentence == sentence


def test_the_database_keeps_no_use_that_nobody_saw(dwelling, system):
    from yimen.foundations.bus.api import Deed, open_deed
    from yimen.kernel.ids import uuid7

    deed = Deed(id=uuid7(), verb="tests.breach", by=system, at=None)
    with pytest.raises(IntegrityError, match="use_was_seen"), transaction.atomic(), open_deed(deed):
        Dwelling.objects.update(use="vacant")


def test_registering_and_checking_are_different_permissions(dwelling, building, make_actor, now, today):
    worker, clerk = make_actor(CHECK_DWELLINGS, area=COMMUNITY), make_actor(EDIT, area=COMMUNITY)
    with act_as(worker, on=today), pytest.raises(NotAllowed):
        places.add_dwelling(by=worker, at=now, building=building, floor=1, room="101")
    with act_as(clerk, on=today), pytest.raises(NotAllowed):
        places.set_dwelling_use(by=clerk, at=now, dwelling=dwelling, use="let", verified_on=today)


@pytest.mark.parametrize(
    "said",
    [
        "东方丽都3幢2单元501室",
        "东方丽都 3-2-501",
        "丽都3幢501",
        "3-2-501",
        "3－501",
        "东莺社区东方丽都3幢2单元",
        "东方丽都501",
    ],
)
def test_a_door_is_found_by_what_people_say(dwelling, elsewhere, make_actor, today, said):
    worker = make_actor(VIEW, area=COMMUNITY)
    with act_as(worker, on=today):
        assert places.find_dwellings(said, by=worker) == [dwelling]


@pytest.mark.parametrize("said", ["", "东方丽都", "潜龙苑3幢2单元501", "东方丽都3幢2单元502", "王小明"])
def test_words_without_a_door_of_ours_find_nothing(dwelling, elsewhere, make_actor, today, said):
    worker = make_actor(VIEW, area=COMMUNITY)
    with act_as(worker, on=today):
        assert places.find_dwellings(said, by=worker) == []


def test_the_dwellings_of_another_street_do_not_exist_here(dwelling, elsewhere, make_actor, today):
    clerk = make_actor(VIEW, area="330212007")
    with act_as(clerk, on=today):
        assert list(Dwelling.objects.all()) == [dwelling], "the database itself hides the others"
        with pytest.raises(places.NoSuchPlace):
            places.dwelling(elsewhere.public_id, by=clerk)
        with pytest.raises(places.NoSuchPlace):
            places.building(elsewhere.building.public_id, by=clerk)
        with pytest.raises(places.NoSuchPlace):
            places.estate(elsewhere.building.estate.public_id, by=clerk)
        assert places.estates_in(ELSEWHERE, by=clerk) == []
        assert set(places.dwelling_stock(by=clerk)) == {COMMUNITY}
        assert [tree.street.code for tree in places.street_trees(by=clerk)] == ["330212007"]
    with act_as(None, on=today):
        assert not Dwelling.objects.exists(), "nobody acts, nothing is seen"


def test_a_dwelling_cannot_be_written_into_another_street(dwelling, elsewhere, make_actor, now, today):
    clerk = make_actor(EDIT, area="330212007")
    with act_as(clerk, on=today), pytest.raises(NotAllowed):
        places.add_dwelling(by=clerk, at=now, building=elsewhere.building, floor=1, room="101")


def test_a_grid_worker_sees_her_grid_only(estate, system, make_actor, now, today):
    doors = {}
    for number in ("1", "2"):
        grid = places.open_area(
            by=system, at=now, parent=COMMUNITY, name=f"第{number}网格", since=date(2024, 1, 1)
        )
        building = places.add_building(
            by=system, at=now, estate=estate, number=number, floors=6, grid=grid.code
        )
        doors[grid.code] = places.add_dwelling(by=system, at=now, building=building, floor=1, room="101")
    mine = min(doors)
    worker = make_actor(VIEW, area=mine)
    with act_as(worker, on=today):
        assert list(Dwelling.objects.all()) == [doors[mine]]
        assert [line.building.number for line in places.buildings_in(COMMUNITY, by=worker)] == ["1"]
        assert places.estates_in(COMMUNITY, by=worker) == [estate]
        (tree,) = places.street_trees(by=worker)
        assert [line.code for line, _ in tree.communities] == [COMMUNITY]


def test_the_tree_of_communities_counts_with_one_query(
    dwelling, elsewhere, system, django_assert_num_queries
):
    places.area_name(COMMUNITY)
    with django_assert_num_queries(1):
        trees = places.street_trees(by=system)
    assert [(tree.street.name, tree.total.dwellings) for tree in trees] == [("潘火街道", 1), ("百丈街道", 1)]
