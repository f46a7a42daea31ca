"""From an XLSForm workbook to a form of ours (读入 XLSForm): what cannot be carried over is said with its sheet and row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from yimen.foundations.forms.engine.grammar import KEY, TAKEN, FormGrammar, Question
from yimen.foundations.forms.engine.xlsform.circles import must_not_circle
from yimen.foundations.forms.engine.xlsform.conditions import Conditions
from yimen.foundations.forms.engine.xlsform.lists import read_lists
from yimen.foundations.forms.engine.xlsform.own import own_lines, own_of_question
from yimen.foundations.forms.engine.xlsform.phrases import Told
from yimen.foundations.forms.engine.xlsform.remarks import CHANGED, LONGEST, YES, Remark, Remarks
from yimen.foundations.forms.engine.xlsform.sheets import CannotRead, Row, Workbook, read_workbook
from yimen.foundations.forms.engine.xlsform.types import Kind, kind_of_cell, structure_of

MOST_QUESTIONS = 200


@dataclass(frozen=True)
class ReadForm:
    """What came of a workbook: the body of a form, its proposed key, and what has to be said about it."""

    key: str
    body: dict[str, Any]
    remarks: tuple[Remark, ...]

    @property
    def told(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.remarks]


@dataclass
class _Group:
    title: str = ""
    relevant: list[str] = field(default_factory=list)
    repeats: str = ""
    row: int = 0


def read_xlsform(data: bytes, *, purpose: str = "", title: str = "") -> ReadForm:
    """A form of ours from the bytes of a workbook. ``purpose`` is for questions that tell none, ``title`` for a form without.

    Refuses as `CannotRead`, in one sentence, what is broken, too large, circular or holds no question we know.
    """
    return _Reading(read_workbook(data), purpose=purpose, title=title).form()


class _Reading:
    def __init__(self, book: Workbook, *, purpose: str, title: str) -> None:
        self.book = book
        self.purpose = purpose
        self.title = title
        self.remarks = Remarks(book)
        self.conditions = Conditions(self.remarks, self._why_not_asked)
        self.questions: list[dict[str, Any]] = []
        self.left: dict[str, int] = {}
        self.lists = read_lists(book.choices, self.remarks)
        self.rows = {name: row for row in reversed(book.survey.rows) if (name := row.of("name"))}

    def form(self) -> ReadForm:
        must_not_circle(self.book.survey, self.rows)
        groups: list[_Group] = []
        for row in self.book.survey.rows:
            structure = structure_of(row.of("type"))
            if structure.startswith("begin"):
                groups.append(self._group(row, structure, groups))
            elif structure:
                if not groups:
                    raise CannotRead(
                        why=f"survey 第 {row.number} 行结束了一组，前面却没有开始，请核对 begin 和 end。"
                    )
                groups.pop()
            elif row.of("type"):
                self._question(row, groups)
            elif row.of("name") or self.book.survey.words(row, "label"):
                self.remarks.say(row, "没有写题型（type），没有带进来")
        if groups:
            raise CannotRead(
                why=f"survey 第 {groups[-1].row} 行开始的一组没有结束（缺 end group 或 end repeat）。"
            )
        if not any(one["type"] != "note" for one in self.questions):
            raise CannotRead(why="survey 里没有一道能带进来的题目。" + self.remarks.first())
        if len(self.questions) > MOST_QUESTIONS:
            raise CannotRead(
                why=f"一共 {len(self.questions)} 道题，一张表最多 {MOST_QUESTIONS} 道，请拆成几张。"
            )
        self.remarks.of_columns()
        body = self._body()
        return ReadForm(_key(self._setting("form_id"), "form"), body, self.remarks.sorted())

    def _body(self) -> dict[str, Any]:
        title = self._setting("form_title") or self.title or self._setting("form_id") or "未命名的表"
        if len(title) > LONGEST["title"]:
            self.remarks.told("settings", 2, "", f"表名超过 {LONGEST['title']} 字，后面的截去了", CHANGED)
        body = {
            "title": title[: LONGEST["title"]],
            **own_lines(self._settings()),
            "questions": self.questions,
        }
        try:
            return _plain(FormGrammar.model_validate(body).model_dump(exclude_unset=True))
        except ValidationError as error:
            raise CannotRead(why=f"读出来的表不成立：{_in_words(error)}") from None

    def _group(self, row: Row, structure: str, around: Sequence[_Group]) -> _Group:
        title = self.remarks.words(row, "label")
        group = _Group(title=self.remarks.cut(row, title, "section"), row=row.number)
        if around:
            group.title = group.title or around[-1].title
            group.relevant = list(around[-1].relevant)
            group.repeats = around[-1].repeats
        if row.of("relevant"):
            group.relevant.append(row.of("relevant"))
        if structure == "begin repeat":
            self.remarks.say(row, "不支持重复组，组里的题目都没有带进来")
            group.repeats = group.repeats or row.of("name") or title or f"第 {row.number} 行"
        elif row.of("appearance"):
            self.remarks.say(row, f"外观 {row.of('appearance')[:40]} 不用，照本系统的样子显示", CHANGED)
        return group

    def _question(self, row: Row, groups: Sequence[_Group]) -> None:
        name = row.of("name")
        if why := self._why_not(row, groups):
            self.remarks.say(row, why)
            if name:
                self.left[name] = row.number
            return
        kind = kind_of_cell(row.of("type"))
        key = _key(name, f"q{row.number}", {told.key for told in self.conditions.known.values()})
        if name and key != name.lower():
            self.remarks.say(row, f"名称改成 {key}（只能用小写字母、数字和下划线）", CHANGED)
        question: dict[str, Any] = {"key": key, "label": "", "type": kind.type}
        own = own_of_question(row, kind.type, self.questions)
        question |= self._shape(row, kind, own.get("type", ""))
        question["label"], help_text = self._label(row, key)
        if help_text:
            question["help"] = help_text
        if row.of("purpose"):
            question["purpose"] = row.of("purpose")
        elif question["type"] != "note":
            question["purpose"] = self.purpose
            if len(question["purpose"]) < 2:
                raise CannotRead(
                    why=f"survey 第 {row.number} 行没有写用途（purpose），上传时也没有填统一的用途：没有用途的题目不问。"
                )
        if groups and groups[-1].title:
            question["section"] = groups[-1].title
        question |= own
        if question["type"] != "number":
            question.pop("decimals", None)
        self.conditions.put_into(question, row, groups[-1].relevant if groups else ())
        self.remarks.of_row(row)
        if not self._keep(row, question, name):
            return
        if kind.other:
            self._other(question, name)

    def _why_not(self, row: Row, groups: Sequence[_Group]) -> str:
        if groups and groups[-1].repeats:
            return f"在重复组“{groups[-1].repeats}”里，没有带进来"
        if row.of("disabled").lower() in YES:
            return "已停用（disabled），没有带进来"
        kind = kind_of_cell(row.of("type"))
        if kind.why_not:
            return kind.why_not
        if kind.choices and not self.lists.get(kind.choices):
            return f"choices 里没有选项表「{kind.choices[:40]}」，没有带进来"
        if row.of("name") in self.conditions.known:
            return f"名称「{row.of('name')[:40]}」和前面的题目重复，没有带进来"
        return ""

    def _shape(self, row: Row, kind: Kind, own_type: str) -> dict[str, Any]:
        """Type, options and what belongs to the type."""
        if kind.type == "acknowledge":
            return {"type": "choice", "options": [{"value": "OK", "label": "已阅知"}]}
        if kind.choices and own_type != "yesno":
            options = [*self.lists[kind.choices]]
            if kind.other and all(one["value"] != "other" for one in options):
                options.append({"value": "other", "label": "其他"})
            if row.of("choice_filter"):
                self.remarks.say(
                    row, "按前面的答案筛选选项（choice_filter）没有带进来，列出了全部选项", CHANGED
                )
            return {"options": options}
        if kind.type == "text" and "multiline" in row.of("appearance").lower():
            return {"type": "longtext"}
        if kind.type == "number":
            return ({"decimals": kind.decimals} if kind.decimals else {}) | self._parameters(row)
        return {}

    def _parameters(self, row: Row) -> dict[str, Any]:
        told = dict(re.findall(r"(start|end)\s*=\s*(-?[0-9.]+)", row.of("parameters").lower()))
        return {ours: told[theirs] for theirs, ours in (("start", "min"), ("end", "max")) if theirs in told}

    def _label(self, row: Row, key: str) -> tuple[str, str]:
        label, hint = self.remarks.words(row, "label"), self.remarks.words(row, "hint")
        if guidance := self.remarks.words(row, "guidance_hint"):
            hint = f"{hint}\n{guidance}".strip()
        if not label:
            self.remarks.say(row, "没有题目文字，用了它的名称", CHANGED)
            label = key
        self.remarks.labels[row.of("name")] = label
        label = " ".join(label.split())
        if len(label) > LONGEST["label"]:
            whole = f"{label}\n{hint}".strip()
            self.remarks.say(row, f"题目超过 {LONGEST['label']} 字，全文放到了填写说明里", CHANGED)
            label, hint = f"{label[: LONGEST['label'] - 1]}…", whole
        return label, self.remarks.cut(row, hint, "help")

    def _keep(self, row: Row, question: dict[str, Any], name: str) -> bool:
        if question["type"] == "calculate":
            self.left[name] = row.number
            return False
        try:
            Question.model_validate(question)
        except ValidationError as error:
            self.remarks.say(row, f"没有带进来：{_in_words(error)}")
            self.left[name] = row.number
            return False
        self.questions.append(question)
        if name:
            self.conditions.known[name] = Told(question["key"], question["type"])
        return True

    def _other(self, question: Mapping[str, Any], name: str) -> None:
        """What ``or_other`` means: one more option, and a line for what it is."""
        key = _key(f"{question['key']}_other", "other", {told.key for told in self.conditions.known.values()})
        chosen = (
            f'"other" in {question["key"]}'
            if question["type"] == "multi"
            else f'{question["key"]} == "other"'
        )
        more = {
            "key": key,
            "label": f"{question['label'][: LONGEST['label'] - 8]}：其他，请写明",
            "type": "text",
            "purpose": question["purpose"],
            "show_if": chosen,
        }
        if question.get("section"):
            more["section"] = question["section"]
        self.questions.append(more)
        self.conditions.known[f"{name}_other"] = Told(key, "text")

    def _why_not_asked(self, name: str) -> str:
        if name in self.left:
            return f"用到的「{name}」（第 {self.left[name]} 行）没有带进来"
        if name in self.rows:
            return f"「{name}」（第 {self.rows[name].number} 行）这时还没有问到，只能用前面的题目"
        return f"「{name[:40]}」不在表里"

    def _settings(self) -> Row:
        return self.book.settings.rows[0] if self.book.settings.rows else Row(0)

    def _setting(self, name: str) -> str:
        return self._settings().of(name) or self.book.settings.words(self._settings(), name)


def _plain(value: Any) -> Any:
    """As a definition is kept, numbers as numbers: a limit that was 0 and is 0 is no change."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _in_words(error: ValidationError) -> str:
    return "；".join(one["msg"].removeprefix("Value error, ") for one in error.errors())


def _key(name: str, otherwise: str, taken: Iterable[str] = ()) -> str:
    """A name as a key of ours: small letters, digits and underscores, not yet taken."""
    key = re.sub(r"[^a-z0-9_]+", "_", name.strip().lower()).strip("_")[:36]
    key = key if re.match(r"[a-z]", key) else f"q_{key}" if key else otherwise
    key = key if re.fullmatch(KEY, key) and key not in TAKEN else f"q_{otherwise}"
    taken = set(taken)
    number = 2
    while key in taken:
        key, number = f"{key[:36]}_{number}", number + 1
    return key
