"""From an XLSForm workbook to a form of ours (读入 XLSForm): what cannot be carried over is said with its sheet and row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import ValidationError

from yimen.foundations.definitions.api import check_expression
from yimen.foundations.forms.engine.grammar import KEY, TAKEN, FormGrammar, Question
from yimen.foundations.forms.engine.xlsform.own import own_expression, own_lines, own_of_question
from yimen.foundations.forms.engine.xlsform.phrases import (
    Names,
    Told,
    calculation_into_ours,
    constraint_into_ours,
    into_ours,
)
from yimen.foundations.forms.engine.xlsform.sheets import CannotRead, Row, Table, Workbook, read_workbook
from yimen.foundations.forms.engine.xlsform.syntax import BadPhrase
from yimen.foundations.forms.engine.xlsform.types import Kind, kind_of_cell, structure_of

LEFT, CHANGED = "left", "changed"
MOST_QUESTIONS = 200
LONGEST = {"label": 120, "help": 500, "section": 60, "option": 100, "title": 60, "constraint_says": 120}
UNMET = "填写不合要求，请核对"
_YES = frozenset({"yes", "true", "true()", "1", "是"})
_NO = frozenset({"", "no", "false", "false()", "0", "否"})
_ASKED = re.compile(r"\$\{\s*([^}]+?)\s*\}")
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


@dataclass(frozen=True)
class Remark:
    """One thing that is not as it was (读入说明): in which sheet and row, of which question, and what became of it."""

    sheet: str
    row: int
    name: str
    said: str
    tone: str = LEFT


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
        self.remarks: list[Remark] = []
        self.questions: list[dict[str, Any]] = []
        self.known: dict[str, Told] = {}
        self.left: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.lists = self._lists()
        self.rows = {name: row for row in reversed(book.survey.rows) if (name := row.of("name"))}

    def form(self) -> ReadForm:
        self._must_not_circle()
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
                self._say(row, "没有写题型（type），没有带进来")
        if groups:
            raise CannotRead(
                why=f"survey 第 {groups[-1].row} 行开始的一组没有结束（缺 end group 或 end repeat）。"
            )
        if not any(one["type"] != "note" for one in self.questions):
            raise CannotRead(why="survey 里没有一道能带进来的题目。" + self._first_reasons())
        if len(self.questions) > MOST_QUESTIONS:
            raise CannotRead(
                why=f"一共 {len(self.questions)} 道题，一张表最多 {MOST_QUESTIONS} 道，请拆成几张。"
            )
        self._say_of_columns()
        body = self._body()
        remarks = tuple(sorted(self.remarks, key=lambda one: (_ORDER.get(one.sheet, 9), one.row)))
        return ReadForm(_key(self._setting("form_id"), "form"), body, remarks)

    def _body(self) -> dict[str, Any]:
        title = self._setting("form_title") or self.title or self._setting("form_id") or "未命名的表"
        if len(title) > LONGEST["title"]:
            self._told("settings", 2, "", f"表名超过 {LONGEST['title']} 字，后面的截去了", CHANGED)
        body = {
            "title": title[: LONGEST["title"]],
            **own_lines(self._settings()),
            "questions": self.questions,
        }
        try:
            return FormGrammar.model_validate(body).model_dump(mode="json", exclude_unset=True)
        except ValidationError as error:
            raise CannotRead(why=f"读出来的表不成立：{_in_words(error)}") from None

    # Rows.

    def _group(self, row: Row, structure: str, around: Sequence[_Group]) -> _Group:
        title = self._words(row, "label")
        group = _Group(title=self._cut(row, title, "section"), row=row.number)
        if around:
            group.title = group.title or around[-1].title
            group.relevant = list(around[-1].relevant)
            group.repeats = around[-1].repeats
        if row.of("relevant"):
            group.relevant.append(row.of("relevant"))
        if structure == "begin repeat":
            self._say(row, "不支持重复组，组里的题目都没有带进来")
            group.repeats = group.repeats or row.of("name") or title or f"第 {row.number} 行"
        elif row.of("appearance"):
            self._say(row, f"外观 {row.of('appearance')[:40]} 不用，照本系统的样子显示", CHANGED)
        return group

    def _question(self, row: Row, groups: Sequence[_Group]) -> None:
        name = row.of("name")
        if why := self._why_not(row, groups):
            self._say(row, why)
            if name:
                self.left[name] = row.number
            return
        kind = kind_of_cell(row.of("type"))
        key = _key(name, f"q{row.number}", {told.key for told in self.known.values()})
        if name and key != name.lower():
            self._say(row, f"名称改成 {key}（只能用小写字母、数字和下划线）", CHANGED)
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
        self._expressions(row, question, groups)
        self._say_of_row(row)
        if not self._keep(row, question, name):
            return
        if kind.other:
            self._other(question, name)

    def _why_not(self, row: Row, groups: Sequence[_Group]) -> str:
        if groups and groups[-1].repeats:
            return f"在重复组“{groups[-1].repeats}”里，没有带进来"
        if row.of("disabled").lower() in _YES:
            return "已停用（disabled），没有带进来"
        kind = kind_of_cell(row.of("type"))
        if kind.why_not:
            return kind.why_not
        if kind.choices and not self.lists.get(kind.choices):
            return f"choices 里没有选项表「{kind.choices[:40]}」，没有带进来"
        if row.of("name") in self.known:
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
                self._say(row, "按前面的答案筛选选项（choice_filter）没有带进来，列出了全部选项", CHANGED)
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
        label, hint = self._words(row, "label"), self._words(row, "hint")
        if guidance := self._words(row, "guidance_hint"):
            hint = f"{hint}\n{guidance}".strip()
        if not label:
            self._say(row, "没有题目文字，用了它的名称", CHANGED)
            label = key
        self.labels[row.of("name")] = label
        label = " ".join(label.split())
        if len(label) > LONGEST["label"]:
            whole = f"{label}\n{hint}".strip()
            self._say(row, f"题目超过 {LONGEST['label']} 字，全文放到了填写说明里", CHANGED)
            label, hint = f"{label[: LONGEST['label'] - 1]}…", whole
        return label, self._cut(row, hint, "help")

    def _expressions(self, row: Row, question: dict[str, Any], groups: Sequence[_Group]) -> None:
        types = {told.key: told.type for told in self.known.values()}
        names = Names(self.known, why_not=self._why_not_asked)
        own = Told(question["key"], question["type"])
        at_own = Names(self.known, own=own, why_not=self._why_not_asked)
        named = Names({**self.known, row.of("name"): own}, own=own, why_not=self._why_not_asked)
        inherited = groups[-1].relevant if groups else []
        shows = own_expression(row, "relevant", types) if not inherited else ""
        conditions = [
            ours
            for written in (*inherited, row.of("relevant"))
            if written and (ours := self._carried(row, "relevant", written, into_ours, names))
        ]
        if shows or conditions:
            question["show_if"] = shows or self._together(row, conditions)
        if question["type"] == "note":
            for column in ("constraint", "calculation", "required"):
                if row.of(column).lower() not in _NO:
                    self._say(row, f"说明不用填，{column} 没有带进来")
            return
        self._worked_out(row, question, names, types)
        worked = bool(question.get("calculate") or question.get("score"))
        if not worked:
            self._required(row, question, at_own, types)
        elif row.of("required").lower() not in _NO:
            self._say(row, "算出来的题目不用填，必填没有带进来")
        self._constraint(row, question, named, {**types, question["key"]: question["type"]})

    def _together(self, row: Row, conditions: Sequence[str]) -> str:
        """All conditions as one: those of the groups around, and its own."""
        if len(conditions) == 1:
            return conditions[0]
        joined = " && ".join(f"({one})" for one in conditions)
        if faults := check_expression(joined):
            self._say(row, f"各层的显示条件合在一起太复杂，没有带进来：{faults[0]}")
            return ""
        return joined

    def _worked_out(self, row: Row, question: dict[str, Any], names: Names, types: Mapping[str, str]) -> None:
        written = row.of("calculation")
        if ours := own_expression(row, "calculation", types, calculates=question["type"]):
            question["calculate"] = ours
        elif question.get("score"):
            return
        elif written and question["type"] in ("calculate", "number", "text", "money", "yesno"):
            if found := self._carried(row, "calculation", written, calculation_into_ours, names):
                ours, kind, decimals = found
                if question["type"] == "money" and kind == "number":
                    ours, kind = f"({ours}) * 100", "money"
                question |= {"calculate": ours, "type": kind}
                question.pop("decimals", None)
                if kind == "number" and decimals:
                    question["decimals"] = decimals
                for name in ("min", "max", "max_length", "pattern", "prefill"):
                    question.pop(name, None)
        elif written:
            self._say(row, f"{row.of('type')} 题不能算出来，calculation 没有带进来")
        if question["type"] == "calculate" and not written:
            self._say(row, "没有写算法（calculation），没有带进来")

    def _required(self, row: Row, question: dict[str, Any], names: Names, types: Mapping[str, str]) -> None:
        written = row.of("required")
        if ours := own_expression(row, "required", types):
            question["required_if"] = ours
        elif written.lower() in _YES:
            question["required"] = True
        elif written.lower() not in _NO and (
            ours := self._carried(row, "required", written, into_ours, names)
        ):
            question["required_if"] = ours

    def _constraint(self, row: Row, question: dict[str, Any], names: Names, types: Mapping[str, str]) -> None:
        says = " ".join(self._words(row, "constraint_message").split())
        written = row.of("constraint")
        ours = own_expression(row, "constraint", types)
        if not ours and written:
            found = self._carried(row, "constraint", written, constraint_into_ours, names)
            ours, limits = found or ("", {})
            question |= limits
            if limits and not ours:
                self._say(row, "不早于（晚于）今天由系统自己判断，提示用系统自己的话", CHANGED)
                return
        if ours:
            if not says:
                self._say(row, f"没有写不合要求时怎么提示，用了“{UNMET}”", CHANGED)
            question["constraint"] = ours
            question["constraint_says"] = self._cut(row, says or UNMET, "constraint_says")
        elif says and not written:
            self._say(row, "只有提示没有要求（constraint），没有带进来")

    def _carried(self, row: Row, column: str, written: str, carry: Any, names: Names) -> Any:
        try:
            found = carry(written, names)
        except BadPhrase as error:
            self._say(row, f"{column}“{written[:60]}”没有带进来：{error}")
            return None
        return found

    def _keep(self, row: Row, question: dict[str, Any], name: str) -> bool:
        if question["type"] == "calculate":
            self.left[name] = row.number
            return False
        try:
            Question.model_validate(question)
        except ValidationError as error:
            self._say(row, f"没有带进来：{_in_words(error)}")
            self.left[name] = row.number
            return False
        self.questions.append(question)
        if name:
            self.known[name] = Told(question["key"], question["type"])
        return True

    def _other(self, question: Mapping[str, Any], name: str) -> None:
        """What ``or_other`` means: one more option, and a line for what it is."""
        key = _key(f"{question['key']}_other", "other", {told.key for told in self.known.values()})
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
        self.known[f"{name}_other"] = Told(key, "text")

    # What is said.

    def _say(self, row: Row, said: str, tone: str = LEFT) -> None:
        self._told("survey", row.number, row.of("name")[:60], said, tone)

    def _told(self, sheet: str, row: int, name: str, said: str, tone: str = LEFT) -> None:
        remark = Remark(sheet, row, name, said[:300], tone)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def _say_of_row(self, row: Row) -> None:
        for column, said in _IGNORED.items():
            if self.book.survey.words(row, column):
                self._say(row, said)
        if row.of("appearance") and "multiline" not in row.of("appearance").lower():
            self._say(row, f"外观 {row.of('appearance')[:40]} 不用，照本系统的样子显示", CHANGED)
        parameters = re.sub(r"\b(start|end)\s*=\s*-?[0-9.]+", "", row.of("parameters").lower()).strip(" ,;")
        if parameters:
            self._say(row, f"参数 {parameters[:40]} 没有带进来")
        if row.of("readonly").lower() in _YES and not row.of("calculation") and row.of("type") != "note":
            self._say(row, "只读没有带进来，这道题可以填", CHANGED)

    def _say_of_columns(self) -> None:
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
                    self._told(table.name, rows[0], "", f"“{column}”一列没有带进来（第 {listed} {more}）")
        if self.book.languages:
            named = "、".join(self.book.languages)
            self._told("survey", 1, "", f"还有别的语言（{named[:80]}），只带进了一种", LEFT)
        for name in self.book.others:
            self._told(name[:40], 0, "", "这张工作表不是 survey、choices、settings，没有读")

    def _why_not_asked(self, name: str) -> str:
        if name in self.left:
            return f"用到的「{name}」（第 {self.left[name]} 行）没有带进来"
        if name in self.rows:
            return f"「{name}」（第 {self.rows[name].number} 行）这时还没有问到，只能用前面的题目"
        return f"「{name[:40]}」不在表里"

    def _first_reasons(self) -> str:
        return "".join(f"第 {one.row} 行：{one.said}。" for one in self.remarks[:3])

    # Texts.

    def _words(self, row: Row, column: str) -> str:
        told = self.book.survey.words(row, column)
        if _ASKED.search(told):
            self._say(row, "文字里引用的答案换成了题目的名称，不会随着填写变化", CHANGED)
            told = _ASKED.sub(lambda found: f"〔{self.labels.get(found[1], found[1])[:30]}〕", told)
        if _TAG.search(told):
            self._say(row, "文字里的网页格式去掉了", CHANGED)
            told = _TAG.sub("", told)
        return told.strip()

    def _cut(self, row: Row, told: str, part: str) -> str:
        longest = LONGEST[part]
        if len(told) <= longest:
            return told
        self._say(row, f"文字超过 {longest} 字，后面的截去了：“{told[longest - 1 : longest + 40]}……”", LEFT)
        return f"{told[: longest - 1]}…"

    # The other sheets.

    def _lists(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        table = self.book.choices
        for row in table.rows:
            listed, value = row.of("list_name"), row.of("name")
            if not listed or not value:
                self._of_choice(row, table, "缺选项表名（list_name）或选项名称（name），没有带进来", LEFT)
                continue
            if not re.fullmatch(r"[^\s,;]{1,40}", value):
                kept = re.sub(r"[\s,;]+", "_", value)[:40]
                self._of_choice(row, table, f"选项的编号改成 {kept}（不能有空格和逗号，最多 40 字）", CHANGED)
                value = kept
            label = " ".join(table.words(row, "label").split())
            if not label:
                self._of_choice(row, table, "没有选项文字，用了它的名称", CHANGED)
            elif len(label) > LONGEST["option"]:
                self._of_choice(row, table, f"选项文字超过 {LONGEST['option']} 字，后面的截去了", LEFT)
                label = f"{label[: LONGEST['option'] - 1]}…"
            options = found.setdefault(listed, [])
            if any(one["value"] == value for one in options):
                self._of_choice(row, table, "和前面的选项重复，没有带进来", LEFT)
                continue
            option: dict[str, Any] = {"value": value, "label": label or value}
            if re.fullmatch(r"-?[0-9]{1,4}", row.of("yimen_points")):
                option["points"] = int(row.of("yimen_points"))
            options.append(option)
        return found

    def _of_choice(self, row: Row, table: Table, said: str, tone: str) -> None:
        self._told("choices", row.number, row.of("name")[:60], said, tone)

    def _settings(self) -> Row:
        return self.book.settings.rows[0] if self.book.settings.rows else Row(0)

    def _setting(self, name: str) -> str:
        return self._settings().of(name) or self.book.settings.words(self._settings(), name)

    # Circles.

    def _must_not_circle(self) -> None:
        """Refuse conditions and calculations that wait for each other: no order of asking would do."""
        needs: dict[str, set[str]] = {}
        around: list[str] = []
        for row in self.book.survey.rows:
            structure = structure_of(row.of("type"))
            if structure.startswith("begin"):
                around.append(row.of("relevant"))
            elif structure and around:
                around.pop()
            elif name := row.of("name"):
                written = " ".join((*around, row.of("relevant"), row.of("calculation")))
                needs[name] = set(_ASKED.findall(written))
        circle = _circle(needs)
        if circle:
            rows = "、".join(str(self.rows[name].number) for name in sorted(set(circle), key=circle.index))
            raise CannotRead(
                why=f"survey 第 {rows} 行互相要对方的结果，成了循环：{' → '.join(circle)}。请改掉其中一个条件或算法。"
            )


def _in_words(error: ValidationError) -> str:
    return "；".join(one["msg"].removeprefix("Value error, ") for one in error.errors())


_ORDER = {"survey": 0, "choices": 1, "settings": 2}


def _circle(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """The first circle, as a way that ends where it began; none is empty. No recursion: a sheet may be long."""
    done: set[str] = set()
    for start in needs:
        way: list[str] = []
        waiting: list[Iterator[str]] = [iter((start,))]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                if way:
                    done.add(way.pop())
            elif name in way:
                return [*way[way.index(name) :], name]
            elif name in needs and name not in done:
                way.append(name)
                waiting.append(iter(sorted(needs[name])))
    return []


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
