from datetime import date

import pytest

from yimen.kernel.faults import Fault
from yimen.standards.codes import UnknownCode
from yimen.standards.identity_document import parse_document

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        ("hk_macao_permit", "h12345678", "H12345678"),
        ("hk_macao_permit", "M 1234567890", "M1234567890"),
        ("taiwan_permit", "１２３４５６７８", "12345678"),
        ("taiwan_permit", "1234567890", "1234567890"),
        ("passport", "e12345678", "E12345678"),
        ("officer_card", "军字第1234567号", "军字第1234567号"),
        ("id_card", "11010519491231002x", "11010519491231002X"),
        ("household_book", "11010519491231002X", "11010519491231002X"),
    ],
)
def test_a_number_of_each_kind_is_read(kind, typed, number):
    read = parse_document(typed, document_type=kind, today=TODAY)
    assert (read.number, read.document_type) == (number, kind)
    assert (read.citizen_id is None) == (kind not in ("id_card", "household_book"))


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("hk_macao_permit", "A12345678", "H 或 M"),
        ("taiwan_permit", "1234567", "8 位数字"),
        ("passport", "ABCDEFGH", "护照"),
        ("passport", "", "请填写"),
        ("id_card", "110105199003078888", "校验位"),
        ("other", "1!", "3 至 40 位"),
    ],
)
def test_a_number_of_the_wrong_shape_is_refused_with_the_reason(kind, typed, words):
    fault = parse_document(typed, document_type=kind, today=TODAY)
    assert isinstance(fault, Fault)
    assert words in fault.sentence


def test_an_unknown_kind_is_refused():
    with pytest.raises(UnknownCode, match="library_card"):
        parse_document("1", document_type="library_card", today=TODAY)
