"""The map of sites and outlines: what it draws, what it refuses, and that it tells nothing of another street."""

import json
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.apps.registers.places.test_pages import CANARY, COMMUNITY, ELSEWHERE, enter, street, text_of
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places
from yimen.registers.places.models import AreaOutline

__all__ = ["enter", "street"]
pytestmark = pytest.mark.django_db
STREET, YARD = "330212007", "330212007002"


def ring(west=121.59, south=29.82, wide=0.01, high=0.01):
    east, north = round(west + wide, 6), round(south + high, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area(code="", shape=None, **named):
    told = {"code": code} if code else named
    shape = {"type": "Polygon", "coordinates": [shape or ring()]}
    return {"type": "Feature", "properties": told, "geometry": shape}


def house(estate, number, at=(121.595, 29.825)):
    told = {"小区": estate, "幢号": number}
    return {"type": "Feature", "properties": told, "geometry": {"type": "Point", "coordinates": list(at)}}


def drawing(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False).encode()


def upload(client, content, since=None):
    today = day_of(timezone.now())
    told = {"since": (since or today).isoformat(), "source": "划分方案附图"}
    file = SimpleUploadedFile("grids.geojson", content, content_type="application/geo+json")
    return client.post("/places/outlines/", told | {"file": file}, follow=True)


def drawn(client, query=""):
    answer = client.get(f"/places/map/drawn{query}")
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture
def grid(street, acting, system, now):
    with acting(system):
        made = places.open_area(
            by=system, at=now, parent=COMMUNITY, name="东莺第一网格", since=date(2023, 7, 1)
        )
    return made.code


@pytest.fixture
def chief(street, enter):
    return enter("section_chief", STREET)


def test_outlines_by_code_and_name_and_positions_of_buildings_come_from_one_file(chief, enter, grid):
    content = drawing(
        area(STREET, ring(wide=0.05, high=0.05)),
        area(name="东莺社区"),
        area(grid, ring(wide=0.005)),
        house("东方丽都", "3"),
    )
    page = text_of(upload(chief, content))
    assert "新画或改画 3 个区域，没有变化 0 个，定位楼幢 1 幢" in page
    told = drawn(enter("community_worker", COMMUNITY))
    assert [one["name"] for one in told["outlines"]] == ["潘火街道", "东莺社区", "东莺第一网格"]
    assert told["outlines"][1]["polygons"][0][0][0] == [29.82, 121.59], "the map reads latitude first"
    assert [one["name"] for one in told["buildings"]] == ["东方丽都3幢"]
    page = text_of(upload(chief, content))
    assert "新画或改画 0 个区域，没有变化 3 个，定位楼幢 0 幢" in page
    page = text_of(chief.get("/places/outlines/"))
    assert "东莺第一网格" in page
    assert "划分方案附图" in page


BOW = [[121.59, 29.82], [121.6, 29.83], [121.6, 29.82], [121.59, 29.83], [121.59, 29.82]]
BAD = [
    (lambda: b"not json", "不是 GeoJSON"),
    (lambda: b"[" * 100_000, "不是 GeoJSON"),
    (lambda: drawing(), "一个图形也没有"),
    (lambda: drawing(area(COMMUNITY, ring()[:-1])), "没有闭合"),
    (lambda: drawing(area(COMMUNITY, BOW)), "自己和自己交叉"),
    (lambda: drawing(area(COMMUNITY, [[121.59, 29.82], [121.6, 29.82], [121.61, 29.82], [121.59, 29.82]])), "没有面积"),
    (lambda: drawing(area(COMMUNITY, [[north, east] for east, north in ring()])), "写反了"),
    (lambda: drawing(area(COMMUNITY, ring(west=10, south=10))), "不在国内"),
    (lambda: drawing(area(COMMUNITY, [["a", "b"], *ring()])), "两个数"),
    (lambda: drawing(area(COMMUNITY, [[121.59, float("nan")], *ring()])), "不在国内"),
    (lambda: drawing(area(COMMUNITY, ring(wide=2))), "超过 40 公里"),
    (lambda: drawing(area()), "没有写是哪个区域"),
    (lambda: drawing(area(name="没有的社区")), "没有找到“没有的社区”"),
    (lambda: drawing(area(ELSEWHERE)), "没有找到"),
    (lambda: drawing(area(COMMUNITY), area(COMMUNITY)), "画了两遍"),
    (lambda: drawing(house("东方丽都", "99")), "没有找到东方丽都99"),
    (lambda: drawing(house("", "3")), "小区 和 幢号"),
    (lambda: drawing({"properties": {"code": COMMUNITY}, "geometry": {"type": "LineString"}}), "既不是面"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), BAD, ids=[said for _, said in BAD])
def test_what_cannot_be_an_outline_is_refused_with_its_reason(chief, content, said):
    answer = upload(chief, content())
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_an_estate_of_the_same_name_elsewhere_is_told_apart_by_its_community(
    chief, street, acting, system, now
):
    with acting(system):
        twin = places.add_estate(by=system, at=now, community=YARD, name="东方丽都")
        places.add_building(by=system, at=now, estate=twin, number="3", floors=3)
    assert "没有找到东方丽都3" in text_of(upload(chief, drawing(house("东方丽都", "3"))))
    one = house("东方丽都", "3")
    one["properties"]["code"] = YARD
    assert "定位楼幢 1 幢" in text_of(upload(chief, drawing(one)))


def test_one_wrong_outline_leaves_all_of_the_file_out(chief):
    assert upload(chief, drawing(area(COMMUNITY), area(YARD, ring()[:-1]))).status_code == 422
    assert drawn(chief)["outlines"] == []


def test_a_grid_does_not_stick_out_of_its_community(chief, grid):
    upload(chief, drawing(area(COMMUNITY)))
    answer = upload(chief, drawing(area(grid, ring(wide=0.02))))
    assert "东莺第一网格的轮廓伸到东莺社区外面了" in text_of(answer)


def test_a_newer_outline_follows_and_an_older_one_is_refused(chief, system, acting):
    today = day_of(timezone.now())
    upload(chief, drawing(area(COMMUNITY)), since=today - timedelta(days=20))
    upload(chief, drawing(area(COMMUNITY, ring(wide=0.02))), since=today - timedelta(days=10))
    with acting(system, on=today):
        lines = AreaOutline.objects.order_by("since").values_list("since", "until")
        assert list(lines) == [
            (today - timedelta(days=20), today - timedelta(days=10)),
            (today - timedelta(days=10), None),
        ]
        (then,) = places.outlines_in([COMMUNITY], on=today - timedelta(days=15))
    assert then.polygons == [[ring()]]
    answer = upload(chief, drawing(area(COMMUNITY)), since=today - timedelta(days=30))
    assert "已有更新的轮廓" in text_of(answer)
    answer = upload(chief, drawing(area(COMMUNITY)), since=today + timedelta(days=1))
    assert "不能晚于今天" in text_of(answer)


def test_the_command_loads_the_same_file(street, tmp_path, capsys):
    file = tmp_path / "grids.geojson"
    file.write_bytes(drawing(area(COMMUNITY), area(ELSEWHERE, ring(west=121.7))))
    call_command("load_outlines", file)
    assert "新画或改画 2 个区域" in capsys.readouterr().out
    file.write_bytes(b"{}")
    with pytest.raises(CommandError, match="不是 GeoJSON"):
        call_command("load_outlines", file)
    with pytest.raises(CommandError, match="读不了"):
        call_command("load_outlines", tmp_path / "none.geojson")


def test_only_who_keeps_places_uploads_and_only_her_own(enter, street):
    assert enter("grid_worker", COMMUNITY).get("/places/outlines/").status_code == 403
    worker = enter("community_worker", COMMUNITY)
    assert upload(worker, drawing(area(COMMUNITY))).status_code == 200
    for other in (STREET, YARD):
        assert "不归您维护" in text_of(upload(worker, drawing(area(other))))


def test_sites_stand_on_the_map_with_hours_and_services_and_in_the_list(chief, street, acting, system, now):
    _, site = street[COMMUNITY]
    with acting(system):
        places.describe_site(
            by=system, at=now, site=site, name="东莺站", address="东莺路 1 号", phone="0574-12345678",
            latitude=Decimal("29.82"), longitude=Decimal("121.59"), position_source="现场定位",
        )  # fmt: skip
        places.set_site_offers(by=system, at=now, site=site, offers=["feature/printing"])
        places.set_site_hours(
            by=system, at=now, site=site, hours=[places.Hours(1, time(9), time(11))], since=day_of(now)
        )
    (told,) = drawn(chief)["sites"]
    assert (told["at"], told["sign"], told["offers"]) == ([29.82, 121.59], "站", "打印复印")
    assert told["hours"] == "周二 09:00–11:00"
    page = text_of(chief.get("/places/map/"))
    assert "东莺站" in page
    assert told["hours"] in page
    assert "没有这一类服务点" not in text_of(chief.get("/places/map/?kind=nonsense&home=x"))
    assert drawn(chief, "?kind=culture")["sites"] == []


@pytest.mark.requirement("S1-14")
def test_from_a_community_the_list_begins_with_the_nearest_that_is_open(chief, street, acting, system, now):
    today = day_of(timezone.now())
    with acting(system, on=today):
        for code in (YARD, COMMUNITY):
            site = places.open_site(
                by=system, at=timezone.now(), area=code, name=f"整天开放{code[-1]}", kind="service_point", address="路",
                since=today - timedelta(days=9), holidays="always",
            )  # fmt: skip
            week = [places.Hours(day, time(0), time(23, 59)) for day in range(7)]
            places.set_site_hours(by=system, at=timezone.now(), site=site, hours=week, since=today)
    page = text_of(chief.get(f"/places/map/?home={YARD}"))
    assert "最近的、现在开着的" in page
    assert page.index("整天开放2") < page.index("整天开放1")


def test_nothing_of_another_street_is_drawn_or_listed(enter, street, acting, system, now):
    with acting(system):
        content = drawing(area(ELSEWHERE), area(COMMUNITY), house(f"东方丽都{CANARY}", "3"))
        places.draw_outlines(by=system, at=now, content=content, since=day_of(now))
        _, site = street[ELSEWHERE]
        places.describe_site(
            by=system, at=now, site=site, name=f"站{CANARY}", address="路",
            latitude=Decimal("29.82"), longitude=Decimal("121.59"), position_source="现场",
        )  # fmt: skip
    chief = enter("section_chief", STREET)
    for client in (enter("community_worker", COMMUNITY), chief):
        for query in ("", f"?home={ELSEWHERE}", f"?home={COMMUNITY}"):
            told = client.get(f"/places/map/drawn{query}").content.decode()
            assert CANARY not in told.encode().decode("unicode_escape", "ignore")
            assert CANARY not in json.dumps(json.loads(told), ensure_ascii=False)
            assert CANARY not in text_of(client.get(f"/places/map/{query}"))
        assert ELSEWHERE not in json.dumps(drawn(client))
    assert CANARY not in text_of(chief.get("/places/outlines/"))
