"""The grammar of a form (表单): questions, what each is asked for, when it shows, where its answer may come from."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from yimen.foundations.definitions.api import Grammar
from yimen.foundations.forms.engine.fitting import misfits
from yimen.foundations.forms.engine.patterns import PATTERNS

QuestionType = Literal[
    "text", "longtext", "choice", "multi", "date", "money", "number", "yesno",
    "phone", "id_number", "person", "address", "attachment", "note",
]  # fmt: skip
# Numbers first: a date would also be read from a number, as seconds since 1970.
Limit = Annotated[Decimal | date | Literal["today"], Field(union_mode="left_to_right")]
KEY = r"^[a-z][a-z0-9_]{0,39}$"
SOURCE = re.compile(r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")

_CHOSEN = {"choice", "multi"}
_MEASURED = {"date", "money", "number"}
_WORKED_OUT = {"number", "money", "yesno", "text"}
# What belongs to an answer that somebody gives.
_GIVEN_ONLY = ("required", "required_if", "prefill", "min", "max", "max_length", "pattern")
# A note says something and asks nothing.
_ANSWERED_ONLY = (*_GIVEN_ONLY, "constraint", "calculate", "score", "unit", "sensitive")
_ALWAYS_SENSITIVE = {"phone", "id_number"}
# Words that expressions already use, and names that mean something on a posted page.
TAKEN = {"in", "true", "false", "null", "has", "size", "csrfmiddlewaretoken", "request_key"}


class Option(Grammar):
    """One thing to choose (选项). ``value`` is kept, ``label`` is shown."""

    labels = {
        "value": "编号",
        "label": "选项",
        "points": "分值",
    }

    value: str = Field(pattern=r"^[^\s,;]{1,40}$")
    label: str = Field(min_length=1, max_length=100)
    points: int | None = Field(default=None, ge=-1000, le=1000)


class Band(Grammar):
    """One band of a result (分级): from which number on, and what that is called."""

    labels = {
        "at_least": "从多少起",
        "label": "级别",
    }

    at_least: Decimal
    label: str = Field(min_length=1, max_length=60)


class Question(Grammar):
    """One question (题目). ``purpose`` says what the answer is needed for: what has no purpose is not asked.

    A ``note`` (说明) stands among the questions, under the same conditions, and asks nothing.
    """

    labels = {
        "key": "编号",
        "label": "题目",
        "type": "题型",
        "type.text": "一行文字",
        "type.longtext": "一段文字",
        "type.choice": "单选",
        "type.multi": "多选",
        "type.date": "日期",
        "type.money": "金额",
        "type.number": "数",
        "type.yesno": "是否",
        "type.phone": "电话",
        "type.id_number": "证件号码",
        "type.person": "居民",
        "type.address": "住址",
        "type.attachment": "附件",
        "type.note": "说明",
        "purpose": "用途",
        "help": "填写说明",
        "section": "栏目",
        "required": "必填",
        "required_if": "必填条件",
        "options": "选项",
        "show_if": "显示条件",
        "constraint": "填写要求",
        "constraint_says": "不合要求时的提示",
        "calculate": "算法",
        "score": "计分题目",
        "bands": "分级",
        "prefill": "自动带出",
        "min": "最小",
        "max": "最大",
        "max_length": "字数上限",
        "decimals": "小数位数",
        "unit": "单位",
        "pattern": "格式",
        "sensitive": "敏感信息",
    }

    key: str = Field(pattern=KEY)
    label: str = Field(min_length=1, max_length=120)
    type: QuestionType
    purpose: str = Field(default="", max_length=120)
    help: str = Field(default="", max_length=500)
    section: str = Field(default="", max_length=60)
    required: bool = False
    required_if: str = ""
    options: tuple[Option, ...] = ()
    show_if: str = ""
    constraint: str = ""
    constraint_says: str = Field(default="", max_length=120)
    calculate: str = ""
    score: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    prefill: str = ""
    min: Limit | None = None
    max: Limit | None = None
    max_length: int = Field(default=0, ge=0, le=5000)
    decimals: int = Field(default=0, ge=0, le=4)
    unit: str = Field(default="", max_length=10)
    pattern: str = ""
    sensitive: bool = False

    @field_validator("options", mode="before")
    @classmethod
    def _short_options(cls, value: object) -> object:
        # options = ["低保", "特困"] is the short way to write options whose value is what is shown.
        if isinstance(value, list | tuple):
            return [{"value": one, "label": one} if isinstance(one, str) else one for one in value]
        return value

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        said = self._faults()
        if said:
            raise ValueError("；".join(said))
        return self

    @property
    def is_sensitive(self) -> bool:
        return self.sensitive or self.type in _ALWAYS_SENSITIVE

    @property
    def expressions(self) -> dict[str, str]:
        """The expressions of this question by the name of their line."""
        lines = ("show_if", "required_if", "constraint", "calculate")
        return {line: written for line in lines if (written := getattr(self, line))}

    @property
    def is_worked_out(self) -> bool:
        """Is the answer worked out from others (算出来的题目) rather than given?"""
        return bool(self.calculate or self.score)

    def band_of(self, value: float) -> str:
        """What the band of a number is called (级别); "" without bands or below the first."""
        return next((band.label for band in reversed(self.bands) if value >= band.at_least), "")

    def points_of(self, value: str) -> int:
        """What an answer counts (分值)."""
        return next((option.points or 0 for option in self.options if option.value == value), 0)

    def label_of(self, value: str) -> str:
        return next((option.label for option in self.options if option.value == value), value)

    def _faults(self) -> list[str]:
        said = []
        if self.key in TAKEN:
            said.append(f"「{self.key}」不能用作题目的名称")
        if self.type == "note":
            given = [name for name in _ANSWERED_ONLY if getattr(self, name) not in (None, "", 0, False, ())]
            if given:
                said.append(f"note 是说明，不能再写 {'、'.join(given)}")
        elif len(self.purpose) < 2:
            said.append("要写明 purpose（用途），至少两个字：没有用途的题目不问")
        values = [option.value for option in self.options]
        if self.type in _CHOSEN and not values:
            said.append("选择题要写 options")
        if self.type not in _CHOSEN and values:
            said.append(f"{self.type} 题没有 options")
        if len(set(values)) != len(values):
            said.append("options 里有重复的选项")
        if self.type not in {*_MEASURED, "multi"} and (self.min is not None or self.max is not None):
            said.append(f"{self.type} 题没有 min、max；限制字数请用 max_length")
        for name in ("min", "max"):
            limit = getattr(self, name)
            is_day = limit == "today" or isinstance(limit, date)
            if limit is not None and self.type in {*_MEASURED, "multi"} and is_day != (self.type == "date"):
                said.append(f"{name} 应当是日期或 today" if self.type == "date" else f"{name} 应当是数")
        if self.decimals and self.type != "number":
            said.append("只有 number 题有 decimals")
        if self.pattern and (self.type != "text" or self.pattern not in PATTERNS):
            said.append(f"pattern 只用于 text 题，可以写：{'、'.join(sorted(PATTERNS))}")
        said += self._faults_of_working_out()
        if self.required and self.required_if:
            said.append("required 和 required_if 只写一个")
        if bool(self.constraint) != bool(self.constraint_says):
            said.append("constraint 和 constraint_says 要一起写：要求是什么，不合时对人怎么说")
        if self.prefill and not SOURCE.match(self.prefill):
            said.append("prefill 要写成 来源.项目，如 person.phone")
        return said

    def _faults_of_working_out(self) -> list[str]:
        said = []
        if self.calculate and self.score:
            said.append("calculate 和 score 只写一个")
        if self.is_worked_out:
            given = [name for name in _GIVEN_ONLY if getattr(self, name) not in (None, "", 0, False, ())]
            if given:
                said.append(f"算出来的题目不能再写 {'、'.join(given)}")
            if self.type not in (_WORKED_OUT if self.calculate else {"number"}):
                said.append(f"{self.type} 题不能这样算出来")
        if self.bands and not (self.is_worked_out and self.type == "number"):
            said.append("bands 只用于算出来的 number 题")
        starts = [band.at_least for band in self.bands]
        if starts != sorted(set(starts)):
            said.append("bands 要从低到高写，起点不能相同")
        return said


class FormGrammar(Grammar):
    """A form (表单). ``facts`` names the facts that conditions use besides the answers, as ``source.item``."""

    labels = {
        "title": "名称",
        "intro": "开头说明",
        "notice": "告知书",
        "facts": "判断条件用到的信息",
        "questions": "题目",
    }

    title: str = Field(min_length=1, max_length=60)
    intro: str = ""
    notice: str = ""
    facts: tuple[str, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1, max_length=200)

    @field_validator("facts")
    @classmethod
    def _facts_are_named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [one for one in value if not SOURCE.match(one)]
        if wrong:
            raise ValueError(f"「{wrong[0]}」要写成 来源.项目，如 person.age")
        return value

    @model_validator(mode="after")
    def _questions_fit_together(self) -> Self:
        said = misfits(self.questions, self.facts)
        if said:
            raise ValueError("；".join(said))
        return self

    @property
    def is_sensitive(self) -> bool:
        return any(question.is_sensitive for question in self.questions)

    @property
    def wanted_facts(self) -> tuple[str, ...]:
        """The facts this form needs, and no others."""
        return tuple(dict.fromkeys([*self.facts, *(one.prefill for one in self.questions if one.prefill)]))

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)
