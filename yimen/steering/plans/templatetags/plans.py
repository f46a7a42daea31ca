"""The rows of a plan's table, and the same for a telephone.

A page has some hundred cells, and a template takes ten times as long to write one. Rows and cards are those of the presenters.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.ui.api import badge, fold, meter
from yimen.steering.plans.queries import Cell

register = template.Library()


@register.simple_tag
def community_rows(rows: Sequence[Any], card: Any) -> SafeString:
    """The rows of the table (各社区): the year, what is due, what was done and the difference, then month by month."""
    return mark_safe("".join(_row(row, escape(row.name), escape(card.unit)) for row in rows))  # nosec B308 B703


@register.simple_tag
def community_lines(rows: Sequence[Any], card: Any) -> SafeString:
    """The same as a list for a telephone (各社区): the months of a row are folded."""
    return mark_safe("".join(_line(row, card) for row in rows))  # nosec B308 B703


def _row(row: Any, name: str, unit: str) -> str:
    done = _linked(row.done, row.url, f' aria-label="{name}已完成 {row.done} {unit}，看清单"')
    return (
        f'<tr><th scope="row">{name}</th><td class="num">{row.amount}</td><td class="num">{row.promised}</td>'
        f'<td class="num">{done}</td><td class="num">{_difference(row)}</td>'
        f"{''.join(_month(cell, name, unit) for cell in row.cells)}</tr>"
    )


def _month(cell: Cell, name: str, unit: str) -> str:
    """What was done, and small below it what was promised."""
    if not (cell.done or cell.promised):
        return _NONE
    label = f' aria-label="{name}{cell.month.number}月 {cell.done} {unit}，看清单"'
    promised = f'<small class="cell-hint">{cell.promised}</small>' if cell.promised else ""
    return f'<td class="num">{_linked(cell.done, cell.url, label)}{promised}</td>'


def _line(row: Any, card: Any) -> str:
    unit, due = escape(card.unit), "预计" if card.forecast else "应完成"
    months = "".join(
        f'<li class="d-flex justify-content-between py-1"><span>{cell.month.number}月</span>'
        f"<span>{_linked(cell.done, cell.url)}<small>（{card.expected} {cell.promised}）</small></span></li>"
        for cell in row.cells
        if cell.done or cell.promised
    )
    folded = mark_safe(f'<ul class="list-unstyled mb-0">{months}</ul>')  # nosec B308 B703
    return (
        '<li class="py-3 border-bottom">'
        f"{meter(row.done, row.amount or 1, row.name, f'{row.done}/{row.amount} {card.unit}', row.tone)}"
        f'<p class="mt-1 mb-1">{due} {row.promised}，已完成 {_linked(row.done, row.url)} {unit}　{_difference(row)}</p>'
        f"{fold(f'{row.name}各月', folded)}</li>"
    )


_NONE = '<td class="num"><span class="text-quiet">–</span></td>'


def _difference(row: Any) -> str:
    return badge(row.difference, row.tone) if row.tone else escape(row.difference)


def _linked(done: int | None, url: str, more: str = "") -> str:
    """What was done, with the list behind it; nothing for a month that has not begun."""
    if done is None:
        return ""
    return f'<a href="{escape(url)}"{more}>{done}</a>' if url else str(done)
