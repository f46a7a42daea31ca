"""The letter (文书): its grammar in TOML, and how it is put together from facts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from yimen.foundations.definitions.api import Grammar
from yimen.foundations.documents.rules import (
    clean_fact,
    fill,
    letter_number,
    placeholders,
    why_not_issue,
)
from yimen.kernel.clock import full_day
from yimen.kernel.findings import Finding

# What every letter knows without being told.
GIVEN = {"unit", "number", "issued_on"}
_EACH = {"item", "order"}


class Fact(Grammar):
    """One thing the letter must be told (填写项). In TOML a bare text is its label."""

    labels = {
        "label": "名称",
        "kind": "类别",
        "kind.text": "文字",
        "kind.number": "数",
        "kind.date": "日期",
        "kind.list": "清单",
        "required": "必填",
    }

    label: str = Field(min_length=1)
    kind: Literal["text", "number", "date", "list"] = "text"
    required: bool = True


class Paragraph(Grammar):
    """One paragraph (段落). `each` repeats it for every item of a list, `when` leaves it out when that fact is empty."""

    labels = {
        "text": "文字",
        "style": "样式",
        "style.body": "正文",
        "style.heading": "小标题",
        "each": "逐条列出",
        "when": "有此内容时才写",
    }

    text: str = Field(min_length=1)
    style: Literal["body", "heading"] = "body"
    each: str = ""
    when: str = ""


def _as_table(key: str):
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


Facts = dict[str, Annotated[Fact, _as_table("label")]]
Paragraphs = tuple[Annotated[Paragraph, _as_table("text")], ...]


class Letter(Grammar):
    """A kind of letter.

    `title` 标题; `mark` what follows the unit's own mark in the number (受); `number_kind` which row of numbers it counts
    in; `to` the addressee; `facts` everything the text may name; `paragraphs` 正文; `remedies` 救济途径; `closing` 结束语;
    `signature` whether the unit signs with its seal; `signs` lines filled in by hand; `copies` 一式几份、抄送; `basis` the
    legal ground, for the reader of this file; `paper` on what it is usually printed; `tracking` whether it carries the code.
    """

    labels = {
        "title": "标题",
        "mark": "文号用字",
        "number_kind": "编号序列",
        "basis": "依据",
        "to": "主送",
        "facts": "填写项",
        "paragraphs": "正文",
        "remedies": "救济途径",
        "closing": "结束语",
        "signature": "加盖印章",
        "signs": "手写栏",
        "copies": "份数",
        "paper": "纸张",
        "paper.a4": "A4",
        "paper.a5": "A5",
        "paper.80mm": "80 毫米小票",
        "tracking": "印查询码",
    }

    title: str = Field(min_length=2, max_length=40)
    mark: str = Field(min_length=1, max_length=6)
    number_kind: str = Field(pattern="^[a-z][a-z0-9_]*$", max_length=40)
    basis: str = ""
    to: str = Field(default="", max_length=80)
    facts: Facts = {}
    paragraphs: Paragraphs = Field(min_length=1)
    remedies: Paragraphs = ()
    closing: str = ""
    signature: bool = True
    signs: tuple[str, ...] = ()
    copies: str = Field(default="", max_length=80)
    paper: Literal["a4", "a5", "80mm"] = "a4"
    tracking: bool = True

    @model_validator(mode="after")
    def _names_only_declared_facts(self) -> "Letter":
        used: set[str] = set()
        for paragraph in (*self.paragraphs, *self.remedies):
            names = set(placeholders(paragraph.text))
            if paragraph.each:
                if paragraph.each not in self.facts or self.facts[paragraph.each].kind != "list":
                    raise ValueError(f'each = “{paragraph.each}”不是 [facts] 里 kind = "list" 的填写项')
                names -= _EACH
            names |= {name for name in (paragraph.each, paragraph.when) if name}
            self._refuse_unknown(names, lists_allowed={paragraph.each, paragraph.when})
            used |= names
        for line in (self.to, self.closing, self.copies, *self.signs):
            names = set(placeholders(line))
            self._refuse_unknown(names, lists_allowed=set())
            used |= names
        if unused := [f"{fact.label}”（{name}）" for name, fact in self.facts.items() if name not in used]:
            raise ValueError(f"填写项“{'、“'.join(unused)}在文中没有用到，请用上，或在 [facts] 里删除")
        return self

    def _refuse_unknown(self, names: set[str], *, lists_allowed: set[str]) -> None:
        if unknown := sorted(names - set(self.facts) - GIVEN):
            raise ValueError(f"文中的“{{{'}、{'.join(unknown)}}}”没有在 [facts] 里声明")
        lists = {name for name, fact in self.facts.items() if fact.kind == "list"}
        if wrong := sorted((names & lists) - lists_allowed):
            raise ValueError(f"“{'、'.join(wrong)}”是清单，请用 each 逐条列出，不能写在句子里")


@dataclass(frozen=True)
class IssuingUnit:
    """Who signs (出具单位): the area whose row of numbers is used, its name, and its mark in numbers (单位代字)."""

    area: str
    name: str
    mark: str


@dataclass(frozen=True)
class Sheet:
    """A letter put together, ready for paper (成文). What is stored is this, so a later change of the text alters nothing."""

    title: str
    number: str
    to: str
    paragraphs: tuple[tuple[str, str], ...]
    remedies: tuple[tuple[str, str], ...]
    closing: str
    unit: str
    date: str
    signature: bool
    signs: tuple[str, ...]
    copies: str
    paper: str
    tracking: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sheet":
        lines = {name: tuple(tuple(line) for line in kept[name]) for name in ("paragraphs", "remedies")}
        return cls(**{**kept, **lines, "signs": tuple(kept["signs"])})


def what_is_missing(letter: Letter, facts: Mapping[str, Any]) -> list[Finding]:
    """One finding per required fact that is absent or empty."""
    told = _told(letter, facts)
    return why_not_issue(
        [fact.label for name, fact in letter.facts.items() if fact.required and not told[name]]
    )


def compose(
    letter: Letter, facts: Mapping[str, Any], *, unit: IssuingUnit, year: int, sequence: int, on: date
) -> Sheet:
    """Put the letter together (成文). Facts it does not declare are passed over and kept nowhere."""
    told = _told(letter, facts)
    number = letter_number(unit.mark + letter.mark, year, sequence)
    given = {"unit": unit.name, "number": number, "issued_on": full_day(on)}
    words = {name: value for name, value in told.items() if isinstance(value, str)} | given
    return Sheet(
        title=letter.title,
        number=number,
        to=fill(letter.to, words),
        paragraphs=_lines(letter.paragraphs, told, words),
        remedies=_lines(letter.remedies, told, words),
        closing=fill(letter.closing, words),
        unit=unit.name,
        date=full_day(on),
        signature=letter.signature,
        signs=tuple(fill(line, words) for line in letter.signs),
        copies=fill(letter.copies, words),
        paper=letter.paper,
        tracking=letter.tracking,
    )


def run_example(letter: Letter, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What a worked example (算例) is compared with: the number, the text line by line, or what is missing."""
    missing = [finding.sentence for finding in what_is_missing(letter, given)]
    if missing:
        return {"missing": missing}
    day = on or date(2026, 1, 5)
    unit = IssuingUnit(area="", name=given.get("unit", "示范街道办事处"), mark=given.get("unit_mark", "示街"))
    sheet = compose(letter, given, unit=unit, year=day.year, sequence=1, on=day)
    return {
        "missing": [],
        "number": sheet.number,
        "to": sheet.to,
        "text": [text for _, text in sheet.paragraphs],
        "remedies": [text for _, text in sheet.remedies],
        "closing": sheet.closing,
        "date": sheet.date,
        "copies": sheet.copies,
        "signs": list(sheet.signs),
    }


def _told(letter: Letter, facts: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    return {name: _plain(fact, facts.get(name)) for name, fact in letter.facts.items()}


def _plain(fact: Fact, value: Any) -> str | tuple[str, ...]:
    if fact.kind == "list":
        items: Sequence[Any] = () if value is None else (value,) if isinstance(value, str) else value
        return tuple(text for item in items if (text := clean_fact(str(item))))
    if value is None:
        return ""
    if fact.kind == "date":
        return full_day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    if isinstance(value, list | tuple):
        value = "、".join(str(item) for item in value)
    return clean_fact(str(value))


def _lines(
    paragraphs: Sequence[Paragraph], told: Mapping[str, Any], words: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    lines: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        if paragraph.when and not (told.get(paragraph.when) or words.get(paragraph.when)):
            continue
        if not paragraph.each:
            lines.append((paragraph.style, fill(paragraph.text, words)))
            continue
        for order, item in enumerate(told[paragraph.each], start=1):
            lines.append(
                (paragraph.style, fill(paragraph.text, {**words, "item": item, "order": str(order)}))
            )
    return tuple(lines)
