"""A letter as people read it (释读): its text, with what is filled in under Chinese names."""

from yimen.foundations.definitions.api import Definition, words_of
from yimen.foundations.definitions.ports import Line, Part, Reading
from yimen.foundations.documents.engine.letters import Letter, Paragraph
from yimen.foundations.documents.rules import fill, placeholders

_GIVEN = {"unit": "出具单位", "number": "文号", "issued_on": "出具日期", "item": "逐条内容", "order": "序号"}


def read_letter_text(definition: Definition, *, title: str) -> Reading:
    """The letter from addressee to copies, as it will stand on paper."""
    letter = definition.body
    names = _GIVEN | {name: fact.label for name, fact in letter.facts.items()}
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
    said = _filled(paragraph.text, names)
    if paragraph.each:
        return f"{said}（按“{names[paragraph.each]}”逐条列出）"
    return f"{said}（有“{names.get(paragraph.when, paragraph.when)}”时才写）" if paragraph.when else said


def _filled(text: str, names: dict[str, str]) -> str:
    return fill(text, {name: f"［{names.get(name, name)}］" for name in placeholders(text)})
