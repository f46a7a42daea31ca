"""The pages of places through HTTP, as the posts use them."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import STREET_TIME, full_day, spoken_day
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
COMMUNITY, ELSEWHERE = "330212007001", "330212008001"
CANARY = "金丝雀"


@pytest.fixture
def clock():
    from django.utils import timezone

    return timezone.now().astimezone(STREET_TIME)


@pytest.fixture
def street(acting, system, now):
    """Two streets; whatever the second one has carries a canary."""
    with acting(system):
        rows = [
            ("330212", "鄞州区"),
            ("330212007", "潘火街道"),
            (COMMUNITY, "东莺社区"),
            ("330212007002", "雅苑社区"),
            ("330212008", f"百丈街道{CANARY}"),
            (ELSEWHERE, f"潜龙社区{CANARY}"),
        ]
        since = date(2023, 6, 30)
        places.import_areas(by=system, at=now, since=since, rows=[places.AreaRow(*row) for row in rows])
        made = {}
        for community, mark in ((COMMUNITY, ""), (ELSEWHERE, CANARY)):
            estate = places.add_estate(
                by=system, at=now, community=community, name=f"东方丽都{mark}", address=mark
            )
            building = places.add_building(by=system, at=now, estate=estate, number="3", floors=3)
            doors = [
                places.DoorRow(building, floor=floor, room=f"{floor}0{room}", unit=unit)
                for unit in ("1", "2")
                for floor in (1, 2, 3)
                for room in (1, 2)
            ]
            places.import_dwellings(by=system, at=now, rows=doors)
            site = places.open_site(
                by=system,
                at=now,
                area=community,
                name=f"社区服务站{mark}",
                kind="community_station",
                address=f"东莺路 1 号{mark}",
                since=date(2026, 1, 1),
            )
            made[community] = (building, site)
    return made


@pytest.fixture
def enter(street, acting, system, now):
    """``enter("grid_worker", area)``: a client that is signed in with this role there."""

    def make(role: str, area: str) -> Client:
        with acting(system):
            made = access.create_account(
                by=system,
                at=now,
                username=f"{role}-{area}",
                name="王工",
                password="Qiangdu-9-hao-mima",
                area="330212",
                must_change=False,
            )
            access.grant_role(
                by=system, at=now, account=made.public_id, role=role, area=area, since=date(2026, 1, 1)
            )
        client = Client()
        answer = client.post("/sign-in", {"username": made.username, "password": "Qiangdu-9-hao-mima"})
        assert answer.status_code == 302
        return client

    return make


def text_of(answer) -> str:
    return answer.content.decode()


def door(street, system, today, room="301", unit="2", where=COMMUNITY):
    building, _ = street[where]
    with act_as(system, on=today):
        return places.dwellings_of(building, by=system).get(room=room, unit=unit)


def test_the_tree_shows_the_communities_of_ones_own_street_only(enter):
    page = text_of(enter("section_officer", "330212007").get("/places/"))
    assert "东莺社区" in page
    assert "雅苑社区" in page
    assert CANARY not in page


def test_no_page_of_places_shows_the_other_street(enter, street, system, today):
    client = enter("community_worker", COMMUNITY)
    building, site = street[ELSEWHERE]
    for address in (
        "/places/330212008/",
        f"/places/{ELSEWHERE}/",
        f"/places/buildings/{building.public_id}/",
        f"/places/dwellings/{door(street, system, today, where=ELSEWHERE).public_id}/",
        f"/places/sites/{site.public_id}/",
        f"/places/sites/{site.public_id}/board",
        f"/places/sites/{site.public_id}/hours",
        "/places/999/",
    ):
        answer = client.get(address)
        assert answer.status_code in (403, 404), address
        assert CANARY not in text_of(answer)


def test_a_community_lists_its_estates_buildings_and_sites(enter):
    page = text_of(enter("community_worker", COMMUNITY).get(f"/places/{COMMUNITY}/"))
    for words in ("东方丽都", "3幢", "0/12", "社区服务站", "330212007001"):
        assert words in page
    assert CANARY not in page


def test_the_chart_of_a_building_shows_every_room_with_its_use_in_words(enter, street):
    building, _ = street[COMMUNITY]
    page = text_of(enter("grid_worker", COMMUNITY).get(f"/places/buildings/{building.public_id}/"))
    assert len(re.findall(r"<strong>\d0\d</strong><span>未核</span>", page)) == 12
    assert "2单元" in page
    assert "未核 12" in page


def test_a_room_leads_to_its_own_page_where_what_was_seen_is_noted(enter, street, system, today, clock):
    building, _ = street[COMMUNITY]
    dwelling = door(street, system, today)
    client = enter("grid_worker", COMMUNITY)
    address = f"/places/dwellings/{dwelling.public_id}/"
    assert address in text_of(client.get(f"/places/buildings/{building.public_id}/"))
    assert "还没有上门核实过" in text_of(client.get(address))
    answer = client.post(address, {"use": "let", "verified_on": clock.date().isoformat()}, follow=True)
    page = text_of(answer)
    assert "3幢2单元301室已核实" in page
    assert "下一户未核：3幢2单元302室" in page
    assert "王工" in page
    assert "出租 1" in text_of(client.get(f"/places/buildings/{building.public_id}/"))


def test_the_chart_shows_only_what_is_used_in_one_way_when_asked(enter, street, system, today, clock):
    building, _ = street[COMMUNITY]
    dwelling = door(street, system, today)
    client = enter("grid_worker", COMMUNITY)
    told = {"use": "let", "verified_on": clock.date().isoformat()}
    client.post(f"/places/dwellings/{dwelling.public_id}/", told)
    address = f"/places/buildings/{building.public_id}/"
    assert len(re.findall(r'class="room room-', text_of(client.get(f"{address}?only=unchecked")))) == 11
    assert len(re.findall(r'class="room room-', text_of(client.get(f"{address}?only=let")))) == 1
    assert "没有“群租”的房屋" in text_of(client.get(f"{address}?only=shared"))
    assert len(re.findall(r'class="room room-', text_of(client.get(f"{address}?only=nonsense")))) == 12


def test_rooms_numbered_through_the_house_stand_beside_each_other(enter, street, system, now, acting):
    building, _ = street[COMMUNITY]
    with acting(system):
        odd = places.add_building(by=system, at=now, estate=building.estate, number="4", floors=3)
        doors = [places.DoorRow(odd, floor=1 + number // 4, room=str(number + 1)) for number in range(12)]
        doors.append(places.DoorRow(odd, floor=2, room="A1"))
        places.import_dwellings(by=system, at=now, rows=doors)
        empty = places.add_building(by=system, at=now, estate=building.estate, number="5", floors=3)
    client = enter("grid_worker", COMMUNITY)
    page = text_of(client.get(f"/places/buildings/{odd.public_id}/"))
    assert page.count('class="room room-') == 13
    assert page.count("<td>") == 15, "three floors of five places, two of them empty"
    assert "这幢楼还没有登记房屋" in text_of(client.get(f"/places/buildings/{empty.public_id}/"))


def test_a_tower_of_thirty_floors_and_twelve_rooms_takes_few_queries(
    enter, street, system, now, acting, django_assert_max_num_queries
):
    building, _ = street[COMMUNITY]
    with acting(system):
        tower = places.add_building(by=system, at=now, estate=building.estate, number="6", floors=30)
        doors = [
            places.DoorRow(tower, floor=floor, room=f"{floor}{room:02d}")
            for floor in range(1, 31)
            for room in range(1, 13)
        ]
        places.import_dwellings(by=system, at=now, rows=doors)
    client = enter("grid_worker", COMMUNITY)
    with django_assert_max_num_queries(30):
        page = text_of(client.get(f"/places/buildings/{tower.public_id}/"))
    assert page.count('class="room room-') == 360


def test_a_check_that_is_wrong_comes_back_in_the_form(enter, street, system, today, clock):
    dwelling = door(street, system, today)
    client = enter("grid_worker", COMMUNITY)
    address = f"/places/dwellings/{dwelling.public_id}/"
    answer = client.post(address, {"verified_on": clock.date().isoformat()})
    assert answer.status_code == 422
    assert "请选择实际看到的使用情况。" in text_of(answer)
    tomorrow = clock.date() + timedelta(days=1)
    answer = client.post(address, {"use": "let", "verified_on": tomorrow.isoformat()})
    assert answer.status_code == 422
    assert "核实日期不能晚于今天" in text_of(answer)


def test_who_may_not_check_reads_why_and_is_refused(enter, street, system, today, clock):
    dwelling = door(street, system, today)
    client = enter("window_clerk", "330212007")
    address = f"/places/dwellings/{dwelling.public_id}/"
    assert "上门核实由社工和网格员登记。" in text_of(client.get(address))
    answer = client.post(address, {"use": "let", "verified_on": clock.date().isoformat()})
    assert answer.status_code == 403
    assert client.post(f"{address}pairs", {"pairs": "yes"}).status_code == 403


def test_a_door_nobody_goes_to_alone_says_so_and_no_reason_is_kept(enter, street, system, today):
    dwelling = door(street, system, today)
    client = enter("grid_worker", COMMUNITY)
    address = f"/places/dwellings/{dwelling.public_id}/"
    assert "上门两人</span>" not in text_of(client.get(address))
    assert "上门两人</span>" in text_of(client.post(f"{address}pairs", {"pairs": "yes"}, follow=True))
    assert "上门两人</span>" not in text_of(client.post(f"{address}pairs", {"pairs": "no"}, follow=True))


def test_a_dormitory_is_counted_by_heads(enter, street, system, now, acting, clock):
    building, _ = street[COMMUNITY]
    with acting(system):
        dormitory = places.add_dwelling(
            by=system, at=now, building=building, floor=1, room="199", kind=places.DwellingKind.COLLECTIVE
        )
    client = enter("grid_worker", COMMUNITY)
    address = f"/places/dwellings/{dormitory.public_id}/"
    today = clock.date().isoformat()
    answer = client.post(f"{address}heads", {"heads": "-3", "on": today})
    assert answer.status_code == 422
    assert "46 人" in text_of(client.post(f"{address}heads", {"heads": "46", "on": today}, follow=True))
    page = text_of(client.post(f"{address}heads", {"heads": "48", "on": today}, follow=True))
    assert "48 人" in page
    assert "46 人" not in page, "the second count of a day takes the place of the first"
    assert "搬入" not in page
    assert "集体住所共 48 人" in text_of(client.get(f"/places/buildings/{building.public_id}/"))
    home = door(street, system, clock.date())
    assert (
        client.post(f"/places/dwellings/{home.public_id}/heads", {"heads": "3", "on": today}).status_code
        == 422
    )


@pytest.mark.requirement("S0-06")
def test_a_window_publishes_its_hours_and_the_former_ones_stay_as_history(enter, street, clock):
    _, site = street[COMMUNITY]
    client = enter("community_worker", COMMUNITY)
    address = f"/places/sites/{site.public_id}/"
    assert "还没有公布开放时间" in text_of(client.get(address))
    every_day = {f"day{day}": "8:30-11:30 14：00-17：00" for day in range(5)}
    page = text_of(
        client.post(f"{address}hours", {"since": clock.date().isoformat(), **every_day}, follow=True)
    )
    assert "新的开放时间已公布。" in page
    assert "08:30–11:30、14:00–17:00" in page
    later = clock.date() + timedelta(days=10)
    mornings = {f"day{day}": "9:00-12:00" for day in range(5)}
    page = text_of(client.post(f"{address}hours", {"since": later.isoformat(), **mornings}, follow=True))
    assert f"{spoken_day(later, today=clock.date())} 起" in page
    assert "08:30–11:30、14:00–17:00" in page, "what holds today stays until then"
    sheet = text_of(client.get(f"{address}board"))
    assert "开放时间" in sheet
    assert f"自 {full_day(later)} 起改为" in sheet


def test_hours_nobody_understands_come_back_with_the_line_named(enter, street, clock):
    _, site = street[COMMUNITY]
    client = enter("community_worker", COMMUNITY)
    answer = client.post(
        f"/places/sites/{site.public_id}/hours",
        {"since": clock.date().isoformat(), "day0": "早上", "day1": "9-8"},
    )
    assert answer.status_code == 422
    assert "“早上”看不懂" in text_of(answer)


def test_publishing_hours_needs_the_permission(enter, street):
    _, site = street[COMMUNITY]
    assert enter("grid_worker", COMMUNITY).get(f"/places/sites/{site.public_id}/hours").status_code == 403


def test_a_tree_of_many_communities_takes_no_more_queries(
    enter, street, system, now, acting, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = enter("section_officer", "330212007")
    with CaptureQueriesContext(connection) as few:
        client.get("/places/")
    with acting(system):
        rows = [places.AreaRow(f"330212007{number:03d}", f"第{number}社区") for number in range(3, 20)]
        places.import_areas(by=system, at=now, since=date(2024, 1, 1), rows=rows)
    client.get("/places/")
    with CaptureQueriesContext(connection) as many:
        assert "第19社区" in text_of(client.get("/places/"))
    assert len(many) <= len(few)


def test_a_building_is_registered_with_all_its_doors_in_one_form(enter, street):
    client = enter("community_worker", COMMUNITY)
    area = text_of(client.get(f"/places/{COMMUNITY}/"))
    assert f"/places/{COMMUNITY}/estates/new" in area
    answer = client.post(f"/places/{COMMUNITY}/estates/new", {"name": "翠湖苑", "also": "翠湖"})
    assert answer.status_code == 302
    told = {"number": "8", "floors": "11", "units": "2", "rooms": "3", "first_floor": "2", "skipped": "5"}
    page = text_of(client.post(answer.url, told, follow=True))
    assert page.count('class="room room-') == 2 * 3 * 9, (
        "eleven floors, the ground floor and the fifth without doors"
    )
    assert "1103" in page
    assert "翠湖苑8幢" in page
    twin = client.post(answer.url, told)
    assert twin.status_code == 422
    assert "已经有8幢了" in text_of(twin)
    much = client.post(answer.url, told | {"number": "9", "floors": "200", "rooms": "60"})
    assert much.status_code == 422
    assert "1 到 2000 户" in text_of(much)
    assert "楼层写数字" in text_of(client.post(answer.url, told | {"number": "9", "skipped": "五"}))
    assert "翠湖苑9幢" not in text_of(client.get(f"/places/{COMMUNITY}/"))
    assert enter("grid_worker", COMMUNITY).get(answer.url).status_code == 403
    assert enter("community_worker", ELSEWHERE).get(answer.url).status_code == 404


def test_an_odd_door_is_added_by_itself(enter, street):
    building, _ = street[COMMUNITY]
    client = enter("community_worker", COMMUNITY)
    address = f"/places/buildings/{building.public_id}/doors/new"
    told = {"floor": "1", "room": "A1", "kind": "shop"}
    assert "A1室" in text_of(client.post(address, told, follow=True))
    assert "已经有A1室了" in text_of(client.post(address, told))
    assert "没有第9层" in text_of(client.post(address, told | {"floor": "9", "room": "901"}))


@pytest.mark.parametrize(
    "said",
    [
        "东方丽都3幢2单元301室",
        "东方丽都３号楼２单元３０１",
        "东方丽都3栋2单元301",
        "东方丽都3座2单元3楼301室",
        "东方丽都3#2单元301",
        "东方丽都 3－2－301",
        "东方丽都三幢二单元301室",
        "东方丽都三号楼二单元三零一室",
        "东莺路8号东方丽都3幢2单元301室",
        "3-2-301",
    ],
)
def test_one_door_is_found_however_it_is_said(said, street, acting, system):
    with acting(system):
        found = places.find_dwellings(said, by=system, community=COMMUNITY)
    assert [one.address for one in found] == ["东方丽都3幢2单元301室"]
