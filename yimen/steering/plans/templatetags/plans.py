"""The months of a plan's table. A page has some hundred of these cells, and a template takes ten times as long to write one."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from yimen.steering.plans.queries import Cell

register = template.Library()


@register.simple_tag
def month_cells(cells: Sequence[Cell], name: str, unit: str) -> SafeString:
    """One cell of the table for each month of a row (各月): what was done, and small below it what was promised."""
    whose, of_what = escape(name), escape(unit)
    told = []
    for cell in cells:
        label = f"{whose}{cell.month.number}月 {cell.done} {of_what}，看清单"
        promised = f'<small class="cell-hint">{cell.promised}</small>' if cell.promised else ""
        shown = _done(cell, f' aria-label="{label}"') + promised if cell.done or cell.promised else _NONE
        told.append(f'<td class="num">{shown}</td>')
    return mark_safe("".join(told))  # nosec B308 B703 - numbers, and words that were escaped


@register.simple_tag
def month_lines(cells: Sequence[Cell], expected: str) -> SafeString:
    """The months of a row as lines for a telephone (各月), without those in which nothing was done or promised."""
    told = [
        f'<li class="d-flex justify-content-between py-1"><span>{cell.month.number}月</span>'
        f"<span>{_done(cell)}<small>（{escape(expected)} {cell.promised}）</small></span></li>"
        for cell in cells
        if cell.done or cell.promised
    ]
    return mark_safe("".join(told))  # nosec B308 B703 - numbers, and words that were escaped


_NONE = '<span class="text-quiet">–</span>'


def _done(cell: Cell, more: str = "") -> str:
    """What was done, with the list behind it; nothing for a month that has not begun."""
    if cell.done is None:
        return ""
    return f'<a href="{escape(cell.url)}"{more}>{cell.done}</a>' if cell.url else str(cell.done)
