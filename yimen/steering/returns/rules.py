"""Decisions about a table of which nothing but its text is known. No Django, no clock."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from yimen.kernel.cells import Merge, Place
from yimen.kernel.text import clean_line, narrow

# What a column that people fill may hold (人工填写的内容形式), as it is kept among the columns' meanings.
ASKED = {
    ":number": "人工填写：数字",
    ":date": "人工填写：日期",
    ":phone": "人工填写：电话",
    ":id_number": "人工填写：证件号码",
}
HEADING_ROWS = 15
# As many lines are filled while one waits; more in portions, by a job.
AT_ONCE = 500
_NEUTRAL = re.compile(
    r"(个人|居民|老人|人员|本人|基本|家庭|联系|居住|户籍|住址|地址|身份|人口|走访|生活)*(信息|情况|资料|方式)?"
)
_NOT_A_PERSON = re.compile(r"(合计|总计|小计|填表|填报|制表|审核|负责人|单位负责|联系人|备注|说明|注[:：])")
_DATE = re.compile(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?(?: 00:00:00)?")
_MONTH = re.compile(r"(\d{4})[-./年]?(\d{1,2})月?")


class Shape(StrEnum):
    """What a column holds (内容形式)."""

    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    NUMBER = "number"
    ID_NUMBER = "id_number"
    PHONE = "phone"


@dataclass(frozen=True)
class Head:
    """Where the heading of a table stands (表头): first and last row, and the words of each column."""

    first: int
    last: int
    words: Mapping[int, tuple[str, ...]]


@lru_cache(maxsize=2000)
def fold_heading(text: str) -> str:
    """The words of a heading without what differs from table to table: blanks, stars, what stands in brackets."""
    plain = re.sub(r"[（(\[【<〈].*?[）)\]】>〉]", "", narrow(text))
    return re.sub(r"[\s*＊:：、,，.。/\\_\-—]", "", plain).casefold()


def meaning(words: Sequence[str], known: Mapping[str, str]) -> str:
    """The key of the heading that these words stand for (对应), parent first; "" for what nobody knows.

    The last word alone counts only below a neutral parent: 监护人 above 姓名 is not the resident's name.
    """
    folded = [fold_heading(word) for word in words if fold_heading(word)]
    if not folded:
        return ""
    whole = known.get("".join(folded), "")
    if whole or not all(_NEUTRAL.fullmatch(word) for word in folded[:-1]):
        return whole
    return known.get(folded[-1], "")


def find_head(
    texts: Mapping[Place, str],
    merges: Sequence[Merge],
    known: Mapping[str, str],
    *,
    first: int = 0,
    last: int = 0,
) -> Head:
    """Where the heading is (找表头): the rows in which most is understood; or just the rows that were told."""
    if first and last:
        return _head(texts, merges, first, last)
    width = max((column for _, column in texts), default=1)
    best, most = _head(texts, merges, 1, 1), 0
    for bottom in sorted({row for row, _ in texts if row <= HEADING_ROWS}):
        head = _head(texts, merges, _top(bottom, merges, width), bottom)
        understood = len({key for words in head.words.values() if (key := meaning(words, known))})
        if understood > most:
            best, most = head, understood
    return best


def _top(bottom: int, merges: Sequence[Merge], width: int) -> int:
    """Up as long as something merged ties the row to the one above; a title over the whole width does not."""
    top = bottom
    while top > 1 and bottom - top < 3:
        above = [
            one
            for one in merges
            if one.top <= top - 1 <= one.bottom
            and (one.bottom >= top or one.right > one.left)
            and one.right - one.left + 1 < max(2, width * 0.8)
        ]
        if not above:
            break
        top -= 1
    return top


def _head(texts: Mapping[Place, str], merges: Sequence[Merge], first: int, last: int) -> Head:
    merges = [one for one in merges if one.top <= last and one.bottom >= first]
    columns = sorted({column for row, column in texts if first <= row <= last})
    columns += [
        column
        for one in merges
        if (one.top, one.left) in texts
        for column in range(one.left, min(one.right, one.left + len(columns) + 50) + 1)
        if column not in columns
    ]
    words: dict[int, tuple[str, ...]] = {}
    for column in sorted(set(columns)):
        told: list[str] = []
        for row in range(first, last + 1):
            text = clean_line(texts.get(_corner(row, column, merges), ""))
            if text and (not told or told[-1] != text):
                told.append(text)
        if told:
            words[column] = tuple(told)
    return Head(first, last, words)


def _corner(row: int, column: int, merges: Iterable[Merge]) -> Place:
    return next(((one.top, one.left) for one in merges if one.holds(row, column)), (row, column))


def lines_of(
    texts: Mapping[Place, str], merges: Sequence[Merge], *, below: int, name: int, number: int
) -> list[int]:
    """The rows that stand for a person (数据行): a name or a number, and no total, signature or remark."""
    wide = [one for one in merges if one.right > one.left]
    found = []
    for row in sorted({row for row, column in texts if row > below and column in (name, number)}):
        text = texts.get((row, name), "") or texts.get((row, number), "")
        if any(one.holds(row, name or number) for one in wide) or _NOT_A_PERSON.match(text.strip()):
            continue
        if text.strip():
            found.append(row)
    return found


def room_below(texts: Mapping[Place, str], *, below: int) -> int | None:
    """How many rows under the heading hold nothing but numbers of lines (空行); None where nothing stands below at all."""
    stands = [row for (row, _), text in texts.items() if row > below and not text.strip().isdigit()]
    return min(stands) - below - 1 if stands else None


def read_day(text: str) -> date | None:
    """A day as tables write it: 1956-03-02, 1956/3/2, 1956.3.2, 19560302, 1956年3月2日."""
    found = _DATE.fullmatch(narrow(text).strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def shown_as(value: Any, shape: Shape) -> str:
    """A known value in words (显示): a day as 1956-03-02, a month as 1956-03."""
    if shape is Shape.MONTH and isinstance(value, date):
        return f"{value:%Y-%m}"
    return value.isoformat() if isinstance(value, date) else clean_line(str(value))


_FOLDS: dict[Shape, Callable[[str], str]] = {
    Shape.PHONE: lambda text: re.sub(r"[^0-9]", "", text),
    Shape.ID_NUMBER: lambda text: re.sub(r"[\s\-']", "", text).upper(),
    Shape.NUMBER: lambda text: re.sub(r"[\s岁人次]|\.0+$", "", text),
}


def same(ours: Any, theirs: str, shape: Shape) -> bool:
    """Does the table say the same as we know (一致)? Ways of writing do not matter."""
    told, known = narrow(theirs).strip(), narrow(shown_as(ours, shape))
    if shape is Shape.DATE and isinstance(ours, date):
        return read_day(told) == ours
    if shape is Shape.MONTH and isinstance(ours, date):
        if (day := read_day(told)) is not None:
            return (day.year, day.month) == (ours.year, ours.month)
        month = _MONTH.fullmatch(told)
        return bool(month) and (int(month[1]), int(month[2])) == (ours.year, ours.month)
    fold = _FOLDS.get(shape, lambda text: re.sub(r"\s", "", text).casefold())
    return fold(told) == fold(known)


_TYPED: dict[Shape, tuple[str, Callable[[str], bool]]] = {
    Shape.DATE: ("日期，例如 2026-03-02", lambda text: read_day(text) is not None),
    Shape.MONTH: (
        "年月，例如 2026-03",
        lambda text: bool(_MONTH.fullmatch(text)) or read_day(text) is not None,
    ),
    Shape.NUMBER: ("数字", lambda text: re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text) is not None),
    Shape.ID_NUMBER: (
        "证件号码，15 位或 18 位",
        lambda text: re.fullmatch(r"[0-9]{17}[0-9Xx]|[0-9]{15}", text) is not None,
    ),
    Shape.PHONE: ("电话号码", lambda text: re.fullmatch(r"\+?[0-9][0-9\- ]{5,18}", text) is not None),
}


def why_not_typed(text: str, shape: Shape) -> str:
    """What is wanted in a cell in which this was typed ("" when it fits): the kind of content its column has (内容形式)."""
    wanted, fits = _TYPED.get(shape, ("", lambda _: True))
    return "" if not text or fits(narrow(text).strip()) else wanted


def shape_asked(key: str) -> Shape:
    """What a column of this meaning holds when people fill it and no fact is known (内容形式)."""
    return Shape(key.removeprefix(":")) if key in ASKED else Shape.TEXT


def why_not_urge(*, waits: bool, urged_on: date | None, on: date, works: bool) -> str:
    """Why nobody is urged now ("" when one may): nothing is awaited, a day off, or today already (催报, once a working day)."""
    if not waits:
        return "这份表现在不用催。"
    if not works:
        return "今天不是工作日，下个工作日再催。"
    return "今天已经催过一次，一个工作日只催一次。" if urged_on == on else ""
