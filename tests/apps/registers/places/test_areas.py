"""Areas: codes are issued once, names and official codes have a history, and a reorganisation carries state over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext

from yimen.foundations.audit.api import trail_of
from yimen.kernel.areas import Level
from yimen.kernel.refusals import NotAllowed, Refused
from yimen.registers.places import api as places
from yimen.registers.places import ports
from yimen.registers.places.models import Area, AreaSuccession, Building, Dwelling, OfficialCode
from yimen.registers.places.permissions import SHAPE_AREAS

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)


def refusal(call, **given):
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(**given)
    return caught.value


def test_the_first_import_takes_the_official_digits_as_our_codes(areas):
    assert places.area("330212007001").official == "330212007001"
    assert places.area_name("330212007") == "潘火街道"
    assert places.short_area_name("330212007001") == "东莺"
    assert places.full_area_name("330212007001") == "鄞州区潘火街道东莺社区"
    assert [line.name for line in places.communities_of("330212007")] == ["东莺社区", "雅苑社区"]
    assert [line.code for line in places.areas_under("", Level.STREET)] == ["330212007", "330212008"]


def test_importing_the_same_list_again_changes_nothing(areas, system, now):
    before = Area.objects.count()
    row = places.AreaRow("330212007001", "东莺社区")
    assert places.import_areas(by=system, at=now, since=DAY, rows=[row]) == []
    assert Area.objects.count() == before


def test_a_later_list_renames_and_keeps_the_former_name(areas, system, now):
    places.import_areas(by=system, at=now, since=DAY, rows=[places.AreaRow("330212007001", "东莺苑社区")])
    assert places.area_name("330212007001") == "东莺苑社区"
    names = places.area_history("330212007001").names
    assert [(one.name, one.until) for one in names] == [("东莺社区", DAY), ("东莺苑社区", None)]


def test_a_list_whose_parent_is_missing_is_refused_with_the_parent_named(areas, system, now):
    answer = refusal(
        places.import_areas, by=system, at=now, since=DAY, rows=[places.AreaRow("330212099001", "某社区")]
    )
    assert answer.sentence == "不能设立“某社区”：上级 330212099 既未设立，也不在清单里。"


def test_a_new_area_without_official_code_gets_the_next_serial(areas, system, now):
    opened = places.open_area(by=system, at=now, parent="330212007", name="新东社区", since=DAY)
    assert opened.code == "330212007003"
    assert places.area(opened.code).official == ""
    assert trail_of(opened.public_id, by=system).first().verb == "places.area.opened"


def test_a_code_is_never_issued_again_after_its_area_closed(areas, system, now):
    first = places.open_area(by=system, at=now, parent="330212007", name="新东社区", since=DAY)
    places.reorganise_areas(by=system, at=now, on=DAY + timedelta(1), old=[first.code], new=["330212007002"])
    again = places.open_area(
        by=system, at=now, parent="330212007", name="新西社区", since=DAY, official=first.code
    )
    assert again.code == "330212007004"
    assert places.area(again.code).official == "330212007003"


def test_the_database_refuses_to_reparent_an_area(areas, system):
    from yimen.foundations.bus.api import Deed, open_deed
    from yimen.kernel.ids import uuid7

    deed = Deed(id=uuid7(), verb="tests.breach", by=system, at=None)
    with (
        pytest.raises(IntegrityError, match="places_area_lies_in_its_parent"),
        transaction.atomic(),
        open_deed(deed),
    ):
        Area.objects.filter(code="330212007001").update(parent="330212008")


def test_two_areas_of_one_parent_cannot_have_the_same_name(areas, system, now):
    answer = refusal(places.open_area, by=system, at=now, parent="330212007", name="东莺社区", since=DAY)
    assert answer.sentence == "不能设立“东莺社区”：同一上级之下已有同名的区域。"


def test_a_grid_is_not_divided_further(areas, system, now):
    grid = places.open_area(by=system, at=now, parent="330212007001", name="第一网格", since=DAY)
    answer = refusal(places.open_area, by=system, at=now, parent=grid.code, name="小格", since=DAY)
    assert "网格之内不再划分" in answer.sentence


def test_a_renumbering_keeps_the_area_and_dates_both_codes(areas, system, now):
    places.renumber_area(by=system, at=now, code="330212007001", official="330212007051", since=DAY)
    line = places.area("330212007001")
    assert (line.code, line.official) == ("330212007001", "330212007051")
    codes = places.area_history("330212007001").official_codes
    assert [(one.code, one.until) for one in codes] == [("330212007001", DAY), ("330212007051", None)]
    early, late = date(2025, 1, 1), DAY
    assert places.area_by_official_code("330212007001", on=early).code == "330212007001"
    assert places.area_by_official_code("330212007001", on=late) is None


def test_an_official_code_has_one_bearer_at_a_time(areas, system, now):
    answer = refusal(
        places.renumber_area, by=system, at=now, code="330212007001", official="330212007002", since=DAY
    )
    assert answer.sentence == "统计用区划代码 330212007002 同一时期已属于雅苑社区。"
    assert answer.status == 409


def test_an_official_code_of_another_level_is_refused(areas, system, now):
    answer = refusal(
        places.renumber_area, by=system, at=now, code="330212007001", official="330212", since=DAY
    )
    assert answer.sentence.startswith("“330212”不是统计用区划代码")


def test_a_change_cannot_be_entered_before_its_day(areas, system, now):
    answer = refusal(
        places.rename_area, by=system, at=now, code="330212007001", name="新名社区", since=date(2027, 1, 1)
    )
    assert answer.sentence == "东莺社区的变更要到2027年01月01日当天才能办理，不能提前生效。"


def test_a_change_cannot_reach_before_the_present_name(areas, system, now):
    answer = refusal(
        places.rename_area, by=system, at=now, code="330212007001", name="新名社区", since=date(2020, 1, 1)
    )
    assert answer.sentence == "东莺社区现在的名称从2023年06月30日起，新的只能从更晚的一天起。"


def test_areas_are_shaped_only_where_one_may(areas, make_actor, now):
    clerk = make_actor(SHAPE_AREAS, area="330212007")
    places.open_area(by=clerk, at=now, parent="330212007", name="新东社区", since=DAY)
    for given in ({"parent": "330212008"}, {"parent": "330212"}, {"parent": ""}):
        with pytest.raises(NotAllowed):
            places.open_area(by=clerk, at=now, name="某社区", since=DAY, **given)


def test_naming_areas_costs_one_query_a_transaction(areas, django_assert_num_queries):
    places.area_name("330212")
    with django_assert_num_queries(0):
        assert [places.area_name(f"33021200700{n}") for n in (1, 2)] == ["东莺社区", "雅苑社区"]


def test_another_transaction_sees_a_new_name_at_once(committed_db, system, now):
    from django.db import connection

    from yimen.foundations.bus.api import act_as

    with act_as(system, on=DAY):
        places.import_areas(
            by=system, at=now, since=date(2023, 1, 1), rows=[places.AreaRow("330212", "鄞县")]
        )
    assert places.area_name("330212") == "鄞县"
    with act_as(system, on=DAY):
        places.rename_area(by=system, at=now, code="330212", name="鄞州区", since=DAY)
    with act_as(None, on=DAY), CaptureQueriesContext(connection) as asked:
        assert places.area_name("330212") == "鄞州区"
    assert len(asked) <= 4


# --- reorganising ---------------------------------------------------------------------------------------------------


class Carried:
    """A plug that notes what it was asked to carry over."""

    key = "tests"

    def __init__(self):
        self.moves = []

    def carry_over(self, *, by, at, move):
        self.moves.append(move)
        return 1


@pytest.fixture
def carried(monkeypatch):
    plug = Carried()
    monkeypatch.setitem(ports.restamp._items, "tests", plug)
    return plug


def test_merging_two_communities_carries_dwellings_over_and_keeps_the_old_readable(
    areas, dwelling, system, now, carried
):
    codes = places.reorganise_areas(
        by=system,
        at=now,
        on=DAY,
        old=["330212007001", "330212007002"],
        new=[places.NewArea("330212007", "莺雅社区", official="330212007001")],
    )
    assert codes == ["330212007003"], "the old digits were issued before; only the official code passes on"
    moved = Dwelling.objects.get(pk=dwelling.pk)
    assert (moved.area, moved.community) == (codes[0], codes[0])
    old = places.area("330212007001")
    assert (old.name, old.until) == ("东莺社区", DAY)
    assert places.area_by_official_code("330212007001", on=DAY).code == codes[0]
    assert [(one.old.code, one.on) for one in places.area_history(codes[0]).came_from] == [
        ("330212007001", DAY),
        ("330212007002", DAY),
    ]
    assert [line.name for line in places.communities_of("330212007")] == ["莺雅社区"]
    day_before = DAY - timedelta(1)
    assert len(places.communities_of("330212007", on=day_before)) == 2
    assert {move.old for move in carried.moves} == {"330212007001", "330212007002"}


def test_a_community_that_changes_its_street_is_succeeded_with_its_grids(areas, estate, system, now):
    grid = places.open_area(by=system, at=now, parent="330212007001", name="第一网格", since=date(2024, 1, 1))
    building = places.add_building(by=system, at=now, estate=estate, number="9", floors=6, grid=grid.code)
    (code,) = places.reorganise_areas(
        by=system, at=now, on=DAY, old=["330212007001"], new=[places.NewArea("330212008", "东莺社区")]
    )
    assert code == "330212008002"
    assert Building.objects.get(pk=building.pk).area == f"{code}001"
    assert Area.objects.get(code=grid.code).until == DAY
    assert places.area_history(grid.code).went_to[0].new.code == f"{code}001"


def test_a_split_carries_the_named_buildings_to_one_side_and_the_rest_to_the_other(
    areas, estate, building, dwelling, system, now, carried
):
    other = places.add_building(by=system, at=now, estate=estate, number="4", floors=6)
    east, west = places.reorganise_areas(
        by=system,
        at=now,
        on=DAY,
        old=["330212007001"],
        new=[places.NewArea("330212007", "东莺社区"), places.NewArea("330212007", "西莺社区")],
        rest={"330212007001": 0},
        assign={building.public_id: 1},
    )
    assert Dwelling.objects.get(pk=dwelling.pk).community == west
    assert Building.objects.get(pk=other.pk).community == east
    assert AreaSuccession.objects.filter(old__code="330212007001").count() == 2
    assert carried.moves[0].buildings == (building.public_id,)
    assert carried.moves[-1].buildings is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"old": []}, "区域调整不能办理：要写明撤销哪些区域、由谁承接。"),
        ({"new": ["330212007001"]}, "区域调整不能办理：同一个区域不能既撤销又承接。"),
        ({"new": ["330212008"]}, "区域调整不能办理：撤销的和承接的区域必须是同一层级。"),
        (
            {"new": ["330212007002", "330212008001"]},
            "区域调整不能办理：拆分时要写明每个区域未单独指定的部分归哪里。",
        ),
        (
            {"assign": {"330212008001": 0}},
            "区域调整不能办理：330212008001 不在被撤并的区域之内，无法指定去向。",
        ),
        (
            {"on": date(2020, 1, 1)},
            "区域调整不能办理：东莺社区在2023年06月30日有变更，撤并只能从更晚的一天起。",
        ),
        ({"on": date(2027, 1, 1)}, "东莺社区的变更要到2027年01月01日当天才能办理，不能提前生效。"),
    ],
)
def test_a_reorganisation_that_makes_no_sense_is_refused(areas, system, now, change, sentence):
    given = {"on": DAY, "old": ["330212007001"], "new": ["330212007002"]} | change
    answer = refusal(places.reorganise_areas, by=system, at=now, **given)
    assert answer.sentence == sentence
    assert places.area("330212007001").until is None
    assert OfficialCode.objects.filter(code="330212007001", until__isnull=True).exists()


def test_a_closed_area_cannot_be_changed(areas, system, now):
    places.reorganise_areas(by=system, at=now, on=DAY, old=["330212007001"], new=["330212007002"])
    answer = refusal(places.rename_area, by=system, at=now, code="330212007001", name="某社区", since=DAY)
    assert answer.sentence == "东莺社区已于2026年10月01日撤并，不能再变更。"


def test_reorganising_needs_the_permission_on_both_sides(areas, make_actor, now):
    clerk = make_actor(SHAPE_AREAS, area="330212007")
    with pytest.raises(NotAllowed):
        places.reorganise_areas(
            by=clerk, at=now, on=DAY, old=["330212007001"], new=[places.NewArea("330212008", "东莺社区")]
        )
