"""Reading a definition file: TOML to a grammar, and every mistake as a sentence that names file, place and mend."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from yimen.foundations.definitions.rules.lines import line_of, repeated

Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True)
class Mistake:
    """One mistake in one definition (定义差错). ``line`` is 0 where it cannot be told."""

    file: str
    place: str
    line: int
    what: str

    @property
    def sentence(self) -> str:
        where = f" 第 {self.line} 行" if self.line else ""
        place = f"「{self.place}」" if self.place else ""
        return f"{self.file}{where}{place}：{self.what}"


class Mistaken(ValueError):
    """A definition cannot be used; ``mistakes`` holds all of them, not only the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistake.sentence for mistake in self.mistakes))


def read_toml(text: str, *, file: str) -> dict[str, Any]:
    """Parse TOML and answer it in JSON shape (dates become ISO text). Raises `Mistaken` with line and column."""
    try:
        return plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Mistaken([Mistake(file, "", *_syntax(str(error), text))]) from None


def fit(grammar: type[Body], data: Mapping[str, Any], *, file: str, text: str = "") -> Body:
    """The data as the grammar understands it. Raises `Mistaken`; ``text`` is the TOML, used to tell lines."""
    try:
        return grammar.model_validate(data)
    except ValidationError as error:
        raise Mistaken(_mistake(one, grammar, data, file, text) for one in error.errors()) from None


def plain(value: Any) -> Any:
    """The value in JSON shape, so that a body read from a file equals the same body read from the table."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def closest(word: str, known: Iterable[str]) -> str:
    """The mend: 「是不是 …」 with the nearest known word, or what there is, or nothing."""
    known = sorted(known)
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"是不是「{near[0]}」？"
    return f"可以写的有：{'、'.join(known)}" if 0 < len(known) <= 30 else ""


def _syntax(message: str, text: str) -> tuple[int, str]:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    words = next(
        (chinese for english, chinese in _SYNTAX.items() if english in message), "这里不合 TOML 的写法"
    )
    if "overwrite" in message or "declare" in message:
        # The parser notices a repetition only later; the second of the two is where to mend.
        return repeated(text), words
    return (int(found[1]), f"第 {found[2]} 列：{words}") if found else (0, f"文件末尾：{words}")


_SYNTAX = {
    "Cannot overwrite a value": "这个键写了两次，请删去一个",
    "Cannot declare": "这个表头写了两次，请合并",
    "Invalid value": "值的写法不对；文字要加引号，日期写作 2026-01-31，是否写作 true 或 false",
    "Expected '='": "键后面要有等号",
    "Unterminated string": "引号没有配对",
    "Illegal character": "文字里有不能出现的字符，或引号没有配对",
    "Unclosed array": "方括号没有配对",
    "Unclosed inline table": "花括号没有配对",
    "Invalid statement": "这一行不是「键 = 值」；中文键名要加引号",
    "Invalid initial character": "键名的写法不对",
}


def _mistake(error: Mapping[str, Any], grammar: type[BaseModel], data: Any, file: str, text: str) -> Mistake:
    path, models = _follow(error["loc"], grammar, data, error["type"])
    context = error.get("ctx", {})
    key = str(path[-1]) if path else ""
    kind = error["type"]
    if kind == "extra_forbidden":
        known = {field.alias or name for model in models for name, field in model.model_fields.items()}
        what = f"不认识这一项；{closest(key, known)}"
    elif kind == "missing":
        what = f"缺少「{key}」，请补上"
    elif kind in ("literal_error", "enum", "union_tag_invalid"):
        allowed = re.findall(r"'([^']*)'", str(context.get("expected") or context.get("expected_tags", "")))
        what = (
            f"只能写：{'、'.join(allowed)}；{closest(str(error['input']), allowed)}"
            if allowed
            else "不在可选值之内"
        )
        what = what.rstrip("；") if not what.endswith("？") else what
    elif kind == "value_error":
        what = str(context["error"])
    else:
        what = _WORDS.get(kind, "写法不对（{kind}）").format_map({"kind": kind, **context})
    shown = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return Mistake(file, shown, line_of(text, path) if text else 0, what)


_NUMBER = "要写成数字"
_WHOLE = "要写成整数"
_DATE = "要写成日期，如 2026-01-31，并且确有这一天"
_WORDS = {
    "string_type": "要写成文字，两边加引号",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "写法不合要求：{pattern}",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": "只能写 true 或 false",
    "bool_parsing": "只能写 true 或 false",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "time_type": "要写成时间，如 08:30",
    "time_parsing": "要写成时间，如 08:30",
    "list_type": "要写成列表，如 [“甲”, “乙”]",
    "tuple_type": "要写成列表，如 [“甲”, “乙”]",
    "dict_type": "要写成表，如 { 键 = 值 }",
    "mapping_type": "要写成表，如 { 键 = 值 }",
    "model_type": "要写成表，如 { 键 = 值 }",
    "model_attributes_type": "要写成表，如 { 键 = 值 }",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多只能有 {max_length} 项",
    "greater_than": "要大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "要小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "union_tag_not_found": "缺少说明类型的「{discriminator}」",
}


def _follow(
    loc: Sequence[int | str], grammar: type[BaseModel], data: Any, error_type: str
) -> tuple[tuple[int | str, ...], list[type[BaseModel]]]:
    """The place as the writer sees it (pydantic puts names of union branches in between) and the models that apply there."""
    path: list[int | str] = []
    annotations: list[Any] = [grammar]
    owners: list[type[BaseModel]] = [grammar]
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        models = [model for one in annotations for model in _models(one)]
        present = isinstance(part, int) or (isinstance(data, Mapping) and part in data)
        if not present and not (last and error_type == "missing"):
            branch = [model for model in models if part == model.__name__ or _tagged(model, part)]
            annotations = list(branch) or annotations
            continue
        path.append(part)
        owners = models or owners
        annotations = [inner for one in annotations for inner in _inside(one, part)]
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
    return tuple(path), owners


def _tagged(model: type[BaseModel], tag: Any) -> bool:
    return any(tag in get_args(field.annotation) for field in model.model_fields.values())


def _branches(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _branches(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [branch for one in get_args(annotation) for branch in _branches(one)]
    return [annotation]


def _models(annotation: Any) -> list[type[BaseModel]]:
    return [one for one in _branches(annotation) if isinstance(one, type) and issubclass(one, BaseModel)]


def _inside(annotation: Any, part: int | str) -> list[Any]:
    found: list[Any] = []
    for one in _branches(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            fields = {(field.alias or name): field for name, field in one.model_fields.items()}
            if part in fields:
                found.append(fields[part].annotation)
        elif get_args(one):
            found.append(get_args(one)[0] if isinstance(part, int) else get_args(one)[-1])
    return found
