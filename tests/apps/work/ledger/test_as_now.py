"""Figures after areas were reorganised: by the areas then (按当时区划), and by the areas now (按现行区划)."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.ledger.conftest import HERE, STREET, THERE, about, do_deed
from yimen.kernel.ids import uuid7
from yimen.kernel.periods import Month
from yimen.registers.places import api as places
from yimen.work.ledger.api import Ask, figures

NOW = "雅苑社区"
ASK = [Ask("visits", ("test_visit",))]


@pytest.fixture
def merged(items, system, now):
    """Deeds in two communities, one person in both; then the first one goes over to the second."""
    her, other = uuid7(), uuid7()
    before = now - timedelta(days=20)
    do_deed(by=system, at=before, area=HERE, about=about(her))
    do_deed(by=system, at=before, area=HERE, about=about(other))
    do_deed(by=system, at=before, area=THERE, about=about(her))
    places.reorganise_areas(by=system, at=now, on=now.date() - timedelta(days=2), old=[HERE], new=[THERE])
    do_deed(by=system, at=now, area=THERE, about=about(her))
    return now


def told(area, *, by, now, folds=None):
    year = now.year
    sums, heads = figures(
        ASK, ASK, area=area, first=Month(year, 1), last=Month(year, 12), by=by, by_month=(), folds=folds
    )
    acts = {}
    for one in sums:
        acts[one.area] = acts.get(one.area, 0) + one.acts
    return acts, {place: count for (_, place, month), count in heads.items() if month is None}


def test_figures_are_as_then_unless_asked_as_now(merged, system):
    folds = places.folding(STREET).folds
    assert folds == {HERE: THERE}
    acts, heads = told(STREET, by=system, now=merged)
    assert acts == {HERE: 2, THERE: 2}
    assert heads == {HERE: 2, THERE: 1, "": 2}
    acts, heads = told(STREET, by=system, now=merged, folds=folds)
    assert acts == {THERE: 4}
    assert heads == {THERE: 2, "": 2}


def test_the_successor_alone_is_told_with_what_it_took_over(merged, system):
    folds = places.folding(THERE).folds
    acts, heads = told(THERE, by=system, now=merged, folds=folds)
    assert acts == {THERE: 4}
    assert heads[THERE] == 2
    acts, _ = told(THERE, by=system, now=merged)
    assert acts == {THERE: 2}


def test_who_does_not_reach_the_ended_community_is_told_what_she_reaches(merged, acting, make_actor):
    worker = make_actor("ledger.view", area=THERE)
    with acting(worker):
        acts, _ = told(THERE, by=worker, now=merged, folds={HERE: THERE})
    assert acts == {THERE: 2}


def test_a_divided_community_folds_into_none(items, system, now):
    grid = places.open_area(
        by=system, at=now, parent=HERE, name="第一网格", since=now.date() - timedelta(days=30)
    ).code
    places.reorganise_areas(
        by=system, at=now, on=now.date(), old=[HERE], rest={HERE: 0}, assign={grid: 1},
        new=[places.NewArea(STREET, "东莺东社区"), places.NewArea(STREET, "东莺西社区")],
    )  # fmt: skip
    found = places.folding(STREET)
    assert (found.folds, found.divided) == ({}, (HERE,))


def test_the_overview_has_a_switch_after_a_merge(signed_in, acting, system, client):
    browser = signed_in("section_chief", area=STREET)
    plain = browser.get(f"/ledger/?area={THERE}").content.decode()
    assert "按现行区划" not in plain
    at = timezone.now()
    with acting(system, at.date()):
        places.reorganise_areas(by=system, at=at, on=at.date(), old=[HERE], new=[THERE])
    page = browser.get(f"/ledger/?area={THERE}").content.decode()
    assert "按现行区划" in page
    now = browser.get(f"/ledger/?area={THERE}&now=1").content.decode()
    assert "东莺社区的台账并入承接的社区" in now


def _opened(browser, address):
    """The sum that stands above a list, and in which communities its rows are."""
    answer = browser.get(address)
    page = answer.content.decode()
    shown = answer.context["page"]
    place = [column.title for column in shown.columns].index("社区")
    return shown.extra["sum"], sorted(row.cells[place].text for row in shown.rows), page


@pytest.mark.parametrize("area", [STREET, THERE])
def test_a_number_by_the_areas_of_now_opens_the_list_behind_it(signed_in, merged, area):
    browser = signed_in("section_chief", area=STREET)
    answer = browser.get(f"/ledger/?area={area}&now=1")
    [line] = [one for one in answer.context["page"].lines if "item=test_visit" in one.year_url]
    assert line.year == 4 and f'href="{html.escape(line.year_url)}"' in answer.content.decode()
    told, rows, page = _opened(browser, line.year_url)
    assert told.startswith("共 4 条") and rows == sorted(["东莺社区", "东莺社区", NOW, NOW])
    assert "按现行区划" in page
    told, rows, _ = _opened(browser, f"{line.year_url}&count=persons")
    assert told == "共 2 人" and len(rows) == 2


def test_a_worker_of_the_successor_opens_what_her_number_counted(signed_in, merged):
    browser = signed_in("community_worker", area=THERE)
    told, rows, _ = _opened(browser, f"/ledger/?item=test_visit&area={THERE}&now=1")
    assert told.startswith("共 2 条") and rows == [NOW, NOW]
