"""The page of a plan: promised, done and late by community and month, each number with its list behind."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.apps.work.ledger.conftest import FAR, HERE, OTHER_STREET, STREET, THERE, about, do_deed
from yimen.foundations.bus.api import set_reach
from yimen.foundations.definitions.api import CannotUseDefinitions, run_examples, sync_definitions
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.steering.plans import api as plans
from yimen.steering.plans import views
from yimen.steering.plans.permissions import VIEW
from yimen.work.ledger import views as ledger_views

INDICATORS = """
title = "{title}"
unit = "{unit}"
measure = "{measure}"
items = ["test_visit"]
explanation = "只在测试里用的一个指标。"
"""
PLAN = f"""
title = "测试街道 2026 年计划"
year = 2026
area = "{STREET}"
document = "一份写给测试的计划"

[[target]]
key = "visits"
title = "上门走访"
indicator = "visits"
amount = 48
sentence = "经常上门走访"
setting = "次数自定"
communities = {{ {HERE} = 36, {THERE} = 12 }}
split = "amount"

[[target]]
key = "visited"
title = "走访到的居民"
indicator = "visited"
amount = 24
sentence = "走访困难居民"
setting = "人数自定"
communities = {{ {HERE} = 1, {THERE} = 1 }}
baseline = {{ amount = 68, unit = "户", text = "去年底应走访的户数" }}
"""


def write(folder, kind, key, text):
    home = folder / "definitions" / kind
    home.mkdir(parents=True, exist_ok=True)
    (home / f"{key}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def plan(items, system, now, today, tmp_path):
    write(tmp_path, "indicator", "visits", INDICATORS.format(title="走访次数", unit="次", measure="acts"))
    write(tmp_path, "indicator", "visited", INDICATORS.format(title="走访人数", unit="人", measure="persons"))
    write(tmp_path, "plan", "test_2026", PLAN)
    sync_definitions(by=system, at=now, on=today)


@pytest.fixture
def deeds(plan, system, now):
    """One woman visited 34 times from January to October at home and twice next door; a deed of the street itself."""
    her = about(uuid7())
    for number in range(34):
        do_deed(by=system, at=now, about=her, happened_on=date(2026, 1 + number % 10, 5))
    for day in (date(2026, 10, 6), date(2026, 11, 6)):
        do_deed(by=system, at=now, about=her, area=THERE, happened_on=day)
    do_deed(by=system, at=now, area=STREET, about=about())
    do_deed(by=system, at=now, area=FAR, about=about())


@pytest.fixture
def leader(make_actor):
    return make_actor(VIEW, "ledger.view", "ui.export_lists", area=STREET, name="郑书记")


@pytest.fixture
def show(now, today):
    def get(actor, url="/plans/test_2026/", view=views.plan, **told):
        request = RequestFactory().get(url)
        request.actor, request.at, request.today = actor, now, today
        set_reach(actor, on=today)
        return view(request, **told)

    return lambda actor, url="/plans/test_2026/": get(actor, url, key="test_2026").content.decode()


def told(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_standing_sets_done_beside_promised(deeds, leader, today):
    standing = plans.plan_standing("test_2026", by=leader, on=today)
    visits, _visited = standing.targets
    rows = {row.area: row.pace for row in visits.rows}
    # 36 a year are 3 a month: ten months and two thirds of November, rounded down.
    assert (rows[HERE].amount, rows[HERE].promised, rows[HERE].done, rows[HERE].difference) == (36, 32, 34, 2)
    assert (rows[THERE].promised, rows[THERE].done, rows[THERE].difference) == (10, 2, -8)
    assert (rows[STREET].amount, rows[STREET].done) == (0, 1)
    assert (visits.whole.pace.done, visits.whole.pace.promised) == (37, 42)
    assert visits.whole.pace.done == sum(pace.done for pace in rows.values())


def test_a_person_seen_in_two_communities_and_every_month_is_one_in_the_whole(deeds, leader, today):
    visited = plans.plan_standing("test_2026", by=leader, on=today).targets[1]
    assert {row.area: row.pace.done for row in visited.rows} == {HERE: 1, THERE: 1, STREET: 1}
    assert visited.whole.pace.done == 2
    assert visited.whole.done[9] == 1


def test_months_that_have_not_begun_show_their_promise_only(deeds, leader, today):
    here = plans.plan_standing("test_2026", by=leader, on=today).targets[0].rows[0]
    assert here.done == (4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 0, None)
    assert here.promised == (3,) * 12


def test_the_page_says_which_community_lags_and_by_how_much(deeds, leader, show):
    text = told(show(leader))
    assert "低于进度：雅苑社区，差 8 次。" in text
    assert "数据截至" in text
    assert "底数：68 户（去年底应走访的户数）" in text


def test_persons_and_acts_stand_under_different_heads(deeds, leader, show):
    text = show(leader)
    acts, persons = text.index("件数、次数（时期数）"), text.index("人数（每人只算一次）")
    assert acts < text.index("上门走访：全年计划") < persons < text.index("走访到的居民：全年计划")
    assert "人数按人去重" in show(leader, "/plans/test_2026/?target=visited")


@pytest.mark.parametrize("target", ["visits", "visited"])
def test_every_number_of_the_table_opens_a_list_of_that_length(deeds, leader, show, target, now, today):
    text = show(leader, f"/plans/test_2026/?target={target}")
    table = text[text.index("<tbody") : text.index("</tfoot>")]
    links = re.findall(r'<a href="(/ledger/[^"]+)"[^>]*>(\d+)</a>', table)
    # Two communities and the whole by eleven months; the street itself only where it did something, it promised nothing.
    assert len(links) == 3 * (1 + 11) + (1 + 1)
    for url, number in links[:: 5 if target == "visits" else 1]:
        request = RequestFactory().get(unescape(url))
        request.actor, request.at, request.today = leader, now, today
        listed = ledger_views.ledger(request).content.decode()
        assert len(re.findall(r'<tr role="row"><td', listed)) == int(number), url
        assert f"共 {number} " in listed


def test_the_page_costs_as_many_queries_for_a_full_year_as_for_none(plan, leader, show, system, now):
    show(leader)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            show(leader)
        return len(asked)

    few = queries()
    set_reach(system, on=now.date())
    for number in range(30):
        do_deed(by=system, at=now, about=about(), happened_on=date(2026, 1 + number % 11, 9))
    assert queries() == few <= 7


def test_a_worker_sees_her_own_community_only(deeds, make_actor, show, today):
    worker = make_actor(VIEW, "ledger.view", area=THERE)
    text = told(show(worker))
    assert "雅苑社区" in text
    assert "东莺社区" not in text
    standing = plans.plan_standing("test_2026", by=worker, on=today)
    assert not standing.is_whole
    assert [row.area for row in standing.targets[0].rows] == [THERE]
    assert standing.targets[0].whole.pace.done == 2


def test_another_street_does_not_know_of_the_plan(deeds, make_actor, today):
    stranger = make_actor(VIEW, area=OTHER_STREET)
    assert plans.plans(by=stranger, on=today) == []
    with pytest.raises(NotFound):
        plans.plan_standing("test_2026", by=stranger, on=today)


def test_without_the_right_to_the_ledger_numbers_are_no_links(deeds, make_actor, show):
    looker = make_actor(VIEW, area=STREET)
    assert "/ledger/?" not in show(looker)


def test_what_was_drawn_for_one_is_true_for_the_next(deeds, leader, make_actor, show, system, now):
    looker = make_actor(VIEW, area=STREET)
    before = show(leader)
    assert "雅苑社区11月 1 次，看清单" in before
    assert 'href="/ledger/' not in show(looker)
    set_reach(system, on=now.date())
    do_deed(by=system, at=now, about=about(), area=THERE, happened_on=date(2026, 11, 9))
    after = show(leader)
    assert "雅苑社区11月 2 次，看清单" in after
    assert "雅苑社区11月 1 次，看清单" not in after
    assert "东莺社区10月 3 次，看清单" in before and "东莺社区10月 3 次，看清单" in after


def test_the_sheet_has_columns_apart_for_persons_and_needs_the_right_to_export(
    deeds, leader, make_actor, show, now, today
):
    request = RequestFactory().get("/plans/test_2026/?export=xlsx")
    request.actor, request.at, request.today = leader, now, today
    response = views.plan(request, key="test_2026")
    assert response.content[:2] == b"PK"
    import io
    import zipfile

    inside = zipfile.ZipFile(io.BytesIO(response.content)).read("xl/worksheets/sheet1.xml").decode()
    heads = told(inside)
    assert "已完成" in heads
    assert "已完成（人数）" in heads
    looker = make_actor(VIEW, area=STREET)
    with pytest.raises(NotAllowed):
        show(looker, "/plans/test_2026/?export=xlsx")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("amount = 48", "amount = 50", "应等于全年的 50"),
        (f'area = "{STREET}"', f'area = "{OTHER_STREET}"', "不在计划的区域内"),
        ('key = "visited"', 'key = "visits"', "重复"),
        ('indicator = "visited"', 'indicator = "visitors"', "visitors"),
        ('sentence = "经常上门走访"', "", "sentence"),
        ('split = "amount"', 'split = "amount"\nmonths = [1, 2]', "12 个月"),
    ],
)
def test_a_plan_that_does_not_add_up_is_refused_in_words(items, system, now, today, tmp_path, old, new, word):
    write(tmp_path, "indicator", "visits", INDICATORS.format(title="走访次数", unit="次", measure="acts"))
    write(tmp_path, "indicator", "visited", INDICATORS.format(title="走访人数", unit="人", measure="persons"))
    assert old in PLAN
    write(tmp_path, "plan", "test_2026", PLAN.replace(old, new))
    with pytest.raises(CannotUseDefinitions, match=word):
        sync_definitions(by=system, at=now, on=today)


def test_every_worked_example_of_a_plan_holds():
    assert [one.sentence for one in run_examples("plan") if not one.holds] == []
