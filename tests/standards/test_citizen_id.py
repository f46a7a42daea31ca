from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.faults import Fault
from yimen.standards.citizen_id import (
    CitizenId,
    IdKind,
    check_character,
    differences,
    last_four,
    parse_citizen_id,
    upgrade,
)
from yimen.standards.province import PROVINCES
from yimen.standards.sex import Sex

TODAY = date(2026, 11, 20)


def with_check(first17: str) -> str:
    return first17 + check_character(first17)


numbers = st.builds(
    lambda province, rest, birth, sequence: with_check(f"{province}{rest:04d}{birth:%Y%m%d}{sequence:03d}"),
    st.sampled_from([*PROVINCES, "81", "82", "83"]),
    st.integers(0, 9999),
    st.dates(min_value=date(1900, 1, 1), max_value=TODAY),
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    ("typed", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
    ],
)
def test_the_examples_of_the_norm_are_read(typed, birth, sex):
    read = parse_citizen_id(typed, today=date(2010, 1, 1))
    assert isinstance(read, CitizenId)
    assert (read.number, read.birth_date, read.sex, read.kind) == (typed, birth, sex, IdKind.RESIDENT)


@pytest.mark.parametrize("typed", ["110105199003078888", "440106201512012345"])
def test_a_number_with_a_wrong_check_digit_is_refused_with_the_reason(typed):
    fault = parse_citizen_id(typed, today=TODAY)
    assert isinstance(fault, Fault)
    assert fault.code == "check"
    assert "校验位不对" in fault.sentence


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "empty", "请填写"),
        ("1101051949123100", "length", "现在是 16 位"),
        ("11010519491231002XX", "length", "现在是 19 位"),
        ("1101051949123100甲2", "characters", "只有数字"),
        ("X10105194912310021", "characters", "只有数字"),
        ("00010519491231002X", "division", "省份"),
        ("99010519491231002X", "division", "省份"),
        (with_check("11010520230229001"), "birth_date", "2023年2月29日"),
        (with_check("11010520261121001"), "future", "在今天之后"),
        (with_check("11010518951119001"), "too_old", "超过 130 岁"),
    ],
)
def test_each_cause_has_its_own_sentence(typed, code, words):
    fault = parse_citizen_id(typed, today=TODAY)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert words in fault.sentence


def test_no_sentence_repeats_the_number():
    for typed in ("110105199003078888", "1101051990030788881", "1101051990030788A8"):
        assert typed not in parse_citizen_id(typed, today=TODAY).sentence


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "110105-19491231-002ｘ",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert parse_citizen_id(typed, today=TODAY).number == "11010519491231002X"


def test_fifteen_digits_are_upgraded():
    read = parse_citizen_id("110105491231002", today=TODAY)
    assert (read.number, read.legacy) == ("11010519491231002X", True)
    with pytest.raises(ValueError, match="15 位"):
        upgrade("1101054912310")


@pytest.mark.parametrize(
    ("division", "label"), [("810000", "港澳台居民居住证"), ("830000", "港澳台居民居住证")]
)
def test_residence_permits_of_hong_kong_macao_and_taiwan_residents_are_known(division, label):
    assert parse_citizen_id(with_check(f"{division}19900307123"), today=TODAY).kind.label == label


def test_the_permanent_residence_card_of_foreigners_is_known():
    read = parse_citizen_id(with_check("93384019900307123"), today=TODAY)
    assert (read.kind, read.birth_date, read.sex) == (IdKind.FOREIGN_RESIDENT, date(1990, 3, 7), Sex.MALE)


def test_an_abolished_county_is_no_reason_to_refuse():
    assert isinstance(parse_citizen_id(with_check("33999919900307123"), today=TODAY), CitizenId)


def test_the_last_four_characters_are_told():
    assert last_four("11010519491231002x") == "002X"


def test_typed_facts_that_differ_are_named_and_unknown_sex_is_not():
    read = parse_citizen_id("11010519491231002X", today=TODAY)
    assert differences(read, birth_date=date(1949, 12, 31), sex=Sex.FEMALE) == ()
    assert differences(read, sex=Sex.NOT_STATED) == ()
    found = differences(read, birth_date=date(1950, 1, 1), sex=Sex.MALE)
    assert [each.code for each in found] == ["birth_date_differs", "sex_differs"]


@given(numbers)
def test_every_right_number_is_read_with_its_birth_date_and_sex(number):
    read = parse_citizen_id(number, today=TODAY)
    assert isinstance(read, CitizenId)
    assert f"{read.birth_date:%Y%m%d}" == number[6:14]
    assert (read.sex is Sex.MALE) == (int(number[16]) % 2 == 1)


@given(numbers, st.data())
def test_a_single_wrong_digit_is_always_found(number, data):
    place = data.draw(st.integers(0, 17))
    others = [digit for digit in "0123456789" if digit != number[place]]
    wrong = number[:place] + data.draw(st.sampled_from(others)) + number[place + 1 :]
    assert isinstance(parse_citizen_id(wrong, today=TODAY), Fault)


@given(numbers, st.integers(0, 15))
def test_two_neighbours_exchanged_are_always_found(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or isinstance(parse_citizen_id(swapped, today=TODAY), Fault)


@given(st.text(max_size=24))
def test_any_text_is_answered_without_an_error(text):
    assert isinstance(parse_citizen_id(text, today=TODAY), CitizenId | Fault)
