"""A letter as people read it (释读): its text, with what is filled in under Chinese names."""

from yimen.foundations.definitions.api import Definition, words_of
from yimen.foundations.definitions.ports import Everyday, Line, Part, Reading, everyday
from yimen.foundations.documents.engine.letters import Letter, Paragraph
from yimen.foundations.documents.rules import fill, placeholders

_GIVEN = {"unit": "出具单位", "number": "文号", "issued_on": "出具日期", "item": "逐条内容", "order": "序号"}


def read_letter_text(definition: Definition, *, title: str) -> Reading:
    """The letter from addressee to copies, as it will stand on paper."""
    letter, names = definition.body, _names(definition)
    text = tuple(_sentence(one, names) for one in letter.paragraphs)
    closing = (_filled(letter.closing, names),) if letter.closing else ()
    lines = [
        Line("主送", _filled(letter.to, names)),
        Line("文号", f"单位代字＋“{letter.mark}”字"),
        Line("依据", letter.basis),
        Line("盖章", words_of(letter.signature)),
        Line("手写栏", "、".join(_filled(one, names) for one in letter.signs)),
        Line("份数", _filled(letter.copies, names)),
        Line("纸张", words_of(letter.paper, Letter, "paper")),
    ]
    parts = [Part("正文", sentences=text + closing)]
    if letter.remedies:
        parts.append(Part("不服怎么办", sentences=tuple(_sentence(one, names) for one in letter.remedies)))
    parts.append(Part("格式", tuple(line for line in lines if line.text)))
    return Reading(title, "方括号里的由系统按办件填写。", tuple(parts))


def _sentence(paragraph: Paragraph, names: dict[str, str]) -> str:
    said, when = _filled(paragraph.text, names), _when(paragraph, names)
    return f"{said}（{when}）" if when else said


def _when(paragraph: Paragraph, names: dict[str, str]) -> str:
    """For what a paragraph stands, or when; "" for one that always does."""
    if paragraph.each:
        return f"按“{names[paragraph.each]}”逐条列出"
    return f"有“{names.get(paragraph.when, paragraph.when)}”时才写" if paragraph.when else ""


def _names(definition: Definition) -> dict[str, str]:
    """What stands in braces, under Chinese names; of two that are called alike the second says its own."""
    names: dict[str, str] = {}
    for name, label in (_GIVEN | {name: fact.label for name, fact in definition.body.facts.items()}).items():
        names[name] = f"{label}（{name}）" if label in names.values() else label
    return names


def _note(definition: Definition, paragraph: Paragraph) -> str:
    when = _when(paragraph, _names(definition))
    return f"这一段{when}。" if when else ""


def _filled(text: str, names: dict[str, str]) -> str:
    return fill(text, {name: f"［{names.get(name, name)}］" for name in placeholders(text)})


EVERYDAY = (
    *everyday("title"),
    Everyday(("to",), words=_names),
    Everyday(("paragraphs",), columns=("text", "style"), note=_note, words=_names),
    Everyday(("remedies",), columns=("text", "style"), note=_note, words=_names),
    Everyday(("closing",), words=_names),
    Everyday(("signs",), words=_names),
    Everyday(("copies",), words=_names),
    *everyday("paper"),
)
