from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.faults import Fault
from yimen.kernel.numbers import (
    ArchiveNumber,
    CaseNumber,
    check_digit,
    parse_archive_number,
    parse_case_number,
)

NUMBER = CaseNumber("007", date(2026, 11, 21), 42)

case_numbers = st.builds(
    CaseNumber,
    st.from_regex("[0-9]{3}", fullmatch=True).filter(str.isascii),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(1, 999_999),
)


def test_the_check_digit_follows_the_example_of_the_standard():
    assert check_digit("0794") == "5"  # ISO/IEC 7064, MOD 11,10


def test_a_case_number_is_grouped_for_reading_aloud():
    assert str(NUMBER) == f"007-261121-0042-{NUMBER.digits[-1]}"
    assert NUMBER.digits[:-1] == "0072611210042"


@pytest.mark.parametrize("write", [
    lambda number: str(number),
    lambda number: number.digits,
    lambda number: f" {number.digits[:6]} {number.digits[6:]} ",
    lambda number: str(number).replace("-", "－").translate({ord("0") + n: ord("０") + n for n in range(10)}),
    lambda number: str(number).replace("-", "—"),
])  # fmt: skip
def test_a_case_number_is_read_however_it_is_typed(write):
    assert parse_case_number(write(NUMBER)) == NUMBER


@pytest.mark.parametrize(
    ("typed", "code"), [("", "empty"), ("007-26112", "length"), ("甲07-261121-0042-1", "characters")]
)
def test_what_is_no_case_number_is_a_fault(typed, code):
    assert parse_case_number(typed).code == code


def test_a_day_that_does_not_exist_is_a_fault_even_with_a_right_check_digit():
    body = "0072602300042"
    assert parse_case_number(body + check_digit(body)).code == "date"


def test_a_sequence_padded_otherwise_than_we_write_is_a_fault():
    body = "007261121000042"
    assert parse_case_number(body + check_digit(body)).code == "length"


@given(case_numbers)
def test_every_case_number_is_read_back(number):
    assert parse_case_number(str(number)) == number


@given(case_numbers, st.data())
def test_a_single_wrong_digit_is_always_found(number, data):
    digits = number.digits
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    assert isinstance(parse_case_number(digits[:place] + wrong + digits[place + 1 :]), Fault)


@pytest.mark.parametrize("wrong", [
    {"street": "7"}, {"street": "００７"}, {"day": date(1999, 1, 1)}, {"sequence": 0}, {"sequence": 1_000_000},
])  # fmt: skip
def test_a_case_number_outside_its_shape_is_refused(wrong):
    with pytest.raises(ValueError, match=r"短码|年|流水"):
        CaseNumber(**({"street": "007", "day": date(2026, 11, 21), "sequence": 1} | wrong))


def test_an_archive_number_has_year_area_category_and_serial():
    number = ArchiveNumber(2026, "330212007001", "低保", 12)
    assert str(number) == "2026-330212007001-低保-0012"
    assert parse_archive_number("２０２６—330212007001 - 低保－0012") == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026-330212007001-低保",
        "2026-330212-低保-1",
        "26-330212007001-低保-1",
        "2026-330212007001--1",
        "2026-330212007001-低保-0",
    ],
)
def test_what_is_no_archive_number_is_a_fault(typed):
    assert isinstance(parse_archive_number(typed), Fault)
