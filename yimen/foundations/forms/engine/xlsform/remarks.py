"""What is said of a workbook (读入说明): each thing that is not as it was, with its sheet and row."""

import re
from dataclasses import dataclass

from yimen.foundations.forms.engine.xlsform.sheets import Row, Workbook

LEFT, CHANGED = "left", "changed"
LONGEST = {"label": 120, "help": 500, "section": 60, "option": 100, "title": 60, "constraint_says": 120}
ASKED = re.compile(r"\$\{\s*([^}]+?)\s*\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Columns of the survey that are read; what stands in others is said.
_READ = frozenset(
    {
        "type", "name", "label", "hint", "guidance_hint", "relevant", "constraint", "constraint_message", "required",
        "calculation", "choice_filter", "default", "required_message", "readonly", "appearance", "parameters", "repeat_count",
        "trigger", "purpose", "disabled",
    }
)  # fmt: skip
_READ_CHOICES = frozenset({"list_name", "name", "label", "yimen_points"})
_READ_SETTINGS = frozenset({"form_title", "form_id", "default_language", "version"})
_IGNORED = {
    "default": "预先填好的值没有带进来",
    "required_message": "必填的提示用系统自己的话",
    "trigger": "触发条件没有带进来",
}
YES = frozenset({"yes", "true", "true()", "1", "是"})
NO = frozenset({"", "no", "false", "false()", "0", "否"})


@dataclass(frozen=True)
class Remark:
    """One thing that is not as it was (读入说明): in which sheet and row, of which question, and what became of it."""

    sheet: str
    row: int
    name: str
    said: str
    tone: str = LEFT


class Remarks:
    """The remarks on one workbook, and its texts, of which they tell."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.all: list[Remark] = []
        self.labels: dict[str, str] = {}

    def sorted(self) -> tuple[Remark, ...]:
        """In the order of sheets and rows."""
        return tuple(sorted(self.all, key=lambda one: (_ORDER.get(one.sheet, 9), one.row)))

    def first(self) -> str:
        return "".join(f"第 {one.row} 行：{one.said}。" for one in self.all[:3])

    def say(self, row: Row, said: str, tone: str = LEFT) -> None:
        """Of a row of the survey."""
        self.told("survey", row.number, row.of("name")[:60], said, tone)

    def told(self, sheet: str, row: int, name: str, said: str, tone: str = LEFT) -> None:
        """Of any row."""
        remark = Remark(sheet, row, name, said[:300], tone)
        if remark not in self.all:
            self.all.append(remark)

    def of_row(self, row: Row) -> None:
        """What stands in columns that are known and not carried over."""
        for column, said in _IGNORED.items():
            if self.book.survey.words(row, column):
                self.say(row, said)
        if row.of("appearance") and "multiline" not in row.of("appearance").lower():
            self.say(row, f"外观 {row.of('appearance')[:40]} 不用，照本系统的样子显示", CHANGED)
        parameters = re.sub(r"\b(start|end)\s*=\s*-?[0-9.]+", "", row.of("parameters").lower()).strip(" ,;")
        if parameters:
            self.say(row, f"参数 {parameters[:40]} 没有带进来")
        if row.of("readonly").lower() in YES and not row.of("calculation") and row.of("type") != "note":
            self.say(row, "只读没有带进来，这道题可以填", CHANGED)

    def of_columns(self) -> None:
        """What stands in columns and sheets that are not read at all."""
        for table, read in (
            (self.book.survey, _READ),
            (self.book.choices, _READ_CHOICES),
            (self.book.settings, _READ_SETTINGS),
        ):
            for column in table.columns:
                base = column.partition("::")[0]
                if base in read or base.startswith("yimen_"):
                    continue
                rows = [row.number for row in table.rows if row.of(column)]
                if rows:
                    more = f"等 {len(rows)} 行" if len(rows) > 12 else "行"
                    listed = "、".join(map(str, rows[:12]))
                    self.told(table.name, rows[0], "", f"“{column}”一列没有带进来（第 {listed} {more}）")
        if self.book.languages:
            named = "、".join(self.book.languages)
            self.told("survey", 1, "", f"还有别的语言（{named[:80]}），只带进了一种", LEFT)
        for name in self.book.others:
            self.told(name[:40], 0, "", "这张工作表不是 survey、choices、settings，没有读")

    def words(self, row: Row, column: str) -> str:
        """A text of the survey without what has no place in one."""
        told = self.book.survey.words(row, column)
        if ASKED.search(told):
            self.say(row, "文字里引用的答案换成了题目的名称，不会随着填写变化", CHANGED)
            told = ASKED.sub(lambda found: f"〔{self.labels.get(found[1], found[1])[:30]}〕", told)
        if _TAG.search(told):
            self.say(row, "文字里的网页格式去掉了", CHANGED)
            told = _TAG.sub("", told)
        return told.strip()

    def cut(self, row: Row, told: str, part: str) -> str:
        """A text no longer than it may be."""
        longest = LONGEST[part]
        if len(told) <= longest:
            return told
        self.say(row, f"文字超过 {longest} 字，后面的截去了：“{told[longest - 1 : longest + 40]}……”", LEFT)
        return f"{told[: longest - 1]}…"


_ORDER = {"survey": 0, "choices": 1, "settings": 2}
