"""The chips of topics (咨询话题), which stand in the head of nearly every page and are always the same few."""

from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def chips(place: str, topics: list[tuple[str, str]]) -> SafeString:
    """One button for each topic; ``place`` tells those of the head from those of the page."""
    return _drawn(place, tuple(topics))


@lru_cache(maxsize=64)
def _drawn(place: str, topics: tuple[tuple[str, str], ...]) -> SafeString:
    return format_html_join(
        "",
        '<button class="chip" id="inquiry-{}-{}" type="submit" name="topic" value="{}">{}</button>',
        ((place, key, key, title) for key, title in topics),
    )
