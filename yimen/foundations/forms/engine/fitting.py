"""Whether the questions of a form fit together (表单自洽): their names, and expressions that look back only."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from yimen.foundations.definitions.api import check_expression, names_in


def misfits(questions: Sequence[Any], facts: Iterable[str]) -> list[str]:
    """What does not fit, in Chinese sentences.

    An expression looks back only, at facts and at answers above, so that what was answered always decides what comes
    below. A constraint looks at its own answer besides.
    """
    sources = {fact.split(".")[0] for fact in facts}
    order = [question.key for question in questions]
    said = []
    for place, question in enumerate(questions):
        above = set(order[:place])
        if question.key in above:
            said.append(f"题目「{question.key}」重复")
        if question.key in sources:
            said.append(f"题目「{question.key}」与事实来源同名，请改名")
        for line, written in question.expressions.items():
            own = {question.key} if line == "constraint" else set()
            faults = _faults(written, known=sources | above | own, below=set(order[place:]) - above - own)
            said += [f"题目「{question.key}」的 {line}：{fault}" for fault in faults]
    return said


def _faults(written: str, *, known: set[str], below: set[str]) -> Iterator[str]:
    faults = check_expression(written, known | below)
    yield from faults
    if not faults:
        for name in sorted(names_in(written) & below):
            yield f"「{name}」这时还没有问到，只能用前面的题目"
