"""How often she came and what way she was spared: told on the case, summed by window, each number opens its cases."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, STREET, on_day
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case

DAY, LATER = on_day(2026, 11, 19), on_day(2026, 11, 20)


@pytest.fixture
def windows(street, acting, system):
    """The street's centre, and a station a good kilometre north of it."""
    with acting(system):
        for area, kind, north in ((STREET, "street_centre", "29.80"), (HOME, "community_station", "29.81")):
            places.open_site(
                by=system, at=DAY, area=area, name="窗口", kind=kind, address="测试路", since=on_day(2026, 1, 5).date(),
                latitude=north, longitude="121.60", position_source="测试",
            )  # fmt: skip


@pytest.fixture
def settled(acting, clerk, asked):
    """``settled(source=…, way=…, at=…)``: the case of a notice, taken in and delivered."""

    def do(source="counter", way="counter", at=DAY, until=DAY):
        with acting(clerk, on=day_of(at)):
            told = replace(asked("trial_notice"), source=source)
            case = desk.accept_case(by=clerk, at=at, area=HOME, asked=told)
        with acting(clerk, on=day_of(until)):
            desk.register_case(by=clerk, at=until, case=case.public_id)
            desk.deliver_case(by=clerk, at=until, case=case.public_id, way=way, receiver="王桂英")
            return Case.objects.get(public_id=case.public_id)

    return do


def test_who_comes_once_to_her_own_community_is_spared_the_way_to_the_centre_and_back(windows, settled):
    case = settled()
    assert (case.trips, round(case.metres_spared, -2)) == (1, 2200)


def test_who_comes_again_for_the_result_came_twice_and_who_telephones_never(windows, settled):
    assert settled(until=LATER).trips == 2
    case = settled(source="phone", way="home")
    assert (case.trips, round(case.metres_spared, -2)) == (0, 2200)


def test_without_a_measured_window_trips_are_known_and_the_way_is_not(settled):
    case = settled()
    assert (case.trips, case.metres_spared) == (1, None)


def test_what_was_not_delivered_after_all_cost_no_trip_yet(windows, settled, acting, clerk):
    case = settled()
    with acting(clerk, on=day_of(DAY)):
        desk.undeliver_case(by=clerk, at=DAY, case=case.public_id, why="人没来")
        case.refresh_from_db()
        assert (case.trips, case.metres_spared) == (None, None)


@pytest.mark.requirement("S0-11")
def test_each_number_of_the_page_opens_the_cases_it_counts(windows, settled, signed_in, acting, system):
    now = timezone.now()
    settled(at=now, until=now)
    settled(source="phone", way="home", at=now, until=now)
    browser = signed_in("li", "window_clerk")
    page = browser.get("/desk/trips/").content.decode().replace("&amp;", "&")
    [row] = re.findall(r'<th scope="row">东莺社区</th>(.*?)</tr>', page, re.DOTALL)
    cells = re.findall(r'data-label="([^"]+)"><a href="([^"]+)">([^<]+)</a>', row)

    def behind(address):
        found = set(re.findall(r"/desk/cases/([0-9a-f-]{36})/", browser.get(address).content.decode()))
        with acting(system):
            return list(Case.objects.filter(public_id__in=found))

    opened = {label: (shown, behind(address)) for label, address, shown in cells}
    assert {label: (shown, len(cases)) for label, (shown, cases) in opened.items()} == {
        "送达的办件": ("2", 2),
        "跑动次数": ("1", 2),
        "每件": ("0.5", 2),
        "一次没跑": ("1", 1),
        "在家门口办": ("2", 2),
        "少跑（公里）": ("4.4", 2),
    }
    assert sum(case.trips for case in opened["跑动次数"][1]) == 1
    assert f"{sum(case.metres_spared for case in opened['少跑（公里）'][1]) / 1000:.1f}" == "4.4"
    [never] = opened["一次没跑"][1]
    shown = browser.get(f"/desk/cases/{never.public_id}/").content.decode()
    assert "一次没跑，比到街道中心少跑约" in shown


def test_a_period_without_deliveries_says_so_and_one_that_cannot_be_read_is_this_year(
    windows, settled, signed_in
):
    now = timezone.now()
    settled(at=now, until=now)
    browser = signed_in("li", "window_clerk")
    early = browser.get("/desk/trips/?settled_on_from=2020-01-01&settled_on_to=2020-12-31")
    assert "这段时间没有送达的办件" in early.content.decode()
    odd = browser.get("/desk/trips/?settled_on_from=x&settled_on_to=9999-99-99")
    assert odd.status_code == 200
    assert "东莺社区" in odd.content.decode()


def test_the_neighbouring_street_counts_nothing_of_it(windows, settled, signed_in):
    now = timezone.now()
    settled(at=now, until=now)
    browser = signed_in("far", "window_clerk", area=FAR)
    page = browser.get("/desk/trips/").content.decode()
    assert "东莺社区" not in page
    assert "这段时间没有送达的办件" in page


def test_the_leader_reads_the_totals_and_opens_no_case_behind_them(windows, settled, signed_in):
    now = timezone.now()
    settled(at=now, until=now)
    browser = signed_in("leader", "leader", area=STREET)
    page = browser.get("/desk/trips/").content.decode()
    assert "东莺社区" in page and "少跑的路" in page
    assert "/desk/trips/cases/" not in page
    assert browser.get("/desk/trips/cases/").status_code == 403
