"""Letters: their text, their numbers without gaps, and what becomes of a spoilt one."""

import io
import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, connection, transaction
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.foundations.documents.files_as_sent import COMMUNITY, FACTS
from yimen.foundations.audit.api import looks_at, operation, record
from yimen.foundations.bus.api import act_as
from yimen.foundations.definitions.api import current, current_all, run_examples
from yimen.foundations.documents.api import (
    CannotIssue,
    CannotVoid,
    IssuingUnit,
    Sheet,
    issue_letter,
    letters_of,
    read_letter,
    void_letter,
    write_word,
)
from yimen.foundations.documents.engine.letters import Letter as Grammar
from yimen.foundations.documents.models import Letter
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed, NotFound

TODAY = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@operation("tests.case.answered")
def answer(*, by, at, case, unit, facts=FACTS, letter="papers_missing", area=COMMUNITY, fail=False):
    """What an app above does: a deed of its own, and the letter in it."""
    issued = issue_letter(by=by, at=at, letter=letter, subject=case, area=area, facts=facts, unit=unit)
    record(case, kind="case", area=area)
    if fail:
        raise RuntimeError("the deed failed after all")
    return issued


def test_a_letter_says_what_it_was_told_and_takes_the_first_number(acting, clerk, case, unit, now):
    with acting(clerk):
        letter = answer(by=clerk, at=now, case=case, unit=unit)
        assert (letter.number, letter.title) == ("潘街告〔2026〕1号", "一次性告知书")
        sheet = Sheet.from_json(letter.sheet)
        assert sheet.to == "𠮷野䶮"
        text = [line for _, line in sheet.paragraphs]
        assert (
            text[0]
            == "您于2026年11月20日提出“临时救助”申请（办件编号 007-261120-0042-7）。经核对，还需要补齐下列全部材料："
        )
        assert text[1:3] == ["1. 户口簿（原件核对）", "2. 近三个月医疗费用结算单"]
        assert letters_of(case, by=clerk) == [letter]
        assert answer(by=clerk, at=now, case=case, unit=unit).number == "潘街告〔2026〕2号"


def test_rows_of_numbers_are_apart_for_kind_unit_and_year(acting, make_actor, case, unit, now):
    chief = make_actor(area="330212007")
    committee = IssuingUnit(area="330212007001", name="东莺社区居民委员会", mark="东莺")
    refused = FACTS | {"accepted_on": "2026-11-20", "findings": "家庭月收入高于标准", "law": "《社会救助暂行办法》第四十八条",
                       "reason": "不符合条件", "review_office": "鄞州区人民政府", "court": "鄞州区人民法院"}  # fmt: skip
    with acting(chief):
        numbers = [
            answer(by=chief, at=now, case=case, unit=unit).number,
            answer(by=chief, at=now, case=case, unit=committee).number,
            answer(by=chief, at=now, case=case, unit=unit, letter="refusal", facts=refused).number,
            answer(by=chief, at=now.replace(year=2027), case=case, unit=unit).number,
            answer(by=chief, at=now, case=case, unit=unit).number,
        ]
    assert numbers == [
        "潘街告〔2026〕1号",
        "东莺告〔2026〕1号",
        "潘街不确〔2026〕1号",
        "潘街告〔2027〕1号",
        "潘街告〔2026〕2号",
    ]


def test_the_year_is_that_of_the_street_and_not_of_london(acting, clerk, case, unit):
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=ZoneInfo("UTC"))
    with acting(clerk):
        letter = answer(by=clerk, at=new_year, case=case, unit=unit)
    assert letter.number == "潘街告〔2027〕1号"
    assert Sheet.from_json(letter.sheet).date == "2027年1月1日"


@pytest.mark.parametrize("missing", ["applicant", "missing", "address"])
@pytest.mark.parametrize("nothing", [None, "", " \n", []])
def test_a_letter_with_a_gap_is_not_issued_and_takes_no_number(
    missing, nothing, acting, clerk, case, unit, now
):
    label = {"applicant": "申请人", "missing": "缺少的材料", "address": "交件地点"}[missing]
    with acting(clerk):
        with pytest.raises(CannotIssue, match=f"缺少“{label}”") as refusal:
            answer(by=clerk, at=now, case=case, unit=unit, facts=FACTS | {missing: nothing})
        assert len(refusal.value.findings) == 1
        assert answer(by=clerk, at=now, case=case, unit=unit).number == "潘街告〔2026〕1号"


def test_a_fact_cannot_smuggle_in_another_one_or_break_the_paper(acting, clerk, case, unit, now):
    facts = FACTS | {"applicant": "{handler}\x00\u202e王", "unknown": "证件号 330212199001011234"}
    with acting(clerk):
        letter = answer(by=clerk, at=now, case=case, unit=unit, facts=facts)
    assert Sheet.from_json(letter.sheet).to == "{handler}王"
    assert "330212199001011234" not in str(letter.sheet)
    assert write_word(Sheet.from_json(letter.sheet), at=now)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["330212007", "330212007001"])), max_size=12))
def test_numbers_have_no_gap_whatever_is_rolled_back(db, make_actor, deeds):
    chief = make_actor(area="330212007")
    case = uuid7()
    before = transaction.savepoint()
    with act_as(chief, on=TODAY.date()):
        for fails, area in deeds:
            unit = IssuingUnit(area=area, name="办事处", mark="街")
            try:
                answer(by=chief, at=TODAY, case=case, unit=unit, fail=fails)
            except RuntimeError:
                assert fails
        for area in ("330212007", "330212007001"):
            given_out = [letter.sequence for letter in letters_of(case, by=chief) if letter.unit_area == area]
            assert given_out == list(range(1, 1 + sum(not fails for fails, one in deeds if one == area)))
    transaction.savepoint_rollback(before)


def test_two_who_issue_at_once_get_different_numbers_without_gap(committed_db, make_actor):
    clerks = [make_actor(area=COMMUNITY) for _ in range(4)]
    unit = IssuingUnit(area="330212007", name="潘火街道办事处", mark="潘街")
    start, numbers, faults = threading.Barrier(4), [], []

    def work(clerk):
        try:
            start.wait()
            for turn in range(5):
                try:
                    with act_as(clerk, on=TODAY.date()):
                        numbers.append(
                            answer(by=clerk, at=TODAY, case=uuid7(), unit=unit, fail=turn == 2).sequence
                        )
                except RuntimeError:
                    pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[clerk]) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(numbers) == list(range(1, 17))


def test_a_spoilt_letter_is_voided_and_its_number_never_comes_back(acting, clerk, case, unit, now):
    with acting(clerk):
        spoilt = answer(by=clerk, at=now, case=case, unit=unit)
        void_letter(by=clerk, at=now, letter=spoilt.public_id, why="打印错位")
        with pytest.raises(CannotVoid, match="已经作废"):
            void_letter(by=clerk, at=now, letter=spoilt.public_id, why="再来一次")
        assert answer(by=clerk, at=now, case=case, unit=unit).sequence == 2
        assert [hasattr(letter, "voiding") for letter in letters_of(case, by=clerk)] == [True, False]


def test_who_may_not_issue_may_not_void_and_another_street_sees_nothing(
    acting, clerk, case, unit, now, make_actor
):
    with acting(clerk):
        letter = answer(by=clerk, at=now, case=case, unit=unit)
    reader = make_actor("documents.open", area=COMMUNITY)
    with acting(reader):
        assert read_letter(by=reader, at=now, letter=letter.public_id) == letter
        with pytest.raises(NotAllowed):
            void_letter(by=reader, at=now, letter=letter.public_id, why="不要了")
        assert [look.why for look in looks_at(case, by=reader)] == ["查看文书 一次性告知书潘街告〔2026〕1号"]
    stranger = make_actor("documents.open", "documents.issue_letter", area="330212008")
    with acting(stranger):
        assert letters_of(case, by=stranger) == []
        with pytest.raises(NotFound):
            read_letter(by=stranger, at=now, letter=letter.public_id)
        assert not Letter.objects.exists()


def test_not_even_the_product_can_change_an_issued_letter(acting, clerk, case, unit, now):
    with acting(clerk):
        letter = answer(by=clerk, at=now, case=case, unit=unit)

        @operation("tests.letter.changed")
        def change(*, by, at):
            Letter.objects.filter(pk=letter.pk).update(title="别的")

        with pytest.raises(ProgrammingError, match="permission denied"):
            change(by=clerk, at=now)


def test_the_word_file_keeps_every_character_and_the_official_layout(acting, clerk, case, unit, now):
    with acting(clerk):
        letter = answer(by=clerk, at=now, case=case, unit=unit)
    sheet = Sheet.from_json(letter.sheet)
    data = write_word(sheet, at=now, tracking_url="https://yimen.example/t/abc")
    paper = Document(io.BytesIO(data))
    text = [paragraph.text for paragraph in paper.paragraphs]
    for line in (
        sheet.title,
        sheet.number,
        "𠮷野䶮：",
        *(line for _, line in sheet.paragraphs),
        sheet.unit,
        sheet.date,
    ):
        assert line in text
    section = paper.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    faces = {
        paragraph.text: run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in paper.paragraphs
        for run in paragraph.runs
    }
    assert faces[sheet.title] == "方正小标宋简体"
    assert faces[sheet.paragraphs[0][1]] == "仿宋_GB2312"
    assert len(paper.inline_shapes) == 1
    assert paper.core_properties.created.date() == now.date()


def test_every_shipped_letter_has_an_example_and_all_examples_hold(db, today):
    results = [result for result in run_examples() if result.kind == "letter"]
    assert [result.sentence for result in results if not result.holds] == []
    assert {result.key for result in results} == {one.key for one in current_all("letter", on=today)}


def test_every_decision_against_somebody_names_the_ways_to_fight_it(db, today):
    for key in ("refusal", "benefit_refused", "not_accepted"):
        remedies = " ".join(line.text for line in current("letter", key, on=today).body.remedies)
        assert "六十日内" in remedies
        assert "行政复议" in remedies
        assert "六个月内" in remedies
        assert "行政诉讼" in remedies


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"paragraphs": ["您好{applicnt}"]}, "applicnt"),
        ({"paragraphs": ["{applicant.name}"]}, "写法不对"),
        ({"paragraphs": ["{applicant!r}"]}, "写法不对"),
        ({"paragraphs": ["{applicant:>9}"]}, "写法不对"),
        ({"paragraphs": ["{}"]}, "写法不对"),
        ({"paragraphs": ["您好{applicant}", {"text": "{item}", "each": "applicant"}]}, "不是"),
        ({"paragraphs": ["{applicant}{papers}"]}, "请用 each"),
        ({"paragraphs": ["您好"]}, "没有用到"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_definition_with_a_slip_is_refused(change, word):
    body = {
        "title": "通知书",
        "mark": "通",
        "number_kind": "notice",
        "facts": {"applicant": "申请人", "papers": {"label": "材料", "kind": "list"}},
        "paragraphs": ["{applicant}", {"text": "{order}{item}", "each": "papers"}],
    }
    Grammar.model_validate(body)
    with pytest.raises(ValueError, match=word):
        Grammar.model_validate(body | change)
