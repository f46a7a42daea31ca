"""Judging a filled form (审读): which questions show, what the answers are, what is wrong. The server decides here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yimen.foundations.definitions.api import evaluate, holds
from yimen.foundations.forms.engine.before import known_fact
from yimen.foundations.forms.engine.grammar import FormGrammar, Question
from yimen.foundations.forms.engine.reading import read_answer
from yimen.foundations.forms.engine.working_out import work_out
from yimen.foundations.forms.ports import Fact
from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding


@dataclass(frozen=True)
class Judged:
    """What became of what was typed (审读结果). ``worked_out`` is shown also where it goes against its constraint."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    worked_out: dict[str, Any] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        return [
            Finding(f"forms.{fault.code}", fault.sentence, field=key) for key, fault in self.faults.items()
        ]


def judge(
    form: FormGrammar, typed: Mapping[str, Any], *, facts: Mapping[str, Fact] | None = None, on: date
) -> Judged:
    """Read or work out all answers in order.

    A question whose condition does not hold is dropped with whatever was typed into it.
    """
    facts = facts or {}
    known = given_facts(form, facts)
    answers: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    hidden = set()
    sources = {}
    worked_out = {}
    for question in form.questions:
        if question.show_if and not holds(question.show_if, {**known, **answers}):
            hidden.add(question.key)
            continue
        if question.is_worked_out:
            # Whatever was sent for it: it is worked out here.
            value = work_out(question, form, {**known, **answers}, hidden=hidden)
            worked_out[question.key] = value
        else:
            value = read_answer(question, typed.get(question.key), on=on)
        if isinstance(value, Fault):
            faults[question.key] = value
            continue
        if value is None:
            if question.required or (
                question.required_if and holds(question.required_if, {**known, **answers})
            ):
                faults[question.key] = Fault("required", must_say(question))
            continue
        if _breaks(question, {**known, **answers, question.key: value}):
            faults[question.key] = Fault("constraint", question.constraint_says)
            continue
        answers[question.key] = value
        fact = known_fact(question, facts)
        if fact is not None and fact.value is not None:
            corrected = read_answer(question, fact.value, on=on) != value
            sources[question.key] = {"source": fact.source, "corrected": corrected}
    return Judged(answers, faults, frozenset(hidden), sources, worked_out)


def given_facts(form: FormGrammar, facts: Mapping[str, Fact]) -> dict[str, dict[str, Any]]:
    """The facts that conditions may use, as ``{"person": {"age": 70}}``: only those the form declares."""
    nested: dict[str, dict[str, Any]] = {}
    for name in form.facts:
        source, item = name.split(".")
        nested.setdefault(source, {})
        fact = facts.get(name)
        nested[source][item] = fact.value if fact else None
    return nested


def must_say(question: Question) -> str:
    """What is said where the answer to a required question is missing."""
    return f"请{_VERBS.get(question.type, '填写')}“{question.label}”"


def _breaks(question: Question, known: Mapping[str, Any]) -> bool:
    """Does the answer go against its constraint? What cannot be told, because something is not answered, does not."""
    return bool(question.constraint) and evaluate(question.constraint, known) is False


_VERBS = {"choice": "选择", "multi": "选择", "yesno": "选择", "attachment": "上传"}
