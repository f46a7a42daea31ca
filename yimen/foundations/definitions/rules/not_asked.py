"""What nobody may ask or keep a place for (不得收集): words that no question, count, paper or column may be called by."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import Field, field_validator

from yimen.foundations.definitions.rules.grammar import Grammar

NOT_ASKED = "not_asked"
_PARTS = re.compile(r"[\W_]+")
_GAP = r"[\W_]*"


class Allowed(Grammar):
    """One definition that may use the words all the same (例外), and by what right."""

    labels = {"definition": "哪一个定义", "why": "依据和理由"}

    definition: str = Field(pattern=r"^[a-z_]+/[a-z0-9_]+$")
    why: str = Field(min_length=8, max_length=200)


class NotAsked(Grammar):
    """Something that may not be collected (不得收集): its words, what is said to who wants to ask it, and the law.

    A word of Chinese is found anywhere in a text, blanks and punctuation between its characters or not; a word of Latin letters
    stands for itself and whatever begins with it. ``unless`` are other words in which one of them happens to stand (已经期满).
    ``allowed`` names definitions that may use the words all the same.
    """

    labels = {
        "title": "什么事",
        "words": "用词",
        "unless": "里面碰巧有这些字的别的话",
        "sentence": "怎么答复",
        "basis": "法律依据",
        "allowed": "例外",
    }

    title: str = Field(min_length=2, max_length=40)
    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    sentence: str = Field(min_length=10, max_length=200)
    basis: str = Field(min_length=4, max_length=300)
    allowed: tuple[Allowed, ...] = ()

    @field_validator("words")
    @classmethod
    def _words_are_long_enough(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        # One character would be found in half of all words.
        short = [word for word in value if len(_folded(word)) < 2]
        if short:
            raise ValueError(f"「{short[0]}」太短，至少两个字")
        return value

    def found_in(self, text: str) -> str:
        """The first of the words that the text uses; "" when it uses none."""
        spoken, close = _spoken(text), _folded(text)
        for other in self.unless:
            close = close.replace(_folded(other), "，")
        for word in self.words:
            folded = _folded(word)
            if folded.isascii():
                if re.search(r"(?<![a-z])" + _GAP.join(_PARTS.split(_spoken(word))), spoken):
                    return word
            elif folded in close:
                return word
        return ""


def _spoken(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _folded(text: str) -> str:
    return _PARTS.sub("", _spoken(text))


def refusals(texts: Iterable[str], rules: Iterable[NotAsked], *, name: str = "") -> list[str]:
    """A sentence for each text that asks what may not be asked (不得收集); ``name`` is the definition that asks."""
    texts = list(texts)
    said = []
    for rule in rules:
        if name and name in {one.definition for one in rule.allowed}:
            continue
        for text in texts:
            if rule.found_in(text):
                said.append(f"“{text[:30]}”不能收集：{rule.sentence}")
    return list(dict.fromkeys(said))


def run_not_asked_example(rule: NotAsked, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Is this text refused? ``text`` given, and ``definition`` when a definition asks it."""
    said = refusals([str(given["text"])], [rule], name=str(given.get("definition", "")))
    return {"refused": bool(said)}
