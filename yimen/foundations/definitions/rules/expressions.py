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

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import celpy
import lark
from celpy import celtypes
from celpy.evaluation import CELEvalError, Evaluator

LONGEST = 500  # characters
DEEPEST = 12  # parentheses, lists, calls and choices within each other
MOST_PARTS = 200  # names, values and operators
LONGEST_LIST = 200

FUNCTIONS = {"size", "has"}
METHODS = {"startsWith", "endsWith", "contains"}
LOOPS = {"exists", "all", "filter"}


class BadExpression(ValueError):
    """An expression cannot be used; the message is the Chinese sentence."""


@dataclass(frozen=True)
class _Compiled:
    program: Any
    names: frozenset[str]


def evaluate(expression: str, facts: Mapping[str, Any]) -> Any:
    """What the expression says about the facts (求值); ``None`` when it has no answer. Raises `BadExpression`."""
    compiled = _compile(expression)
    try:
        activation = {name: _into(facts.get(name)) for name in compiled.names}
        return _out_of(compiled.program.evaluate(activation))
    except (CELEvalError, _NoAnswer):
        return None


def holds(expression: str, facts: Mapping[str, Any]) -> bool:
    """Does the condition hold (条件成立)? Without an answer it does not."""
    return evaluate(expression, facts) is True


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


class _NoAnswer(Exception):
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


_OVERLOADS = {
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


class _Runner(celpy.InterpretedRunner):
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


def _into(value: Any) -> Any:
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
        return celtypes.MapType({celtypes.StringType(key): _into(one) for key, one in value.items()})
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        if len(items) > LONGEST_LIST:
            raise _NoAnswer
        return celtypes.ListType([_into(one) for one in items])
    raise _NoAnswer


def _out_of(value: Any) -> Any:
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
        return [_out_of(one) for one in value]
    return None


@lru_cache(maxsize=2000)
def _compile(expression: str) -> _Compiled:
    if not expression.strip():
        raise BadExpression("条件式是空的")
    if len(expression) > LONGEST:
        raise BadExpression(f"条件式太长（最多 {LONGEST} 个字符），请拆成几个")
    environment = celpy.Environment(runner_class=_Runner)
    try:
        tree = environment.compile(expression)
    except celpy.CELParseError as error:
        raise BadExpression(_syntax(expression, error)) from None
    names = frozenset(_Checker(tree).names)
    _all_numbers_alike(tree)
    return _Compiled(environment.program(tree, functions=_OVERLOADS), names)


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
            literal.children[0] = token.update(type="FLOAT_LIT", value=f"{token}.0")


class _Checker:
    """Walks a parsed expression once: what it asks for, and whether it keeps within the language and its limits.

    ``kind`` of each part is what can be told from the text: yes/no, number, text, list, nothing, or any.
    """

    def __init__(self, tree: lark.Tree) -> None:
        self.names: set[str] = set()
        self._parts = 0
        self._depth = 0
        self._bound: str | None = None
        self._elements: set[str] = set()
        self.kind = self._kind(tree)

    def _kind(self, node: Any) -> str:
        name = node.data
        if name in _FORBIDDEN:
            raise BadExpression(f"条件式里不能用{_FORBIDDEN[name]}")
        deeper = len(node.children) >= _DEEPENING.get(name, 99)
        self._depth += deeper
        if self._depth > DEEPEST:
            raise BadExpression(f"条件式套得太深（最多 {DEEPEST} 层），请拆成几个")
        # A node with one child only says where it stands in the grammar, unless it says more by its name.
        visit = getattr(self, f"_{name}", None) if name in _MEANING or len(node.children) > 1 else None
        kind = visit(node) if visit else self._kind(node.children[0])
        self._depth -= deeper
        return kind

    def _expr(self, node: lark.Tree) -> str:
        self._count()
        self._expect(self._kind(node.children[0]), BOOL, "? 前面")
        first, second = (self._kind(child) for child in node.children[1:])
        self._alike(first, second, "冒号两边")
        return first if second == ANY else second

    def _conditionalor(self, node: lark.Tree) -> str:
        return self._connect(node, "||")

    def _conditionaland(self, node: lark.Tree) -> str:
        return self._connect(node, "&&")

    def _connect(self, node: lark.Tree, sign: str) -> str:
        self._count()
        for child in node.children:
            self._expect(self._kind(child), BOOL, f"{sign} 两边")
        return BOOL

    def _relation(self, node: lark.Tree) -> str:
        self._count()
        if len(node.children[0].children[0].children) > 1:
            raise BadExpression("条件式里不能连着比较，请加括号或用 && 分开写")
        left = self._kind(node.children[0].children[0])
        self._elements = set()
        right = self._kind(node.children[1])
        sign = node.children[0].data
        if sign == "relation_in":
            self._expect(right, LIST, "in 后面")
            if left != ANY and len(self._elements) == 1:
                self._alike(left, *self._elements, "in 前面的值和列表里的值")
        elif sign in ("relation_eq", "relation_ne"):
            self._alike(left, right, "等号两边")
        else:
            self._alike(left, right, "大小比较的两边")
            if {left, right} & {LIST, NOTHING}:
                raise BadExpression("列表和空值不能比大小")
        return BOOL

    def _addition(self, node: lark.Tree) -> str:
        return self._calculate(node, texts=node.children[0].data == "addition_add")

    def _multiplication(self, node: lark.Tree) -> str:
        if node.children[0].data == "multiplication_mod":
            raise BadExpression("条件式里不能用取余 %")
        return self._calculate(node, texts=False)

    def _calculate(self, node: lark.Tree, *, texts: bool) -> str:
        self._count()
        left, right = self._kind(node.children[0].children[0]), self._kind(node.children[1])
        if texts and TEXT in (left, right):
            self._alike(left, right, "加号两边")
            return TEXT
        for kind in (left, right):
            self._expect(kind, NUMBER, "加减乘除两边")
        return ANY if texts and left == right == ANY else NUMBER

    def _unary(self, node: lark.Tree) -> str:
        self._count()
        negated = node.children[0].data == "unary_not"
        wanted = BOOL if negated else NUMBER
        self._expect(self._kind(node.children[1]), wanted, "! 后面" if negated else "负号后面")
        return wanted

    def _member_dot(self, node: lark.Tree) -> str:
        self._count()
        self._expect(self._kind(node.children[0]), ANY, "点号前面")
        return ANY

    def _member_dot_arg(self, node: lark.Tree) -> str:
        self._count()
        subject, method = node.children[0], str(node.children[1])
        given = node.children[2].children if len(node.children) > 2 else []
        self._known(method, METHODS | LOOPS)
        if method in METHODS:
            if len(given) != 1:
                raise BadExpression(f"「{method}」要写成 文字.{method}(另一段文字)")
            for child in (subject, *given):
                self._expect(self._kind(child), TEXT, f"{method} 前后")
            return BOOL
        return self._loop(subject, method, given)

    def _loop(self, subject: lark.Tree, method: str, given: list[Any]) -> str:
        variable = _single_name(given[0]) if len(given) == 2 else None
        if variable is None:
            raise BadExpression(f"「{method}」要写成 列表.{method}(某项, 某项的条件)")
        if self._bound:
            raise BadExpression("条件式里不能在逐项判断中再逐项判断")
        self._expect(self._kind(subject), LIST, f"{method} 前面")
        self._bound = variable
        self._expect(self._kind(given[1]), BOOL, f"{method} 的条件")
        self._bound = None
        return LIST if method == "filter" else BOOL

    def _ident_arg(self, node: lark.Tree) -> str:
        self._count()
        function = str(node.children[0])
        given = node.children[1].children if len(node.children) > 1 else []
        self._known(function, FUNCTIONS)
        if len(given) != 1:
            raise BadExpression(f"「{function}」的括号里要有一项")
        if function == "has":
            if not _is_member(given[0]):
                raise BadExpression("「has」要写成 has(某表.某项)")
            self._kind(given[0])
            return BOOL
        kind = self._kind(given[0])
        if kind not in (TEXT, LIST, ANY):
            raise BadExpression("「size」的括号里要是文字或列表")
        return NUMBER

    def _ident(self, node: lark.Tree) -> str:
        self._count()
        name = str(node.children[0])
        if name != self._bound:
            self.names.add(name)
        return ANY

    def _list_lit(self, node: lark.Tree) -> str:
        self._elements = {self._kind(child) for child in (node.children[0].children if node.children else [])}
        return LIST

    def _literal(self, node: lark.Tree) -> str:
        self._count()
        token = node.children[0]
        if token.type not in _LITERALS or token[:1] in "rR":
            raise BadExpression(f"条件式里不能写「{token}」这样的值")
        return _LITERALS[token.type]

    def _known(self, name: str, known: set[str]) -> None:
        if name not in known:
            raise BadExpression(f"条件式里没有「{name}」这个函数；可以用的有：{'、'.join(sorted(known))}")

    def _expect(self, kind: str, wanted: str, where: str) -> None:
        if kind not in (wanted, ANY):
            raise BadExpression(f"条件式里{where}应当是{_WORDS[wanted]}，不能是{_WORDS[kind]}")

    def _alike(self, left: str, right: str, where: str) -> None:
        if ANY not in (left, right) and left != right:
            raise BadExpression(f"条件式里{where}不是同一类：{_WORDS[left]}和{_WORDS[right]}")

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise BadExpression(f"条件式太复杂（最多 {MOST_PARTS} 个部分），请拆成几个")


BOOL, NUMBER, TEXT, LIST, NOTHING, ANY = "bool", "number", "text", "list", "nothing", "any"
_WORDS = {BOOL: "是或否", NUMBER: "数", TEXT: "文字", LIST: "列表", NOTHING: "空值", ANY: "名称"}
_MEANING = {"ident", "ident_arg", "list_lit", "literal", "member_dot_arg"}
_DEEPENING = {"paren_expr": 1, "list_lit": 1, "ident_arg": 1, "member_dot_arg": 1, "expr": 3, "unary": 2}
_FORBIDDEN = {
    "map_lit": "花括号",
    "member_object": "花括号",
    "member_index": "方括号取项",
    "dot_ident": "开头的点",
    "dot_ident_arg": "开头的点",
}
_LITERALS = {
    "INT_LIT": NUMBER,
    "FLOAT_LIT": NUMBER,
    "STRING_LIT": TEXT,
    "BOOL_LIT": BOOL,
    "NULL_LIT": NOTHING,
}


def _single_name(tree: Any) -> str | None:
    while isinstance(tree, lark.Tree) and len(tree.children) == 1:
        if tree.data == "ident":
            return str(tree.children[0])
        tree = tree.children[0]
    return None


def _is_member(tree: Any) -> bool:
    while isinstance(tree, lark.Tree) and len(tree.children) == 1:
        tree = tree.children[0]
    return isinstance(tree, lark.Tree) and tree.data == "member_dot"
