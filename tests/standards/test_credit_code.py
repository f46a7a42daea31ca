import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.faults import Fault
from yimen.standards.credit_code import CreditCode, check_character, parse_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RIGHT = [
    "91110000600037341L",
    "11100000000013127D",
    "12100000400010275N",
    "53100000500020288W",
    "91350100M000100Y43",
]

codes = st.builds(
    lambda head, division, organisation: (
        head + division + organisation + check_character(head + division + organisation)
    ),
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize("code", RIGHT)
def test_codes_in_use_are_read(code):
    assert parse_credit_code(code).number == code


def test_a_code_is_taken_apart():
    read = parse_credit_code("91350100m000100y43")
    assert (read.department, read.category, read.division, read.organisation_code) == (
        "9",
        "1",
        "350100",
        "M000100Y4",
    )
    assert read.kind == "市场监管登记的企业"
    assert parse_credit_code("53100000500020288W").kind == "民政登记的基金会"


def test_an_old_organisation_code_that_breaks_its_own_check_is_only_a_hint():
    assert [parse_credit_code(code).organisation_code_holds for code in RIGHT] == [
        True,
        True,
        True,
        False,
        True,
    ]


def test_a_code_is_read_however_it_is_typed():
    assert parse_credit_code(" ９１１１００００-600037341 l").number == "91110000600037341L"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "empty", "请填写"),
        ("9111000060003734", "length", "现在是 16 位"),
        ("9111000060003734IL", "characters", "是否应为 1"),
        ("91110000O00037341L", "characters", "是否应为 0"),
        ("91110000600037341甲", "characters", "大写字母"),
        ("9111A000600037341L", "division", "第 3 至 8 位"),
        ("91110000600037342L", "check", "校验位不对"),
    ],
)
def test_each_cause_has_its_own_sentence(typed, code, words):
    fault = parse_credit_code(typed)
    assert isinstance(fault, Fault)
    assert (fault.code, words in fault.sentence) == (code, True)


@given(codes, st.data())
def test_a_single_wrong_character_is_always_found(code, data):
    assert isinstance(parse_credit_code(code), CreditCode)
    place = data.draw(st.integers(0, 17))
    wrong = data.draw(st.sampled_from([character for character in ALPHABET if character != code[place]]))
    assert isinstance(parse_credit_code(code[:place] + wrong + code[place + 1 :]), Fault)
