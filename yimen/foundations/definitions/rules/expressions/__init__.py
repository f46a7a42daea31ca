"""The expression language (条件式): CEL, cut down until it gives the same answer here and in the browser.

Used for when a question shows, constraints, calculations and eligibility. Values are text, numbers, yes/no, lists and
tables; a day is its ISO text ("2026-03-02"), which orders as days do. Numbers are one kind: 3 equals 3.0.

What is missing: a name without a value is ``null``. ``==`` and ``!=`` compare with it like with any value; ordering,
arithmetic and text functions on it have no answer. No answer spreads, except that ``true || ?`` is true and
``false && ?`` is false. An expression without an answer evaluates to ``None``, and ``holds`` says no.

Not in the language: clock, regular expressions, conversions, maps, byte strings, indexes, loops in loops, and what can
be seen to be nonsense from the text alone (`1 == "一"`). The same wrapper for the browser is frontend/expressions.js;
tests/specs/expressions.json is run by both.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import celpy
import lark
from celpy.evaluation import CELEvalError

from yimen.foundations.definitions.rules.expressions.checking import Checker
from yimen.foundations.definitions.rules.expressions.language import LONGEST, BadExpression
from yimen.foundations.definitions.rules.expressions.values import OVERLOADS, NoAnswer, Runner, into, out_of

__all__ = ["BadExpression", "check_expression", "evaluate", "holds", "names_in"]

_CHOSEN = 20  # letters of a choice at most; what is longer was typed, and is nothing to remember


@dataclass(frozen=True)
class _Compiled:
    program: Any
    names: frozenset[str]


def evaluate(expression: str, facts: Mapping[str, Any]) -> Any:
    """What the expression says about the facts (求值); ``None`` when it has no answer. Raises `BadExpression`."""
    compiled = _compile(expression)
    try:
        activation = {name: into(facts.get(name)) for name in compiled.names}
        return out_of(compiled.program.evaluate(activation))
    except (CELEvalError, NoAnswer):
        return None


def holds(expression: str, facts: Mapping[str, Any]) -> bool:
    """Does the condition hold (条件成立)? Without an answer it does not."""
    names = _compile(expression).names
    given = tuple((name, facts.get(name)) for name in names)
    if all(
        value is None or (isinstance(value, bool | str) and len(str(value)) <= _CHOSEN) for _, value in given
    ):
        return _holds(expression, given)
    return evaluate(expression, facts) is True


@lru_cache(maxsize=2000)
def _holds(expression: str, given: tuple[tuple[str, Any], ...]) -> bool:
    """A choice or a yes leads to the same answer each time, and most conditions ask for nothing else."""
    return evaluate(expression, dict(given)) is True


def names_in(expression: str) -> frozenset[str]:
    """The names the expression asks for. Raises `BadExpression`."""
    return _compile(expression).names


def check_expression(expression: str, names: Iterable[str] | None = None) -> list[str]:
    """What is wrong with an expression, in Chinese sentences; empty when nothing is. ``names`` are the known ones."""
    try:
        asked = names_in(expression)
    except BadExpression as error:
        return [str(error)]
    if names is None:
        return []
    known = sorted(names)
    faults = []
    for name in sorted(asked - set(known)):
        near = get_close_matches(name, known, n=1, cutoff=0.6)
        faults.append(f"条件式里的「{name}」没有定义" + (f"；是不是「{near[0]}」？" if near else ""))
    return faults


@lru_cache(maxsize=2000)
def _compile(expression: str) -> _Compiled:
    if not expression.strip():
        raise BadExpression("条件式是空的")
    if len(expression) > LONGEST:
        raise BadExpression(f"条件式太长（最多 {LONGEST} 个字符），请拆成几个")
    environment = celpy.Environment(runner_class=Runner)
    try:
        tree = environment.compile(expression)
    except celpy.CELParseError as error:
        raise BadExpression(_syntax(expression, error)) from None
    names = frozenset(Checker(tree).names)
    _all_numbers_alike(tree)
    return _Compiled(environment.program(tree, functions=OVERLOADS), names)


_FULL_WIDTH = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "（": "(", "）": ")", "，": ",", "＝": "=", "＞": ">", "＜": "<", "！": "!",
    "；": ",", "。": ".", "＆": "&&", "｜": "||",
}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')


def _syntax(expression: str, error: celpy.CELParseError) -> str:
    bare = _QUOTED.sub(lambda found: "_" * len(found[0]), expression)
    where = f"第 {error.column} 个字符处" if error.column and error.column > 0 else "末尾"
    for wide, narrow in _FULL_WIDTH.items():
        if wide in bare:
            return f"条件式第 {bare.index(wide) + 1} 个字符是全角的「{wide}」，请改成半角的「{narrow}」"
    if re.search(r"(?<![=!<>])=(?!=)", bare):
        return f"条件式{where}写法不对；比较是否相等要写两个等号 =="
    if word := re.search(r"\b(and|or|not)\b", bare):
        return (
            f"条件式里的「{word[1]}」请改写为「{ {'and': '&&', 'or': '||', 'not': '!'}[word[1]] }」".replace(
                "「 ", "「"
            )
        )
    if re.search(r"(?<!&)&(?!&)", bare) or re.search(r"(?<!\|)\|(?!\|)", bare):
        return f"条件式{where}写法不对；并且写作 &&，或者写作 ||"
    if re.search(r"[\u4e00-\u9fff]", bare):
        return f"条件式{where}写法不对；中文要放在引号里"
    return f"条件式{where}写法不对，请检查引号、括号是否配对"


def _all_numbers_alike(tree: lark.Tree) -> None:
    # The library tells whole numbers from others and divides them without remainder; people do not.
    for literal in tree.find_data("literal"):
        token = literal.children[0]
        if token.type == "INT_LIT":
            literal.children[0] = lark.Token.new_borrow_pos("FLOAT_LIT", f"{token}.0", token)
