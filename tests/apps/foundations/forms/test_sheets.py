"""Answers are kept once, sealed where they are sensitive, and seen only within reach."""

import pytest
from django.db import ProgrammingError, connection

from tests.apps.foundations.forms.samples import FORM, OPEN_FORM, TYPED, WORKED
from yimen.foundations.audit.api import operation, trail_of
from yimen.foundations.audit.engine.operation import NotInner
from yimen.foundations.forms.api import (
    AlreadyReplaced,
    CannotStoreAnswers,
    Fact,
    NoSheet,
    erase_answers,
    get_sheet,
    load_facts,
    read_answers,
    sheets_of,
    store_answers,
)
from yimen.foundations.forms.models import AnswerSheet
from yimen.kernel.actor import system_actor

pytestmark = pytest.mark.django_db


def raw_row(sheet):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plain_answers::text, sealed_answers FROM forms_answersheet WHERE id = %s", [sheet.pk]
        )
        return cursor.fetchone()


def test_answers_are_read_back_as_labels_and_texts(form, keep_sheet, acting, clerk):
    sheet = keep_sheet(form, TYPED)
    with acting(clerk):
        assert read_answers(sheet.public_id, by=clerk) == [
            ("申请人姓名", "王秀英"),
            ("联系电话", "13805740001"),
            ("户籍", "本市"),
            ("家庭月收入", "¥2,100.50"),
            ("共同生活人数", "3 人"),
            ("困难原因", "火灾"),
            ("同意核对家庭经济状况", "是"),
        ]


def test_a_form_with_a_sensitive_question_is_sealed_as_a_whole(form, keep_sheet, acting, clerk):
    sheet = keep_sheet(form, TYPED)
    with acting(clerk):
        plain, sealed = raw_row(sheet)
        assert plain is None
        assert "王秀英".encode() not in bytes(sealed)
        assert get_sheet(sheet.public_id, by=clerk).answers["mobile"] == "13805740001"


def test_a_form_without_one_stays_readable(publish_form, keep_sheet, acting, clerk):
    sheet = keep_sheet(publish_form(OPEN_FORM, key="tested_idea"), {"idea": "多设座椅"})
    with acting(clerk):
        assert "多设座椅" in raw_row(sheet)[0]


def test_the_trail_names_questions_and_no_answers(form, keep_sheet, acting, clerk):
    sheet = keep_sheet(form, TYPED)
    with acting(clerk):
        (row,) = trail_of(sheet.public_id, by=clerk)
    assert "王秀英" not in str(vars(row))


def test_the_server_judges_again_when_it_stores(form, keep_sheet):
    with pytest.raises(CannotStoreAnswers) as refused:
        keep_sheet(form, {**TYPED, "hukou": "外地", "agreed": ""})
    assert {finding.field for finding in refused.value.findings} == {"moved_on", "agreed"}
    assert "来本街道居住日期：请填写" in refused.value.sentence


def test_a_sheet_outside_reach_is_not_found(form, keep_sheet, acting, make_actor):
    sheet = keep_sheet(form, TYPED)
    for other in (make_actor("tests.keep", area="330212007002"), make_actor("tests.keep", area="330212008")):
        with acting(other), pytest.raises(NoSheet):
            get_sheet(sheet.public_id, by=other)
        with acting(other):
            assert AnswerSheet.objects.filter(pk=sheet.pk).count() == 0


def test_a_correction_replaces_the_sheet_once_and_the_old_one_stays(form, keep_sheet, acting, clerk, subject):
    first = keep_sheet(form, TYPED)
    second = keep_sheet(form, {**TYPED, "members": "4"}, replaces=first)
    with acting(clerk):
        assert [one.public_id for one in sheets_of(subject, by=clerk)] == [second.public_id]
        assert get_sheet(first.public_id, by=clerk).answers["members"] == 3
    with pytest.raises(AlreadyReplaced):
        keep_sheet(form, TYPED, replaces=first)


def test_an_old_sheet_is_read_by_the_version_it_was_filled_under(
    form, keep_sheet, publish_form, acting, clerk
):
    sheet = keep_sheet(form, TYPED)
    newer = publish_form(FORM.replace("家庭月收入", "家庭每月收入"))
    assert newer.version == 2
    with acting(clerk):
        assert dict(read_answers(sheet.public_id, by=clerk))["家庭月收入"] == "¥2,100.50"


def test_only_the_facts_a_form_asks_for_are_loaded(form, subject, clerk, today):
    facts = load_facts(form, {"tested": subject, "nobody": subject}, by=clerk, on=today)
    assert facts.keys() == {"tested.name", "tested.phone", "tested.age"}
    assert facts["tested.phone"] == Fact("13805740009", "来自测试档案 2026-03-02")


def test_where_an_answer_came_from_is_kept(form, keep_sheet, acting, clerk, subject, today):
    facts = load_facts(form, {"tested": subject}, by=clerk, on=today)
    sheet = keep_sheet(form, TYPED, facts=facts)
    with acting(clerk):
        lines = {line.key: line for line in get_sheet(sheet.public_id, by=clerk).lines}
    assert (lines["name"].source, lines["name"].corrected) == ("来自测试档案 2026-03-02", False)
    assert lines["mobile"].corrected


def test_a_score_stays_under_the_bands_of_its_version(publish_form, keep_sheet, acting, clerk):
    sheet = keep_sheet(publish_form(WORKED, key="tested_service"), {"manner": "good", "points": 1})
    publish_form(WORKED.replace('label = "满意"', 'label = "尚可"'), key="tested_service")
    with acting(clerk):
        assert ("得分", "5 分，满意") in read_answers(sheet.public_id, by=clerk)


def test_storing_is_no_deed_of_its_own(form, now, subject):
    with pytest.raises(NotInner):
        store_answers(
            by=system_actor("tests"),
            at=now,
            version=form,
            answers=TYPED,
            subject=subject,
            area="330212007001",
        )


def test_a_person_may_have_her_answers_emptied_and_the_sheet_stays(form, keep_sheet, acting, clerk):
    sheet = keep_sheet(form, TYPED)

    @operation("tests.sheet.erased")
    def erase(*, by, at):
        erase_answers(by=by, at=at, sheet=sheet.public_id)

    with acting(clerk):
        erase(by=clerk, at=sheet.made_at)
        [(label, text)] = read_answers(sheet.public_id, by=clerk)
        assert (label, text.startswith("已按本人要求或保存期满，于 ")) == ("申请内容", True)
        assert get_sheet(sheet.public_id, by=clerk).answers == {}
        assert raw_row(sheet)[0] is None and bytes(raw_row(sheet)[1]) == b""


@pytest.mark.parametrize(
    ("told", "why"),
    [({"made_by": "account:x"}, "permission denied"), ({"area": "330212008"}, "row-level security")],
)
def test_nothing_else_of_a_sheet_can_be_changed(form, keep_sheet, acting, clerk, told, why):
    sheet = keep_sheet(form, TYPED)

    @operation("tests.sheet.changed")
    def change(*, by, at):
        AnswerSheet.objects.filter(pk=sheet.pk).update(**told)

    with acting(clerk), pytest.raises(ProgrammingError, match=why):
        change(by=clerk, at=sheet.made_at)
