import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.faults import Fault
from yimen.kernel.money import Money, parse_money


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("12.50", 1250), ("１２．５０", 1250), ("12.5", 1250), ("¥1,234.50", 123450), ("￥１，２３４．５", 123450),
        ("300元", 30000), ("-5", -500), ("-¥5", -500), ("¥-5", -500), (" 0 ", 0), ("007", 700), ("1,000,000", 100000000),
    ],
)  # fmt: skip
def test_amounts_are_read_in_the_ways_people_write_them(typed, fen):
    assert parse_money(typed) == Money(fen)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"), ("12.505", "too_many_decimals"), ("1.", "not_an_amount"), ("1,23", "not_an_amount"),
        ("1e3", "not_an_amount"), ("--5", "not_an_amount"), ("-¥-5", "not_an_amount"), ("五元", "not_an_amount"),
        ("1.2.3", "not_an_amount"), (".5", "not_an_amount"), ("nan", "not_an_amount"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_a_fault_with_a_sentence(typed, code):
    fault = parse_money(typed)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert fault.sentence


@pytest.mark.parametrize("fen", [1.0, "100", True, None])
def test_money_refuses_everything_but_whole_fen(fen):
    with pytest.raises(TypeError, match="整数"):
        Money(fen)


def test_a_float_is_not_parsed_because_it_has_lost_its_fen():
    with pytest.raises(TypeError, match="文字"):
        parse_money(12.5)


def test_money_adds_up_and_never_mixes_with_numbers():
    assert sum([Money(150), Money(50)]) == Money(200)
    assert Money(100) - Money(130) == Money(-30) == -Money(30)
    assert 3 * Money(5) == Money(5) * 3 == Money(15)
    assert Money(1) < Money(2)
    assert not Money(0)
    for wrong in (lambda: Money(1) + 1, lambda: 1 + Money(1), lambda: Money(1) * 1.5, lambda: Money(1) - 1):
        with pytest.raises(TypeError):
            wrong()


def test_money_is_written_with_commas_for_people_and_plain_for_forms():
    assert str(Money(123450)) == "¥1,234.50"
    assert str(Money(-5)) == "-¥0.05"
    assert Money(123450).plain == "1234.50"


@pytest.mark.parametrize(
    ("typed", "capitals"),
    [
        ("1234.50", "壹仟贰佰叁拾肆元伍角"), ("0", "零元整"), ("300", "叁佰元整"), ("0.05", "伍分"), ("0.50", "伍角"),
        ("0.55", "伍角伍分"), ("20.05", "贰拾元零伍分"), ("10", "壹拾元整"), ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"), ("16409.02", "壹万陆仟肆佰零玖元零贰分"), ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000", "壹拾万元整"), ("100005", "壹拾万零伍元整"), ("100000005", "壹亿零伍元整"), ("100050000", "壹亿零伍万元整"),
        ("1000000", "壹佰万元整"), ("20300405", "贰仟零叁拾万零肆佰零伍元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_capital_writing_follows_the_rule_for_bills(typed, capitals):
    assert parse_money(typed).capitals == capitals


def test_capital_writing_refuses_what_no_bill_carries():
    with pytest.raises(ValueError, match="负数"):
        _ = Money(-1).capitals
    with pytest.raises(ValueError, match="过大"):
        _ = Money(10**14).capitals


@given(st.integers(-(10**15), 10**15))
def test_what_is_written_is_read_back_the_same(fen):
    assert parse_money(str(Money(fen))) == parse_money(Money(fen).plain) == Money(fen)


def _read_back(capitals: str) -> int:
    """Our own reading of capital writing, the other way round, in fen."""
    digits = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
    whole, _, rest = capitals.rpartition("元")
    total = group = digit = 0
    for character in whole:
        if character in digits:
            digit = digits[character]
        elif character in "拾佰仟":
            group, digit = group + digit * {"拾": 10, "佰": 100, "仟": 1000}[character], 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[character], 0, 0
    fen = (total + group + digit) * 100
    for place, unit in (("角", 10), ("分", 1)):
        if place in rest:
            fen += digits[rest[rest.index(place) - 1]] * unit
    return fen


@given(st.integers(0, 10**14 - 1))
def test_capital_writing_can_be_read_back_and_never_doubles_a_zero(fen):
    capitals = Money(fen).capitals
    assert _read_back(capitals) == fen
    assert "零零" not in capitals
    assert capitals.endswith("整") == (fen % 100 == 0)
