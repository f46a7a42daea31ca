"""Pages publish new versions; what was published at a place is that place's own."""

from datetime import date

import pytest

from yimen.foundations.audit.api import trail_of
from yimen.foundations.definitions.api import (
    CannotPublish,
    CannotUseDefinitions,
    compare,
    current,
    publish,
    run_published_examples,
    versions_of,
)
from yimen.foundations.definitions.engine import folders as folders_module
from yimen.foundations.definitions.permissions import PUBLISH
from yimen.kernel.refusals import NotAllowed

pytestmark = pytest.mark.django_db
KIND = "tested_errand"
BODY = {
    "title": "临时救助",
    "papers": [{"key": "id", "title": "身份证"}, {"key": "form", "title": "申请表", "copies": 2}],
}


@pytest.fixture
def editor(make_actor):
    return make_actor(PUBLISH)


@pytest.fixture
def published(acting, now):
    def run(by, body=BODY, *, on=date(2026, 11, 20), **given):
        with acting(by):
            return publish(by=by, at=now, kind=KIND, key="relief", body=body, effective_on=on, **given)

    return run


def test_a_published_version_is_in_force_from_its_day_and_in_the_trail(published, editor, acting, today):
    row = published(editor, change="材料减一份", on=date(2026, 12, 1))
    assert current(KIND, "relief", on=date(2026, 12, 1)).body.papers[1].copies == 2
    assert (row.source, row.change, row.made_by) == ("published", "材料减一份", editor.key)
    with acting(editor):
        assert [one.verb for one in trail_of(row.public_id, by=editor)] == ["definitions.version.published"]


def test_who_may_publish_only_in_a_community_may_not_publish_for_the_street(published, make_actor):
    with pytest.raises(NotAllowed):
        published(make_actor(PUBLISH, area="330212007001"))
    with pytest.raises(NotAllowed):
        published(make_actor("desk.accept_case"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"on": date(2026, 11, 19)}, "生效日期不能早于今天"),
        ({"body": {"title": "甲", "papers": [{"key": "id"}]}}, "缺少「title」"),
        ({"body": {"title": "甲", "uses": ["nothing"]}}, "引用的 tested_errand「nothing」不存在"),
        ({"examples": [{"name": "两份", "expect": {"copies": 2}}]}, "「copies」应为 2，实际为 3"),
    ],
)
def test_what_cannot_be_published_is_refused_with_the_reason(published, editor, change, why):
    with pytest.raises((CannotPublish, CannotUseDefinitions), match=why):
        published(editor, **change)


def test_the_same_body_is_not_published_twice(published, editor):
    published(editor)
    with pytest.raises(CannotPublish, match="内容与第 1 版相同"):
        published(editor)


def test_examples_go_on_holding_in_later_versions_or_the_change_is_refused(published, editor):
    published(editor, examples=[{"name": "一家三口", "given": {"people": 3}, "expect": {"copies": 9}}])
    changed = {**BODY, "papers": BODY["papers"][:1]}
    with pytest.raises(CannotPublish, match="算例「一家三口」：「copies」应为 9，实际为 3"):
        published(editor, changed)
    published(
        editor, changed, examples=[{"name": "一家三口", "given": {"people": 3}, "expect": {"copies": 3}}]
    )
    assert all(result.holds for result in run_published_examples(KIND))
    assert len(run_published_examples(KIND)) == 2


def test_a_shipped_change_does_not_override_what_was_published_here(
    published, editor, tmp_path, monkeypatch, sync, today
):
    shipped = folders_module.Folder(tmp_path, "yimen/tests/definitions", folders_module.Source.SHIPPED)
    monkeypatch.setattr(folders_module, "folders", lambda: [shipped])
    (tmp_path / KIND).mkdir()
    file = tmp_path / KIND / "relief.toml"
    file.write_text('title = "随产品"', encoding="utf-8")
    sync()
    published(editor, {"title": "本街道"})
    file.write_text('title = "随产品新版"', encoding="utf-8")
    assert sync() == 1
    assert sync() == 0
    assert current(KIND, "relief", on=today).body.title == "本街道"
    assert [one.stands for one in versions_of(KIND, "relief")] == [True, True, False]


def test_what_rests_on_a_published_version_follows_it(published, editor, site, sync, today):
    published(editor)
    site("matter", 'title = "事项"\nuses = ["relief"]')
    sync()
    published(editor, {"title": "改名"})
    matter = current(KIND, "matter", on=today)
    assert (matter.version, matter.pins[0].version) == (2, 2)


def test_the_difference_of_two_bodies_is_told_item_by_item():
    new = {"title": "临时救助", "papers": [{"key": "form", "title": "申请表", "copies": 1}], "way": "online"}
    assert compare(BODY, new) == [
        ("papers[id]", {"key": "id", "title": "身份证"}, None),
        ("papers[form].copies", 2, 1),
        ("way", None, "online"),
    ]
