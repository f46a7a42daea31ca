"""A plan's targets and the rows of its table.

A page has some hundred cells, and a template takes ten times as long to write one. A card or row follows from its own words
and numbers alone (those of the presenters), which seldom change: so it is drawn once for them, whoever asks.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.ui.api import badge

KEPT = 500
register = template.Library()


@register.simple_tag
def target_card(card: Any) -> SafeString:
    """One target (目标): how far along, and from which sentence."""
    return _card(card)


@register.simple_tag
def community_rows(rows: Iterable[Any]) -> SafeString:
    """The rows of the table (各社区): the year, what is due, what was done and the difference, then month by month.

    A telephone shows each as a card, with a bar, and its months when they are asked for.
    """
    return mark_safe("".join(map(_row, rows)))  # nosec B308 B703


@lru_cache(maxsize=KEPT)
def _card(card: Any) -> SafeString:
    # Whoever changes the template starts the server anew to see it.
    return render_to_string("plans/parts/target.html", {"card": card})


@lru_cache(maxsize=KEPT)
def _row(row: Any) -> str:
    name, pace, due = escape(row.name), row.pace, "预计" if row.forecast else "应完成"
    bar = f'<progress value="{pace.done}" max="{pace.amount or 1}" aria-hidden="true"></progress>'
    late = ' class="months-late"' if row.tone else ""
    fold = f'<td class="months-fold" role="cell"><details><summary>{name}各月</summary></details></td>'
    months = "".join(_month(row, number, name) for number in range(1, len(row.done) + 1))
    return (
        f'<tr role="row"{late}><th scope="row" role="rowheader">{name}{bar}</th>'
        f"{_cell('全年', pace.amount)}{_cell(due, pace.promised)}"
        f"{_cell('已完成', _linked(row, pace.done, None, f'{name}已完成'))}"
        f"{_cell('超／差', badge(row.difference, row.tone) if row.tone else escape(row.difference))}{fold}{months}</tr>"
    )


def _cell(label: str, inner: object, more: str = "") -> str:
    return f'<td class="num{more}" role="cell" data-label="{label}">{inner}</td>'


def _month(row: Any, number: int, name: str) -> str:
    """What was done (nothing for a month that has not begun), and small below it what was promised."""
    done, promised = row.done[number - 1], row.promised[number - 1]
    told = '<span class="text-quiet">–</span>'
    if done or promised:
        told = "" if done is None else _linked(row, done, number, f"{name}{number}月")
        told += f'<small class="cell-hint">{promised}</small>' if promised else ""
    return _cell(f"{number}月", told, " month")


def _linked(row: Any, done: int, number: int | None, label: str) -> str:
    """What was done, with the list behind it; ``label`` is escaped already."""
    url = row.lists.opens(number and row.lists.first.plus(number - 1)) if row.lists else ""
    told = f"{label} {done} {escape(row.unit)}，看清单"
    return f'<a href="{escape(url)}" aria-label="{told}">{done}</a>' if url else str(done)
