"""Addresses, their days and moves noted wrong are corrected on the file; figures are right at any day afterwards."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.apps.registers.people.test_taking_back import details
from yimen.foundations.audit.api import prove
from yimen.registers.people import api as people
from yimen.registers.people.rules.stays import StayDays, why_not_these_days

pytestmark = pytest.mark.django_db
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
SINCE, MOVED = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def her(areas, acting, system, register, now):
    """She lived at home since March, and moved next door in September."""
    with acting(system):
        made = register(
            "王秀兰", lives_address="东方丽都3幢501室", hukou=HOME, hukou_address="东莺路8号", since=SINCE
        )
        people.move_person(
            by=system, at=now, person=made.public_id, on=MOVED, community=NEXT_DOOR, address="雅苑5幢101室"
        )
        return made.public_id


def text_of(answer) -> str:
    return answer.content.decode()


def lines(acting, system, her, kind="lives"):
    with acting(system):
        file = people.get_file(her, by=system, on=timezone.localdate())
        return [line for line in file.addresses if line.kind == kind]


def heads(acting, system, area, on):
    with acting(system):
        return people.population(area, on, by=system).count()


def unproven():
    """Which proofs about people do not hold (核对)."""
    with connection.cursor() as cursor:
        return [one.key for one in prove(cursor, only=["people"]) if not one.holds]


def told(line, **changed):
    given = {
        "what": "change",
        "community": line.area,
        "address": line.address,
        "since": line.since.isoformat(),
        "until": line.until.isoformat() if line.until else "",
        "reason": "录错了",
    }
    return given | changed


def test_one_enter_on_the_form_of_a_move_ends_no_home(enter, acting, system, her):
    clerk = enter()
    page = f"/people/{her}/move"
    today = timezone.localdate().isoformat()
    before = lines(acting, system, her)
    refused = clerk.post(page, {"kind": "lives", "community": NEXT_DOOR, "address": "", "on": today})
    assert refused.status_code == 422
    assert "请填写新的地址" in text_of(refused)
    same = {"kind": "lives", "community": NEXT_DOOR, "address": "雅苑5幢101室", "on": today}
    assert "没有变动" in text_of(clerk.post(page, same))
    assert lines(acting, system, her) == before


def test_a_move_noted_today_by_a_slip_is_taken_back_by_who_noted_it(enter, acting, system, her):
    clerk, today = enter("grid_worker", "330212007"), timezone.localdate()
    before = lines(acting, system, her)
    slip = {"kind": "lives", "community": HOME, "address": "东方丽都9幢909室", "on": today.isoformat()}
    assert clerk.post(f"/people/{her}/move", slip).status_code == 302
    new = lines(acting, system, her)[0]
    address = f"/people/{her}/addresses/{new.public_id}"
    assert address in text_of(clerk.get(f"/people/{her}/"))
    page = text_of(clerk.get(address))
    assert "删除这一行" in page
    assert "更正这一行" not in page
    other = before[0]
    assert f"addresses/{other.public_id}" not in text_of(clerk.get(f"/people/{her}/"))
    older = clerk.post(f"/people/{her}/addresses/{other.public_id}", {"what": "wrong", "reason": "x"})
    assert older.status_code == 403
    assert clerk.post(address, {"what": "wrong", "reason": ""}).status_code == 422
    assert clerk.post(address, {"what": "wrong", "reason": "点错了人"}).status_code == 302
    assert lines(acting, system, her) == before
    trail = details(acting, system, her, "people.address.dropped")
    assert (trail["old"]["address"], trail["reason"]) == ("东方丽都9幢909室", "点错了人")


def test_a_wrong_day_and_a_wrong_door_are_corrected_and_the_figures_follow(enter, acting, system, her):
    clerk = enter("community_head", "330212007")
    assert heads(acting, system, NEXT_DOOR, date(2026, 8, 31)) == 0
    now_at = lines(acting, system, her)[0]
    right = told(now_at, address="雅苑6幢202室", since="2026-07-15")
    assert clerk.post(f"/people/{her}/addresses/{now_at.public_id}", right).status_code == 302
    after = [(line.address, line.since, line.until) for line in lines(acting, system, her)]
    assert after == [
        ("雅苑6幢202室", date(2026, 7, 15), None),
        ("东方丽都3幢501室", SINCE, date(2026, 7, 15)),
    ]
    for area, july, august in ((HOME, 0, 0), (NEXT_DOOR, 1, 1)):
        assert heads(acting, system, area, date(2026, 7, 31)) == july
        assert heads(acting, system, area, date(2026, 8, 31)) == august
    assert heads(acting, system, HOME, date(2026, 6, 30)) == 1
    with acting(system):
        assert [card.name for card in people.find_people("6-202", by=system)] == ["王秀兰"]
        assert people.find_people("5-101", by=system) == []
        assert unproven() == []
    trail = details(acting, system, her, "people.address.corrected")
    assert (trail["old"]["address"], trail["old"]["since"]) == ("雅苑5幢101室", "2026-09-01")


def test_the_first_day_of_all_moves_the_day_from_which_she_counts(enter, acting, system, her):
    clerk = enter("community_head", "330212007")
    first = lines(acting, system, her)[-1]
    right = told(first, since="2026-05-10")
    assert clerk.post(f"/people/{her}/addresses/{first.public_id}", right).status_code == 302
    assert heads(acting, system, HOME, date(2026, 5, 31)) == 1
    hukou = lines(acting, system, her, "hukou")[0]
    right = told(hukou, since="2026-05-10", address="东莺路18号")
    assert clerk.post(f"/people/{her}/addresses/{hukou.public_id}", right).status_code == 302
    assert heads(acting, system, HOME, date(2026, 4, 30)) == 0
    assert heads(acting, system, HOME, date(2026, 5, 31)) == 1
    with acting(system):
        assert unproven() == []


def test_days_that_belong_to_another_address_and_another_street_are_refused(enter, acting, system, her):
    clerk = enter("community_head", "330212007")
    now_at = lines(acting, system, her)[0]
    page = f"/people/{her}/addresses/{now_at.public_id}"
    assert "还登记在以前的地址" in text_of(clerk.post(page, told(now_at, since="2026-01-01")))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "今天之后" in text_of(clerk.post(page, told(now_at, since=tomorrow)))
    assert clerk.post(page, told(now_at, community=FAR)).status_code == 422
    assert clerk.post(page, told(now_at, reason="")).status_code == 422
    stranger = enter("community_head", FAR)
    assert stranger.get(page).status_code == 404
    assert stranger.post(page, told(now_at)).status_code == 404


def test_what_is_corrected_leaves_its_old_value(enter, acting, system, her):
    clerk = enter("community_head", "330212007")
    page = f"/people/{her}/correct"
    version = clerk.get(page).context["page"].form["version"].value()
    given = {
        "name": "王秀兰", "sex": "female", "birth_on": "1950-02-03", "reason": "户口簿", "version": version,
    }  # fmt: skip
    assert clerk.post(page, given).status_code == 302
    trail = details(acting, system, her, "people.person.corrected")
    assert trail["old"] == {"sex": "unknown", "birth_on": ""}


class TestDays:
    def test_an_address_after_a_gap_may_grow_into_it_and_no_further(self):
        was = StayDays(date(2026, 5, 1), None)
        ask = {"was": was, "later": None, "born": None, "today": date(2026, 11, 1)}
        earlier = StayDays(date(2026, 1, 1), date(2026, 3, 1))
        assert why_not_these_days(StayDays(date(2026, 3, 1), None), earlier=earlier, **ask) == ""
        assert "以前的地址" in why_not_these_days(StayDays(date(2026, 2, 28), None), earlier=earlier, **ask)

    def test_an_address_that_is_over_stays_before_the_next_one(self):
        was = StayDays(date(2026, 1, 1), date(2026, 3, 1))
        later = StayDays(date(2026, 3, 1), date(2026, 6, 1))
        ask = {"was": was, "earlier": None, "born": date(2025, 12, 1), "today": date(2026, 11, 1)}
        assert why_not_these_days(StayDays(date(2026, 1, 1), date(2026, 5, 31)), later=later, **ask) == ""
        for until, word in ((None, "不能空着"), (date(2026, 6, 1), "之后的地址")):
            assert word in why_not_these_days(StayDays(date(2026, 1, 1), until), later=later, **ask)
        assert "早于出生" in why_not_these_days(
            StayDays(date(2025, 1, 1), date(2026, 2, 1)), later=later, **ask
        )
