from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.standards.citizen_id import check_character
from yimen.standards.masking import (
    LeakKind,
    find_leaks,
    mask_address,
    mask_bank_card,
    mask_id_number,
    mask_name,
    mask_phone,
    public_name,
)

ID = "11010519491231002X"
CARD = "6222021234567890128"  # made up; passes Luhn


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"), ("张三丰", "张*丰"), ("欧阳娜娜", "欧**娜"), ("阿依古丽·买买提", "阿******提"), ("䶮", "*"), ("", ""),
        ("𠮷明", "𠮷*"), (" 张 三 ", "张*"),
    ],
)  # fmt: skip
def test_a_name_is_masked_by_its_length(name, masked):
    assert mask_name(name) == masked


def test_of_minors_and_unattended_children_no_part_of_the_name_is_shown_and_not_why():
    shown = {public_name("张三丰", is_minor=True), public_name("张三丰", is_minor=False, is_unattended=True)}
    assert shown == {"（不公开姓名）"}
    assert public_name("张三丰", is_minor=False) == "张*丰"


def test_numbers_are_masked_for_internal_screens():
    assert mask_id_number("440106199003071234") == "440106********1234"
    assert mask_id_number("H12345678") == "H1*****78"
    assert mask_id_number("A12") == "***"
    assert mask_bank_card("6222 0212 3456 7890 128") == "尾号 0128"
    assert mask_bank_card("1234") == "尾号 ****"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"), ("138 1234 5678", "138****5678"), ("0574-87654321", "0574-****4321"),
        ("0574-87654321-801", "0574-****4321"), ("0838-2345678", "0838-***5678"), ("4001234567", "********67"), ("110", "***"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_masked(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("学府一号小区3幢2单元501室", "学府一号小区3幢"),
        ("学府社区学士路12号3幢501", "学府社区学士路12号3幢"),
        ("中山路12号301室", "中山路12号"),
        ("中山路１２号３０１室", "中山路12号"),
        ("四明街道华侨城小区甲栋1单元2层", "四明街道华侨城小区甲栋"),
        ("花园新村3-2-501", "花园新村3"),
        ("花园新村5号楼2单元", "花园新村5号楼"),
        ("长宁路100弄3号501室", "长宁路100弄3号"),
        ("幸福村二组501室", "幸福村二组"),
        ("幸福村", "幸福村"),
        ("", ""),
    ],
)
def test_an_address_is_shown_down_to_the_building(address, masked):
    assert mask_address(address) == masked


def kinds(text: str) -> list[LeakKind]:
    return [leak.kind for leak in find_leaks(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"张三，身份证{ID}，", LeakKind.ID_NUMBER), (f"{ID.lower()}同意", LeakKind.ID_NUMBER),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", LeakKind.ID_NUMBER), ("110105 19491231 002X", LeakKind.ID_NUMBER),
        ("110105199003078888", LeakKind.ID_NUMBER),  # a slip in the check leaks as much
        ("旧证110105491231002号", LeakKind.ID_NUMBER), ("电话13812345678。", LeakKind.MOBILE),
        ("138-1234-5678", LeakKind.MOBILE), ("138 1234 5678", LeakKind.MOBILE), ("1381 234 5678", LeakKind.MOBILE),
        ("+8613812345678", LeakKind.MOBILE), ("１３８１２３４５６７８", LeakKind.MOBILE), ("0574-87654321", LeakKind.LANDLINE),
        ("（0574）87654321", LeakKind.LANDLINE), (f"卡号{CARD}", LeakKind.BANK_CARD),
        ("6222 0212 3456 7890 128", LeakKind.BANK_CARD),
    ],
)  # fmt: skip
def test_what_must_not_be_published_is_found(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "440106********1234", "138****5678", "尾号 0128", "2026年11月20日至26日公示7天", "补助金额1,234.50元",
        "编号007-261121-0042-7",
        "6222021234567890127", "统一社会信用代码91350100M000100Y43", "330212007001", "文号〔2026〕12号",
        "张*三 低保 3人 2190元", "",
    ],
)  # fmt: skip
def test_what_may_be_published_is_left_alone(text):
    assert find_leaks(text) == ()


def test_several_leaks_come_in_order_with_their_places_and_without_leaking_again():
    text = f"电话13812345678、13987654321；证件{ID}；卡{CARD}"
    leaks = find_leaks(text)
    assert [leak.kind for leak in leaks] == ["mobile", "mobile", "id_number", "bank_card"]
    assert [text[leak.start : leak.end] for leak in leaks] == ["13812345678", "13987654321", ID, CARD]
    assert all(leak.shown not in text for leak in leaks)
    assert leaks[2].kind.label == "身份证号码"


@given(
    st.builds(
        lambda division, birth, sequence: f"{division}{birth:%Y%m%d}{sequence:03d}",
        st.integers(110000, 659999),
        st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 20)),
        st.integers(0, 999),
    ),
    st.text("张三，：的在（）", max_size=5),
    st.sampled_from(["", " ", "-"]),
)
def test_every_right_id_number_is_found_in_a_chinese_sentence(first17, words, gap):
    number = first17 + check_character(first17)
    written = gap.join((number[:6], number[6:14], number[14:]))
    leaks = find_leaks(f"{words}{written}{words}")
    assert [(leak.kind, leak.start, leak.end) for leak in leaks] == [
        (LeakKind.ID_NUMBER, len(words), len(words) + len(written))
    ]


@given(
    st.from_regex("1[3-9][0-9]{9}", fullmatch=True).filter(str.isascii),
    st.text("张三，：的在（）", max_size=5),
)
def test_every_mobile_number_is_found_and_none_is_found_once_masked(number, words):
    assert kinds(words + number + words) == [LeakKind.MOBILE]
    assert kinds(words + mask_phone(number) + words) == []
