"""Answers that are worked out from others (算出来的题目): calculations and scores. frontend/questions.js does the same."""

import math
from collections.abc import Collection, Mapping
from typing import Any

from yimen.foundations.definitions.api import evaluate
from yimen.foundations.forms.engine.grammar import FormGrammar, Question

LARGEST = 10**12
LONGEST = 200


def work_out(
    question: Question,
    form: FormGrammar,
    known: Mapping[str, Any],
    *,
    hidden: Collection[str],
) -> Any:
    """The value (算出结果); None while something it needs is not answered, or when what comes out is of another kind."""
    if question.score:
        return _score(question, form, known, hidden)
    return _SHAPES[question.type](evaluate(question.calculate, known), question.decimals)


def _score(
    question: Question, form: FormGrammar, known: Mapping[str, Any], hidden: Collection[str]
) -> int | None:
    # A question that need not be answered counts for nothing; one that is still open leaves no score at all.
    counted = [form.question(key) for key in question.score if key not in hidden]
    if not counted or any(known.get(one.key) is None for one in counted):
        return None
    return sum(one.points_of(known[one.key]) for one in counted)


def _number(value: Any, decimals: int) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) >= LARGEST:
        return None
    # Halves go up, on both sides in the same three steps.
    rounded = math.floor(float(value) * 10**decimals + 0.5) / 10**decimals
    return int(rounded) if rounded.is_integer() else rounded


def _yesno(value: Any, decimals: int) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: Any, decimals: int) -> str | None:
    return value[:LONGEST] if isinstance(value, str) and value else None


_SHAPES = {"number": _number, "money": _number, "yesno": _yesno, "text": _text}
