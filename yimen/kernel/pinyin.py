"""Search keys and order of names (姓名检索键、拼音排序).

A name is found by its characters, by its given name alone, by full pinyin and by initials. Surnames that are read otherwise
than the common character come from `surnames`; ambiguous ones give a key for each reading, so that 翟 is found under zhai
and under di. Keys have no blanks, no dots and no capitals; ü is v, as on a keyboard. What a person types goes through
`query_key` and is then compared by prefix.
"""

import enum
import itertools
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

# The library's own dictionary of words costs each process 44 MiB and half a second; ours holds those that matter.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import Style, lazy_pinyin, load_phrases_dict

from yimen.kernel.surnames import COMPOUND_READINGS, SINGLE_READINGS
from yimen.kernel.text import clean_name, is_all_han, is_han, narrow

_WORDS = {
    word: [[syllable] for syllable in syllables]
    for word, *syllables in (
        line.split()
        for line in Path(__file__).with_name("readings.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
}
load_phrases_dict(_WORDS)
_MOST_READINGS = 12
_RUNS = re.compile(r"[^\W\d_]+|[0-9]+")

# Characters of given names with more than one reading in real names; the first is the more usual one.
_GIVEN_READINGS = {
    character: tuple(readings.split("/"))
    for character, readings in (
        entry.split(" ")
        for entry in (
            "乐 le/yue",
            "樂 le/yue",
            "行 xing/hang",
            "长 chang/zhang",
            "長 chang/zhang",
            "朝 chao/zhao",
            "重 chong/zhong",
            "茜 qian/xi",
            "晟 sheng/cheng",
            "莘 xin/shen",
            "柏 bai/bo",
            "盛 sheng/cheng",
            "传 chuan/zhuan",
            "藏 zang/cang",
            "禅 chan/shan",
            "曾 zeng/ceng",
            "都 du/dou",
            "单 shan/dan",
            "参 can/shen",
            "率 shuai/lv",
            "𠮷 ji",
        )
    )
}
_SEVERAL_READINGS = frozenset(_GIVEN_READINGS)


class KeyKind(enum.StrEnum):
    """What a search key was made from."""

    NAME = "name"
    GIVEN = "given"
    PINYIN = "pinyin"
    GIVEN_PINYIN = "given_pinyin"
    INITIALS = "initials"


class NameKey(NamedTuple):
    """One search key of a name."""

    kind: KeyKind
    key: str


@dataclass(frozen=True)
class SplitName:
    """A name as surname and given name; a name that is not Han has no surname here, its parts are words."""

    surname: str
    given: str


def split_name(name: str) -> SplitName:
    """Surname and given name of a Han name: '欧阳娜娜' → 欧阳 + 娜娜, '欧阳' → 欧 + 阳, '张三丰' → 张 + 三丰.

    A compound surname is taken when something is left for the given name. Names with '·', a blank or Latin letters are
    not split: they come back whole as `given`.
    """
    name = clean_name(name)
    if len(name) < 2 or not is_all_han(name):
        return SplitName("", name)
    size = 2 if len(name) > 2 and name[:2] in COMPOUND_READINGS else 1
    return SplitName(name[:size], name[size:])


def name_keys(name: str) -> tuple[NameKey, ...]:
    """All search keys of a name, without repetition, in a stable order; none for an empty name.

    '翟乐' → name 翟乐; given 乐; pinyin zhaile, zhaiyue, dile, diyue; given_pinyin le, yue; initials zl, zy, dl, dy.
    '阿依古丽·买买提' → the whole name, each part as given, pinyin of the whole and of each part, initials of all syllables.
    """
    name = clean_name(name)
    split = split_name(name)
    words = _words(split.given)
    names = {_glued(words) if not split.surname else name}
    given = set(words) if split.surname or len(words) > 1 else set()
    sounds, given_sounds, initials = set(), set(), set()
    skipped = len(split.surname)
    for reading in _readings(split, words):
        sounds.add(_glued(reading))
        initials.add(_glued([syllable[0] for syllable in reading]))
        if skipped:
            given_sounds.add(_glued(reading[skipped:]))
    if not skipped and len(words) > 1:
        given_sounds = {_glued(_syllables(word)) for word in words}
    found = (
        (KeyKind.GIVEN, given),
        (KeyKind.GIVEN_PINYIN, given_sounds),
        (KeyKind.INITIALS, initials),
        (KeyKind.NAME, names),
        (KeyKind.PINYIN, sounds),
    )
    return tuple([NameKey(kind, key) for kind, keys in found for key in sorted(keys) if key])


def query_key(typed: str) -> str:
    """What someone typed, in the shape of a key: 'Zhāng San' → 'zhangsan', '阿依古丽•买' → '阿依古丽买', 'Lü' → 'lv'."""
    return re.sub("^([ln])yu", r"\1v", _glued(_words(narrow(clean_name(typed)))))


def sort_key(name: str) -> str:
    """A text that puts names in the order of a Chinese telephone book when compared character by character.

    Syllable and character alternate ('zhang 张 san 三'), so that all 张 stand together before all 章, and 'zhan' before
    'zhang'. Only the usual reading counts. Latin names sort by their letters.
    """
    name = clean_name(name)
    characters = [character for word in _words(name) for character in (word if is_han(word[0]) else (word,))]
    usual = _all_readings(name)[:1] or [()]
    return " ".join(
        f"{syllable} {character}" if syllable != character else syllable
        for syllable, character in zip(usual[0], characters, strict=True)
    )


def _all_readings(name: str) -> list[tuple[str, ...]]:
    """Readings of the whole name as tuples of syllables, the usual one first, at most `_MOST_READINGS`."""
    split = split_name(name)
    return _readings(split, _words(split.given))


def _readings(split: SplitName, words: list[str]) -> list[tuple[str, ...]]:
    if len(split.surname) == 2:
        surnames = COMPOUND_READINGS[split.surname]
    elif split.surname:
        surnames = tuple(
            (one,) for one in SINGLE_READINGS.get(split.surname, (_syllables(split.surname)[0],))
        )
    elif not split.given:
        return []
    else:
        surnames = ((),)
    usual = [syllable for word in words for syllable in _syllables(word)]
    characters = [character for word in words for character in (word if is_han(word[0]) else (word,))]
    if _SEVERAL_READINGS.isdisjoint(characters):
        return [(*surname, *usual) for surname in surnames][:_MOST_READINGS]
    choices = [
        tuple(dict.fromkeys((syllable, *_GIVEN_READINGS.get(character, ()))))
        for syllable, character in zip(usual, characters, strict=True)
    ]
    combined = ((*surname, *given) for given in itertools.product(*choices) for surname in surnames)
    return list(itertools.islice(combined, _MOST_READINGS))


def _words(name: str) -> list[str]:
    """Runs of Han and runs of other letters, plain; dots, blanks and hyphens fall out."""
    if is_all_han(name):
        return [name]
    words: list[str] = []
    for run in _RUNS.findall(_plain(name)):
        words += ["".join(group) for _, group in itertools.groupby(run, key=is_han)]
    return words


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> tuple[str, ...]:
    """One syllable for each Han character; a word that is not Han is its own syllable, as is a character unknown to us."""
    if not is_han(word[0]):
        return (word,)
    if len(word) == 2 and word not in _WORDS:
        # Hardly a given name is read otherwise than its characters one by one.
        return _syllables(word[0]) + _syllables(word[1])
    syllables = lazy_pinyin(word, style=Style.NORMAL, errors=list, v_to_u=False)
    return tuple(
        _GIVEN_READINGS[it][0] if it in _GIVEN_READINGS else it.replace("ü", "v") for it in syllables
    )


def _glued(words: list[str] | tuple[str, ...]) -> str:
    return "".join(words)


def _plain(text: str) -> str:
    """Small letters without tone marks and accents; ü is v. Han stays untouched."""
    if is_all_han(text):
        return text
    small = re.sub("[üǖǘǚǜ]", "v", text.casefold())
    return "".join(character if is_han(character) else _without_marks(character) for character in small)


def _without_marks(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    return unicodedata.normalize("NFC", "".join(part for part in parts if unicodedata.category(part) != "Mn"))
