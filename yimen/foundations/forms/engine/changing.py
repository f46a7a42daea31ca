"""A form that got a new version while somebody was filling it in (填写期间表单更新): what changed, and what has no place now."""

from collections.abc import Callable
from typing import Any

from yimen.foundations.definitions.api import Definition, NoVersion, version
from yimen.foundations.forms.engine.grammar import FormGrammar, Question

MOST = 6


def begun_version(number: Any) -> Definition | None:
    """The version a page was drawn from, by the id it sent; none when it says nothing we know."""
    if not (isinstance(number, str) and number.isascii() and number.isdigit() and len(number) < 12):
        return None
    try:
        found = version(int(number))
    except NoVersion:
        return None
    return found if found.kind == "form" else None


def what_changed(old: Definition, new: Definition, typed: Callable[[str], list[str]]) -> str:
    """What whoever filled in the old version has to know of the new one, in one sentence; "" when nothing she sees changed.

    ``typed`` says what was answered to a question, so that nothing typed is lost that the new version has no place for.
    """
    if old.id == new.id:
        return ""
    before, now = old.body, new.body
    more = [one.label for one in now.questions if before.question(one.key) is None]
    less = [_lost(one, typed(one.key)) for one in before.questions if now.question(one.key) is None]
    other = [one.label for one in now.questions if before.question(one.key) not in (None, one)]
    told = [
        f"{words}{'、'.join(f'“{label}”' for label in labels[:MOST])}{f'等 {len(labels)} 题' if len(labels) > MOST else ''}"
        for words, labels in (("新增", more), ("有改动的是", other))
        if labels
    ]
    if less:
        # Each with what was answered, however many there are: it stands nowhere else any more.
        told.append("去掉了" + "、".join(less))
    if not told:
        return ""
    return f"{_opening(before, new)}：{'；'.join(told)}。其余填好的都还在，请核对以后再提交。"


def _opening(before: FormGrammar, new: Definition) -> str:
    if before.title != new.body.title:
        return f"填写期间《{before.title}》换成了《{new.body.title}》第 {new.version} 版"
    return f"填写期间这张表换成了第 {new.version} 版"


def _lost(question: Question, answered: list[str]) -> str:
    said = "、".join(question.label_of(one) for one in answered)
    return f"“{question.label}”（填的是：{said}）" if said else f"“{question.label}”"
