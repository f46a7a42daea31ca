"""The questionnaire of a round (问卷): from a form that is ready or from lines on a page, and back as a form."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from yimen.foundations.definitions.api import Definition, why_not_asked
from yimen.foundations.forms.api import FormGrammar
from yimen.kernel.findings import Finding
from yimen.kernel.text import clean_line

CHOSEN = ("choice", "multi")
# What a round may ask: no person, telephone, number, address or file.
ASKED = ("choice", "multi", "yesno", "number", "text", "longtext")
SAID = {"choice": "单选", "multi": "多选", "yesno": "是否", "number": "填一个数", "longtext": "写几句话"}
_SPLIT = re.compile(r"[\n、,，;；]")


def form_of(title: str, data: Mapping[str, Any], *, on: date) -> Definition:
    """The questionnaire as forms read it; it is no published definition, its round carries it."""
    return Definition(
        id=0,
        kind="form",
        key="round",
        version=1,
        effective_on=on,
        source="round",
        digest="",
        data={**data, "title": title},
    )


def composed(lines: Iterable[Mapping[str, Any]], *, purpose: str) -> dict[str, Any]:
    """A questionnaire from lines of a page: label, type, options in one text, whether it must be answered (出题)."""
    questions = []
    for number, line in enumerate(lines, start=1):
        question = {
            "key": f"q{number}",
            "label": clean_line(line["label"]),
            "type": line["type"],
            "purpose": purpose,
            "required": bool(line.get("required")),
        }
        if line["type"] in CHOSEN:
            words = [clean_line(one) for one in _SPLIT.split(line.get("options", ""))]
            question["options"] = [
                {"value": str(n), "label": word} for n, word in enumerate(filter(None, words), start=1)
            ]
        if line["type"] == "longtext":
            question |= {"max_length": 300, "help": "不要写姓名、电话、证件号码"}
        questions.append(question)
    return {"questions": questions}


def why_not_ask(title: str, data: Mapping[str, Any], *, on: date) -> list[Finding]:
    """Reasons against a questionnaire (题目不合适): it does not hold together, asks who one is, or what nobody may collect."""
    try:
        form = FormGrammar.model_validate({**data, "title": title})
    except ValidationError as error:
        told = [one["msg"].removeprefix("Value error, ") for one in error.errors()]
        return [Finding("rounds.questions", f"题目还不能用：{'；'.join(told)}", "questions")]
    if naming := [one.label for one in form.questions if one.is_sensitive or one.type not in ASKED]:
        sentence = f"征询不问身份、电话、住址，也不收附件，请去掉：{'、'.join(naming)}"
        return [Finding("rounds.naming", sentence, "questions")]
    if form.facts or any(one.prefill for one in form.questions):
        return [Finding("rounds.prefill", "征询的题目不带出档案里的内容，请换一张问卷。", "questions")]
    words = [word for one in form.questions for word in (one.label, *(each.label for each in one.options))]
    return [Finding("rounds.not_asked", sentence, "questions") for sentence in why_not_asked(words, on=on)]
