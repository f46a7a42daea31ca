"""An application on paper that is typed in later (补录): the clock counts from the day it was received."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, on_day
from yimen.kernel.clock import day_of, spoken_day
from yimen.kernel.periods import Month
from yimen.work.desk import api as desk
from yimen.work.ledger import api as ledger


def accept(clerk, asked, at, **told):
    return desk.accept_case(by=clerk, at=at, area=HOME, asked=replace(asked(), **told))


def test_the_clock_counts_from_the_day_it_was_received(acting, clerk, asked):
    with acting(clerk):
        case = accept(clerk, asked, on_day(2026, 11, 20), received_on=date(2026, 11, 16))
    assert case.accepted_on == date(2026, 11, 16)
    assert case.due_on == date(2026, 11, 23)
    assert day_of(case.received_at) == date(2026, 11, 20)
    assert case.late_entry


def test_it_counts_in_the_month_it_was_received_and_keeps_both_dates(acting, clerk, asked):
    with acting(clerk):
        case = accept(clerk, asked, on_day(2026, 11, 2), received_on=date(2026, 10, 30))
        entry = ledger.entries_of_source(case.public_id, by=clerk).get(item="case_accepted")
        totals = ledger.totals(
            [ledger.Ask("a", ("case_accepted",))],
            area=HOME,
            first=Month(2026, 10),
            last=Month(2026, 11),
            by=clerk,
        )
    assert entry.backdated
    assert (entry.happened_on, day_of(entry.recorded_at)) == (date(2026, 10, 30), date(2026, 11, 2))
    assert [(one.month, one.acts) for one in totals] == [(Month(2026, 10), 1)]


def test_what_comes_today_is_no_late_entry(acting, clerk, asked):
    with acting(clerk):
        case = accept(clerk, asked, on_day(2026, 11, 20), received_on=date(2026, 11, 20), late_reason="随手")
    assert not case.late_entry
    assert case.late_reason == ""


@pytest.mark.parametrize(
    ("received_on", "sentence"),
    [(date(2026, 11, 21), "还没到"), (date(2026, 11, 1), "超过 7 天的补录要写明原因")],
)
def test_a_day_ahead_and_a_long_delay_without_reason_are_refused(acting, clerk, asked, received_on, sentence):
    with acting(clerk), pytest.raises(desk.CannotAccept, match=sentence):
        accept(clerk, asked, on_day(2026, 11, 20), received_on=received_on)


def test_a_reason_for_a_long_delay_is_kept(acting, clerk, asked):
    with acting(clerk):
        case = accept(
            clerk,
            asked,
            on_day(2026, 11, 20),
            received_on=date(2026, 11, 2),
            late_reason="台风停电，先收的纸质件",
        )
        entry = ledger.entries_of_source(case.public_id, by=clerk).get(item="case_accepted")
    assert case.late_reason == entry.late_reason == "台风停电，先收的纸质件"


def test_the_window_enters_both_dates_and_the_case_shows_them(signed_in, person):
    browser = signed_in("clerk", "window_clerk")
    address = reverse("desk:intake", args=["trial"]) + f"?person={person}"
    page = browser.get(address).content.decode()
    assert "实际收件日" in page
    today = day_of(timezone.now())
    sent = {
        "reason": "住院",
        "phone": "13800001234",
        "sick": "no",
        "paper-identity": "seen",
        "intake-source": "counter",
        "act": "accept",
        "intake-received_on": str(today - timedelta(days=30)),
    }
    refused = browser.post(address, sent)
    assert refused.status_code == 422
    assert "超过 7 天的补录要写明原因" in refused.content.decode()
    taken = browser.post(address, sent | {"intake-late_reason": "上门收的纸质申请"})
    assert taken.status_code == 302
    case = taken.url.split("/")[3]
    page = browser.get(reverse("desk:case", args=[case])).content.decode()
    assert "补录" in page
    assert spoken_day(today - timedelta(days=30), today=today) in page
    assert "上门收的纸质申请" in page
    assert "补录" in browser.get(reverse("desk:cases")).content.decode()
    assert "补录" in browser.get(reverse("people:file", args=[person])).content.decode()
