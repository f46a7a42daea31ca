import pytest

from yimen.standards.codes import Code, CodeTable, UnknownCode
from yimen.standards.disability import DISABILITY_CATEGORY, DISABILITY_GRADE, is_severe
from yimen.standards.document_type import DOCUMENT_TYPE
from yimen.standards.education import EDUCATION
from yimen.standards.education import from_health_form as education_from_form
from yimen.standards.ethnic_group import ETHNIC_GROUP
from yimen.standards.household_relation import HOUSEHOLD_RELATION, SHORT_FORM, short_form
from yimen.standards.marital_status import MARITAL_STATUS, from_health_form, to_health_form
from yimen.standards.province import PROVINCES, province_of
from yimen.standards.sex import Sex

TABLES = [
    DISABILITY_CATEGORY, DISABILITY_GRADE, DOCUMENT_TYPE, EDUCATION, ETHNIC_GROUP, HOUSEHOLD_RELATION, SHORT_FORM,
    MARITAL_STATUS,
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_a_table_is_found_by_code_by_name_and_by_label(table):
    for entry in table:
        assert table.by_code(entry.code) == table.by_name(entry.name) == entry
        assert table.by_label(entry.label).label == entry.label
        assert entry.name.isidentifier()
    assert len(table.choices()) == len(table)
    assert len({len(entry.code) for entry in table}) == 1


def test_what_a_table_does_not_hold_is_refused_in_chinese():
    with pytest.raises(UnknownCode, match="民族代码中没有“57”"):
        ETHNIC_GROUP.label("57")
    assert "57" not in ETHNIC_GROUP


def test_a_table_with_a_slip_is_refused():
    with pytest.raises(ValueError, match="重复"):
        CodeTable("表", "源", (Code("1", "a", "甲"), Code("1", "b", "乙")))
    with pytest.raises(ValueError, match="通用写法"):
        CodeTable("表", "源", (Code("1", "a", "甲"),), variants={"2": "3"})


@pytest.mark.parametrize(
    ("table", "code", "label"),
    [
        (ETHNIC_GROUP, "01", "汉族"), (ETHNIC_GROUP, "05", "维吾尔族"), (ETHNIC_GROUP, "22", "畲族"),
        (ETHNIC_GROUP, "30", "土族"), (ETHNIC_GROUP, "56", "基诺族"), (HOUSEHOLD_RELATION, "02", "户主"),
        (HOUSEHOLD_RELATION, "28", "女婿"), (HOUSEHOLD_RELATION, "45", "孙媳妇或外孙媳妇"),
        (HOUSEHOLD_RELATION, "90", "姑母"), (HOUSEHOLD_RELATION, "99", "非亲属"), (EDUCATION, "28", "大学普通班毕业"),
        (EDUCATION, "61", "普通高中毕业"), (MARITAL_STATUS, "23", "复婚"), (DOCUMENT_TYPE, "06", "港澳居民来往内地通行证"),
    ],
)  # fmt: skip
def test_codes_mean_what_the_norm_says(table, code, label):
    assert table.label(code) == label


def test_the_tables_are_whole():
    assert len(ETHNIC_GROUP) == 58
    assert len(HOUSEHOLD_RELATION) == 3 + 3 + 80
    assert len(PROVINCES) == 34


def test_both_writings_of_an_incomplete_school_are_understood():
    assert EDUCATION.by_code("72") == EDUCATION.by_code("73")
    assert EDUCATION.by_code("82").label == "小学肄业"
    assert "72" in EDUCATION


def test_the_public_health_form_has_its_own_numbers():
    assert [from_health_form(number).label for number in "12345"] == [
        "未婚",
        "已婚",
        "丧偶",
        "离婚",
        "未说明的婚姻状况",
    ]
    assert [to_health_form(entry.code) for entry in MARITAL_STATUS] == [
        "1",
        "2",
        "2",
        "2",
        "2",
        "3",
        "4",
        "5",
    ]
    assert education_from_form("7").label == "初级中学教育"
    assert education_from_form("10") is None
    for wrong in (from_health_form, education_from_form):
        with pytest.raises(ValueError, match="个人基本信息表"):
            wrong("11")


def test_a_relation_has_a_one_digit_short_form():
    assert [
        short_form(code) for code in ("02", "12", "28", "38", "46", "52", "64", "78", "83", "99")
    ] == list("0123456788")
    assert all(short_form(entry.code) in SHORT_FORM for entry in HOUSEHOLD_RELATION)


def test_the_first_two_grades_of_disability_are_severe():
    assert [is_severe(grade) for grade in "1234"] == [True, True, False, False]
    with pytest.raises(UnknownCode):
        is_severe("5")


def test_sex_has_the_codes_of_the_norm():
    assert [(sex.code, sex.label) for sex in Sex] == [
        ("0", "未知的性别"), ("1", "男"), ("2", "女"), ("9", "未说明的性别"),
    ]  # fmt: skip
    assert Sex.of_code("2") is Sex.FEMALE
    with pytest.raises(ValueError, match="性别代码"):
        Sex.of_code("3")


def test_a_division_tells_its_province():
    assert province_of("330212") == "浙江"
    assert province_of("000000") is None
