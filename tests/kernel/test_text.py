import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.text import chinese_term, clean_line, clean_name, clean_text, defuse_formula, is_han, narrow


def test_full_width_letters_and_digits_become_half_width_and_chinese_punctuation_stays():
    assert clean_line("　学府路１２号，Ａ座（东）　") == "学府路12号，A座（东）"
    assert clean_line("①２３") == "①23"


def test_narrow_folds_punctuation_too_so_that_numbers_compare():
    assert narrow("１３８－００１３　８０００") == "138-0013 8000"
    assert narrow("（甲）") == "(甲)"


def test_invisible_characters_and_control_characters_go():
    assert clean_line("张\u200b三\u0000\ufeff\u202e") == "张三"
    assert clean_line("一\r\n二\t三") == "一 二 三"


def test_several_lines_keep_their_breaks():
    assert clean_text(" 一  二 \r\n\n\n\n三 ") == "一 二\n\n三"


@pytest.mark.parametrize("name", ["𠮷", "䶮", "\ufa10", "\uf900", "\U0002f800", "\ue863"])
def test_han_characters_are_never_altered(name):
    assert narrow(name) == clean_name(name) == clean_line(name) == name


def test_kangxi_radicals_from_copied_pages_become_the_han_they_look_like():
    assert clean_name("⽅⼦") == "方子"


@pytest.mark.parametrize("dot", ["·", "•", "・", "‧", " · ", "･", "∙", "．", "."])
def test_all_middle_dots_between_han_become_one(dot):
    assert clean_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


def test_blanks_go_between_han_and_stay_between_latin_words():
    assert clean_name(" 张　 三 ") == "张三"
    assert clean_name("John   Ｓmith") == "John Smith"
    assert clean_name("J. Smith") == "J. Smith"


def test_a_variation_selector_does_not_make_another_name():
    assert clean_name("葛\U000e0100飾") == "葛飾"


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-5", "@SUM", "\t=1", "\r=1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(cell):
    assert defuse_formula(cell) == "'" + cell


def test_an_ordinary_cell_stays_as_it_is():
    assert defuse_formula("张三 = 李四") == "张三 = 李四"
    assert defuse_formula("") == ""


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    for clean in (narrow, clean_line, clean_text, clean_name):
        once = clean(text)
        assert clean(once) == once


@given(st.text())
def test_no_cleaning_loses_or_alters_a_han_character(text):
    wanted = [character for character in text if is_han(character)]
    for clean in (clean_line, clean_text, clean_name):
        left = [character for character in clean(text) if is_han(character)]
        made = [c for c in text if not is_han(c) and any(is_han(d) for d in unicodedata.normalize("NFKC", c))]
        assert left == wanted or made


def test_the_chinese_term_of_a_docstring_is_the_first_in_brackets():
    assert chinese_term("Close an account (停用账号): its sessions end (会话).") == "停用账号"
    assert chinese_term("Close an account（停用）.") == "停用"
    assert chinese_term("Close an account (at once).") == "" == chinese_term(None)
