"""What was said in one form is not asked again in another (承前填报)."""

from datetime import date

import pytest

from yimen.foundations.audit.api import operation
from yimen.foundations.forms.api import NoSheet, build_form, carried_facts, erase_answers, get_sheet

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
QUESTION = """
[[questions]]
key = "{key}"
label = "{label}"
type = "{type}"
purpose = "试一试"
{more}
"""
OPTIONS = 'options = [{{ value = "a", label = "{a}" }}, {{ value = "b", label = "乙" }}]'


def _form(publish_form, key, *questions):
    asked = [
        QUESTION.format(key=one, label=label, type=kind, more=more) for one, label, kind, more in questions
    ]
    return publish_form(f'title = "{key}"\n' + "\n".join(asked), key=key)


@pytest.fixture
def said(publish_form, keep_sheet):
    """A sheet on which somebody told her story."""
    form = _form(
        publish_form,
        "said_first",
        ("story", "出了什么事", "longtext", ""),
        ("secret", "不便说的", "text", "sensitive = true"),
        ("mobile", "联系电话", "phone", ""),
        ("kind", "哪一种", "choice", OPTIONS.format(a="甲")),
        ("many", "几口人", "number", ""),
    )
    told = {"story": "家里着火", "secret": "有病", "mobile": "13805740001", "kind": "a", "many": 3}
    return keep_sheet(form, told).public_id


def _carried(form, said, *, by):
    return carried_facts(form, said, source="来自办件 7", by=by, on=ON)


def test_what_is_asked_again_is_filled_in_and_says_where_it_was_said(
    publish_form, keep_sheet, said, acting, clerk
):
    again = _form(
        publish_form,
        "asked_again",
        ("story", "情况说明", "longtext", ""),
        ("mobile", "电话", "phone", 'prefill = "tested.phone"'),
        ("other", "别的", "text", ""),
    )
    with acting(clerk):
        facts = _carried(again, said, by=clerk)
        page = build_form(again, on=ON, facts=facts)
        # What she said of this very affair stands before what her file says.
        assert (page["story"].initial, page["mobile"].initial) == ("家里着火", "13805740001")
        assert page["other"].initial in (None, "")
        assert page.fields["story"].source == "来自办件 7“出了什么事”"
        back = build_form(again, on=ON, facts=facts, data={"story": "家里着火", "mobile": "13805740002"})
        assert back.is_valid()
        assert back.fields["mobile"].source == "来自办件 7“联系电话”，已更正（原为 13805740001）"
    kept = keep_sheet(again, back.answers, facts=facts)
    with acting(clerk):
        told = {line.key: (line.source, line.corrected) for line in get_sheet(kept.public_id, by=clerk).lines}
    assert told["story"] == ("来自办件 7“出了什么事”", False)
    assert told["mobile"] == ("来自办件 7“联系电话”", True)


@pytest.mark.parametrize(
    "question",
    [
        ("secret", "随便看的", "text", ""),
        ("story", "换了一种题", "text", ""),
        ("kind", "同一个值，叫法不同", "choice", OPTIONS.format(a="丙")),
        ("kind", "没有这个选项", "choice", 'options = [{ value = "b", label = "乙" }]'),
        ("many", "最多两口", "number", "max = 2"),
    ],
    ids=["less-guarded", "another-type", "called-otherwise", "no-such-option", "not-allowed-here"],
)
def test_what_is_not_the_same_question_is_asked_anew(publish_form, said, acting, clerk, question):
    with acting(clerk):
        assert _carried(_form(publish_form, "asked_anew", question), said, by=clerk) == {}


def test_nothing_is_carried_from_what_is_out_of_reach(publish_form, said, acting, make_actor):
    again = _form(publish_form, "asked_again", ("story", "情况说明", "longtext", ""))
    stranger = make_actor("tests.keep", area="330212008001")
    with acting(stranger), pytest.raises(NoSheet):
        _carried(again, said, by=stranger)


def test_what_was_erased_is_carried_nowhere(publish_form, said, acting, clerk, now):
    @operation("tests.said.erased")
    def erase(*, by, at):
        erase_answers(by=by, at=at, sheet=said)

    again = _form(publish_form, "asked_again", ("story", "情况说明", "longtext", ""))
    with acting(clerk):
        assert _carried(again, said, by=clerk)
        erase(by=clerk, at=now)
        assert _carried(again, said, by=clerk) == {}
