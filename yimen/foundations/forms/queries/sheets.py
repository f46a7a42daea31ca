"""Read filled forms, the facts that prefill one, and the code on a paper form."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.api import Definition, version, versions_of
from yimen.foundations.forms.engine.before import said_before
from yimen.foundations.forms.engine.reading import shown
from yimen.foundations.forms.models import AnswerSheet
from yimen.foundations.forms.ports import Fact, prefill_sources
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.kernel.text import narrow

_CODE = re.compile(r"([a-z0-9][a-z0-9_]*)\.([0-9]{1,9})\.([0-9a-f]{6})(?:\.([a-z2-7]{26}))?")


class NoSheet(NotFound):
    code = "forms.no_sheet"
    sentence = "没有找到这份答卷，或不在您的范围内。"


class NotAPaperForm(NotFound):
    code = "forms.not_a_paper_form"
    sentence = "这不是本系统纸质表的编码，请核对后重输。"


@dataclass(frozen=True)
class AnswerLine:
    """One answered question for a page (一题一行)."""

    key: str
    label: str
    section: str
    value: Any
    text: str
    source: str
    corrected: bool
    sensitive: bool


@dataclass(frozen=True)
class FilledForm:
    """A filled form as a page or a rule reads it (已填表单)."""

    public_id: UUID
    definition: Definition
    subject: UUID
    answers: Mapping[str, Any]
    lines: tuple[AnswerLine, ...]
    erased_at: datetime | None = None


def get_sheet(sheet: UUID, *, by: Actor) -> FilledForm:
    """One filled form with its answers. Refuses as `NoSheet` what is not within reach."""
    row = AnswerSheet.objects.within(by).filter(public_id=sheet).first()
    if row is None:
        raise NoSheet
    return _filled(row)


def read_answers(sheet: UUID, *, by: Actor) -> list[tuple[str, str]]:
    """Label and text of every answered question, in the order of the form. Refuses as `NoSheet`."""
    filled = get_sheet(sheet, by=by)
    if filled.erased_at:
        return [("申请内容", f"已按本人要求或保存期满，于 {day_of(filled.erased_at)} 删除")]
    return [(line.label, line.text) for line in filled.lines]


def sheets_of(subject: UUID, *, by: Actor) -> tuple[FilledForm, ...]:
    """The filled forms of a subject within reach, newest first; those replaced by a correction are left out."""
    rows = AnswerSheet.objects.within(by).filter(subject=subject).order_by("-id")
    replaced = {row.replaces_id for row in rows}
    return tuple(_filled(row) for row in rows if row.pk not in replaced)


def load_facts(form: Definition, subjects: Mapping[str, UUID], *, by: Actor, on: date) -> dict[str, Fact]:
    """The facts a form wants (预填), from the sources plugged in: ``load_facts(form, {"person": person}, …)``."""
    found: dict[str, Fact] = {}
    for key, subject in subjects.items():
        source = prefill_sources.find(key)
        wanted = [name.split(".")[1] for name in form.body.wanted_facts if name.startswith(f"{key}.")]
        if source and wanted:
            found |= source.facts(subject, wanted, by=by, on=on)
    return found


def carried_facts(form: Definition, sheet: UUID, *, source: str, by: Actor, on: date) -> dict[str, Fact]:
    """What a filled form says already of what ``form`` asks (承前填报), for `build_form` and `store_answers` beside the facts
    of `load_facts`. ``source`` says in words where it was filled. Refuses as `NoSheet`; an erased sheet says nothing."""
    filled = get_sheet(sheet, by=by)
    return said_before(form.body, filled.definition.body, filled.answers, source=source, on=on)


@dataclass(frozen=True)
class PaperForm:
    """What a printed code stands for (纸质表): a version of a form, and for whom it was printed, if for one."""

    form: Definition
    subject: UUID | None = None


def is_paper_code(text: str) -> bool:
    """Has the text the shape of a code on paper?"""
    return _CODE.fullmatch(_bare(text)) is not None


def form_of_paper(code: str) -> PaperForm:
    """What a printed code stands for. Refuses as `NotAPaperForm`; whether the subject may be seen is not asked here."""
    found = _CODE.fullmatch(_bare(code))
    for one in versions_of("form", found[1]) if found else ():
        if one.version == int(found[2]) and one.digest.startswith(found[3]):
            return PaperForm(one, _subject(found[4]) if found[4] else None)
    raise NotAPaperForm


def _bare(code: str) -> str:
    return re.sub(r"\s", "", narrow(code)).lower()


def _subject(typed: str) -> UUID:
    try:
        return UUID(bytes=base64.b32decode(f"{typed.upper()}======"))
    except (binascii.Error, ValueError) as error:
        raise NotAPaperForm from error


def _filled(row: AnswerSheet) -> FilledForm:
    definition = version(row.version_id)
    answers = row.answers
    lines = tuple(
        AnswerLine(
            key=question.key,
            label=question.label,
            section=question.section,
            value=answers[question.key],
            text=shown(question, answers[question.key]),
            source=row.sources.get(question.key, {}).get("source", ""),
            corrected=row.sources.get(question.key, {}).get("corrected", False),
            sensitive=question.is_sensitive,
        )
        for question in definition.body.questions
        if question.key in answers
    )
    return FilledForm(row.public_id, definition, row.subject, answers, lines, row.erased_at)
