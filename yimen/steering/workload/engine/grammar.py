"""The lists against which demands are held (依法履责、协助、负面清单): one definition for each entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from yimen.foundations.definitions.api import Definition, Grammar, current_all, find_current
from yimen.steering.workload.rules import hours_of, what_stands_against


class ListBasis(Grammar):
    """Where an entry comes from (依据)."""

    labels = {"document": "文件", "article": "条款"}

    document: str = Field(min_length=2)
    article: str = ""


class WorkList(Grammar):
    """One entry of the lists (清单事项): own duty, assisting the government, or not to be borne by communities."""

    labels = {
        "title": "事项",
        "list": "属于哪张清单",
        "list.own": "依法履责",
        "list.assist": "协助政府",
        "list.negative": "负面清单，社区不应承担",
        "explanation": "说明",
        "basis": "依据",
    }

    title: str = Field(min_length=2, max_length=60)
    list: Literal["own", "assist", "negative"]
    explanation: str = Field(min_length=4, max_length=200)
    basis: tuple[ListBasis, ...] = Field(min_length=1)


LISTS = (("own", "依法履责"), ("assist", "协助政府"), ("negative", "负面清单"))


def entries(*, on: date) -> list[Definition]:
    """All entries in force, own duties first, then by title."""
    order = [key for key, _ in LISTS]
    return sorted(
        current_all("work_list", on=on), key=lambda one: (order.index(one.body.list), one.body.title)
    )


def find_entry(key: str, *, on: date) -> WorkList | None:
    """An entry of the lists, or None for what no list knows."""
    found = find_current("work_list", key, on=on) if key else None
    return found.body if found else None


def run_list_example(entry: WorkList, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """What a demand under this entry would meet: ``basis``, ``money_yuan``, ``hours``, ``times``, ``communities`` given."""
    findings = what_stands_against(
        listed=entry.list,
        list_title=entry.title,
        basis=given.get("basis", ""),
        money_fen=given.get("money_yuan", 0) * 100,
        assists=entry.list == "assist",
    )
    return {
        "in_the_way": [finding.sentence for finding in findings if finding.refuses],
        "to_mind": [finding.sentence for finding in findings if not finding.refuses],
        "hours": hours_of(
            hours=given.get("hours", 1), times=given.get("times", 1), communities=given.get("communities", 1)
        ),
    }
