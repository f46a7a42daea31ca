"""One syntax tree for two languages (条件式语法树): expressions of XLSForm (XPath 1.0 as ODK uses it) and our own.

Only read here, never run. What is too long, too deep or has no end is refused before it is walked through.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST = 2000  # characters
DEEPEST = 30
MOST_TOKENS = 400


class BadPhrase(ValueError):
    """An expression cannot be carried over; the message is the Chinese sentence."""


@dataclass(frozen=True)
class Part:
    """One part of an expression: ``kind`` is name, self, text, number, bool, null, list, call or op."""

    kind: str
    value: str = ""
    args: tuple["Part", ...] = ()


SELF = Part("self")
NULL = Part("null")


def op(sign: str, *args: Part) -> Part:
    return Part("op", sign, args)


def text(words: str) -> Part:
    return Part("text", words)


def parts_of(part: Part) -> Iterator[Part]:
    """The part and all within it."""
    yield part
    for one in part.args:
        yield from parts_of(one)


def conjuncts(part: Part) -> Iterator[Part]:
    """What must hold together, one by one."""
    if part.kind == "op" and part.value == "&&":
        for one in part.args:
            yield from conjuncts(one)
    else:
        yield part


def all_of(parts: list[Part]) -> Part:
    """The parts joined by and."""
    joined = parts[0]
    for one in parts[1:]:
        joined = op("&&", joined, one)
    return joined


@dataclass(frozen=True)
class _Language:
    token: re.Pattern[str]
    signs: Mapping[str, tuple[int, str]]
    words: frozenset[str]


def _language(token: str, signs: Mapping[str, tuple[int, str]]) -> _Language:
    return _Language(
        re.compile(token, re.VERBOSE), signs, frozenset(sign for sign in signs if sign.isalpha())
    )


_STRING = r"""(?P<text>"[^"]*"|'[^']*')"""
_THEIRS = _language(
    rf"""\s*(?:(?P<name>\$\{{[^}}]*\}})|{_STRING}|(?P<number>\d+(?:\.\d+)?|\.\d+)
    |(?P<word>[A-Za-z_][\w.:-]*)|(?P<sign><=|>=|!=|[=<>+*(),-])|(?P<self>\.(?!\.)))""",
    {
        "or": (1, "||"), "and": (2, "&&"), "=": (3, "=="), "!=": (3, "!="), "<": (4, "<"), "<=": (4, "<="),
        ">": (4, ">"), ">=": (4, ">="), "+": (5, "+"), "-": (5, "-"), "*": (6, "*"), "div": (6, "/"), "mod": (6, "%"),
    },
)  # fmt: skip
_OURS = _language(
    rf"""\s*(?:{_STRING}|(?P<number>\d+(?:\.\d+)?)
    |(?P<word>[A-Za-z_]\w*)|(?P<sign>&&|\|\||[=!<>]=|[<>+*/(),\[\].!?:-]))""",
    {
        "||": (1, "||"), "&&": (2, "&&"), "==": (3, "=="), "!=": (3, "!="), "<": (3, "<"), "<=": (3, "<="),
        ">": (3, ">"), ">=": (3, ">="), "in": (3, "in"), "+": (5, "+"), "-": (5, "-"), "*": (6, "*"), "/": (6, "/"),
    },
)  # fmt: skip
_UNARY = 7


class _Reader:
    """What reading the two languages has in common: tokens, precedence, limits."""

    language: _Language

    def __init__(self, written: str) -> None:
        if len(written) > LONGEST:
            raise BadPhrase(f"式子太长（最多 {LONGEST} 个字符）")
        self._tokens = list(self._cut(written.strip()))
        if len(self._tokens) > MOST_TOKENS:
            raise BadPhrase(f"式子太复杂（最多 {MOST_TOKENS} 个部分）")
        self._place = 0
        self._depth = 0

    def whole(self) -> Part:
        """The expression; refuses what is left over behind it."""
        found = self.expression()
        if self._place < len(self._tokens):
            raise BadPhrase(f"式子在「{self._tokens[self._place][1]}」这里看不懂")
        return found

    def expression(self) -> Part:
        return self.binary(1)

    def binary(self, least: int) -> Part:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadPhrase(f"式子套得太深（最多 {DEEPEST} 层）")
        left = self.operand()
        while (found := self._sign()) and found[0] >= least:
            self.next()
            left = op(found[1], left, self.binary(found[0] + 1))
        self._depth -= 1
        return left

    def operand(self) -> Part:
        raise NotImplementedError

    def arguments(self, end: str) -> tuple[Part, ...]:
        found = []
        if not self.take(end):
            found.append(self.expression())
            while self.take(","):
                found.append(self.expression())
            self.must(end)
        return tuple(found)

    def peek(self) -> tuple[str, str]:
        return self._tokens[self._place] if self._place < len(self._tokens) else ("end", "")

    def next(self) -> tuple[str, str]:
        found = self.peek()
        self._place += 1
        return found

    def take(self, sign: str) -> bool:
        if self.peek() == ("sign", sign):
            self._place += 1
            return True
        return False

    def must(self, sign: str) -> None:
        if not self.take(sign):
            raise BadPhrase(f"式子不完整，缺少「{sign}」")

    def _sign(self) -> tuple[int, str] | None:
        kind, word = self.peek()
        return self.language.signs.get(word) if kind == "sign" or word in self.language.words else None

    def _cut(self, written: str) -> Iterator[tuple[str, str]]:
        place = 0
        while place < len(written):
            found = self.language.token.match(written, place)
            if found is None:
                rest = written[place:].lstrip()
                if not rest:
                    return
                if rest[0] in "\"'":
                    raise BadPhrase("式子的引号没有配对")
                raise BadPhrase(f"式子里的「{rest[:10]}」看不懂")
            yield found.lastgroup or "", found[found.lastgroup or 0]
            place = found.end()


class _Theirs(_Reader):
    language = _THEIRS

    def operand(self) -> Part:
        if self.take("-"):
            return op("neg", self.binary(_UNARY))
        kind, word = self.next()
        if kind == "sign" and word == "(":
            found = self.expression()
            self.must(")")
            return found
        if kind == "name":
            return Part("name", word[2:-1].strip())
        if kind in ("text", "number"):
            return Part(kind, word[1:-1] if kind == "text" else word)
        if kind == "self":
            return SELF
        if kind == "word" and self.take("("):
            return self._called(word, self.arguments(")"))
        raise BadPhrase(f"式子在「{word}」这里看不懂" if word else "式子不完整")

    def _called(self, word: str, given: tuple[Part, ...]) -> Part:
        if word in ("true", "false") and not given:
            return Part("bool", word)
        if word == "not" and len(given) == 1:
            return op("!", *given)
        if word == "if" and len(given) == 3:
            return op("?", *given)
        return Part("call", word, given)


class _Ours(_Reader):
    language = _OURS

    def expression(self) -> Part:
        asked = self.binary(1)
        if self.take("?"):
            first = self.expression()
            self.must(":")
            return op("?", asked, first, self.expression())
        return asked

    def operand(self) -> Part:
        if self.take("!"):
            return op("!", self.binary(_UNARY))
        if self.take("-"):
            return op("neg", self.binary(_UNARY))
        found = self._plain()
        while self.take("."):
            _, word = self.next()
            given = self.arguments(")") if self.take("(") else None
            found = Part("member", word, (found,)) if given is None else Part("method", word, (found, *given))
        return found

    def _plain(self) -> Part:
        kind, word = self.next()
        if kind == "sign" and word == "(":
            found = self.expression()
            self.must(")")
            return found
        if kind == "sign" and word == "[":
            return Part("list", "", self.arguments("]"))
        if kind in ("text", "number"):
            return Part(kind, word[1:-1] if kind == "text" else word)
        if kind == "word" and word in ("true", "false"):
            return Part("bool", word)
        if kind == "word" and word == "null":
            return NULL
        if kind == "word":
            return Part("call", word, self.arguments(")")) if self.take("(") else Part("name", word)
        raise BadPhrase(f"式子在「{word}」这里看不懂" if word else "式子不完整")


def read_theirs(written: str) -> Part:
    """An expression of an XLSForm sheet. Raises `BadPhrase`."""
    return _Theirs(written).whole()


def read_ours(written: str) -> Part:
    """An expression of ours. Raises `BadPhrase`."""
    if "\\" in written:
        raise BadPhrase("式子里有转义字符")
    return _Ours(written).whole()
