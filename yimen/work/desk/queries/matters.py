"""The catalogue of matters as a window uses it: found by what people say."""

from dataclasses import dataclass, replace
from datetime import date

from yimen.foundations.definitions.api import Definition, current, current_all, pinned, working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.pinyin import query_key
from yimen.kernel.text import narrow
from yimen.kernel.working_days import describe
from yimen.standards.certificates import SOURCE, find_certificates, refusal_sentence
from yimen.work.desk.engine.asking import law_of
from yimen.work.desk.engine.delegating import why_not_any
from yimen.work.desk.engine.explanations import Explanation
from yimen.work.desk.engine.grammar import Matter


@dataclass(frozen=True)
class MatterChoice:
    """One line of the catalogue: key, title, summary and the promise in a few words."""

    key: str
    title: str
    summary: str
    promise: str
    field: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class Explained:
    """What cannot be asked of us (不在这里办): why, on which ground, and the matters that took its place."""

    title: str
    text: str
    basis: str
    matters: tuple[MatterChoice, ...] = ()


def find_matters(text: str, *, by: Actor | None, on: date, area: str = "") -> list[MatterChoice]:
    """Matters whose title, summary or sayings hold the typed words or are held by them, or whose title has these pinyin
    letters. Given the ``area`` of a window, each says why this window cannot take it in, and those it can come first."""
    wanted = narrow(text).strip().lower()
    typed = query_key(wanted)
    found = [
        definition
        for definition in current_all("matter", on=on)
        if not wanted or _speaks_of(definition.body, wanted, typed)
    ]
    matters = {definition.key: definition.body for definition in found}
    reasons = why_not_any(matters, area=area, on=on) if area else {}
    choices = [
        replace(_choice(definition), why_not=reasons[definition.key].sentence)
        if definition.key in reasons
        else _choice(definition)
        for definition in found
    ]
    return sorted(choices, key=lambda choice: (bool(choice.why_not), choice.title))


def find_explanations(text: str, *, by: Actor | None, on: date) -> list[Explained]:
    """What the typed words ask for in vain: something abolished, or one of the twenty certificates a community never issues."""
    wanted = narrow(text).strip().lower()
    if not wanted:
        return []
    offered = {definition.key: definition for definition in current_all("matter", on=on)}
    found = []
    for definition in current_all("explanation", on=on):
        told: Explanation = definition.body
        if any(narrow(word).lower() in wanted for word in told.words):
            matters = tuple(_choice(offered[key]) for key in told.instead if key in offered)
            found.append(Explained(told.title, told.text, law_of(told), matters))
    return found + [
        Explained(f"社区不开这个证明：{each.label}", refusal_sentence(each), SOURCE)
        for each in find_certificates(text)
    ]


def matters_asking(form: str, *, on: date) -> list[MatterChoice]:
    """The matters in force that are asked with this form (哪些事项用这张表)."""
    asked = [one for one in current_all("matter", on=on) if one.body.form == form]
    return sorted(map(_choice, asked), key=lambda choice: choice.title)


def get_matter(key: str, *, by: Actor | None, on: date) -> Definition:
    """The matter in force on a day."""
    return current("matter", key, on=on)


def form_of(matter: Definition) -> Definition:
    """The form that this version of the matter was published with (申请表)."""
    return pinned(matter, "form", matter.body.form)


def matter_titles(*, by: Actor, on: date) -> dict[str, str]:
    """Titles of all matters in force, by key."""
    return {definition.key: definition.body.title for definition in current_all("matter", on=on)}


def promise_in_words(matter: Matter, *, on: date) -> str:
    """The due date before accepting, in words: '5 个工作日，10月14日前，含调休'."""
    calendar = working_calendar(on=on)
    return describe(calendar.add_working_days(on, matter.days.promised), today=on)


def _speaks_of(matter: Matter, wanted: str, typed: str) -> bool:
    if any(wanted in text for text in matter.told):
        return True
    # People say more than the saying: 家里着火了, for 着火了.
    if any(saying in wanted for saying in matter.called):
        return True
    return typed.isascii() and any(key.startswith(typed) for key in matter.letters_typed)


def _choice(definition: Definition) -> MatterChoice:
    matter: Matter = definition.body
    return MatterChoice(definition.key, matter.title, matter.summary, _promise(matter), matter.field)


def _promise(matter: Matter) -> str:
    if matter.same_day():
        return f"当日{matter.done}"
    return (
        f"{matter.days.promised} 个工作日转出"
        if matter.passed_on
        else f"承诺 {matter.days.promised} 个工作日"
    )
