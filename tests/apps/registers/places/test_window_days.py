"""Window days of a community, what a site offers, and the nearest site that is open now or next."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.apps.registers.places.test_pages import COMMUNITY, ELSEWHERE, enter, street, text_of
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotAllowed
from yimen.registers.places import api as places
from yimen.registers.places.operations.sites import CannotOpenSite, NoSuchOffer

__all__ = ["enter", "street"]
pytestmark = pytest.mark.django_db
YARD, STREET = "330212007002", "330212007"


def at(day, clock):
    return datetime.combine(date(2026, 11, day), clock, tzinfo=ZoneInfo("Asia/Shanghai"))


def _hours(days, opens=time(9), closes=time(12)):
    return [places.Hours(day, opens, closes) for day in days]


@pytest.fixture
def sites(street, acting, system, now):
    """東 has Monday, Wednesday and Friday mornings; the hall every day; the neighbour the days between, 900 metres away."""
    with acting(system):
        _, home = street[COMMUNITY]
        places.describe_site(
            by=system, at=now, site=home, name="东莺站", address="东莺路 1 号",
            latitude=Decimal("29.820000"), longitude=Decimal("121.590000"), position_source="现场定位",
        )  # fmt: skip
        common = {"by": system, "at": now, "address": "测试路", "since": date(2026, 1, 1)}
        hall = places.open_site(**common, area=STREET, name="街道中心", kind="street_centre")
        yard = places.open_site(
            **common, area=YARD, name="雅苑站", kind="community_station",
            latitude=Decimal("29.828000"), longitude=Decimal("121.590000"),
        )  # fmt: skip
        start = at(20, time(8))
        for site, hours in (
            (home, _hours((0, 2, 4))),
            (hall, _hours(range(5), time(9), time(11))),
            (yard, _hours((1, 3), time(9), time(17))),
        ):
            places.set_site_hours(by=system, at=start, site=site, hours=hours, since=date(2026, 11, 20))
        everywhere = ("feature/printing",)
        for site, more in ((home, ()), (hall, ("feature/photo",)), (yard, ("feature/photo",))):
            places.set_site_offers(by=system, at=start, site=site, offers=[*everywhere, *more])
    return home, hall, yard


def _names(lines):
    return [one.site.name for one in lines]


@pytest.mark.requirement("S1-14")
@pytest.mark.parametrize(
    ("day", "clock", "offer", "first"),
    [
        (23, time(9, 30), "feature/printing", "东莺站"),  # Monday: her own is open
        (24, time(9, 30), "feature/printing", "街道中心"),  # Tuesday: her own is closed, the hall is open
        (24, time(14), "feature/printing", "雅苑站"),  # the hall has closed, the neighbour is still open
        (24, time(20), "feature/printing", "东莺站"),  # all closed: Wednesday 9:00, her own before the hall
        (25, time(9, 30), "feature/photo", "街道中心"),  # her own is open, but does not offer it
        (
            25,
            time(12),
            "feature/photo",
            "街道中心",
        ),  # closed everywhere: Thursday 9:00, hall before neighbour
    ],
)
def test_one_is_sent_to_the_nearest_that_is_open_and_offers_it(
    sites, acting, system, day, clock, offer, first
):
    with acting(system):
        lines = places.nearest_sites(COMMUNITY, at=at(day, clock), offer=offer)
    assert _names(lines)[0] == first


def test_a_neighbour_is_told_with_its_distance_and_other_streets_are_never_named(sites, acting, system):
    with acting(system):
        lines = places.nearest_sites(COMMUNITY, at=at(24, time(14)))
    assert [one.metres for one in lines if one.site.name == "雅苑站"] == [890]
    assert all("金丝雀" not in one.site.name for one in lines)


def test_before_it_opens_in_the_morning_the_next_time_is_today(sites, acting, system):
    with acting(system):
        (home, *_) = places.nearest_sites(COMMUNITY, at=at(23, time(7)))
    assert (home.is_open, home.next.on, home.next.hours[0].opens) == (False, date(2026, 11, 23), time(9))


def test_on_a_national_holiday_the_next_open_day_lies_behind_it(sites, acting, system):
    # 元旦 2027 is a Friday; not announced yet, so the statutory day counts and the answer says so.
    moment = datetime(2026, 12, 31, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    with acting(system):
        lines = {one.site.name: one for one in places.nearest_sites(COMMUNITY, at=moment)}
    assert lines["东莺站"].next.on == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [("29.8", None, "要么都填"), ("121.59", "29.82", "写反了")],
)
def test_a_position_is_whole_and_in_the_country(street, acting, system, now, latitude, longitude, said):
    told = {"latitude": Decimal(latitude), "longitude": Decimal(longitude) if longitude else None}
    with acting(system), pytest.raises(CannotOpenSite, match=said):
        places.open_site(
            by=system,
            at=now,
            area=COMMUNITY,
            name="点",
            kind="service_point",
            address="路",
            since=day_of(now),
            **told,
        )


def test_what_nobody_knows_is_offered_nowhere_and_what_ends_stays_readable(sites, acting, system):
    home, *_ = sites
    with acting(system):
        with pytest.raises(NoSuchOffer):
            places.set_site_offers(by=system, at=at(23, time(9)), site=home, offers=["matter/no_such_matter"])
        places.set_site_offers(by=system, at=at(23, time(9)), site=home, offers=[])
        assert places.offers_of([home], on=date(2026, 11, 22)) == {home.id: {"feature/printing"}}
        assert places.offers_of([home], on=date(2026, 11, 23)) == {}


def test_only_whoever_may_edit_there_changes_a_site(sites, acting, make_actor, now):
    home, *_ = sites
    stranger = make_actor("places.edit", area=ELSEWHERE)
    with acting(stranger):
        for deed, told in (
            (places.describe_site, {"name": "x", "address": "y"}),
            (places.set_site_offers, {"offers": []}),
        ):
            with pytest.raises(NotAllowed):
                deed(by=stranger, at=now, site=home, **told)


# -- the pages, by the real clock


def _days(**told):
    return {"days": ["0", "2", "4"], "morning": "8:30-11:30", "afternoon": "14：00-17：00"} | told


@pytest.mark.requirement("S0-07")
def test_a_community_plans_three_days_and_fewer_only_with_a_reason(street, enter):
    _, site = street[COMMUNITY]
    client, today = enter("community_worker", COMMUNITY), day_of(timezone.now()).isoformat()
    address = f"/places/sites/{site.public_id}/days"
    page = text_of(client.get(address))
    assert "每周至少 3 天" in page
    assert 'value="08:30-11:30"' in page, "the usual hours stand in the form"
    answer = client.post(address, _days(since=today, days=["0", "2"]))
    assert answer.status_code == 422
    assert "只选了 2 天，少于规定的 3 天" in text_of(answer)
    for wrong, said in (
        ({"days": []}, "请至少选一天"),
        ({"morning": "早上"}, "看不懂"),
        ({"morning": "", "afternoon": ""}, "至少写一段"),
        ({"morning": "11:30-8:30"}, "不晚于"),
        ({"since": "2020-01-01"}, "已经过去的日子"),
    ):
        answer = client.post(address, _days(since=today) | wrong)
        assert answer.status_code == 422
        assert said in text_of(answer)
    page = text_of(client.post(address, _days(since=today), follow=True))
    assert "新的开放时间已公布" in page
    assert "08:30–11:30、14:00–17:00" in page
    assert "下一个开放日" in page
    page = text_of(client.post(address, _days(since=today, days=["1"], why="书记病假"), follow=True))
    assert "新的开放时间已公布" in page


def test_a_street_opens_describes_and_closes_a_site_on_its_pages(street, enter):
    chief, today = enter("section_chief", STREET), day_of(timezone.now()).isoformat()
    told = {
        "kind": "street_centre",
        "name": "便民服务中心",
        "address": "中心路 1 号",
        "holidays": "calendar",
        "since": today,
    }
    assert chief.post(f"/places/{STREET}/sites/new", told | {"latitude": "29.8"}).status_code == 422
    answer = chief.post(f"/places/{STREET}/sites/new", told, follow=True)
    assert "服务点已设立" in text_of(answer)
    here = answer.redirect_chain[-1][0]
    assert "便民服务中心" in text_of(chief.get("/places/sites/"))
    page = text_of(
        chief.post(f"{here}edit", told | {"name": "便民服务大厅", "in_charge": "值班长"}, follow=True)
    )
    assert "便民服务大厅" in page
    assert "值班长" in page
    page = text_of(chief.post(f"{here}offers", {"feature": ["feature/printing"]}, follow=True))
    assert "打印复印" in page
    assert chief.post(f"{here}close", {"close-until": "2020-01-01"}).status_code == 422
    page = text_of(chief.post(f"{here}close", {"close-until": today}, follow=True))
    assert "撤销" in page


def test_the_new_board_sheet_shows_the_hours_that_begin_in_a4_and_a3(street, enter):
    _, site = street[COMMUNITY]
    client = enter("community_worker", COMMUNITY)
    here = f"/places/sites/{site.public_id}/"
    client.post(f"{here}days", _days(since="2099-01-05"))
    sheet = text_of(client.get(f"{here}board?on=2099-01-05&paper=a3"))
    assert "08:30–11:30" in sheet
    assert "自 2099年1月5日 起" in sheet
    assert "paper-sheet large" in sheet
    assert "paper-sheet large" not in text_of(client.get(f"{here}board?on=nonsense"))


def test_sites_of_another_street_are_neither_listed_nor_editable(street, enter):
    _, site = street[ELSEWHERE]
    client = enter("community_worker", COMMUNITY)
    assert "金丝雀" not in text_of(client.get("/places/sites/"))
    for page in ("days", "edit", "offers"):
        answer = client.get(f"/places/sites/{site.public_id}/{page}")
        assert answer.status_code == 404
        assert "金丝雀" not in text_of(answer)
    assert (
        client.post(f"/places/sites/{site.public_id}/close", {"close-until": "2030-01-01"}).status_code == 404
    )
    assert client.get(f"/places/{ELSEWHERE}/sites/new").status_code == 404
