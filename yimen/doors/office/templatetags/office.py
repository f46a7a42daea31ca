"""Words of the office's pages."""

from datetime import date
from typing import Any

from django import template

register = template.Library()
BEGINNING = date(2000, 1, 1)


@register.filter
def in_force_since(day: date) -> str:
    """From when a version holds: 自 2026-11-20 起; 一直施行 for what was never otherwise."""
    return "一直施行" if day <= BEGINNING else f"自 {day.isoformat()} 起"


@register.filter
def add_words(words: str, more: Any) -> str:
    return f"{words}{more}"
