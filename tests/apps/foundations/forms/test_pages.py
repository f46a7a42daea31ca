"""The form on a page and its paper twin."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.apps.foundations.forms.samples import FORM, RULED, TYPED, WORKED
from yimen.foundations.forms.api import Fact, NotAPaperForm, build_form, form_of_paper, paper_code

pytestmark = pytest.mark.django_db


def posted(typed):
    data = QueryDict(mutable=True)
    for key, value in typed.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def test_an_empty_form_shows_every_question_with_its_condition(form, today):
    html = str(build_form(form, on=today))
    for question in form.body.questions:
        assert f'data-field="{question.key}"' in html
    assert 'data-show-if="hukou == &quot;外地&quot;"' in html
    assert "申请人姓名" in html
    assert "（必填）" in html


def test_a_prefilled_answer_shows_its_source(form, today):
    facts = {"tested.phone": Fact("13805740009", "来自测试档案 2026-03-02")}
    html = str(build_form(form, on=today, facts=facts))
    assert 'value="13805740009"' in html
    assert "来自测试档案 2026-03-02" in html


def test_a_posted_form_gives_normalised_answers(form, today):
    filled = build_form(form, on=today, data=posted(TYPED))
    assert filled.is_valid(), filled.errors
    assert filled.answers["mobile"] == "13805740001"
    assert filled.answers["reasons"] == ["fire"]


def test_mistakes_stand_beside_their_question_and_nothing_typed_is_lost(form, today):
    filled = build_form(form, on=today, data=posted({**TYPED, "members": "很多", "name": "王秀英"}))
    assert not filled.is_valid()
    assert filled.errors["members"] == ["请用数字填写，如 3"]
    html = str(filled)
    assert 'value="很多"' in html
    assert 'value="王秀英"' in html
    assert "请用数字填写，如 3" in html


def test_a_hidden_required_question_does_not_hold_up_a_form_without_scripts(form, today):
    assert build_form(form, on=today, data=posted({**TYPED, "hospital": ""})).is_valid()


def test_only_facts_named_in_conditions_go_to_the_browser(form, today):
    facts = {"tested.age": Fact(70), "tested.phone": Fact("13805740009", "来自测试档案")}
    shown = build_form(form, on=today, facts=facts)
    assert shown.known_facts == {"tested": {"age": 70}}


def test_former_answers_fill_the_form_again_and_a_correction_is_told(form, today):
    facts = {"tested.phone": Fact("13805740009", "来自测试档案")}
    html = str(build_form(form, on=today, facts=facts, answers={"income": 210050, "mobile": "13805740001"}))
    assert 'value="2100.50"' in html
    assert "来自测试档案，已更正（原为 13805740009）" in html


def test_correcting_a_prefilled_answer_is_told_when_the_form_comes_back(form, today):
    facts = {"tested.phone": Fact("13805740009", "来自测试档案")}
    filled = build_form(form, on=today, facts=facts, data=posted({**TYPED, "members": "很多"}))
    assert not filled.is_valid()
    assert "来自测试档案，已更正（原为 13805740009）" in str(filled)


def test_files_count_as_the_answer_of_a_question(publish_form, today):
    asked = 'key = "bill"\nlabel = "票据"\ntype = "attachment"\npurpose = "核对"\nrequired = true\n'
    form = publish_form(f"{FORM}\n[[questions]]\n{asked}")
    assert build_form(form, on=today, data=posted(TYPED)).errors["bill"] == ["请上传“票据”"]
    files = MultiValueDict(
        {"bill": [SimpleUploadedFile("a.pdf", b"%PDF"), SimpleUploadedFile("b.pdf", b"%PDF")]}
    )
    filled = build_form(form, on=today, data=posted(TYPED), files=files)
    assert filled.is_valid(), filled.errors
    assert [file.name for file in filled.uploads["bill"]] == ["a.pdf", "b.pdf"]


def test_what_was_typed_is_never_markup(form, today):
    html = str(build_form(form, on=today, data=posted({**TYPED, "hospital": '"><script>x</script>'})))
    assert "<script>x" not in html


def test_the_paper_twin_prints_for_everybody_with_a_code_that_reads_back(form, client):
    page = client.get("/forms/tested_relief/paper")
    assert page.status_code == 200
    text = page.content.decode()
    code = re.search(r"tested_relief\.\d+\.[0-9a-f]{6}", text)[0]
    assert code == paper_code(form)
    assert form_of_paper(f" {code.upper()} ").form.id == form.id
    for part in ("□ 本市", "＿＿＿＿年＿＿月＿＿日", "计算人均收入：家庭月收入、共同生活人数", "<svg"):
        assert part in text


def test_what_an_answer_must_be_like_stands_on_the_page_and_on_paper(publish_form, client, today):
    form = publish_form(RULED, key="tested_leave")
    html = str(build_form(form, on=today))
    assert 'data-constraint="until_on &gt;= from_on"' in html
    assert "（有时必填）" in html
    told = build_form(form, on=today, data=posted({"from_on": "2026-11-06", "until_on": "2026-11-02"}))
    assert told.errors["until_on"] == ["结束日期不能早于开始日期"]
    paper = client.get("/forms/tested_leave/paper").content.decode()
    assert "注意：结束日期不能早于开始日期" in paper
    assert "有时必填" in paper


def test_what_is_worked_out_is_shown_read_only_and_never_taken_from_what_was_sent(publish_form, today):
    form = publish_form(WORKED, key="tested_service")
    html = str(build_form(form, on=today, answers={"manner": "good", "came": False, "points": 1}))
    assert re.search(r"<output[^>]*data-score[^>]*>5 分，满意</output>", html)
    assert 'name="points"' not in html
    filled = build_form(form, on=today, data=posted({"cost": "200", "hours": "4", "hourly": "1"}))
    assert filled.is_valid(), filled.errors
    assert filled.answers["hourly"] == 5000
    assert "¥50.00</output>" in str(filled)


def test_paper_says_the_points_and_the_bands_to_who_adds_them_up(publish_form, client):
    publish_form(WORKED, key="tested_service")
    paper = client.get("/forms/tested_service/paper").content.decode()
    for part in (
        "□ 准时（5 分）",
        "由工作人员按上面所填算出",
        "10 分起为很满意，5 分起为满意，0 分起为不满意",
    ):
        assert part in paper


def test_an_older_version_prints_too_and_an_unknown_one_is_not_found(form, publish_form, client):
    publish_form(FORM.replace("测试救助申请表", "测试救助申请表（新）"))
    assert "（新）" not in client.get("/forms/tested_relief/paper?version=1").content.decode()
    assert client.get("/forms/tested_relief/paper?version=9").status_code == 404
    assert client.get("/forms/nothing/paper").status_code == 404


@pytest.mark.parametrize("code", ["tested_relief.1.000000", "没有", "tested_relief.9", ""])
def test_a_wrong_code_is_refused(form, code):
    with pytest.raises(NotAPaperForm):
        form_of_paper(code)
