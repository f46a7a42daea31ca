"""Residents by conditions (居民清单), and the conditions that are kept under a name (常用筛选) with their numbers."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.registers.people.conftest import FAR, HOME, NEXT_DOOR, OTHER_STREET, STREET
from tests.apps.registers.people.test_doubles import text_of
from yimen.registers.people.presenters import residents as presenters
from yimen.registers.people.queries import saved_filters
from yimen.registers.people.queries.rolls import residents

pytestmark = pytest.mark.django_db
OLD = date(1940, 3, 1)


@pytest.fixture
def folk(areas, acting, system, register):
    with acting(system):
        register("王秀兰", birth_on=OLD)
        register("李桂英", birth_on=OLD, community=NEXT_DOOR)
        register("周大山", birth_on=date(1990, 5, 5))
        register("远方老人", birth_on=OLD, community=FAR)


def keep(client, name="八十岁以上", **more):
    return client.post("/people/list/save", {"name": name, "age": "80", **more})


def numbers(page: str) -> dict[str, str]:
    """The kept filters of a page and what stands beside them."""
    rows = re.findall(
        r'<td>(?:<a href="[^"]*">)?([^<]+)(?:</a>)?</td><td data-label="您范围里现在"[^>]*>([^<]*)<', page
    )
    return {name.strip(): words.strip() for name, words in rows}


def test_nobody_is_listed_before_a_condition_is_chosen(enter, folk):
    client = enter("window_clerk")
    empty = text_of(client.get("/people/list/"))
    assert "先选条件" in empty
    assert "王秀兰" not in empty
    listed = text_of(client.get("/people/list/", {"age": "80"}))
    assert "王秀兰" in listed
    assert "李桂英" in listed
    assert "周大山" not in listed
    assert "远方老人" not in listed


def test_a_kept_filter_counts_what_each_viewer_reaches(enter, folk):
    clerk, worker = enter("window_clerk", STREET), enter("community_worker", HOME)
    assert keep(clerk, shared="on").status_code == 302
    assert numbers(text_of(clerk.get("/people/list/"))) == {"八十岁以上": "2 人"}
    assert numbers(text_of(worker.get("/people/list/"))) == {"八十岁以上": "1 人"}


def test_the_numbers_are_of_this_moment(enter, folk, acting, system, register):
    clerk = enter("window_clerk")
    keep(clerk)
    with acting(system):
        register("陈阿婆", birth_on=OLD)
    assert numbers(text_of(clerk.get("/people/list/"))) == {"八十岁以上": "3 人"}


def test_what_is_not_shared_and_what_is_of_another_street_is_not_seen(enter, folk):
    clerk, worker, stranger = (
        enter("window_clerk"),
        enter("community_worker", HOME),
        enter("window_clerk", OTHER_STREET),
    )
    keep(clerk, "我自己的")
    keep(clerk, "大家的", shared="on")
    assert set(numbers(text_of(worker.get("/people/list/")))) == {"大家的"}
    assert numbers(text_of(stranger.get("/people/list/"))) == {}
    own = re.findall(r"/people/list/([0-9a-f-]{36})/drop", text_of(clerk.get("/people/list/")))
    for public_id in own:
        assert stranger.get(f"/people/list/{public_id}/").status_code == 404
        assert stranger.post(f"/people/list/{public_id}/drop").status_code == 404
        assert worker.get(f"/people/list/{public_id}/").status_code == 404
    assert len(numbers(text_of(clerk.get("/people/list/")))) == 2


def test_a_condition_the_viewer_may_not_choose_is_not_counted_as_if_it_were_none(enter, folk):
    clerk, worker = enter("window_clerk", STREET), enter("community_worker", HOME)
    keep(clerk, "雅苑的", community=NEXT_DOOR, shared="on")
    assert numbers(text_of(clerk.get("/people/list/"))) == {"雅苑的": "1 人"}
    assert numbers(text_of(worker.get("/people/list/"))) == {"雅苑的": "有您不能用的条件"}


def test_a_filter_gets_another_name_and_goes(enter, folk):
    clerk = enter("window_clerk")
    keep(clerk)
    address = re.search(r"/people/list/[0-9a-f-]{36}/", text_of(clerk.get("/people/list/")))[0]
    assert clerk.post(address, {"name": "高龄老人"}).status_code == 302
    assert set(numbers(text_of(clerk.get("/people/list/")))) == {"高龄老人"}
    assert clerk.post(f"{address}drop").status_code == 302
    assert numbers(text_of(clerk.get("/people/list/"))) == {}
    assert clerk.post(f"{address}drop").status_code == 404


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": ""}, "请给这组条件起个名称"),
        ({"name": "找13800138000"}, "名称里不要写号码"),
        ({"age": "no-such"}, "请先选条件"),
        ({"name": "已有"}, "请换个名称"),
    ],
)
def test_what_cannot_be_kept_is_said(enter, folk, told, sentence):
    clerk = enter("window_clerk")
    keep(clerk, "已有")
    answer = keep(clerk, **({"name": "新的"} | told))
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_however_many_are_kept_the_page_asks_as_often(enter, folk):
    clerk = enter("window_clerk")
    keep(clerk, "一")
    clerk.get("/people/list/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/people/list/", {"age": "80"})
    for number in range(6):
        keep(clerk, f"第{number}个", kind="local")
    with CaptureQueriesContext(connection) as many:
        clerk.get("/people/list/", {"age": "80"})
    assert len(many) == len(few)


def test_more_than_are_counted_is_said_in_words(enter, folk, monkeypatch):
    clerk = enter("window_clerk")
    keep(clerk)
    for module in (saved_filters, presenters):
        monkeypatch.setattr(module, "MOST_COUNTED", 1)
    assert numbers(text_of(clerk.get("/people/list/"))) == {"八十岁以上": "超过 1 人"}


def test_what_takes_too_long_to_count_is_given_up_and_nothing_else_with_it(street, folk, clerk, monkeypatch):
    monkeypatch.setattr(saved_filters, "BUDGET_MS", 20)
    people = residents(by=clerk)
    slow = people.extra(where=["pg_sleep(0.2) IS NOT NULL"])
    assert saved_filters.counts_of([people, slow]) == [None, None]
    assert saved_filters.counts_of([people]) == [3]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == "20s"


def test_neither_sex_nor_anything_of_health_can_be_chosen(enter, folk):
    page = text_of(enter("section_chief").get("/people/list/"))
    chips = page.split("list-filters")[1].split("</details>")[0]
    for word in ("性别", "女", "怀孕", "病", "残疾", "低保", "信访", "子女"):
        assert word not in chips
