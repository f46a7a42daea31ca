"""What the replies of a round say together (统计): counts and shares, means, and words without numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from yimen.foundations.forms.api import FormGrammar, Question
from yimen.work.rounds.rules import share, without_numbers

YES_NO = ((True, "是"), (False, "否"))


def count(form: FormGrammar, replies: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How many replied, and question by question what they said; options by how often they were chosen (结果).

    Shares are of those who answered the question. Plain values only: it is kept as it is when the round ends. Words that
    somebody wrote are not among it.
    """
    told = list(replies)
    return {"replies": len(told), "questions": [_counted(one, told) for one in form.questions]}


def words_of(form: FormGrammar, replies: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What was written in free words, by question, sorted so that no order tells whose they are (其他意见)."""
    found: dict[str, list[str]] = {one.key: [] for one in form.questions if one.type in ("text", "longtext")}
    for reply in replies:
        for key, words in found.items():
            if reply.get(key):
                words.append(without_numbers(reply[key]))
    return {key: sorted(words) for key, words in found.items()}


def _counted(question: Question, replies: list[Mapping[str, Any]]) -> dict[str, Any]:
    given = [reply[question.key] for reply in replies if question.key in reply]
    made: dict[str, Any] = {
        "key": question.key,
        "label": question.label,
        "type": question.type,
        "answered": len(given),
        "options": [],
    }
    if question.options or question.type == "yesno":
        chosen = Counter(value for one in given for value in (one if isinstance(one, list) else [one]))
        offered = [(one.value, one.label) for one in question.options] or YES_NO
        lines = [
            {
                "value": str(value),
                "label": label,
                "count": chosen[value],
                "share": share(chosen[value], len(given)),
            }
            for value, label in offered
        ]
        # Needs are ranked; grades and periods keep the order in which they were offered.
        made["options"] = sorted(lines, key=lambda one: -one["count"]) if question.type == "multi" else lines
    if question.type == "number" and given:
        middle = sorted(given)[len(given) // 2]
        made["figures"] = {
            "mean": round(sum(given) / len(given), 1),
            "middle": middle,
            "least": min(given),
            "most": max(given),
            "unit": question.unit,
        }
    return made
