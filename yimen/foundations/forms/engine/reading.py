"""Reading an answer (读取答案): what was typed or imported becomes one value of one shape, or one sentence about it.

Shapes: text for text, longtext, choice, phone, id_number, person, address; a list of texts for multi and attachment; an ISO
day for date; whole fen for money; a number for number; true or false for yesno. A value that has its shape already is
read as itself, so reading twice changes nothing.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from yimen.foundations.forms.engine.grammar import Question
from yimen.foundations.forms.engine.patterns import PATTERNS
from yimen.kernel.faults import Fault
from yimen.kernel.money import Money, parse_money
from yimen.kernel.text import clean_line, clean_name, clean_text, narrow
from yimen.standards.citizen_id import parse_citizen_id
from yimen.standards.phone import parse_phone

LONGEST_LINE = 200
LONGEST_TEXT = 5000
LARGEST = Decimal(10) ** 12
_EARLIEST = date(1880, 1, 1)
_FORMULA = re.compile(r"^\s*(?:[=＝]|[@＠+＋\-－][A-Za-z]+\s*\()")
_DAY = re.compile(r"^([0-9]{4})(?:[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))$")
_YES = {"yes", "true", "1", "是", "有", "对"}
_NO = {"no", "false", "0", "否", "无", "不是", "没有"}


def read_answer(question: Question, typed: Any, *, on: date) -> Any:
    """The value of what was typed; None when nothing was; a `Fault` when it cannot be read."""
    if typed is None or (isinstance(typed, str) and not clean_line(typed)) or typed in ([], ()):
        return None
    return _READERS[question.type](question, typed, on)


def _text(question: Question, typed: Any, on: date) -> str | Fault:
    return _written(question, clean_line(str(typed)), LONGEST_LINE)


def _longtext(question: Question, typed: Any, on: date) -> str | Fault:
    return _written(question, clean_text(str(typed)), LONGEST_TEXT)


def _person(question: Question, typed: Any, on: date) -> str | Fault | None:
    name = clean_name(str(typed))
    if re.search(r"[0-9@<>{}\[\]\\/]", name):
        return Fault("name", "姓名里不应有数字和符号")
    return _written(question, name, 60) if name else None


def _written(question: Question, text: str, longest: int) -> str | Fault:
    longest = question.max_length or longest
    if len(text) > longest:
        return Fault("too_long", f"最多 {longest} 个字，现在有 {len(text)} 个")
    if _FORMULA.match(text):
        return Fault("formula", "不能以等号或公式开头，否则会被表格软件当作公式执行；请改写")
    if question.pattern:
        return PATTERNS[question.pattern].read(text)
    return text


def _choice(question: Question, typed: Any, on: date) -> str | Fault:
    found = _option(question, str(typed))
    return found or Fault("option", "请从列出的选项中选一项")


def _multi(question: Question, typed: Any, on: date) -> list[str] | Fault:
    given = typed if isinstance(typed, list | tuple) else re.split(r"[,，;；、]", str(typed))
    chosen = {_option(question, str(one)) for one in given if str(one).strip()}
    if "" in chosen:
        return Fault("option", "请只从列出的选项中选择")
    if question.min is not None and len(chosen) < question.min:
        return Fault("too_few", f"至少选 {question.min} 项")
    if question.max is not None and len(chosen) > question.max:
        return Fault("too_many", f"最多选 {question.max} 项")
    return [option.value for option in question.options if option.value in chosen]


def _option(question: Question, typed: str) -> str:
    wanted = clean_line(typed)
    for option in question.options:
        if wanted in (option.value, option.label):
            return option.value
    return ""


def _date(question: Question, typed: Any, on: date) -> str | Fault:
    day = typed if isinstance(typed, date) else _day(str(typed))
    if isinstance(day, Fault):
        return day
    earliest = on if question.min == "today" else question.min or _EARLIEST
    latest = on if question.max == "today" else question.max
    if day < earliest:
        return Fault(
            "too_early",
            "日期不能早于今天" if question.min == "today" else f"日期不能早于 {_spoken(earliest)}",
        )
    if latest and day > latest:
        return Fault(
            "too_late", "日期不能晚于今天" if question.max == "today" else f"日期不能晚于 {_spoken(latest)}"
        )
    return day.isoformat()


def _day(typed: str) -> date | Fault:
    bare = re.sub(r"\s", "", narrow(typed))
    found = _DAY.match(bare)
    if not found:
        return Fault("date", "日期请写成 2026-03-02 这样的形式")
    year, month, day = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    if not 1 <= month <= 12:
        return Fault("date", f"没有 {month} 月，请核对日期")
    try:
        return date(year, month, day)
    except ValueError:
        return Fault("date", f"{year} 年 {month} 月没有 {day} 日，请核对日期")


def _spoken(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _money(question: Question, typed: Any, on: date) -> int | Fault:
    if isinstance(typed, int) and not isinstance(typed, bool):
        fen = typed
    else:
        parsed = parse_money(str(typed))
        if isinstance(parsed, Fault):
            return parsed
        fen = parsed.fen
    least = question.min if question.min is not None else 0
    if fen < least * 100:
        return Fault("too_small", "金额不能是负数" if least == 0 else f"金额不能少于 {least} 元")
    if question.max is not None and fen > question.max * 100:
        return Fault("too_large", f"金额不能多于 {question.max} 元")
    if fen >= LARGEST:
        return Fault("too_large", "金额太大，请核对单位是不是“元”")
    return fen


def _number(question: Question, typed: Any, on: date) -> int | float | Fault:
    bare = re.sub(r"\s", "", narrow(str(typed)))
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", bare):
        bare = bare.replace(",", "")
    if question.unit:
        bare = bare.removesuffix(question.unit)
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", bare):
        return Fault("number", "请用数字填写，如 3" if not question.decimals else "请用数字填写，如 3.5")
    number = Decimal(bare)
    if abs(number) >= LARGEST:
        return Fault("too_large", "数太大了，请核对")
    if number != round(number, question.decimals):
        return Fault("decimals", f"最多 {question.decimals} 位小数" if question.decimals else "请填整数")
    if question.min is not None and number < question.min:
        return Fault("too_small", f"不能小于 {question.min}")
    if question.max is not None and number > question.max:
        return Fault("too_large", f"不能大于 {question.max}")
    return int(number) if number == int(number) else float(number)


def _yesno(question: Question, typed: Any, on: date) -> bool | Fault:
    if isinstance(typed, bool):
        return typed
    word = narrow(str(typed)).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    return Fault("yesno", "请选“是”或“否”")


def _phone(question: Question, typed: Any, on: date) -> str | Fault:
    parsed = parse_phone(str(typed))
    if isinstance(parsed, Fault):
        return parsed
    return f"{parsed.number}转{parsed.extension}" if parsed.extension else parsed.number


def _id_number(question: Question, typed: Any, on: date) -> str | Fault:
    parsed = parse_citizen_id(str(typed), today=on)
    return parsed if isinstance(parsed, Fault) else parsed.number


def _attachment(question: Question, typed: Any, on: date) -> list[str] | Fault:
    given = typed if isinstance(typed, list | tuple) else [typed]
    return [str(one) for one in given]


_READERS: dict[str, Callable[[Question, Any, date], Any]] = {
    "text": _text,
    "longtext": _longtext,
    "choice": _choice,
    "multi": _multi,
    "date": _date,
    "money": _money,
    "number": _number,
    "yesno": _yesno,
    "phone": _phone,
    "id_number": _id_number,
    "person": _person,
    "address": _text,
    "attachment": _attachment,
    "note": lambda question, typed, on: None,
}


def shown(question: Question, value: Any) -> str:
    """The answer in words for people; "" when there is none."""
    if value is None:
        return ""
    if question.type == "choice":
        return question.label_of(value)
    if question.type == "multi":
        return "、".join(question.label_of(one) for one in value) or "无"
    if question.type == "yesno":
        return "是" if value else "否"
    if question.type == "money":
        return str(Money(value))
    if question.type == "number":
        return "，".join(filter(None, (f"{value} {question.unit}".rstrip(), question.band_of(value))))
    if question.type == "attachment":
        return f"{len(value)} 个文件"
    return str(value)


def typed_again(question: Question, value: Any) -> Any:
    """The value as a person would type it, for the input of a page."""
    if value is None:
        return None
    if question.type == "money":
        return Money(value).plain.removesuffix(".00")
    if question.type == "yesno":
        return "yes" if value else "no"
    return value
