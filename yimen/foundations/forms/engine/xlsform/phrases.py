"""Carrying expressions over (条件式转写): from XLSForm into our language and back, knowing what kind each question is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from yimen.foundations.definitions.api import check_expression
from yimen.foundations.forms.engine.xlsform.syntax import (
    NULL,
    BadPhrase,
    Part,
    all_of,
    conjuncts,
    op,
    parts_of,
    read_ours,
    read_theirs,
    text,
)

NUMBERS = frozenset({"number", "money"})
_COMPARED = {"==", "!=", "<", "<=", ">", ">="}
_BINDS = {
    "?": 0, "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4, "+": 5, "-": 5,
    "*": 6, "/": 6, "%": 6, "!": 7, "neg": 7,
}  # fmt: skip
_METHODS = {"contains": "contains", "starts-with": "startsWith", "ends-with": "endsWith"}
_WHOLE = 9


@dataclass(frozen=True)
class Told:
    """What is known of a question when an expression looks back at it: its key with us, and its type."""

    key: str
    type: str


@dataclass(frozen=True)
class Names:
    """Whom an expression may ask: ``known`` by the name in the sheet; ``why_not`` says of others why not."""

    known: Mapping[str, Told] = field(default_factory=dict)
    own: Told | None = None
    why_not: Callable[[str], str] = lambda name: f"「{name}」不在表里"

    def of(self, part: Part) -> Told:
        """The question a name or a dot stands for."""
        if part.kind == "self":
            if self.own is None:
                raise BadPhrase("这里不能用代表本题的点号")
            return self.own
        found = self.known.get(part.value)
        if found is None:
            raise BadPhrase(self.why_not(part.value))
        return found


# From their language into ours.


def into_ours(written: str, names: Names) -> str:
    """A condition of XLSForm in our language. Raises `BadPhrase` when it cannot be carried over."""
    return said(_yes(read_theirs(written), names))


def constraint_into_ours(written: str, names: Names) -> tuple[str, dict[str, str]]:
    """A constraint, and apart from it what we say otherwise: a day not before or not after today (min, max)."""
    limits: dict[str, str] = {}
    rest = []
    for one in conjuncts(read_theirs(written)):
        limit = _limit(one) if names.own and names.own.type == "date" else ""
        if limit and limit not in limits:
            limits[limit] = "today"
        else:
            rest.append(_yes(one, names))
    return (said(all_of(rest)) if rest else ""), limits


def calculation_into_ours(written: str, names: Names) -> tuple[str, str, int]:
    """A calculation in our language, what kind of answer comes out, and its decimals."""
    tree = read_theirs(written)
    decimals = None
    if tree.kind == "call" and tree.value == "round" and 1 <= len(tree.args) <= 2:
        given = tree.args[1].value if len(tree.args) == 2 else "0"
        if not given.isdigit() or int(given) > 4:
            raise BadPhrase("round 的位数只能是 0 到 4")
        tree, decimals = tree.args[0], int(given)
    found = _value(tree, names)
    kind = kind_of(found, {told.key: told.type for told in names.known.values()})
    if kind == "any":
        raise BadPhrase("看不出算出来的是数、文字还是是否")
    if kind == "number" and decimals is None:
        broken = any(
            (one.kind == "op" and one.value == "/") or (one.kind == "number" and "." in one.value)
            for one in parts_of(found)
        )
        decimals = 4 if broken else 0
    return said(found), {"number": "number", "bool": "yesno", "text": "text"}[kind], decimals or 0


def said(part: Part) -> str:
    """Our writing of a tree of ours, checked. Raises `BadPhrase`."""
    written = _ours(part, 0)
    faults = check_expression(written)
    if faults:
        raise BadPhrase(faults[0])
    return written


def _limit(part: Part) -> str:
    """ "max" for ``. <= today()``, "min" for ``. >= today()``."""
    if part.kind != "op" or part.value not in ("<=", ">=") or len(part.args) != 2:
        return ""
    left, right = part.args
    sign = part.value
    if right.kind == "self":
        left, right, sign = right, left, {"<=": ">=", ">=": "<="}[sign]
    is_today = right.kind == "call" and right.value == "today" and not right.args
    return {"<=": "max", ">=": "min"}[sign] if left.kind == "self" and is_today else ""


def _yes(part: Part, names: Names) -> Part:
    """A part where yes or no is asked: whatever is not empty counts as yes in their language."""
    if part.kind in ("name", "self"):
        told = names.of(part)
        return Part("name", told.key) if told.type == "yesno" else op("!=", Part("name", told.key), NULL)
    if part.kind in ("number", "text"):
        raise BadPhrase("条件里只有一个值，看不出要比什么")
    found = _value(part, names)
    if found.kind == "call" or (found.kind == "op" and found.value in ("+", "-", "*", "/", "neg")):
        raise BadPhrase("条件算出来是一个数，看不出要比什么")
    return found


def _value(part: Part, names: Names) -> Part:
    if part.kind in ("text", "number", "bool"):
        return part
    if part.kind in ("name", "self"):
        told = names.of(part)
        own = Part("name", told.key)
        # Amounts are whole fen with us, and yuan in a sheet.
        return op("/", own, Part("number", "100")) if told.type == "money" else own
    if part.kind == "call":
        return _called(part, names)
    if part.value in ("&&", "||"):
        return op(part.value, *(_yes(one, names) for one in part.args))
    if part.value == "!":
        return _not(part.args[0], names)
    if part.value == "?":
        asked, first, second = part.args
        return op("?", _yes(asked, names), _value(first, names), _value(second, names))
    if part.value in _COMPARED:
        return _compared(part, names)
    if part.value == "%":
        raise BadPhrase("不支持取余 mod")
    return op(part.value, *(_value(one, names) for one in part.args))


def _not(part: Part, names: Names) -> Part:
    inner = _yes(part, names)
    if inner.kind == "op" and inner.value == "in" and inner.args[1].kind == "name":
        # Of a list that nobody has ticked they say that it does not hold the thing; we say that we do not know.
        return op("||", op("==", inner.args[1], NULL), op("!", inner))
    return op("!", inner)


def _compared(part: Part, names: Names) -> Part:
    left, right = part.args
    for one, other in ((left, right), (right, left)):
        if other == text("") and part.value in ("==", "!="):
            asked = names.of(one) if one.kind in ("name", "self") else None
            return op(part.value, Part("name", asked.key) if asked else _value(one, names), NULL)
    return op(part.value, _beside(left, right, names), _beside(right, left, names))


def _beside(part: Part, other: Part, names: Names) -> Part:
    """A value as it is compared with a question: their values are all text, ours have their kind."""
    told = names.of(other) if other.kind in ("name", "self") else None
    if told is None or part.kind not in ("text", "number"):
        return _value(part, names)
    if told.type in NUMBERS and part.kind == "text":
        try:
            float(part.value)
        except ValueError:
            raise BadPhrase(f"拿数和文字「{part.value}」比") from None
        return Part("number", part.value)
    if told.type == "yesno" and part.value in ("yes", "no"):
        return Part("bool", "true" if part.value == "yes" else "false")
    if told.type == "multi":
        return Part("list", "", tuple(text(one) for one in part.value.split()))
    return part if told.type in NUMBERS else text(part.value)


def _called(part: Part, names: Names) -> Part:
    given = part.args
    asked = names.of(given[0]) if given and given[0].kind in ("name", "self") else None
    own = Part("name", asked.key) if asked else None
    if part.value == "selected" and len(given) == 2 and own:
        wanted = given[1] if given[1].kind != "number" else text(given[1].value)
        if asked.type == "multi":
            return op("in", _value(wanted, names), own)
        return op("==", own, _value(wanted, names))
    if part.value == "count-selected" and len(given) == 1 and own and asked.type == "multi":
        return Part("call", "size", (own,))
    if part.value == "string-length" and len(given) == 1 and own and asked.type not in NUMBERS:
        return Part("call", "size", (own,))
    if part.value in _METHODS and len(given) == 2:
        return Part("method", _METHODS[part.value], tuple(_value(one, names) for one in given))
    if part.value == "coalesce" and len(given) == 2 and own:
        return op("?", op("!=", own, NULL), _value(given[0], names), _value(given[1], names))
    if part.value == "concat" and given:
        joined = [_value(one, names) for one in given]
        kinds = {told.key: told.type for told in names.known.values()}
        if any(kind_of(one, kinds) != "text" for one in joined):
            raise BadPhrase("concat 里只能是文字")
        whole = joined[0]
        for one in joined[1:]:
            whole = op("+", whole, one)
        return whole
    if part.value in ("number", "date") and len(given) == 1:
        return _value(given[0], names)
    raise BadPhrase(f"不支持函数 {part.value}()")


def kind_of(part: Part, types: Mapping[str, str]) -> str:
    """What comes out of a part of ours: number, text, bool, list or any."""
    if part.kind in ("number", "text", "bool", "list"):
        return part.kind
    if part.kind == "name":
        found = types.get(part.value, "")
        return {
            "number": "number",
            "money": "number",
            "yesno": "bool",
            "multi": "list",
            "attachment": "list",
            "": "any",
        }.get(found, "text")
    if part.kind == "call":
        return "number" if part.value == "size" else "bool"
    if part.kind == "method":
        return "bool"
    if part.kind != "op":
        return "any"
    if part.value in ("&&", "||", "!", "in", *_COMPARED):
        return "bool"
    if part.value == "?":
        first, second = (kind_of(one, types) for one in part.args[1:])
        return first if second in (first, "any") else second if first == "any" else "any"
    if part.value == "+":
        return "text" if "text" in (kind_of(one, types) for one in part.args) else "number"
    return "number"


def _ours(part: Part, around: int) -> str:
    if part.kind == "text":
        if ('"' in part.value and "'" in part.value) or "\\" in part.value:
            raise BadPhrase("文字里的引号转写不了")
        return f"'{part.value}'" if '"' in part.value else f'"{part.value}"'
    if part.kind == "list":
        return f"[{', '.join(_ours(one, 0) for one in part.args)}]"
    if part.kind == "call":
        return f"{part.value}({', '.join(_ours(one, 0) for one in part.args)})"
    if part.kind == "method":
        first, *rest = part.args
        return f"{_ours(first, _WHOLE)}.{part.value}({', '.join(_ours(one, 0) for one in rest)})"
    if part.kind == "null":
        return "null"
    if part.kind != "op":
        return part.value
    binds = _BINDS[part.value]
    if part.value in ("!", "neg"):
        written = f"{'!' if part.value == '!' else '-'}{_ours(part.args[0], binds)}"
    elif part.value == "?":
        asked, first, second = part.args
        written = f"{_ours(asked, 1)} ? {_ours(first, 1)} : {_ours(second, 1)}"
    else:
        left, right = part.args
        # Comparisons are not chained.
        compares = part.value in ("in", *_COMPARED)
        written = f"{_ours(left, 5 if compares else binds)} {part.value} {_ours(right, 5 if compares else binds + 1)}"
    return f"({written})" if binds < around else written


# From our language into theirs.


def into_theirs(written: str, types: Mapping[str, str], *, calculates: str = "") -> str:
    """An expression of ours as XLSForm writes it; "" when it cannot be said there. ``calculates`` is the type worked out."""
    try:
        tree = read_ours(written)
        found = _theirs(tree, types, 0, yes=not calculates or calculates == "yesno")
    except BadPhrase:
        return ""
    return f"({found}) div 100" if calculates == "money" else found


def _theirs(part: Part, types: Mapping[str, str], around: int, *, yes: bool = False) -> str:
    if part.kind == "text":
        return _quoted(part.value)
    if part.kind == "number":
        return part.value
    if part.kind == "bool":
        return f"{part.value}()"
    if part.kind == "name":
        return _name(part, types, yes=yes)
    if part.kind == "call" and part.value == "size" and part.args[0].kind == "name":
        counted = "count-selected" if types.get(part.args[0].value) == "multi" else "string-length"
        return f"{counted}({_name(part.args[0], types)})"
    if part.kind == "method":
        theirs = next((name for name, ours in _METHODS.items() if ours == part.value), "")
        if theirs and len(part.args) == 2:
            return f"{theirs}({', '.join(_theirs(one, types, 0) for one in part.args)})"
    if part.kind != "op":
        raise BadPhrase("XLSForm 里没有这样的写法")
    return _theirs_of(part, types, around)


def _theirs_of(part: Part, types: Mapping[str, str], around: int) -> str:
    binds = _BINDS[part.value]
    if part.value == "!":
        return f"not({_theirs(part.args[0], types, 0, yes=True)})"
    if part.value == "?":
        asked, *rest = part.args
        given = [_theirs(asked, types, 0, yes=True), *(_theirs(one, types, 0) for one in rest)]
        return f"if({', '.join(given)})"
    if part.value == "in":
        return _among(part, types, around)
    if part.value == "neg":
        written = f"-{_theirs(part.args[0], types, binds)}"
    elif part.value in ("&&", "||"):
        sign = {"&&": "and", "||": "or"}[part.value]
        left, right = (
            _theirs(one, types, least, yes=True)
            for one, least in zip(part.args, (binds, binds + 1), strict=True)
        )
        written = f"{left} {sign} {right}"
    elif part.value in _COMPARED:
        left, right = part.args
        sign = {"==": "="}.get(part.value, part.value)
        written = f"{_against(left, right, types)} {sign} {_against(right, left, types)}"
        binds = 3
    elif part.value == "+" and "text" in {kind_of(one, types) for one in part.args}:
        return f"concat({', '.join(_theirs(one, types, 0) for one in part.args)})"
    else:
        left, right = part.args
        sign = {"/": "div"}.get(part.value, part.value)
        written = f"{_theirs(left, types, binds)} {sign} {_theirs(right, types, binds + 1)}"
    return f"({written})" if binds < around else written


def _against(part: Part, other: Part, types: Mapping[str, str]) -> str:
    told = types.get(other.value, "") if other.kind == "name" else ""
    if part.kind == "null":
        return "''"
    if part.kind == "name" and other.kind == "null":
        return f"${{{part.value}}}"
    if part.kind == "bool" and told == "yesno":
        return "'yes'" if part.value == "true" else "'no'"
    if part.kind == "name" and types.get(part.value) == "yesno":
        return f"${{{part.value}}}"
    if part.kind == "list" or (part.kind == "name" and types.get(part.value) in ("multi", "attachment")):
        raise BadPhrase("XLSForm 里没有这样的写法")
    return _theirs(part, types, 5)


def _among(part: Part, types: Mapping[str, str], around: int) -> str:
    item, among = part.args
    if among.kind == "name" and types.get(among.value) == "multi" and item.kind == "text":
        return f"selected(${{{among.value}}}, {_quoted(item.value)})"
    if among.kind == "list" and among.args and item.kind == "name":
        either = op("==", item, among.args[0])
        for one in among.args[1:]:
            either = op("||", either, op("==", item, one))
        return _theirs(either, types, around, yes=True)
    raise BadPhrase("XLSForm 里没有这样的写法")


def _name(part: Part, types: Mapping[str, str], *, yes: bool = False) -> str:
    told = types.get(part.value)
    if told is None:
        # A fact from the register: a sheet knows nobody.
        raise BadPhrase("XLSForm 里没有这样的写法")
    named = f"${{{part.value}}}"
    if told == "money":
        return f"({named} * 100)"
    return f"{named} = 'yes'" if told == "yesno" and yes else named


def _quoted(words: str) -> str:
    if "'" in words and '"' in words:
        raise BadPhrase("文字里的引号转写不了")
    return f'"{words}"' if "'" in words else f"'{words}'"
