import os
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.kernel.pinyin import KeyKind, name_keys, query_key, sort_key, split_name
from yimen.kernel.surnames import COMPOUND_READINGS, SINGLE_READINGS


def keys_of(name: str, kind: KeyKind) -> set[str]:
    return {each.key for each in name_keys(name) if each.kind is kind}


TRICKY = """
单 shan;仇 qiu;曾 zeng;解 xie;区 ou;查 zha;缪 miao;朴 piao;翟 zhai;盖 ge;乐 yue;华 hua;任 ren;宁 ning;覃 qin;
折 she;冼 xian;员 yun;幺 yao;那 na;秘 bi;繁 po;种 chong;祭 zhai;黑 he;逄 pang;尉 wei;万 wan;召 shao;隗 wei;
郇 xun;贲 ben;费 fei;佴 nai;乜 nie;句 gou;应 ying;宓 mi;阚 kan;车 che;都 du;适 kuo;要 yao;薄 bo;柏 bai;谌 chen;
莘 shen;宿 su;郗 xi;郄 qie;牟 mou;能 nai;逯 lu;藉 ji;降 jiang;强 qiang;角 jue;难 ning;不 fou;弗 fei;厘 xi;呙 guo;
朝 chao;笮 ze;亓 qi;仉 zhang;眭 sui;恽 yun;佘 she;厍 she;燕 yan;褚 chu;石 shi;叶 ye;沈 shen;冯 feng;䶮 yan;吕 lv
"""


@pytest.mark.parametrize(("surname", "usual"), [pair.split() for pair in TRICKY.split(";")])
def test_a_tricky_surname_is_found_by_its_own_reading(surname, usual):
    assert f"{usual}ming" in keys_of(f"{surname}明", KeyKind.PINYIN)
    assert sort_key(f"{surname}明").startswith(f"{usual} ")


def test_an_ambiguous_surname_is_found_by_each_reading():
    assert keys_of("翟明", KeyKind.PINYIN) == {"zhaiming", "diming"}
    assert keys_of("翟明", KeyKind.INITIALS) == {"zm", "dm"}
    assert {"geming", "gaiming"} <= keys_of("盖明", KeyKind.PINYIN)
    assert {"qinming", "tanming"} <= keys_of("覃明", KeyKind.PINYIN)


def test_a_given_name_with_two_readings_is_found_by_both():
    assert {"zhangle", "zhangyue"} == keys_of("张乐", KeyKind.PINYIN)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("万俟卨", "moqixie"), ("尉迟恭", "yuchigong"), ("长孙无忌", "zhangsunwuji"), ("澹台灭明", "tantaimieming"),
        ("令狐冲", "linghuchong"), ("欧阳修", "ouyangxiu"), ("单于明", "chanyuming"), ("乐正子", "yuezhengzi"),
    ],
)  # fmt: skip
def test_a_compound_surname_is_read_as_one_and_left_out_of_the_given_name(name, pinyin):
    assert pinyin in keys_of(name, KeyKind.PINYIN)
    assert keys_of(name, KeyKind.GIVEN) == {name[2:]}


def test_a_name_of_two_characters_has_a_single_surname():
    assert (split_name("欧阳").surname, split_name("欧阳").given) == ("欧", "阳")
    assert (split_name("欧阳娜娜").surname, split_name("欧阳娜娜").given) == ("欧阳", "娜娜")


def test_an_ordinary_name_has_five_keys():
    assert {(each.kind.value, each.key) for each in name_keys("张建国")} == {
        ("name", "张建国"), ("given", "建国"), ("pinyin", "zhangjianguo"), ("given_pinyin", "jianguo"), ("initials", "zjg"),
    }  # fmt: skip


def test_a_name_with_a_middle_dot_is_found_by_each_part():
    assert keys_of("阿依古丽•买买提", KeyKind.NAME) == {"阿依古丽买买提"}
    assert keys_of("阿依古丽•买买提", KeyKind.GIVEN) == {"阿依古丽", "买买提"}
    assert keys_of("阿依古丽•买买提", KeyKind.GIVEN_PINYIN) == {"ayiguli", "maimaiti"}
    assert keys_of("阿依古丽•买买提", KeyKind.INITIALS) == {"ayglmmt"}


def test_a_latin_name_is_found_by_each_word():
    assert keys_of("Ｊohn O'Neil", KeyKind.GIVEN) == {"john", "o", "neil"}
    assert keys_of("John Smith", KeyKind.PINYIN) == {"johnsmith"}
    assert keys_of("John Smith", KeyKind.INITIALS) == {"js"}


def test_a_rare_character_of_four_bytes_does_no_harm():
    assert "jiming" in keys_of("𠮷明", KeyKind.PINYIN)
    assert keys_of("王\U00030edd", KeyKind.NAME) == {"王\U00030edd"}
    assert name_keys("") == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Zhāng Sān", "zhangsan"), ("ZS", "zs"), ("Lü Bu", "lvbu"), ("lyubu", "lvbu"), ("lǚ", "lv"),
        ("阿依古丽·买", "阿依古丽买"),
        ("张 三", "张三"), (" Ｚhang'san ", "zhangsan"), ("yinyu", "yinyu"),
    ],
)  # fmt: skip
def test_what_is_typed_takes_the_shape_of_a_key(typed, key):
    assert query_key(typed) == key


def test_names_sort_by_pinyin_with_equal_surnames_together():
    names = ["战强", "章一", "张三", "张一", "欧阳修", "Anna", "单明", "阿依古丽·买买提", "章三"]
    random.Random(7).shuffle(names)
    assert sorted(names, key=sort_key) == [
        "阿依古丽·买买提", "Anna", "欧阳修", "单明", "战强", "张三", "张一", "章三", "章一",
    ]  # fmt: skip


@given(st.text(alphabet=[*"张王乐行重长𠮷䶮阿·A b-1", *SINGLE_READINGS, "\U00030edd", "é"], max_size=12))
def test_every_name_has_keys_that_can_be_typed_and_an_order(name):
    keys = name_keys(name)
    assert len(keys) == len(set(keys)) <= 60
    assert all(each.key and not set(each.key) & set(" ·-'") for each in keys)
    assert sort_key(name) == sort_key(name)
    if any(character.isalnum() for character in name):
        assert query_key(name) in {each.key for each in keys if each.kind is KeyKind.NAME}


def test_the_tables_hold_syllables_only():
    for readings in (
        *SINGLE_READINGS.values(),
        *(syllables for each in COMPOUND_READINGS.values() for syllables in each),
    ):
        assert readings
        assert all(syllable.isascii() and syllable.isalpha() and syllable.islower() for syllable in readings)
    assert all(len(surname) == 2 for surname in COMPOUND_READINGS)
    assert all(len(surname) == 1 for surname in SINGLE_READINGS)


def test_the_words_that_go_with_us_are_those_the_dictionary_reads_otherwise():
    # In a process of its own: here the library was told to leave its dictionary out.
    told = {name: value for name, value in os.environ.items() if name != "PYPINYIN_NO_PHRASES"}
    ask = "from tools import readings; print(readings.chosen() == readings.KEPT.read_text(encoding='utf-8'))"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, env=told, check=True)
    assert asked.stdout == "True\n"


@pytest.mark.parametrize(
    ("words", "pinyin"),
    [
        ("调解", "tiaojie"),
        ("长者食堂", "zhangzheshitang"),
        ("重阳", "chongyang"),
        ("音乐", "yinyue"),
        ("银行", "yinhang"),
    ],
)
def test_a_word_is_read_as_the_word_it_is(words, pinyin):
    assert any(key.startswith(pinyin) for key in keys_of(f"王{words}", KeyKind.GIVEN_PINYIN))
