"""Small pieces of a page (页面小件) that a long table shows a hundred times; the components of the same names draw by them.

A template takes ten times as long to write one. Words are escaped, and what comes as `SafeString` is taken as it is.
"""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

TONES = {
    "": "badge-neutral",
    "neutral": "badge-neutral",
    "info": "badge-info",
    "good": "badge-good",
    "warn": "badge-warn",
    "late": "badge-late",
}


def words(value: Any) -> str:
    """Words as they stand in a page: escaped, unless they are markup already."""
    return value if isinstance(value, SafeString) else escape(str(value))


def tone_class(tone: str) -> str:
    """The class of a tone: neutral, info, good, warn (needs a hand), late (harm or lateness)."""
    try:
        return TONES[tone or ""]
    except KeyError:
        raise template.TemplateSyntaxError(
            f"没有名为“{tone}”的色调，现有：{'、'.join(filter(None, TONES))}"
        ) from None


def badge(text: str, tone: str = "") -> SafeString:
    """A word in the colour of its tone (标签)."""
    return mark_safe(f'<span class="badge {tone_class(tone)}">{words(text)}</span>')  # nosec B308 B703


def meter(value: int, most: int, label: str = "", hint: str = "", tone: str = "") -> SafeString:
    """How far something has come (进度条), with a hint beside it: 3/12 unless something better is told."""
    toned = f" meter-{words(tone)}" if tone else ""
    done, whole, name = words(value), words(most), words(label)
    said = words(hint) or f"{done}/{whole}"
    shown = f'<span class="meter-label" aria-hidden="true">{name}</span>' if label else ""
    return mark_safe(  # nosec B308 B703 - every word of it was escaped
        f'<div class="meter{toned}">{shown}'
        f'<progress value="{done}" max="{whole}" aria-label="{name or "进度"}">{done}/{whole}</progress>'
        f'<span class="meter-hint">{said}</span></div>'
    )


def fold(label: str, inner: str, opened: object = "") -> SafeString:
    """What is shown when somebody asks for it (展开)."""
    return mark_safe(  # nosec B308 B703
        f'<details class="fold"{" open" if opened else ""}><summary>{words(label)}</summary>'
        f'<div class="fold-body">{words(inner)}</div></details>'
    )
