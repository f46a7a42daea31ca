"""A form goes out as an XLSForm workbook and reads back to the same form."""

from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.foundations.forms.samples import FORM, OPEN_FORM, RULED, WORKED
from tests.apps.foundations.forms.workbooks import HOUSEHOLD, saved
from yimen.foundations.definitions.engine.folders import read_files
from yimen.foundations.definitions.rules.reading import fit, read_toml
from yimen.foundations.forms.api import FormGrammar, read_xlsform, write_xlsform

SHIPPED = [file for file in read_files() if file.kind == "form"]


def there_and_back(form):
    found = read_xlsform(write_xlsform(form, key="tested", version=3))
    assert found.key == "tested"
    return FormGrammar.model_validate(found.body), found.remarks


@pytest.mark.parametrize("text", [FORM, OPEN_FORM, RULED, WORKED], ids=["relief", "open", "ruled", "worked"])
def test_a_form_with_everything_in_it_reads_back_to_itself(text):
    form = fit(FormGrammar, read_toml(text, file="测试"), file="测试")
    assert there_and_back(form) == (form, ())


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.key)
def test_every_form_of_the_house_reads_back_to_itself(file):
    assert there_and_back(file.body) == (file.body, ())


def test_a_form_that_came_in_goes_out_and_comes_in_the_same():
    form = FormGrammar.model_validate(read_xlsform(HOUSEHOLD).body)
    assert there_and_back(form) == (form, ())


def test_conditions_stand_in_the_standard_columns_too():
    form = fit(FormGrammar, read_toml(FORM, file="测试"), file="测试")
    sheet = _sheet(write_xlsform(form, key="tested", version=1))
    rows = {row["name"]: row for row in sheet}
    assert rows["moved_on"]["relevant"] == "${hukou} = '外地'"
    assert rows["hukou"]["type"] == "select_one hukou"
    # Amounts are yuan in a sheet; a fact from the register is nothing a sheet knows.
    assert rows["poor"]["relevant"] == "(${income} * 100) div ${members} < 113500"
    assert rows["hospital"]["relevant"] is None
    worked = fit(FormGrammar, read_toml(WORKED, file="测试"), file="测试")
    rows = {row["name"]: row for row in _sheet(write_xlsform(worked, key="tested", version=1))}
    assert rows["punctual"]["relevant"] == "${came} = 'yes'"
    assert rows["points"]["calculation"].startswith("if(${manner} = 'good', 5, if(${manner} = 'bad', 1, 0))")


def test_what_is_changed_in_the_standard_column_is_what_is_read():
    form = fit(FormGrammar, read_toml(FORM, file="测试"), file="测试")
    changed = _changed(
        write_xlsform(form, key="tested", version=1), "moved_on", "relevant", "${hukou} = '本市'"
    )
    found = FormGrammar.model_validate(read_xlsform(changed).body)
    assert found.question("moved_on").show_if == 'hukou == "本市"'


def test_a_standard_type_that_was_changed_wins_over_our_own():
    form = fit(FormGrammar, read_toml(FORM, file="测试"), file="测试")
    changed = _changed(write_xlsform(form, key="tested", version=1), "mobile", "type", "integer")
    found = FormGrammar.model_validate(read_xlsform(changed).body)
    assert found.question("mobile").type == "number"


WORDS = st.text(alphabet="甲乙丙丁住址电话abcXYZ019，。（）-“”+=@ ", min_size=1, max_size=20).map(
    lambda words: " ".join(words.split()) or "空"
)
KINDS = (
    "text",
    "longtext",
    "choice",
    "multi",
    "date",
    "money",
    "number",
    "yesno",
    "phone",
    "person",
    "address",
    "note",
)


@st.composite
def forms(draw):
    """A form of many kinds of questions whose conditions look back at those above."""
    questions = []
    section = ""
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(KINDS if number else KINDS[:-1]))
        section = draw(st.sampled_from(["", section, f"栏目{number}"]))
        one = {
            "key": f"q{number}",
            "label": draw(WORDS),
            "type": kind,
            "help": draw(st.sampled_from(["", "填写说明"])),
        }
        if section:
            one["section"] = section
        if questions and draw(st.booleans()):
            one["show_if"] = draw(conditions(questions))
        if kind != "note":
            one["purpose"] = f"用途{draw(WORDS)}"
            if draw(st.booleans()):
                one["required"] = True
            elif questions and draw(st.booleans()):
                one["required_if"] = draw(conditions(questions))
        if kind in ("choice", "multi"):
            values = draw(st.lists(st.sampled_from(["a", "b", "本市", "1", "x-y"]), min_size=1, unique=True))
            one["options"] = [{"value": value, "label": draw(WORDS)} for value in values]
        if kind == "number":
            one |= {"decimals": draw(st.integers(0, 4)), "unit": draw(st.sampled_from(["", "人"]))}
            one |= draw(st.sampled_from([{}, {"min": 1}, {"min": 0, "max": "12.5"}]))
        if kind == "date":
            one |= draw(st.sampled_from([{}, {"max": "today"}, {"min": "2020-01-31"}]))
        questions.append(one)
    numbers = [one["key"] for one in questions if one["type"] in ("number", "money")]
    if numbers:
        questions.append(
            {
                "key": "worked", "label": "合计", "type": draw(st.sampled_from(["number", "money"])), "purpose": "核算",
                "calculate": " + ".join(numbers) + draw(st.sampled_from(["", " / 3", " * 2 - 1"])),
            }
        )  # fmt: skip
    return FormGrammar.model_validate({"title": draw(WORDS), "intro": draw(WORDS), "questions": questions})


@st.composite
def conditions(draw, questions):
    """A condition on questions above, in any of the ways the language has."""
    one = draw(st.sampled_from(questions))
    key, kind = one["key"], one["type"]
    plain = [f"{key} == null", f"{key} != null"]
    if kind in ("number", "money"):
        plain += [f"{key} > 5", f"-{key} <= 2.5", f"({key} + 1) * 2 != 3", f"{key} - (1 - {key}) >= 0"]
    elif kind == "multi":
        plain += [f'"a" in {key}', f"size({key}) > 1", f'{key} == null || !("a" in {key})']
    elif kind == "yesno":
        plain += [key, f"!{key}", f"{key} == false"]
    elif kind == "choice":
        plain += [f'{key} == "本市"', f"{key} in ['a', \"b\"]"]
    elif kind == "date":
        plain += [f'{key} < "2026-01-01"']
    elif kind != "note":
        plain += [f'{key}.startsWith("甲")', f"size({key}) > 3", f'{key} == "it\'s"']
    said = draw(st.sampled_from(plain))
    if draw(st.booleans()):
        other = draw(st.sampled_from(plain))
        said = draw(st.sampled_from([f"({said}) && ({other})", f"{said} || {other}", f"!({said})"]))
    return said


@settings(max_examples=25, deadline=None)
@given(forms())
def test_whatever_form_is_written_reads_back_to_the_same(form):
    back, remarks = there_and_back(form)
    assert back == form
    assert remarks == ()


def _sheet(data):
    rows = list(openpyxl.load_workbook(BytesIO(data))["survey"].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _changed(data, name, column, written):
    """The workbook after somebody typed into one cell."""
    book = openpyxl.load_workbook(BytesIO(data))
    head = [cell.value for cell in book["survey"][1]]
    for row in book["survey"].iter_rows(min_row=2):
        if row[head.index("name")].value == name:
            row[head.index(column)].value = written
    return saved(book)
