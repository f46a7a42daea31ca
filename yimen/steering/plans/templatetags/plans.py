"""A plan's targets, the rows of its table, and the same for a telephone.

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

from yimen.foundations.ui.api import badge, fold, meter

KEPT = 500
register = template.Library()


@register.simple_tag
def target_card(card: Any) -> SafeString:
    """One target (目标): how far along, and from which sentence."""
    return _card(card)


@register.simple_tag
def community_rows(rows: Iterable[Any]) -> SafeString:
    """The rows of the table (各社区): the year, what is due, what was done and the difference, then month by month."""
    return mark_safe("".join(map(_row, rows)))  # nosec B308 B703


@register.simple_tag
def community_lines(rows: Iterable[Any]) -> SafeString:
    """The same as a list for a telephone (各社区): the months of a row are folded."""
    return mark_safe("".join(map(_line, rows)))  # nosec B308 B703


@lru_cache(maxsize=KEPT)
def _card(card: Any) -> SafeString:
    return render_to_string("plans/parts/target.html", {"card": card})


@lru_cache(maxsize=KEPT)
def _row(row: Any) -> str:
    name, pace = escape(row.name), row.pace
    return (
        f'<tr><th scope="row">{name}</th><td class="num">{pace.amount}</td><td class="num">{pace.promised}</td>'
        f'<td class="num">{_done(row, f"{name}已完成")}</td><td class="num">{_difference(row)}</td>'
        f"{''.join(_month(row, number, f'{name}{number}月') for number in _months(row))}</tr>"
    )


def _month(row: Any, number: int, label: str) -> str:
    """What was done, and small below it what was promised."""
    done, promised = row.done[number - 1], row.promised[number - 1]
    if not (done or promised):
        return _NONE
    hint = f'<small class="cell-hint">{promised}</small>' if promised else ""
    return f'<td class="num">{_done_in(row, number, label)}{hint}</td>'


@lru_cache(maxsize=KEPT)
def _line(row: Any) -> str:
    pace, unit, due, expected = row.pace, escape(row.unit), "应完成", "计划"
    if row.forecast:
        due = expected = "预计"
    months = "".join(
        f'<li class="d-flex justify-content-between py-1"><span>{number}月</span>'
        f"<span>{_done_in(row, number)}<small>（{expected} {row.promised[number - 1]}）</small></span></li>"
        for number in _months(row)
        if row.done[number - 1] or row.promised[number - 1]
    )
    folded = mark_safe(f'<ul class="list-unstyled mb-0">{months}</ul>')  # nosec B308 B703
    return (
        '<li class="py-3 border-bottom">'
        f"{meter(pace.done, pace.amount or 1, row.name, f'{pace.done}/{pace.amount} {row.unit}', row.tone)}"
        f'<p class="mt-1 mb-1">{due} {pace.promised}，已完成 {_done(row)} {unit}　{_difference(row)}</p>'
        f"{fold(f'{row.name}各月', folded)}</li>"
    )


_NONE = '<td class="num"><span class="text-quiet">–</span></td>'


def _months(row: Any) -> Iterable[int]:
    return range(1, len(row.done) + 1)


def _difference(row: Any) -> str:
    return badge(row.difference, row.tone) if row.tone else escape(row.difference)


def _done(row: Any, label: str = "") -> str:
    return _linked(row.pace.done, row.lists.opens() if row.lists else "", label, row.unit)


def _done_in(row: Any, number: int, label: str = "") -> str:
    """What was done in a month; nothing for one that has not begun."""
    done = row.done[number - 1]
    if done is None:
        return ""
    url = row.lists.opens(row.lists.first.plus(number - 1)) if row.lists else ""
    return _linked(done, url, label, row.unit)


def _linked(done: int, url: str, label: str, unit: str) -> str:
    """What was done, with the list behind it; ``label`` is escaped already."""
    named = f' aria-label="{label} {done} {escape(unit)}，看清单"' if label else ""
    return f'<a href="{escape(url)}"{named}>{done}</a>' if url else str(done)
