"""What the file draws by a function: it is opened all day, and a template takes ten times as long to write it."""

from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.ui.api import address

register = template.Library()
_TOKEN = CsrfTokenNode()


@register.simple_tag(takes_context=True)
def ask_to_see(
    context: Context, buttons: SafeString, person: UUID, field: str, what: str, document: Any = None
) -> SafeString:
    """Ask for a masked fact (显示完整信息): why, and the answer stands on the next page only."""
    paper = f'<input type="hidden" name="document" value="{UUID(str(document))}">' if document else ""
    return mark_safe(  # nosec B308 B703 - words of ours, ids, and buttons that were escaped
        f'<details class="fold d-print-none"><summary>显示{what}</summary><div class="fold-body">'
        f'<form class="form" method="post" action="{address("people:show", person)}" data-once novalidate>'
        f'{_TOKEN.render(context)}<input type="hidden" name="field" value="{field}">{paper}'
        f'<p class="form-label mb-1">为什么要看{what}？</p><div class="d-grid gap-1">{buttons}</div>'
        '<input class="form-control form-control-sm mt-1" name="words" maxlength="100"'
        ' aria-label="补充说明（选“其他”时必填）" placeholder="补充说明"></form></div></details>'
    )
