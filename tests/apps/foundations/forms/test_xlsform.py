"""A form comes in from an XLSForm workbook: what it says is carried over, and what is not is said by row."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from tests.apps.foundations.forms.workbooks import HOUSEHOLD, SURVEY, question, saved, workbook
from yimen.foundations.forms.api import CannotRead, FormGrammar, judge, read_xlsform

ON = date(2026, 11, 20)


def read(data, **more):
    found = read_xlsform(data, **more)
    return FormGrammar.model_validate(found.body), found


def said_of(found, row, sheet="survey"):
    return "；".join(one.said for one in found.remarks if (one.sheet, one.row) == (sheet, row))


def test_a_workbook_becomes_a_form_with_sections_conditions_and_calculations():
    form, found = read(HOUSEHOLD)
    assert (form.title, found.key) == ("老人照料需求表", "elder_needs")
    assert [(one.key, one.type, one.section) for one in form.questions] == [
        ("hello", "note", ""), ("name", "text", "基本情况"), ("age", "number", "基本情况"), ("sex", "choice", "基本情况"),
        ("needs", "multi", "照料需求"), ("meal", "text", "照料需求"), ("pension", "number", "照料需求"),
        ("rest", "number", "照料需求"), ("since", "date", "照料需求"), ("ok", "choice", ""),
    ]  # fmt: skip
    assert form.question("meal").show_if == '(age >= 60) && ("meal" in needs)'
    assert form.question("meal").required_if == "age > 80"
    assert form.question("since").max == "today"
    assert form.question("name").help == "和身份证一致"


def test_the_form_that_came_in_judges_as_the_workbook_meant_it():
    form, _ = read(HOUSEHOLD)
    old = judge(
        form,
        {"name": "王秀英", "age": "82", "sex": "f", "needs": ["meal"], "pension": "3000", "ok": "OK"},
        on=ON,
    )
    assert old.answers["rest"] == 100
    assert set(old.faults) == {"meal"}
    young = judge(form, {"name": "王敏", "age": "30", "sex": "f", "ok": "OK"}, on=ON)
    assert not young.faults
    assert {"needs", "meal", "pension", "rest", "since"} <= young.hidden
    wrong = judge(form, {"name": "王敏", "age": "131", "sex": "x"}, on=ON)
    assert wrong.faults["age"].sentence == "年龄在 0 到 130 之间"
    assert {"sex", "ok"} <= set(wrong.faults)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("${n} > 5 and ${c} = 'a'", 'n > 5 && c == "a"'),
        ("${n} > 5 or not(${c} = 'a')", 'n > 5 || !(c == "a")'),
        ("(${n} > 5 or ${c} = 'a') and ${m} != ''", '(n > 5 || c == "a") && m != null'),
        ("selected(${m}, 'x')", '"x" in m'),
        ("not(selected(${m}, 'x'))", 'm == null || !("x" in m)'),
        ("selected(${c}, 'a')", 'c == "a"'),
        ("count-selected(${m}) >= 2", "size(m) >= 2"),
        ("string-length(${t}) > 3", "size(t) > 3"),
        ("${c} = 1", 'c == "1"'),
        ("${n} = '3'", "n == 3"),
        ("${n} * 2 + 1 >= -4", "n * 2 + 1 >= -4"),
        ("${n} - (2 - 1) div 4 < 1", "n - (2 - 1) / 4 < 1"),
        ("if(${n} > 1, ${t}, 'x') = 'y'", '(n > 1 ? t : "x") == "y"'),
        ("contains(${t}, '路')", 't.contains("路")'),
        ("${t} = ''", "t == null"),
        ("${c}", "c != null"),
        ("${d} >= date('2026-01-01')", 'd >= "2026-01-01"'),
        ("coalesce(${n}, 0) > 1", "(n != null ? n : 0) > 1"),
        ("true()", "true"),
    ],
)
def test_a_condition_is_carried_over(theirs, ours):
    form, found = read(
        workbook(
            [
                question("integer", "n"), question("text", "t"), question("select_one l", "c"),
                question("select_multiple l", "m"), question("date", "d"), question("text", "last", relevant=theirs),
            ],
            [("l", "a", "甲"), ("l", "x", "乙"), ("l", "1", "丙")],
        )
    )  # fmt: skip
    assert form.question("last").show_if == ours, found.remarks


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("regex(${t}, '^[0-9]+$')", "不支持函数 regex()"),
        ("${t} mod 2 = 0", "不支持取余"),
        ("${late} = 'x'", "「late」（第 4 行）这时还没有问到"),
        ("${nowhere} = 'x'", "「nowhere」不在表里"),
        ("${t} = 'x", "引号没有配对"),
        ("${t} = (1", "不完整"),
        ("(" * 40 + "${t} = 1" + ")" * 40, "套得太深"),
        ("${t} = 'x' and " * 300 + "true()", "太长"),
        ("${t} = 5 6", "看不懂"),
        ("../t = 'x'", "看不懂"),
    ],
)
def test_a_condition_that_cannot_be_carried_over_is_said_with_its_row(theirs, why):
    form, found = read(
        workbook([question("text", "t"), question("text", "q", relevant=theirs), question("text", "late")])
    )
    assert form.question("q").show_if == ""
    assert why in said_of(found, 3)


def test_what_has_no_place_here_is_said_row_by_row():
    form, found = read(
        workbook(
            [
                question("geopoint", "where"),
                question("audio", "voice"),
                question("start", "start"),
                question("rank l", "order"),
                question("select_one_from_file list.csv", "file"),
                {"type": "begin repeat", "name": "child", "label": "孩子"},
                question("text", "child_name"),
                {"type": "end repeat"},
                question("select_one l", "c", choice_filter="city = ${where}"),
                question("text", "after", relevant="${where} != ''", default="无", appearance="w1"),
                question("select_one none", "empty"),
                question("mystery", "m"),
            ],
            [("l", "a", "甲"), ("l", "b", "乙")],
            columns=(*SURVEY, "choice_filter", "default", "appearance", "media::image"),
            more=["说明"],
        )
    )
    assert [one.key for one in form.questions] == ["c", "after"]
    for row, words in (
        (2, "定位"), (3, "录音"), (4, "系统自己记"), (5, "排序"), (6, "另外的文件"), (7, "重复组"), (8, "在重复组“child”里"),
        (10, "choice_filter"), (11, "用到的「where」（第 2 行）没有带进来"), (11, "预先填好的值"), (11, "外观 w1"),
        (12, "没有选项表「none」"), (13, "不认识题型「mystery」"),
    ):  # fmt: skip
        assert words in said_of(found, row), row
    assert any(one.sheet == "说明" and "没有读" in one.said for one in found.remarks)


def test_of_several_languages_the_chinese_one_is_read():
    columns = (
        "type",
        "name",
        "label::English (en)",
        "label::中文 (zh)",
        "hint::English (en)",
        "hint::中文 (zh)",
        "purpose",
    )
    form, found = read(
        workbook(
            [
                ("text", "a", "Name", "姓名", "As on ID", "和证件一致", "核对"),
                ("text", "b", "Phone", "", "", "", "联系"),
                ("select_one yn", "c", "Agreed?", "同意吗", "", "", "核对"),
            ],
            [("yn", "y", "Yes", "同意"), ("yn", "n", "No", "不同意")],
            columns=columns,
            choice_columns=("list_name", "name", "label::English (en)", "label::中文 (zh)"),
        )
    )
    assert [one.label for one in form.questions] == ["姓名", "Phone", "同意吗"]
    assert form.questions[0].help == "和证件一致"
    assert [one.label for one in form.questions[2].options] == ["同意", "不同意"]
    assert any("English" in one.said for one in found.remarks)


def test_something_else_may_be_named_where_the_workbook_allows_it():
    form, _ = read(workbook([question("select_multiple l or_other", "m")], [("l", "a", "甲")]))
    assert [one.value for one in form.questions[0].options] == ["a", "other"]
    assert (form.questions[1].key, form.questions[1].show_if) == ("m_other", '"other" in m')


def test_names_that_are_no_keys_of_ours_are_changed_everywhere():
    form, found = read(
        workbook([question("text", "Home.Phone-1"), question("text", "二", relevant="${Home.Phone-1} != ''")])
    )
    assert form.questions[0].key == "home_phone_1"
    assert form.questions[1].show_if == "home_phone_1 != null"
    assert "home_phone_1" in said_of(found, 2)


def test_long_texts_are_kept_whole_in_the_help_or_said_to_be_cut():
    form, found = read(
        workbook([question("text", "a", "很长" * 100), question("text", "b", "短", hint="长" * 900)])
    )
    assert form.questions[0].label.endswith("…") and "很长" * 100 in form.questions[0].help
    assert "填写说明" in said_of(found, 2)
    assert "后面的截去了" in said_of(found, 3)


def test_a_purpose_for_all_serves_questions_without_their_own_and_none_is_refused():
    bare = workbook([question("text", "a", purpose=None), question("text", "b", purpose="联系")])
    form, _ = read(bare, purpose="摸清需求")
    assert [one.purpose for one in form.questions] == ["摸清需求", "联系"]
    with pytest.raises(CannotRead, match="第 2 行没有写用途"):
        read(bare)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            [
                question("calculate", "a", calculation="${b} + 1"),
                question("calculate", "b", calculation="${a} + 1"),
            ],
            "第 2、3 行互相要对方的结果，成了循环：a → b → a",
        ),
        (
            [question("text", "a", relevant="${b} = 1"), question("text", "b", relevant="${a} = 1")],
            "成了循环",
        ),
        ([question("text", "t"), question("calculate", "a", calculation="${a} + 1")], "循环：a → a"),
        (
            [{"type": "begin group", "name": "g", "label": "组"}, question("text", "a")],
            "第 2 行开始的一组没有结束",
        ),
        ([question("text", "a"), {"type": "end group"}], "第 3 行结束了一组，前面却没有开始"),
        ([question("geopoint", "a")], "没有一道能带进来的题目"),
        ([question("text", f"q{number}") for number in range(201)], "最多 200 道"),
        ([question("text", "a", "长" * 6000)], "第 2 行有一格超过"),
    ],
)
def test_what_no_form_can_come_of_is_refused_in_one_sentence(rows, why):
    with pytest.raises(CannotRead, match=why):
        read(workbook(rows))


def test_a_long_chain_of_calculations_is_no_circle():
    rows = [question("integer", "q0")]
    rows += [
        question("calculate", f"q{number}", calculation=f"${{q{number - 1}}} + 1") for number in range(1, 150)
    ]
    form, found = read(workbook(rows))
    assert judge(form, {"q0": "1"}, on=ON).answers["q149"] == 150
    assert not found.remarks


def test_a_workbook_with_no_survey_or_no_workbook_at_all_is_refused():
    book = openpyxl.Workbook()
    book.active.title = "名单"
    with pytest.raises(CannotRead, match="没有名叫 survey 的工作表"):
        read(saved(book))
    with pytest.raises(CannotRead, match="文件打不开"):
        read(b"PK\x03\x04 not really")
    with pytest.raises(CannotRead, match="文件打不开"):
        read(_with_sheet(_sheet("<c r='A1' t='s'><v>99999</v></c>")))
    with pytest.raises(CannotRead, match="文件打不开"):
        read(_with_sheet("<worksheet><sheetData><row"))


def test_a_million_blank_rows_are_refused_before_they_are_walked():
    book = openpyxl.Workbook()
    book.active.title = "survey"
    book.active.append(list(SURVEY))
    book.active.cell(1_048_576, 16_384, "x")
    with pytest.raises(CannotRead, match="超过 5000 行，多半是空白行"):
        read(saved(book))


def test_a_sheet_of_entities_is_not_unfolded():
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY e0 "xxxxxxxxxx">{entities}]>'
    bomb += _sheet("<c r='A1' t='inlineStr'><is><t>&e11;</t></is></c>")
    with pytest.raises(CannotRead):
        read(_with_sheet(bomb))


def _sheet(cells):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f"<worksheet xmlns='{space}'><sheetData><row r='1'>{cells}</row></sheetData></worksheet>"


def _with_sheet(markup):
    """A good workbook with another survey sheet put in."""
    good = workbook([question("text", "a")])
    target = BytesIO()
    with ZipFile(BytesIO(good)) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, markup if name == "xl/worksheets/sheet1.xml" else before.read(name))
    return target.getvalue()
