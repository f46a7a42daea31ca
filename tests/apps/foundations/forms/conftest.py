"""A relief form for tests, and a source of facts about a tested person."""

from datetime import date
from uuid import UUID

import pytest

from tests.apps.foundations.forms.samples import FORM
from yimen.foundations.audit.api import operation
from yimen.foundations.definitions.api import current, publish
from yimen.foundations.definitions.permissions import PUBLISH
from yimen.foundations.definitions.rules.reading import read_toml
from yimen.foundations.forms.api import store_answers
from yimen.foundations.forms.ports import PrefillSource, prefill_sources
from yimen.kernel.ids import uuid7

KNOWN = {
    "name": ("王秀英", "来自测试档案 2026-03-02"),
    "phone": ("13805740009", "来自测试档案 2026-03-02"),
    "age": (70, ""),
}
AGES: dict[UUID, int] = {}


def load_tested(subject, *, wanted, by, on):
    return {**KNOWN, "age": (AGES.get(subject, 70), ""), "secret": ("不应带出", "")}


if "tested" not in prefill_sources:
    prefill_sources.register(
        PrefillSource(key="tested", load=load_tested, items=("name", "phone", "age", "secret"))
    )


@pytest.fixture
def subject():
    return uuid7()


@pytest.fixture
def publish_form(acting, now, make_actor):
    editor = make_actor(PUBLISH)

    def run(text=FORM, key="tested_relief"):
        with acting(editor):
            publish(
                by=editor,
                at=now,
                kind="form",
                key=key,
                body=read_toml(text, file="测试"),
                effective_on=now.date(),
            )
        return current("form", key, on=date(2026, 11, 20))

    return run


@pytest.fixture
def form(db, publish_form):
    return publish_form()


@pytest.fixture
def clerk(make_actor):
    return make_actor("tests.keep", area="330212007001")


@operation("tests.forms.kept")
def keep(*, by, at, **given):
    by.must("tests.keep", area=given["area"])
    return store_answers(by=by, at=at, **given)


@pytest.fixture
def keep_sheet(acting, now, clerk, subject):
    def run(form, answers, *, by=clerk, about=subject, area="330212007001", **given):
        with acting(by):
            return keep(by=by, at=now, version=form, answers=answers, subject=about, area=area, **given)

    return run
