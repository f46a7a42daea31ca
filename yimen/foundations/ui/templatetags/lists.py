"""The rows of a list. A page has some hundred cells, and a template takes ten times as long to write one as these lines do."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.ui.engine.listing.columns import Cell
from yimen.foundations.ui.engine.listing.screen import Line, ListPage
from yimen.foundations.ui.engine.pieces import badge
from yimen.foundations.ui.templatetags.ui import slug

register = template.Library()


@register.simple_tag
def list_rows(page: ListPage) -> SafeString:
    """The rows of a list (清单各行), each with a box to tick where something can be done with several."""
    form = f"bulk-{slug(page.name)}" if page.bulk else ""
    told = "".join(
        f'<tr role="row">{_pick(row, form) if form else ""}{"".join(map(_cell, row.cells))}</tr>'
        for row in page.rows
    )
    return mark_safe(told)  # nosec B308 B703 - every word of it was escaped


def _pick(row: Line, form: str) -> str:
    return (
        '<td role="cell" class="pick"><input class="form-check-input" type="checkbox" name="row"'
        f' value="{escape(row.key)}" form="{form}" aria-label="选中 {escape(row.cells[0].text)}"></td>'
    )


def _cell(cell: Cell) -> str:
    css = f' class="{cell.css}"' if cell.css else ""
    return f'<td role="cell" data-label="{escape(cell.label)}"{css}>{_words(cell)}</td>'


def _words(cell: Cell) -> str:
    if not cell.text:
        return ""
    text = escape(cell.text)
    if cell.tone:
        text = badge(cell.text, cell.tone)
    elif cell.url:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    mark = f" {badge(cell.mark, cell.mark_tone)}" if cell.mark else ""
    hint = f'<small class="cell-hint">{escape(cell.hint)}</small>' if cell.hint else ""
    return f"<span>{text}{mark}{hint}</span>"
