"""One-stop coverage: n of n communities, the gaps, the figure of a day, and 47 centres' matters in one list."""

import io
from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.apps.work.desk.conftest import HOME, OTHER_STREET, STREET, delegate_all
from yimen.foundations.definitions.api import current, current_all, publish
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.indicators import api as indicators

INDICATOR = "one_stop_communities"
NAMES = [f"{STREET}{number:03d}" for number in range(2, 10)]


@pytest.fixture
def before():
    """A day long enough ago that the year's figures know it."""
    return timezone.now() - timedelta(days=40)


@pytest.fixture
def open_up(street, acting, system, before):
    """``open_up(codes, …)``: communities with a station that does everything on three days a week."""

    def do(codes, *, at=before, without=(), days=(0, 2, 4), delegated=True):
        today = day_of(at)
        with acting(system, on=today):
            rows = [
                places.AreaRow(code, f"第{int(code[9:])}社区")
                for code in codes
                if places.find_area(code) is None
            ]
            if rows:
                places.import_areas(by=system, at=at, since=date(2024, 1, 1), rows=rows)
            matters = [one.key for one in current_all("matter", on=today)]
            made = {}
            for code in codes:
                if delegated and code != HOME:
                    delegate_all(code, by=system, at=at)
                site = places.open_site(
                    by=system, at=at, area=code, name=f"{places.area_name(code)}服务站", kind="community_station",
                    address="测试路", since=today,
                )  # fmt: skip
                hours = [places.Hours(day, time(9), time(17)) for day in days]
                places.set_site_hours(by=system, at=at, site=site, hours=hours, since=today)
                offers = [f"matter/{key}" for key in matters if key not in without]
                places.set_site_offers(by=system, at=at, site=site, offers=offers)
                made[code] = site
        return made

    return do


def _value(system, acting, *, area=STREET, on):
    with acting(system, on=on):
        month = Month.of(on)
        return indicators.value(INDICATOR, area=area, first=month, last=month, by=system, on=on)


@pytest.mark.requirement("S1-126")
def test_nine_of_nine_communities_offer_one_stop_and_a_gap_is_named_by_matter(
    open_up, acting, system, signed_in
):
    sites = open_up([HOME, *NAMES])
    officer = signed_in("officer", "section_officer", area=STREET)
    page = officer.get("/desk/coverage/").content.decode()
    assert "9/9" in page
    assert "有缺口" not in page
    now = timezone.now()
    with acting(system, on=day_of(now)):
        kept = places.offers_of([sites[HOME]], on=day_of(now))[sites[HOME].id] - {"matter/family_doctor"}
        places.set_site_offers(by=system, at=now, site=sites[HOME], offers=kept)
        given = desk.delegations_of("temporary_relief", area=NAMES[0], on=day_of(now))[0]
        desk.end_delegation(by=system, at=now, delegation=given.public_id, why="印章更换")
    page = officer.get("/desk/coverage/").content.decode()
    assert "8/9" in page, "the delegation still holds today"
    assert f'href="/places/sites/{sites[HOME].public_id}/">缺</a>' in page
    assert (
        "9/9"
        in officer.get(f"/desk/coverage/?on={(day_of(now) - timedelta(days=1)).isoformat()}").content.decode()
    )
    tomorrow = day_of(now) + timedelta(days=1)
    with acting(system, on=tomorrow):
        month = Month.of(tomorrow)
        told = {"area": STREET, "first": month, "last": month, "by": system, "on": tomorrow}
        assert indicators.value(INDICATOR, **told) == 7


@pytest.mark.requirement("S1-126")
def test_the_figure_of_a_day_stays_what_it_was_and_a_plan_can_hold_it(open_up, acting, system, before):
    open_up([HOME, *NAMES[:4]])
    now = timezone.now()
    open_up(NAMES[4:6], at=now)
    earlier, today = day_of(before), day_of(now)
    assert _value(system, acting, on=earlier) == 5
    assert _value(system, acting, on=today) == 7
    assert _value(system, acting, area=HOME, on=today) == 1
    assert _value(system, acting, area=NAMES[7], on=today) == 0
    with acting(system, on=today):
        table = indicators.table(
            [INDICATOR], area=STREET, areas=[HOME, NAMES[4]], first=Month.of(earlier), last=Month.of(today),
            by=system, on=today,
        )  # fmt: skip
        assert table.value(INDICATOR) == 7
        assert table.value(INDICATOR, area=NAMES[4], month=Month.of(earlier)) in (0, 1)
        assert indicators.opens(
            INDICATOR, area=STREET, first=Month.of(today), last=Month.of(today), on=today
        ).startswith("/desk/coverage/?on=")


@pytest.mark.parametrize(
    ("told", "covered"),
    [({"days": (0, 2)}, 0), ({"delegated": False}, 0), ({"without": ("street_issue",)}, 0), ({}, 1)],
)
def test_two_days_no_delegation_or_one_matter_less_is_no_one_stop(
    open_up, acting, system, before, told, covered
):
    open_up([NAMES[0]], **told)
    assert _value(system, acting, on=day_of(timezone.now())) == covered


def test_asking_about_many_communities_and_months_takes_no_more_queries(
    open_up, acting, system, django_assert_max_num_queries
):
    open_up([HOME, *NAMES])
    today = day_of(timezone.now())
    with acting(system, on=today), django_assert_max_num_queries(6):
        indicators.table(
            [INDICATOR], area=STREET, areas=[HOME, *NAMES], first=Month(today.year, 1), last=Month.of(today),
            by=system, on=today,
        )  # fmt: skip


@pytest.mark.requirement("S4-14")
def test_the_matters_of_47_centres_stand_in_one_list_by_field_and_leave_as_a_sheet(
    open_up, signed_in, acting, system
):
    open_up([f"{STREET}{number:03d}" for number in range(101, 148)], delegated=False)
    officer = signed_in("officer", "section_officer", area=STREET)
    with acting(system):
        matters = current_all("matter", on=day_of(timezone.now()))
    page = officer.get("/desk/centres/").content.decode()
    assert f"47 个中心，{47 * len(matters)} 项次" in page
    for field in ("党务政务", "优抚救助", "社会保障", "社会治安", "信访"):
        assert field in page
    page = officer.get("/desk/centres/?field=petition").content.decode()
    assert "接待日来访" in page
    assert "临时救助" not in page.partition("<tbody")[2]
    assert "未下放" in officer.get("/desk/centres/?field=aid").content.decode()
    answer = officer.get("/desk/centres/?field=petition&export=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] == "信访"]
    wanted = [one for one in matters if one.body.field == "petition"]
    assert len(rows) == 47 * len(wanted)
    assert len({row[2] for row in rows}) == 47


def test_nobody_sees_the_centres_of_another_street(open_up, signed_in):
    open_up([HOME])
    stranger = signed_in("far", "section_officer", area=OTHER_STREET)
    for address in (
        "/desk/coverage/",
        "/desk/centres/",
        "/desk/centres/?export=xlsx",
        "/desk/coverage/?on=x",
    ):
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert "东莺" not in answer.content.decode("utf-8", "replace")


def test_a_standard_with_a_kind_of_site_nobody_knows_is_refused(street, acting, system):
    body = current("one_stop", "standard", on=date(2026, 11, 20)).data | {"kinds": ["tent"]}
    with acting(system), pytest.raises(Exception, match="tent"):
        publish(
            by=system,
            at=timezone.now(),
            effective_on=day_of(timezone.now()),
            kind="one_stop",
            key="standard",
            body=body,
        )
