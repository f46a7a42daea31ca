"""The paper twin of a form (纸质表), ready for its page."""

import base64
from dataclasses import dataclass
from uuid import UUID

import segno
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.definitions.api import Definition
from yimen.foundations.forms.engine.grammar import Question
from yimen.foundations.forms.engine.wording import bands_in_words

_BLANKS = {
    "date": ("＿＿＿＿年＿＿月＿＿日",),
    "money": ("＿＿＿＿＿＿＿＿元",),
    "attachment": ("□ 已附，共＿＿份",),
    "id_number": ("□" * 18,),
    "longtext": ("", "", "", ""),
}


@dataclass(frozen=True)
class PaperLine:
    """One line of the table; a note has no ``number``."""

    number: int
    label: str
    help: str
    rule: str
    required: bool
    condition: str
    options: tuple[str, ...]
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class PaperSection:
    title: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True)
class PaperPage:
    """What the print page of a form shows."""

    title: str
    intro: str
    notice: str
    code: str
    qr: SafeString
    sections: tuple[PaperSection, ...]
    purposes: tuple[tuple[str, str], ...]
    version_line: str
    who: str = ""


def paper_code(form: Definition, *, subject: UUID | None = None) -> str:
    """The code printed on a paper form (纸质表编码): which form, which version, a check that it is ours, and for whom.

    For whom is the id of ours, which says nothing to anybody else.
    """
    code = f"{form.key}.{form.version}.{form.digest[:6]}"
    return f"{code}.{base64.b32encode(subject.bytes).decode().rstrip('=').lower()}" if subject else code


def paper_page(form: Definition, *, subject: UUID | None = None, who: str = "") -> PaperPage:
    """The paper twin of one version: every question, with boxes to tick, and the code that leads back to it.

    Printed for one ``subject`` its code leads back to her too, and ``who`` says it in words.
    """
    body = form.body
    code = paper_code(form, subject=subject)
    sections: list[tuple[str, list[PaperLine]]] = []
    purposes: dict[str, list[str]] = {}
    number = 0
    for question in body.questions:
        if not sections or sections[-1][0] != question.section:
            sections.append((question.section, []))
        is_note = question.type == "note"
        number += not is_note
        sections[-1][1].append(_line(0 if is_note else number, question))
        if not is_note:
            purposes.setdefault(question.purpose, []).append(question.label)
    return PaperPage(
        title=body.title,
        intro=body.intro,
        notice=body.notice,
        code=code,
        # The code is made of our own keys and digits only.
        qr=mark_safe(segno.make(code, error="m").svg_inline(scale=3, border=1)),  # nosec B308 B703
        sections=tuple(PaperSection(title, tuple(lines)) for title, lines in sections),
        purposes=tuple((purpose, "、".join(labels)) for purpose, labels in purposes.items()),
        who=who,
        version_line=f"第 {form.version} 版，自 {form.effective_on} 起使用",
    )


def _line(number: int, question: Question) -> PaperLine:
    # Who adds the points up on paper must see them.
    options = tuple(
        option.label if option.points is None else f"{option.label}（{option.points} 分）"
        for option in question.options
    )
    if question.type == "yesno":
        options = ("是", "否")
    blanks = () if options else _BLANKS.get(question.type, (f"＿＿＿＿＿＿＿＿{question.unit}",))
    if question.is_worked_out:
        blanks = (f"＿＿＿＿{question.unit}（由工作人员按上面所填算出）",)
    conditions = {"show_if": "（按上面所填，需要时填写）", "required_if": "（按上面所填，有时必填）"}
    return PaperLine(
        number=number,
        label=question.label,
        help=question.help,
        rule="；".join(
            f"{name}：{words}"
            for name, words in (("注意", question.constraint_says), ("分级", bands_in_words(question)))
            if words
        ),
        required=question.required,
        condition="".join(words for line, words in conditions.items() if line in question.expressions),
        options=options,
        blanks=blanks,
    )
