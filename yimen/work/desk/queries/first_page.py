"""What the desk says on the first page (首页): its work lists in short, and what residents said."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.work.desk.models import Case
from yimen.work.desk.queries.matters import matter_titles
from yimen.work.desk.queries.ratings import rating_counts
from yimen.work.desk.queries.work_lists import first_cases, first_to_decide

SHOWN = 6
FEWEST_RATINGS = 3


def lists_card(titles: Mapping[str, str], *, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What stands first in some work lists (所列各单的前几件), a card each, all with one statement; None while all are empty."""
    today = day_of(at)
    found = first_cases(tuple(titles), by=by, today=today, most=SHOWN + 1)
    cards = [_card(kind, title, found[kind], today) for kind, title in titles.items() if kind in found]
    return {"cards": cards} if cards else None


def decide_card(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """What waits for this actor's decision (等我决定); None while nothing does."""
    today = day_of(at)
    cases = first_to_decide(by=by, today=today, most=SHOWN + 1)
    return {"cards": [_card("decide", "等我决定", cases, today)]} if cases else None


def _card(kind: str, title: str, cases: list[Case], today: date) -> dict[str, Any]:
    urged = f"{reverse('desk:cases')}?urged=1"
    return {
        "title": title,
        "kind": kind,
        "cases": cases[:SHOWN],
        "more": len(cases) > SHOWN,
        "url": urged if kind == "urged" else reverse("desk:list", args=[kind]),
        "today": today,
    }


def lists_words(content: dict[str, Any]) -> str:
    """The cards in the sentence under the greeting: 2 件已超期，3 件快到期."""
    return "，".join(
        f"{len(card['cases'])} 件{'以上' if card['more'] else ''}{card['title']}" for card in content["cards"]
    )


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
