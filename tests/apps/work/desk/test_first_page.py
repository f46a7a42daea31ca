"""The lists of work on the first page (首页办件清单): each in its own order, all with one statement."""

import pytest
from django.urls import reverse

from tests.apps.work.desk.conftest import HOME, on_day
from yimen.work.desk import api as desk
from yimen.work.desk import queries
from yimen.work.desk.engine.numbers import tracking_word

MONDAY, TUESDAY, WEDNESDAY = (on_day(2026, 11, day) for day in (2, 3, 4))
LATER = on_day(2026, 11, 10)
KINDS = ("urged", "late", "soon")


@pytest.fixture
def cases(acting, clerk, asked):
    """Due on the 9th, 10th and 11th: five working days after they came."""
    taken = []
    for at in (WEDNESDAY, TUESDAY, MONDAY):
        with acting(clerk, on=at.date()):
            taken.append(desk.accept_case(by=clerk, at=at, area=HOME, asked=asked()).public_id)
    return taken[::-1]


def _first(by, kinds=KINDS, most=9):
    found = queries.first_cases(kinds, by=by, today=LATER.date(), most=most)
    return {kind: [case.public_id for case in cases] for kind, cases in found.items()}


def test_each_list_of_the_first_page_begins_as_the_whole_list_does(acting, system, clerk, cases):
    with acting(system):
        for at, case in zip((TUESDAY, LATER), (cases[2], cases[0]), strict=True):
            desk.urge_case(by=system, at=at, word=tracking_word(case), words="")
    with acting(clerk):
        assert _first(clerk) == {"urged": [cases[2], cases[0]], "late": [cases[0]], "soon": cases[1:]}
        for kind in ("late", "soon"):
            whole = desk.work_list(kind, by=clerk, today=LATER.date())
            assert _first(clerk)[kind] == [one.public_id for one in whole]
        assert _first(clerk, most=1) == {"urged": [cases[2]], "late": [cases[0]], "soon": [cases[1]]}
        assert _first(clerk, kinds=("waiting", "owed")) == {}


def test_more_lists_cost_no_more_statements(acting, clerk, cases, django_assert_num_queries):
    with acting(clerk):
        _first(clerk)
        with django_assert_num_queries(1):
            _first(clerk)


def test_the_first_page_says_each_list_in_words_and_leads_to_it(acting, clerk, cases):
    with acting(clerk):
        card = queries.lists_card({"late": "已超期", "soon": "快到期"}, by=clerk, at=LATER)
        assert queries.lists_words(card) == "1 件已超期，2 件快到期"
        assert [one["url"] for one in card["cards"]] == [
            reverse("desk:list", args=[kind]) for kind in ("late", "soon")
        ]
        assert queries.lists_card({"owed": "容缺待补"}, by=clerk, at=LATER) is None
