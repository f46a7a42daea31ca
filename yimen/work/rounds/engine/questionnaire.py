"""The questionnaire of a round (问卷) as a form, and what it may not ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from yimen.foundations.definitions.api import Definition, why_not_asked
from yimen.foundations.forms.api import FormGrammar, carried_form
from yimen.kernel.findings import Finding

# What a round may ask: no person, telephone, number, address or file.
ASKED = ("choice", "multi", "yesno", "number", "text", "longtext")


def form_of(title: str, data: Mapping[str, Any], *, on: date) -> Definition:
    """The questionnaire as forms read it (问卷); it is no published definition, its round carries it."""
    return carried_form(title, data, key="round", on=on)


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
