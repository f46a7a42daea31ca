"""What was said in another form is not asked again (承前填报)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.foundations.forms.engine.grammar import FormGrammar, Question
from yimen.foundations.forms.engine.reading import read_answer
from yimen.foundations.forms.ports import Fact
from yimen.kernel.faults import Fault

# No source of facts has such a name: those are written source.item.
_BEFORE = "before:"


def known_fact(question: Question, facts: Mapping[str, Fact]) -> Fact | None:
    """What is known of this question (已知内容): what was said before for this very affair, else what its source says."""
    return facts.get(_BEFORE + question.key) or facts.get(question.prefill)


def said_before(
    form: FormGrammar, other: FormGrammar, answers: Mapping[str, Any], *, source: str, on: date
) -> dict[str, Fact]:
    """Of the answers to ``other`` those that ``form`` asks again, as facts that say where they come from.

    A question is the same when key and type are, and the answer can be given here. What was sensitive there is carried only
    into a question that is so here.
    """
    found: dict[str, Fact] = {}
    for question in form.questions:
        asked = other.question(question.key)
        value = answers.get(question.key)
        if asked is None or value is None or not _the_same(asked, question):
            continue
        if isinstance(read_answer(question, value, on=on), Fault) or _named(asked, value) != _named(
            question, value
        ):
            continue
        found[_BEFORE + question.key] = Fact(value, f"{source}“{asked.label}”")
    return found


def _the_same(asked: Question, question: Question) -> bool:
    if question.type != asked.type or question.type in ("attachment", "note") or question.is_worked_out:
        return False
    return question.is_sensitive or not asked.is_sensitive


def _named(question: Question, value: Any) -> list[str]:
    """What the chosen options are called: the same value may be called otherwise elsewhere."""
    chosen = value if isinstance(value, list) else [value]
    return [question.label_of(one) for one in chosen] if question.options else []
