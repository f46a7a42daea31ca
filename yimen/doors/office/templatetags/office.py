"""Words of the office's pages."""

from datetime import date
from typing import Any

from django import template

from yimen.foundations.definitions.api import ExampleResult, words_of

register = template.Library()
BEGINNING = date(2000, 1, 1)


@register.filter
def in_force_since(day: date) -> str:
    """From when a version holds: 自 2026-11-20 起; 一直施行 for what was never otherwise."""
    return "一直施行" if day <= BEGINNING else f"自 {day.isoformat()} 起"


@register.filter
def given_words(result: ExampleResult) -> list[tuple[str, str]]:
    """What a worked example is given and expects, as label and text."""
    example = result.example
    given = [(f"已知 {name}", _said(value)) for name, value in example.given.items()]
    on = [("日期", example.on.isoformat())] if example.on else []
    return [*on, *given, *((f"应得 {name}", _said(value)) for name, value in example.expect.items())]


@register.filter
def add_words(words: str, more: Any) -> str:
    return f"{words}{more}"


def _said(value: Any) -> str:
    return words_of(value)
