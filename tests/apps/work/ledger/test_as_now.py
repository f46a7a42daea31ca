"""Figures after areas were reorganised: by the areas then (按当时区划), and by the areas now (按现行区划)."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.ledger.conftest import FAR, HERE, OTHER_STREET, STREET, THERE, about, do_deed
from yimen.kernel.ids import uuid7
from yimen.kernel.periods import Month
from yimen.registers.places import api as places
from yimen.work.ledger.api import Ask, figures
from yimen.work.ledger.models import Entry, EntryItem, Presence

NOW = "雅苑社区"
COUNTY, NEIGHBOUR = "330212", "330212008002"
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


@pytest.mark.parametrize("asked", [THERE, STREET])
def test_who_reaches_the_successor_is_told_what_it_took_over(merged, acting, make_actor, asked):
    worker = make_actor("ledger.view", area=THERE)
    with acting(worker):
        acts, heads = told(asked, by=worker, now=merged, folds={HERE: THERE})
        assert (acts, heads) == ({THERE: 4}, {THERE: 2, "": 2})
        # By the areas of then she is told what she reached then.
        assert told(asked, by=worker, now=merged)[0] == {THERE: 2}


@pytest.fixture
def gone_over(items, system, now):
    """Two communities of a street with deeds of two persons; the first one goes over to a community of another street."""
    her, other = uuid7(), uuid7()
    before = now - timedelta(days=20)
    for who, area in ((her, HERE), (other, HERE), (her, THERE), (her, FAR)):
        do_deed(by=system, at=before, area=area, about=about(who))
    places.reorganise_areas(by=system, at=now, on=now.date() - timedelta(days=2), old=[HERE], new=[FAR])
    do_deed(by=system, at=now, area=FAR, about=about(other))
    return now


def test_what_another_street_took_over_counts_there_and_no_more_here(gone_over, acting, make_actor):
    answers = {}
    for area in (STREET, OTHER_STREET, FAR, COUNTY):
        reader = make_actor("ledger.view", area=area)
        with acting(reader):
            folds = places.folding(area).folds
            assert folds == {HERE: FAR}
            answers[area] = told(area, by=reader, now=gone_over, folds=folds)
    assert answers[STREET] == ({THERE: 1}, {THERE: 1, "": 1})
    assert answers[OTHER_STREET] == ({FAR: 4}, {FAR: 2, "": 2})
    assert answers[FAR] == answers[OTHER_STREET]
    # The streets are the county: nothing is lost on the way and nothing counts twice.
    assert answers[COUNTY] == ({THERE: 1, FAR: 4}, {THERE: 1, FAR: 2, "": 2})


def test_by_the_areas_of_then_it_stays_where_it_was_done(gone_over, acting, make_actor):
    for area, acts in ((STREET, {HERE: 2, THERE: 1}), (OTHER_STREET, {FAR: 2}), (FAR, {FAR: 2})):
        reader = make_actor("ledger.view", area=area)
        with acting(reader):
            assert told(area, by=reader, now=gone_over)[0] == acts


def test_only_who_reaches_the_successor_reads_its_rows(gone_over, acting, make_actor):
    for area, seen in (
        (FAR, {HERE, FAR}),
        (OTHER_STREET, {HERE, FAR}),
        (THERE, {THERE}),
        (STREET, {HERE, THERE}),
        (NEIGHBOUR, set()),
        (f"{FAR}001", set()),
    ):
        reader = make_actor("ledger.view", area=area)
        with acting(reader):
            for model in (EntryItem, Presence, Entry):
                assert set(model.objects.values_list("area", flat=True)) == seen, (area, model)


def test_a_chief_of_the_street_that_took_over_opens_the_list_behind_the_number(signed_in, gone_over):
    browser = signed_in("section_chief", area=OTHER_STREET)
    answer = browser.get(f"/ledger/?area={OTHER_STREET}&now=1")
    [line] = [one for one in answer.context["page"].lines if "item=test_visit" in one.year_url]
    assert line.year == 4
    told, rows, _ = _opened(browser, line.year_url)
    assert told.startswith("共 4 条") and len(rows) == 4
    told, rows, _ = _opened(browser, f"{line.year_url}&count=persons")
    assert told == "共 2 人" and len(rows) == 2
    left = signed_in("section_chief", area=STREET)
    told, rows, _ = _opened(left, f"/ledger/?item=test_visit&area={STREET}&now=1")
    assert told.startswith("共 1 条") and rows == [NOW]


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
    assert told.startswith("共 4 条") and rows == sorted(["东莺社区", "东莺社区", NOW, NOW])
