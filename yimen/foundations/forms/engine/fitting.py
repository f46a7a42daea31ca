"""Whether the questions of a form fit together (表单自洽): their names, and expressions that look back only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from yimen.foundations.definitions.api import check_expression, names_in


def misfits(questions: Sequence[Any], facts: Iterable[str]) -> list[str]:
    """What does not fit, in Chinese sentences.

    An expression looks back only, at facts and at answers above, so that what was answered always decides what comes
    below, and nothing is worked out in a circle. A constraint looks at its own answer besides.
    """
    sources = {fact.split(".")[0] for fact in facts}
    by_key = {question.key: question for question in questions}
    order = [question.key for question in questions]
    said = []
    for place, question in enumerate(questions):
        above = set(order[:place])
        if question.key in above:
            said.append(f"题目「{question.key}」重复")
        if question.key in sources:
            said.append(f"题目「{question.key}」与事实来源同名，请改名")
        for line, written in question.expressions.items():
            known = sources | above | ({question.key} if line == "constraint" else set())
            faults = check_expression(written, known | set(order))
            asked = set() if faults else names_in(written) - known
            faults += _ahead(question.key, asked, by_key, works=line == "calculate")
            said += [f"题目「{question.key}」的 {line}：{fault}" for fault in faults]
        faults = [*_miscounted(question, by_key), *_ahead(question.key, set(question.score) - above, by_key)]
        said += [f"题目「{question.key}」的 score：{fault}" for fault in faults]
    return said


def _ahead(key: str, asked: Iterable[str], by_key: Mapping[str, Any], *, works: bool = True) -> Iterator[str]:
    """What is asked for before it is known."""
    for name in sorted(set(asked) & by_key.keys()):
        if works and name == key:
            yield "不能用它自己来算它自己"
        elif works and (circle := _way(name, key, by_key)):
            yield f"互相要对方的结果，成了循环：{' → '.join([key, *circle])}"
        else:
            yield f"「{name}」这时还没有问到，只能用前面的题目"


def _way(start: str, end: str, by_key: Mapping[str, Any]) -> list[str]:
    """Over which calculations one question asks for another; empty when it does not."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        for name in sorted(_needs(by_key[way[-1]]) & by_key.keys()):
            if name == end:
                return [*way, end]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _needs(question: Any) -> set[str]:
    if question.calculate and not check_expression(question.calculate):
        return set(names_in(question.calculate))
    return set(question.score)


def _miscounted(question: Any, by_key: Mapping[str, Any]) -> Iterator[str]:
    if len(set(question.score)) < len(question.score):
        yield "同一道题只能计一次分"
    for key in question.score:
        counted = by_key.get(key)
        if counted is None:
            yield f"没有题目「{key}」"
        elif counted.type != "choice" or any(option.points is None for option in counted.options):
            yield f"「{key}」要是单选题，并且每个选项都写明 points"
