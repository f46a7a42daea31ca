"""From a form of ours to an XLSForm workbook (写出 XLSForm), which reads back to the same form."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from yimen.foundations.forms.engine.grammar import FormGrammar, Question
from yimen.foundations.forms.engine.xlsform.own import score_in_theirs
from yimen.foundations.forms.engine.xlsform.phrases import into_theirs

_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_STANDARD = {
    "text": "text", "longtext": "text", "person": "text", "address": "text", "phone": "text", "id_number": "text",
    "money": "decimal", "date": "date", "attachment": "file", "note": "note",
}  # fmt: skip
# Of these the standard type alone says which of ours it is.
_TOLD_ALREADY = frozenset({"date", "attachment", "note", "choice", "multi"})
_EXPRESSIONS = {
    "show_if": "relevant",
    "required_if": "required",
    "constraint": "constraint",
    "calculate": "calculation",
}
SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation", "appearance",
    "purpose", "yimen_type", "yimen_prefill", "yimen_min", "yimen_max", "yimen_max_length", "yimen_decimals", "yimen_unit",
    "yimen_pattern", "yimen_sensitive", "yimen_score", "yimen_bands", "yimen_relevant", "yimen_required", "yimen_constraint",
    "yimen_calculation",
)  # fmt: skip
CHOICES = ("list_name", "name", "label", "yimen_points")
SETTINGS = ("form_title", "form_id", "version", "yimen_intro", "yimen_notice", "yimen_facts")
YES_NO = "yes-no"  # no key of a question has a hyphen
_WIDTHS = {"label": 40, "hint": 40, "purpose": 24, "relevant": 30, "constraint": 30, "calculation": 30}


def write_xlsform(form: FormGrammar, *, key: str, version: int) -> bytes:
    """The workbook of a form: survey、choices、settings, and our own columns for what the standard has no place for."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, _SAFE)
    bold = book.add_format({"bold": True, "bg_color": "#E5F0F6", "bottom": 1})
    for name, columns, rows in (
        ("survey", SURVEY, list(_survey(form))),
        ("choices", CHOICES, list(_choices(form))),
        ("settings", SETTINGS, [_settings(form, key=key, version=version)]),
    ):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column, 16))
            sheet.write_string(0, place, column, bold)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if told := row.get(column):
                    sheet.write_string(number, place, str(told))
    book.close()
    return target.getvalue()


def _survey(form: FormGrammar) -> Iterator[dict[str, Any]]:
    types = {question.key: question.type for question in form.questions}
    data = [question.model_dump(mode="json") for question in form.questions]
    section, groups = "", 0
    for question in form.questions:
        if question.section != section:
            if section:
                yield {"type": "end group"}
            section = question.section
            if section:
                groups += 1
                yield {"type": "begin group", "name": f"section_{groups}", "label": section}
        yield _row(question, types, data)
    if section:
        yield {"type": "end group"}


def _row(question: Question, types: Mapping[str, str], data: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "type": _type(question),
        "name": question.key,
        "label": question.label,
        "hint": question.help,
        "required": "yes" if question.required else "",
        "constraint_message": question.constraint_says,
        "appearance": "multiline" if question.type == "longtext" else "",
        "purpose": question.purpose,
        "yimen_type": "" if question.type in _TOLD_ALREADY else question.type,
        "yimen_prefill": question.prefill,
        "yimen_min": _limit(question.min),
        "yimen_max": _limit(question.max),
        "yimen_max_length": question.max_length or "",
        "yimen_decimals": question.decimals if question.type == "number" else "",
        "yimen_unit": question.unit,
        "yimen_pattern": question.pattern,
        "yimen_sensitive": "yes" if question.sensitive else "",
        "yimen_score": " ".join(question.score),
        "yimen_bands": "\n".join(f"{band.at_least:f} {band.label}" for band in question.bands),
    }
    for line, column in _EXPRESSIONS.items():
        if written := getattr(question, line):
            row[column] = into_theirs(written, types, calculates=question.type if line == "calculate" else "")
            row[f"yimen_{column}"] = written
    if question.score:
        row["calculation"] = score_in_theirs(question.score, data)
    return row


def _type(question: Question) -> str:
    if question.is_worked_out:
        return "calculate"
    if question.type in ("choice", "multi"):
        return f"select_{'one' if question.type == 'choice' else 'multiple'} {question.key}"
    if question.type == "yesno":
        return f"select_one {YES_NO}"
    if question.type == "number":
        return "decimal" if question.decimals else "integer"
    return _STANDARD[question.type]


def _limit(limit: Any) -> str:
    return "" if limit is None else f"{limit}"


def _choices(form: FormGrammar) -> Iterator[dict[str, Any]]:
    if any(question.type == "yesno" for question in form.questions):
        yield {"list_name": YES_NO, "name": "yes", "label": "是"}
        yield {"list_name": YES_NO, "name": "no", "label": "否"}
    for question in form.questions:
        for option in question.options:
            yield {
                "list_name": question.key,
                "name": option.value,
                "label": option.label,
                "yimen_points": "" if option.points is None else str(option.points),
            }


def _settings(form: FormGrammar, *, key: str, version: int) -> dict[str, Any]:
    return {
        "form_title": form.title,
        "form_id": key,
        "version": str(version),
        "yimen_intro": form.intro,
        "yimen_notice": form.notice,
        "yimen_facts": " ".join(form.facts),
    }
