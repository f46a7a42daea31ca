"""The forms of the house for whoever makes them: in use, ended, and being made (表单制作)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.doors.office.queries.definitions import STREET_DIGITS
from yimen.foundations.definitions import api as definitions
from yimen.foundations.forms import api as forms
from yimen.kernel.actor import Actor


@dataclass(frozen=True)
class FormLine:
    """One form in use: its version, how many questions, and what refers to it."""

    key: str
    title: str
    version: int
    effective_on: date
    questions: int
    users: str
    why_not_retire: str


@dataclass(frozen=True)
class FormsPage:
    """All forms (表单制作)."""

    in_use: tuple[FormLine, ...]
    ended: tuple[definitions.Definition, ...]
    drafts: tuple[Any, ...]


def forms_page(*, by: Actor, on: date) -> FormsPage:
    """The forms in force on a day, those that ended, and the drafts within reach."""
    users: dict[str, list[str]] = {}
    for one in definitions.all_in_force(on=on):
        for kind, key in one.body.references:
            if kind == "form":
                users.setdefault(key, []).append(definitions.title_of(one))
    why_not = why_not_publish(by=by)
    return FormsPage(
        in_use=tuple(
            _line(one, users.get(one.key, []), why_not) for one in definitions.current_all("form", on=on)
        ),
        ended=definitions.retired_all("form", on=on),
        drafts=tuple(forms.drafts(by=by)),
    )


def why_not_publish(*, by: Actor) -> str:
    """Why this actor may not publish or end a form; "" when she may."""
    areas = [area for area in by.areas_for(definitions.PUBLISH) if len(area) <= STREET_DIGITS]
    return "" if areas else "由科长或系统管理员发布"


def _line(one: definitions.Definition, users: list[str], why_not: str) -> FormLine:
    more = f"等 {len(users)} 项" if len(users) > 2 else ""
    return FormLine(
        key=one.key,
        title=one.body.title,
        version=one.version,
        effective_on=one.effective_on,
        questions=sum(question.type != "note" for question in one.body.questions),
        users="、".join(users[:2]) + more,
        why_not_retire=why_not or ("有事项在用" if users else ""),
    )
