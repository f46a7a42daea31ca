import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.faults import Fault
from yimen.standards.phone import Phone, PhoneKind, parse_phone


@pytest.mark.parametrize(
    ("typed", "number", "kind", "extension"),
    [
        ("13812345678", "13812345678", "mobile", ""),
        ("+86 138-1234-5678", "13812345678", "mobile", ""),
        ("008613812345678", "13812345678", "mobile", ""),
        ("8613812345678", "13812345678", "mobile", ""),
        ("１３８１２３４５６７８", "13812345678", "mobile", ""),
        ("138 1234 5678", "13812345678", "mobile", ""),
        ("0574-87654321", "0574-87654321", "landline", ""),
        ("(0574)8765 4321", "0574-87654321", "landline", ""),
        ("（0574）87654321", "0574-87654321", "landline", ""),
        ("057487654321", "0574-87654321", "landline", ""),
        ("010-62345678", "010-62345678", "landline", ""),
        ("0838-2345678", "0838-2345678", "landline", ""),
        ("0574-87654321-123", "0574-87654321", "landline", "123"),
        ("0574—87654321转8001", "0574-87654321", "landline", "8001"),
        ("0574-87654321 分机 12", "0574-87654321", "landline", "12"),
        ("400-123-4567", "4001234567", "service", ""),
        ("8001234567", "8001234567", "service", ""),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed, number, kind, extension):
    assert parse_phone(typed) == Phone(number, PhoneKind(kind), extension)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"), ("无", "characters"), ("1381234567", "length"), ("12812345678", "beginning"),
        ("87654321", "no_area_code"), ("8765432", "no_area_code"), ("0574-1234567", "shape"), ("0574876543210", "shape"),
        ("99", "shape"), ("138123456789", "length"),
    ],
)  # fmt: skip
def test_each_cause_has_its_own_sentence(typed, code):
    fault = parse_phone(typed)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert fault.sentence


def test_a_number_is_written_with_its_extension():
    assert str(parse_phone("0574-87654321转8001")) == "0574-87654321-8001"


@given(
    st.from_regex(r"1[3-9][0-9]{9}|0574-[2-8][0-9]{7}(-[0-9]{1,6})?|400[0-9]{7}", fullmatch=True).filter(
        str.isascii
    )
)
def test_what_is_kept_is_read_back_the_same(text):
    read = parse_phone(text)
    assert isinstance(read, Phone)
    assert parse_phone(str(read)) == read


@given(st.text(max_size=24))
def test_any_text_is_answered_without_an_error(text):
    assert isinstance(parse_phone(text), Phone | Fault)
