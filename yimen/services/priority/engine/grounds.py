"""Why somebody may be served first (优先事由), and how priority is practised (优先服务规矩), as definitions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current, current_all
from yimen.services.priority.rules import term_of

GROUND, PRACTICE, STANDARD = "priority_ground", "priority_practice", "standard"


class Ground(Grammar):
    """One reason to be served first (优先事由): by which sources it may be noted, which papers show it, for how long."""

    labels = {
        "title": "名称",
        "sources": "可以依据",
        "sources.application": "本人申请",
        "sources.certificate": "本人出示的证件",
        "sources.consent": "询问后本人同意",
        "papers": "看哪些证件",
        "months": "最长多少个月",
        "basis": "法律依据",
        "order": "排列",
    }

    title: str = Field(min_length=2, max_length=20)
    sources: tuple[Literal["application", "certificate", "consent"], ...] = Field(min_length=1)
    papers: tuple[str, ...] = ()
    months: int = Field(ge=1, le=60)
    basis: str = Field(min_length=4, max_length=200)
    order: int = 50

    @model_validator(mode="after")
    def _papers_where_a_paper_counts(self) -> "Ground":
        if bool(self.papers) != ("certificate" in self.sources):
            raise ValueError("可以依据证件的，写明看哪些证件（papers）；不依据证件的，不写")
        return self


class Guarded(Grammar):
    """A ledger item that only some posts may read by name (要权限的台账项目)."""

    labels = {"item": "台账项目", "permission": "要有的权限"}

    item: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    permission: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")


class PriorityPractice(Grammar):
    """What the list of a service week tells (优先服务规矩).

    ``counted`` are items that a resident's file does not show as an entry, yet count as something she got. ``guarded`` are items
    whose name is told to holders of a permission only; others read ``guarded_words``.
    """

    labels = {
        "counted": "另算得到服务的台账项目",
        "guarded": "要权限才显示名称的台账项目",
        "guarded_words": "没有权限时显示",
        "source": "依据",
    }

    counted: tuple[str, ...] = ()
    guarded: tuple[Guarded, ...] = ()
    guarded_words: str = Field(min_length=2, max_length=20)
    source: str = Field(min_length=4)

    @property
    def also(self) -> tuple[str, ...]:
        """Items that count although a file does not show them."""
        return (*self.counted, *(one.item for one in self.guarded))


def grounds_on(on: date) -> list[Definition]:
    """The grounds in force, in order."""
    return sorted(current_all(GROUND, on=on), key=lambda one: (one.body.order, one.key))


def practice(*, on: date) -> PriorityPractice:
    """The practice in force on a day."""
    return current(PRACTICE, STANDARD, on=on).body


def run_ground_example(ground: Ground, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """Until when a mark holds, or why there is none: ``source``, ``since``, ``paper_until`` and ``last_on`` given."""

    def day(name: str) -> date | None:
        value = given.get(name)
        return date.fromisoformat(value) if isinstance(value, str) and value else value or None

    term = term_of(
        sources=ground.sources,
        months=ground.months,
        source=given["source"],
        since=day("since") or on or date.max,
        paper_until=day("paper_until"),
        last_on=day("last_on"),
    )
    return {
        "last_on": term.last_on.isoformat() if term.last_on else "",
        "codes": [finding.code for finding in term.findings],
    }
