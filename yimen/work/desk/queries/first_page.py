"""What the desk says on the first page (首页): its work lists in short, and what residents said."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.work.desk.queries.cases import first_cases
from yimen.work.desk.queries.matters import matter_titles
from yimen.work.desk.queries.ratings import rating_counts

SHOWN = 6
FEWEST_RATINGS = 3


def card_of(kind: str, title: str) -> Callable[..., dict[str, Any] | None]:
    """The card of one work list; None while the list is empty."""

    def query(*, by: Actor, at: datetime) -> dict[str, Any] | None:
        today = day_of(at)
        cases = first_cases(kind, by=by, today=today, most=SHOWN + 1)
        if not cases:
            return None
        address = reverse("desk:list", args=[kind])
        return {
            "title": title,
            "kind": kind,
            "cases": cases[:SHOWN],
            "more": len(cases) > SHOWN,
            "url": address,
            "today": today,
        }

    return query


def card_words(card: dict[str, Any]) -> str:
    """The card in the sentence under the greeting: 2 件已超期."""
    return f"{len(card['cases'])} 件{'以上' if card['more'] else ''}{card['title']}"


def ratings_card(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What residents said this month and the one before, by matter; a few ratings alone are not told."""
    this = Month.of(day_of(at))
    grades: dict[str, Counter[int]] = {}
    for one in rating_counts(first=this.previous(), last=this, by=by):
        grades.setdefault(one.matter, Counter()).update(one.grades)
    titles = matter_titles(by=by, on=day_of(at))
    lines = [
        {"title": titles.get(matter, matter), "total": found.total(), "bad": found[1] + found[2]}
        for matter, found in grades.items()
        if found.total() >= FEWEST_RATINGS
    ]
    return (
        {"lines": sorted(lines, key=lambda line: (-line["bad"], -line["total"]))[:SHOWN]} if lines else None
    )
