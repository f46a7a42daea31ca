"""A form gets a new version while somebody fills in the old one: what she typed stays, and what changed is said."""

import re

import pytest
from django.http import QueryDict

from tests.apps.foundations.forms.samples import FORM, TYPED
from yimen.foundations.forms.api import build_form

pytestmark = pytest.mark.django_db
NEWER = (
    FORM.replace('label = "户籍"', 'label = "户籍所在"')
    .replace('key = "members"\nlabel = "共同生活人数"', 'key = "persons"\nlabel = "家里几口人"')
    .replace("income / members", "income / persons")
)


def posted(typed, **more):
    data = QueryDict(mutable=True)
    for key, value in (typed | more).items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def version_on(page):
    return re.search(r'name="form-version" value="(\d+)"', page)[1]


def test_what_was_typed_stays_and_the_change_is_said_once(publish_form, today):
    old = publish_form()
    begun = version_on(str(build_form(old, on=today)))
    new = publish_form(NEWER)
    filled = build_form(new, on=today, data=posted(TYPED, **{"form-version": begun}))
    assert not filled.is_valid()
    (said,) = filled.non_field_errors()
    assert f"这张表换成了第 {new.version} 版" in said
    assert "新增“家里几口人”" in said
    assert "去掉了“共同生活人数”（填的是：３）" in said
    assert "有改动的是“户籍所在”" in said
    page = str(filled)
    assert 'value="2,100.50"' in page
    again = build_form(new, on=today, data=posted(TYPED, persons="3", **{"form-version": version_on(page)}))
    assert again.is_valid(), again.errors


def test_a_new_version_with_the_same_questions_holds_nobody_up(publish_form, today):
    old = publish_form()
    begun = version_on(str(build_form(old, on=today)))
    new = publish_form(FORM.replace("请如实填写。", "请您如实填写。"))
    assert new.id != old.id
    assert build_form(new, on=today, data=posted(TYPED, **{"form-version": begun})).is_valid()


def test_what_was_put_aside_under_the_old_version_says_so_when_it_is_taken_up(publish_form, today):
    old = publish_form()
    new = publish_form(NEWER)
    form = build_form(new, on=today)
    form.carry_on({"form-version": [str(old.id)], "members": ["3"], "hukou": ["外地"]})
    page = str(form)
    assert "这张表有了新版本" in page
    assert "“共同生活人数”（填的是：3）" in page


@pytest.mark.parametrize("told", ["", "nonsense", "99999999", "-1", "１２"])
def test_a_page_that_names_no_version_of_ours_is_read_as_before(form, today, told):
    assert build_form(form, on=today, data=posted(TYPED, **{"form-version": told})).is_valid()
