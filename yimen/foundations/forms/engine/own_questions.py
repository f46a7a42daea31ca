"""Questions of one's own (自己出题): three to eight lines on a page, what they make as a form, and a form nobody published."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from yimen.foundations.definitions.api import Definition
from yimen.kernel.text import clean_line

LINES, FEWEST = 8, 3
CHOSEN = ("choice", "multi")
SAID = {"choice": "单选", "multi": "多选", "yesno": "是否", "number": "填一个数", "longtext": "写几句话"}
_SPLIT = re.compile(r"[\n、,，;；]")


def carried_form(title: str, data: Mapping[str, Any], *, key: str, on: date) -> Definition:
    """Questions as forms read them (随带的表单): no published definition, the record ``key`` names carries them."""
    return Definition(
        id=0,
        kind="form",
        key=key,
        version=1,
        effective_on=on,
        source=key,
        digest="",
        data={**data, "title": title},
    )


def composed_questions(lines: Iterable[Mapping[str, Any]], *, purpose: str) -> dict[str, Any]:
    """The data of a form from lines of a page: label, type, options in one text, whether it must be answered (出题)."""
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


class LineForm(forms.Form):
    """One question of one's own (自己出的一题)."""

    label = forms.CharField(label="题目", max_length=60, required=False)
    type = forms.ChoiceField(label="题型", choices=list(SAID.items()), required=False)
    options = forms.CharField(
        label="选项", max_length=600, required=False, help_text="单选、多选要写，用顿号或逗号隔开。"
    )
    required = forms.BooleanField(label="必填", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("label") and told.get("type") in CHOSEN and not told.get("options"):
            self.add_error("options", "写明有哪些选项。")
        if told.get("options") and not told.get("label"):
            self.add_error("label", "写明题目。")
        return told


class OwnQuestions:
    """The questions somebody writes on the page (自己出题), three to eight; lines left empty do not count."""

    def __init__(self, data: Any = None) -> None:
        self.forms = [
            LineForm(data, prefix=f"q{n}", initial={"type": "choice"}, auto_id=f"id_q{n}_%s")
            for n in range(1, LINES + 1)
        ]
        self.why_not = ""

    def is_valid(self) -> bool:
        good = not [one for one in self.forms if not one.is_valid()]
        if good and len(self.told) < FEWEST:
            self.why_not = f"至少出 {FEWEST} 道题，最多 {LINES} 道。"
        return good and not self.why_not

    @property
    def told(self) -> Sequence[Mapping[str, Any]]:
        return [one.cleaned_data for one in self.forms if one.cleaned_data.get("label")]
