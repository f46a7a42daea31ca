"""The values of expressions and what may be done with them: one kind of number, unlike things unequal, no answer spreads."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import celpy
import lark
from celpy import celtypes
from celpy.evaluation import CELEvalError, Evaluator

from yimen.foundations.definitions.rules.expressions.language import LONGEST_LIST, LOOPS


class NoAnswer(Exception):
    """A fact is of a kind that expressions do not know."""


# Overloads of ours, so that whole and broken numbers mix, and things of different kinds are simply not equal.


def _same(a: Any, b: Any) -> bool:
    if _is_bool(a) or _is_bool(b):
        return _is_bool(a) and _is_bool(b) and bool(a) == bool(b)
    if _is_number(a) and _is_number(b):
        return float(a) == float(b)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_same(one, other) for one, other in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    if a is None or b is None:
        return a is None and b is None
    return type(a) is type(b) and bool(a == b)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def ordered(a: Any, b: Any) -> Any:
        _raise_if_error(a, b)
        if _is_number(a) and _is_number(b):
            return celtypes.BoolType(compare(float(a), float(b)))
        if isinstance(a, celtypes.StringType) and isinstance(b, celtypes.StringType):
            return celtypes.BoolType(compare(str(a), str(b)))
        if _is_bool(a) and _is_bool(b):
            return celtypes.BoolType(compare(bool(a), bool(b)))
        raise TypeError("no order between these")

    return ordered


def _equal(a: Any, b: Any) -> Any:
    _raise_if_error(a, b)
    return celtypes.BoolType(_same(a, b))


def _unequal(a: Any, b: Any) -> Any:
    _raise_if_error(a, b)
    return celtypes.BoolType(not _same(a, b))


def _within(item: Any, container: Any) -> Any:
    _raise_if_error(item, container)
    if not isinstance(container, list | dict):
        raise TypeError("it has no members")
    return celtypes.BoolType(any(_same(item, one) for one in container))


def _arithmetic(calculate: Callable[[float, float], float]) -> Callable[[Any, Any], Any]:
    def calculated(a: Any, b: Any) -> Any:
        _raise_if_error(a, b)
        if not _is_number(a) or not _is_number(b):
            raise TypeError("not two numbers")
        return celtypes.DoubleType(calculate(float(a), float(b)))

    return calculated


def _divide(a: float, b: float) -> float:
    if b:
        return a / b
    return math.nan if not a or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)


def _add(a: Any, b: Any) -> Any:
    if isinstance(a, celtypes.StringType) and isinstance(b, celtypes.StringType):
        return celtypes.StringType(str(a) + str(b))
    if isinstance(a, list) and isinstance(b, list):
        return celtypes.ListType([*a, *b])
    return _plus(a, b)


_plus = _arithmetic(lambda a, b: a + b)


def _connective(settles: bool) -> Callable[[Any, Any], Any]:
    def connect(a: Any, b: Any) -> Any:
        known = [bool(one) for one in (a, b) if _is_bool(one)]
        if settles in known:
            return celtypes.BoolType(settles)
        if len(known) < 2:
            raise TypeError("no answer")
        return celtypes.BoolType(not settles)

    return connect


def _text_method(method: Callable[[str, str], bool]) -> Callable[[Any, Any], Any]:
    def ask(text: Any, part: Any) -> Any:
        _raise_if_error(text, part)
        if not isinstance(text, celtypes.StringType) or not isinstance(part, celtypes.StringType):
            raise TypeError("not two texts")
        return celtypes.BoolType(method(str(text), str(part)))

    return ask


def _size(value: Any) -> Any:
    _raise_if_error(value)
    if not isinstance(value, celtypes.StringType | list | dict):
        raise TypeError("it has no size")
    return celtypes.DoubleType(len(value))


OVERLOADS = {
    "_&&_": _connective(False),
    "_||_": _connective(True),
    "_==_": _equal,
    "_!=_": _unequal,
    "_in_": _within,
    "_<_": _ordered(lambda a, b: a < b),
    "_<=_": _ordered(lambda a, b: a <= b),
    "_>_": _ordered(lambda a, b: a > b),
    "_>=_": _ordered(lambda a, b: a >= b),
    "_+_": _add,
    "_-_": _arithmetic(lambda a, b: a - b),
    "_*_": _arithmetic(lambda a, b: a * b),
    "_/_": _arithmetic(_divide),
    "startsWith": _text_method(str.startswith),
    "endsWith": _text_method(str.endswith),
    "contains": _text_method(str.__contains__),
    "size": _size,
}


class _Evaluator(Evaluator):
    """The library's evaluator, with loops that answer nothing instead of breaking off when there is no list."""

    def member_dot_arg(self, tree: lark.Tree) -> Any:
        method = str(tree.children[1])
        if method not in LOOPS:
            return super().member_dot_arg(tree)
        items = self.visit(tree.children[0])
        if not isinstance(items, list):
            return items if isinstance(items, CELEvalError) else CELEvalError("no list", TypeError, ())
        ask = self.build_ss_macro_eval(tree)
        answers = [ask(item) for item in items]
        known = [bool(answer) for answer in answers if _is_bool(answer)]
        if method in ("exists", "all"):
            settles = method == "exists"
            if settles in known:
                return celtypes.BoolType(settles)
            if len(known) == len(answers):
                return celtypes.BoolType(not settles)
        elif len(known) == len(answers):
            return celtypes.ListType([item for item, keep in zip(items, known, strict=True) if keep])
        return CELEvalError("no answer", TypeError, ())


class Runner(celpy.InterpretedRunner):
    """Runs a parsed expression with our evaluator."""

    def evaluate(self, context: Any) -> Any:
        return _Evaluator(ast=self.ast, activation=self.new_activation()).evaluate(context)


def _raise_if_error(*values: Any) -> None:
    for value in values:
        if isinstance(value, CELEvalError):
            raise TypeError("no answer")


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool | celtypes.BoolType)


def _is_number(value: Any) -> bool:
    return isinstance(value, celtypes.DoubleType)


def into(value: Any) -> Any:
    """A fact as the library takes it. Raises `NoAnswer` for what expressions do not know."""
    if value is None or isinstance(value, celtypes.BoolType):
        return value
    if isinstance(value, bool):
        return celtypes.BoolType(value)
    if isinstance(value, int | float | Decimal):
        return celtypes.DoubleType(float(value))
    if isinstance(value, date):
        return celtypes.StringType(value.isoformat())
    if isinstance(value, str):
        return celtypes.StringType(value)
    if isinstance(value, Mapping):
        return celtypes.MapType({celtypes.StringType(key): into(one) for key, one in value.items()})
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        if len(items) > LONGEST_LIST:
            raise NoAnswer
        return celtypes.ListType([into(one) for one in items])
    raise NoAnswer


def out_of(value: Any) -> Any:
    """What the library answers, in plain values; None where there is no answer."""
    if isinstance(value, celtypes.BoolType):
        return bool(value)
    if _is_number(value):
        number = float(value)
        if not math.isfinite(number):
            return None
        return int(number) if number.is_integer() else number
    if isinstance(value, celtypes.StringType):
        return str(value)
    if isinstance(value, list):
        return [out_of(one) for one in value]
    return None
