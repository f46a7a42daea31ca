"""A definition ends on a day: nothing begins under it any more, and what it said stays readable."""

from datetime import date, timedelta

import pytest

from yimen.foundations.audit.api import trail_of
from yimen.foundations.definitions.api import (
    CannotRetire,
    NoDefinition,
    current,
    current_all,
    find_current,
    publish,
    retire,
    retired_all,
    users_of,
    version,
    versions_of,
)
from yimen.foundations.definitions.permissions import PUBLISH
from yimen.kernel.refusals import NotAllowed

pytestmark = pytest.mark.django_db
KIND = "tested_errand"
DAY = date(2026, 12, 1)


@pytest.fixture
def editor(make_actor):
    return make_actor(PUBLISH)


@pytest.fixture
def put_out(acting, editor, now):
    def run(key="walk", title="散步", on=date(2026, 11, 20), **body):
        with acting(editor):
            return publish(
                by=editor, at=now, kind=KIND, key=key, body={"title": title, **body}, effective_on=on
            )

    return run


@pytest.fixture
def end(acting, editor, now):
    def run(key="walk", on=DAY, *, by=None):
        with acting(by or editor):
            return retire(by=by or editor, at=now, kind=KIND, key=key, effective_on=on, change="不再办")

    return run


def test_from_its_day_on_it_is_not_in_force_and_says_since_when(put_out, end, acting, editor):
    first = put_out()
    row = end()
    before = DAY - timedelta(days=1)
    assert find_current(KIND, "walk", on=before).id == first.pk
    assert find_current(KIND, "walk", on=DAY) is None
    assert "walk" in {one.key for one in current_all(KIND, on=before)}
    assert "walk" not in {one.key for one in current_all(KIND, on=DAY)}
    assert [one.key for one in retired_all(KIND, on=DAY)] == ["walk"]
    assert retired_all(KIND, on=before) == ()
    with pytest.raises(NoDefinition, match="它已自 2026-12-01 起停用"):
        current(KIND, "walk", on=DAY)
    assert version(first.pk).body.title == "散步"
    with acting(editor):
        assert [one.verb for one in trail_of(row.public_id, by=editor)] == ["definitions.version.retired"]


def test_publishing_again_takes_an_end_back_even_with_the_same_words(put_out, end):
    put_out()
    end()
    put_out(on=date(2026, 12, 5))
    assert find_current(KIND, "walk", on=date(2026, 12, 4)) is None
    assert current(KIND, "walk", on=date(2026, 12, 5)).body.title == "散步"
    assert [one.ends for one in versions_of(KIND, "walk")] == [False, True, False]


def test_what_others_still_use_does_not_end_before_them(put_out, end):
    put_out()
    put_out("tour", "一日游", uses=["walk"])
    assert [one.key for one in users_of(KIND, "walk", on=DAY)] == ["tour"]
    with pytest.raises(CannotRetire, match=r"还在用它的有.*《一日游》"):
        end()
    end("tour")
    end()
    assert find_current(KIND, "walk", on=DAY) is None


@pytest.mark.parametrize(
    ("key", "on", "why"),
    [
        ("walk", date(2026, 1, 1), "不能早于今天"),
        ("later", date(2026, 12, 1), "停用不能早于它"),
        ("nowhere", DAY, "没有「nowhere」"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused(put_out, end, key, on, why):
    put_out()
    put_out("later", on=date(2026, 12, 24))
    with pytest.raises(CannotRetire, match=why):
        end(key, on)


def test_what_has_ended_cannot_end_again(put_out, end):
    put_out()
    end()
    with pytest.raises(CannotRetire, match="已自 2026-12-01 起停用"):
        end()


def test_only_who_may_publish_may_end(put_out, end, make_actor):
    put_out()
    with pytest.raises(NotAllowed):
        end(by=make_actor("desk.accept_case"))
