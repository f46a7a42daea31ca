"""Template tags and filters of the face: inline icons, Chinese dates, tones, form parts."""

import json
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BaseForm
from django.template.base import Node, Parser, TextNode, Token, Variable
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yimen.foundations.bus.api import today_acted
from yimen.foundations.ui.engine.pieces import fold, meter, tone_class
from yimen.kernel.clock import clock_of, day_of, full_day, spoken_day

register = template.Library()
register.filter(tone_class)
register.simple_tag(meter)
register.simple_tag(fold)

ICONS = Path(__file__).resolve().parent.parent / "icons"
ICON_NAME = re.compile(r"[a-z0-9-]+")


@cache
def _paths(name: str) -> str:
    """The drawing of an icon; an unknown name is a mistake of the template and says so."""
    file = ICONS / f"{name}.svg"
    if not ICON_NAME.fullmatch(name) or not file.exists():
        raise template.TemplateSyntaxError(f"没有名为“{name}”的图标，请放入 yimen/foundations/ui/icons/")
    return file.read_text(encoding="utf-8").split(">", 1)[1].rsplit("</svg>", 1)[0]


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An inline SVG icon (图标): decoration by default, an image with ``label`` when it stands alone."""
    return (
        _drawn(name, css) if not label else _svg(name, css, format_html('role="img" aria-label="{}"', label))
    )


_each_time = register.tags["icon"]


@register.tag("icon")
def _icon(parser: Parser, token: Token) -> Node:
    """``{% icon "bell" %}``: an icon of known words, as nearly all are, is drawn once, when its template is read."""
    node = _each_time(parser, token)
    told = [*node.args, *node.kwargs.values()]
    if node.target_var or any(one.filters or isinstance(one.var, Variable) for one in told):
        return node
    drawn = icon(*[one.var for one in node.args], **{name: one.var for name, one in node.kwargs.items()})
    return TextNode(drawn)


@cache
def _drawn(name: str, css: str) -> SafeString:
    # A page shows some forty of them, always the same few.
    return _svg(name, css, SafeString('aria-hidden="true"'))


def _svg(name: str, css: str, told: SafeString) -> SafeString:
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        css,
        told,
        SafeString(_paths(name)),  # nosec B308 B703 - our own icon files
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as 3月2日, with its year when that is not this year's, in the street's time; "" for none."""
    found = _day(value)
    return spoken_day(found, today=today_acted()) if found else ""


@register.filter
def day_words(value: date | datetime | None) -> str:
    """A date with its day of the week: 3月2日（周一）."""
    found = _day(value)
    return f"{day(found)}（周{'一二三四五六日'[found.weekday()]}）" if found else ""


@register.filter
def paper_day(value: date | datetime | None) -> str:
    """A date on paper, and of birth, with its year whatever the year is (成文日期): 2026年3月2日."""
    found = _day(value)
    return full_day(found) if found else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A point in time as 3月2日 09:05, in the street's time."""
    return f"{day(value)} {clock_of(value)}" if value else ""


def _day(value: date | datetime | str | None) -> date | None:
    return day_of(value) if isinstance(value, datetime) else value or None


@register.simple_tag
def field_parts(field, source: str = "", help_text: str = "", label: str = "") -> dict[str, Any]:
    """What ``<c-field>`` draws around a bound field.

    A field of a form may carry as attributes of its own ``source`` (来自居民档案 2026年3月2日), ``show_if``, and what the
    browser judges before it is sent: ``required_if`` with ``missing``, ``constraint`` with ``constraint_says``.
    """
    own = field.field
    source = source or getattr(own, "source", "")
    hint = help_text or field.help_text
    error = field.errors[0] if field.errors else ""
    judged = {
        name: getattr(own, name, "") for name in ("required_if", "missing", "constraint", "constraint_says")
    }
    speaks = any(judged.values())
    told = [
        name
        for name, there in (("error", error), ("said", speaks), ("help", hint), ("source", source))
        if there
    ]
    return {
        "kind": _kind(field),
        "label": label or field.label,
        "required": own.required,
        "hint": hint,
        "source": source,
        "error": error,
        "show_if": getattr(own, "show_if", ""),
        **judged,
        "speaks": speaks,
        "described_by": " ".join(f"{field.auto_id}-{name}" for name in told),
    }


def _kind(field) -> str:
    """How a bound field is drawn: check, group (radios, ticks), select, file, hidden or text."""
    if field.is_hidden:
        return "hidden"
    kind = getattr(field.field.widget, "input_type", "") or ""
    if kind == "checkbox" and not getattr(field.field.widget, "allow_multiple_selected", False):
        return "check"
    if kind in ("checkbox", "radio"):
        return "group"
    return kind if kind in ("select", "file") else "text"


@register.simple_tag
def widget(field, described_by: str = "", **attrs):
    """A bound field's input with Bootstrap classes, ``aria-invalid`` and ``aria-describedby``."""
    kind = _kind(field)
    css = {"select": "form-select", "check": "form-check-input", "group": "form-check-input"}.get(
        kind, "form-control"
    )
    own = field.field.widget.attrs.get("class", "")
    attrs = {key.replace("_", "-"): value for key, value in attrs.items() if value}
    attrs["class"] = " ".join(filter(None, (css, own, "is-invalid" if field.errors else "")))
    if described_by:
        attrs["aria-describedby"] = described_by
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def as_json(value) -> str:
    """A value for a ``data-`` attribute."""
    return json.dumps(value, ensure_ascii=False, default=str)


@register.simple_tag
def choice(option, field) -> SafeString:
    """One radio or tick of a group, without its label."""
    option.data["attrs"]["class"] = "form-check-input" + (" is-invalid" if field.errors else "")
    return option.tag()


@register.simple_tag
def error_lines(form, findings=()) -> list[dict[str, str]]:
    """The lines of the error summary: each with its text and the id it leads to.

    ``findings`` may also be forms beside the first one, whose mistakes are told in the same summary.
    """
    others = [one for one in findings or () if isinstance(one, BaseForm)]
    lines = []
    for each in [form, *others] if form else others:
        lines += [{"text": error, "target": ""} for error in each.non_field_errors()]
        for field in each:
            target = field.id_for_label or field.auto_id
            lines += [{"text": f"{field.label}：{error}", "target": target} for error in field.errors]
    for finding in (one for one in findings or () if not isinstance(one, BaseForm)):
        known = form and finding.field in form.fields
        lines.append({"text": finding.sentence, "target": form[finding.field].auto_id if known else ""})
    return lines


@register.simple_tag(takes_context=True)
def request_key(context) -> SafeString:
    """The hidden key that makes a double click one deed (重复提交保护); a form shown again keeps its key."""
    request = context.get("request")
    key = request.POST.get("request_key", "") if request is not None else ""
    return format_html('<input type="hidden" name="request_key" value="{}">', key or uuid4())


@register.simple_tag
def person_facts(person) -> list[str]:
    """The words that tell namesakes apart: sex and age, id tail, place, householder, phone tail; only what is there."""
    age = getattr(person, "age", None)
    words = [
        " ".join(
            filter(None, (str(getattr(person, "sex", "") or ""), f"{age}岁" if age is not None else ""))
        ),
        _worded("证件尾号", person, "id_tail"),
        str(getattr(person, "address", "") or getattr(person, "building", "") or ""),
        _worded("户主 ", person, "householder"),
        _worded("电话尾号", person, "phone_tail"),
    ]
    return [word for word in words if word]


def _worded(label: str, person, name: str) -> str:
    value = getattr(person, name, "")
    return f"{label}{value}" if value else ""


@register.filter
def slug(name: str) -> str:
    """A dotted name as an id of the page: desk.cases becomes desk-cases."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)
