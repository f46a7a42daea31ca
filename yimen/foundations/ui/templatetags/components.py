"""Components written in Python (组件): those of which a page shows a dozen.

``<c-card title="…">`` and its like are read as every component is, but drawn by a function below, in a fifth of the time that
a template of their own takes. The other components stand in ``templates/cotton/``. What a function is told is escaped where
it is put into the page, once; what the page wrote between the tags comes drawn, as ``put.slot``.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from inspect import signature
from typing import Any, NamedTuple

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django_cotton.templatetags import Attrs, UnprocessableDynamicAttr
from django_cotton.templatetags._component import (
    AttrKind,
    CottonComponentNode,
    PreparedAttr,
    cotton_component,
)
from django_cotton.utils import get_cotton_data

from yimen.foundations.ui.engine.pieces import tone_class, words
from yimen.foundations.ui.templatetags.ui import day, icon, moment, request_key

register = template.Library()


class Put(NamedTuple):
    """Where a component is put: what stands between its tags, attributes of which it knows nothing, and the page."""

    slot: SafeString
    attrs: str
    page: Context


Draw = Callable[..., str]
DRAWN: dict[str, Draw] = {}


def component(draw: Draw) -> Draw:
    """Declare a component: its name is that of the function, its attributes and slots are the keyword arguments."""
    DRAWN[draw.__name__.replace("_", "-")] = draw
    return draw


@component
def action(
    put: Put,
    *,
    label="",
    url="",
    why_not="",
    icon="",
    tone="plain",
    method="get",
    confirm="",
    name="",
    value="",
) -> str:
    """A deed one step away: a link, a form of one button, or why it cannot be done now (操作)."""
    shown = _with_icon(icon, label)
    if why_not:
        return (
            '\n<span class="action-off"><button class="btn" type="button" aria-disabled="true" disabled>'
            f'{shown}</button><span class="why-not">{words(why_not)}</span></span>\n'
        )
    css = {"primary": "btn-primary", "harm": "btn-harm"}.get(tone, "")
    if method == "post":
        return (
            f'\n<form class="action-form" method="post" action="{words(url)}" data-once>{_keys(put.page)}'
            f'<button class="btn {css}" type="submit"{_pressed(name, value, confirm)} {put.attrs}>{shown}</button>'
            f"{put.slot}</form>\n"
        )
    return f'\n<a class="btn {css}" href="{words(url)}" {put.attrs}>{shown}</a>\n'


@component
def alert(put: Put, *, tone="info", title="") -> str:
    """Something to heed before going on (提示)."""
    role = ' role="alert"' if tone in ("late", "error") else ""
    sign = {"good": "circle-check", "info": "info-circle"}.get(tone, "alert-triangle")
    head = f"<strong>{words(title)}</strong> " if title else ""
    return f'\n<div class="notice notice-{words(tone)}"{role} {put.attrs}>{icon(sign)}<div>{head}{put.slot}</div></div>\n'


@component
def badge(put: Put, *, tone="", icon="") -> str:
    """A word in the colour of its tone (标签)."""
    return f'<span class="badge {tone_class(tone)}" {put.attrs}>{_with_icon(icon, put.slot)}</span>\n'


@component
def card(
    put: Put, *, title="", hint="", icon="", tone="", flush="", level="2", tools="", foot="", css=""
) -> str:
    """What belongs together, under a title (卡片)."""
    toned = f" card-tone-{words(tone)}" if tone else ""
    more = f" {words(css)}" if css else ""
    named = f' aria-label="{words(title)}"' if title else ""
    head = ""
    if title:
        head = (
            f'<div class="card-header"><h{words(level)} class="card-title">{_with_icon(icon, title)}</h{words(level)}>'
            + (f'<span class="card-hint">{words(hint)}</span>' if hint else "")
            + (f'<div class="card-tools d-print-none">{words(tools)}</div>' if tools else "")
            + "</div>"
        )
    body = put.slot if flush else f'<div class="card-body">{put.slot}</div>'
    end = f'<div class="card-footer">{words(foot)}</div>' if foot else ""
    return (
        f'\n<section class="card{toned}{more}"{named} {put.attrs}>\n  {head}\n  {body}\n  {end}\n</section>\n'
    )


@component
def columns(put: Put, *, css="") -> str:
    """Two cards side by side where there is room (两栏)."""
    return f'<div class="two{f" {words(css)}" if css else ""}" {put.attrs}>{put.slot}</div>\n'


@component
def empty(put: Put, *, title="还没有内容", hint="", icon="inbox") -> str:
    """Nothing is here yet, and what to do (空)."""
    more = f'<p class="empty-subtitle">{words(hint)}</p>' if hint else ""
    deeds = f'<div class="empty-action btn-row">{put.slot}</div>' if put.slot.strip() else ""
    return (
        f'\n<div class="empty"><div class="empty-icon">{_with_icon(icon)}</div><p class="empty-title">{words(title)}</p>'
        f"{more}{deeds}</div>\n"
    )


@component
def fact(put: Put, *, label="", source="", none="—") -> str:
    """One thing known, and from where (事实)."""
    told = put.slot if put.slot.strip() else f'<span class="text-quiet">{words(none)}</span>'
    origin = f'<span class="source-line">{words(source)}</span>' if source else ""
    return f'<div class="fact"><dt>{words(label)}</dt><dd>{told}{origin}</dd></div>\n'


@component
def facts(put: Put) -> str:
    """What is known (事实清单)."""
    return f'<dl class="facts" {put.attrs}>{put.slot}</dl>\n'


@component
def form(put: Put, *, form=None, action="", method="post", draft="", files="", plain="") -> str:
    """A form with its hidden keys (表单); one told as ``:form`` shows its mistakes and asks its questions first."""
    there = f' action="{words(action)}"' if action else ""
    kind = ' enctype="multipart/form-data"' if files else ""
    kept = f' data-draft="{words(draft)}"' if draft else ""
    keys = _keys(put.page) if method == "post" else ""
    return (
        f'\n<form class="form" method="{words(method)}"{there}{kind}{kept} data-once novalidate {put.attrs}>\n{keys}\n'
        f"{_questions(form, put.page) if form and not plain else ''}\n{put.slot}\n</form>\n"
    )


@component
def menu(put: Put, *, label="更多操作", icon="dots") -> str:
    """Deeds that are seldom done, behind one button (更多操作)."""
    return (
        f'<details class="menu d-print-none" data-menu><summary class="btn">{_with_icon(icon, label)}</summary>'
        f'<div class="menu-panel">{put.slot}</div></details>\n'
    )


@component
def menu_line(put: Put, *, label="", url="", icon="", post="", confirm="") -> str:
    """One deed of a menu (菜单项)."""
    shown = _with_icon(icon, label)
    if post:
        return (
            f'<form method="post" action="{words(url)}" data-once>{_keys(put.page)}'
            f'<button class="menu-line" type="submit"{_pressed(confirm=confirm)}>{shown}</button></form>\n'
        )
    return f'<a class="menu-line" href="{words(url)}">{shown}</a>\n'


@component
def page_head(put: Put, *, title="", subtitle="", back="", back_label="返回", badges="") -> str:
    """The title of a page, where one came from, and what can be done (页头)."""
    way = (
        f'<a class="page-back" href="{words(back)}">{icon("arrow-left")}{words(back_label)}</a>'
        if back
        else ""
    )
    marks = f' <span class="page-badges">{words(badges)}</span>' if badges else ""
    under = f"<p>{words(subtitle)}</p>" if subtitle else ""
    deeds = f'<div class="page-actions d-print-none">{put.slot}</div>' if put.slot.strip() else ""
    return (
        f'\n<header class="page-title-row">\n  <div class="page-title-text">\n    {way}\n'
        f"    <h1>{words(title)}{marks}</h1>\n    {under}\n  </div>\n  {deeds}\n</header>\n"
    )


@component
def submit(put: Put, *, label="提交", tone="primary", icon="", name="", value="", confirm="") -> str:
    """The button that sends a form (提交)."""
    css = {"plain": "", "harm": "btn-harm"}.get(tone, "btn-primary")
    return (
        f'<button class="btn {css}" type="submit"{_pressed(name, value, confirm)} {put.attrs}>'
        f"{_with_icon(icon, label)}</button>\n"
    )


@component
def timeline(put: Put, *, items="", empty="还没有记录") -> str:
    """What happened, one after the other (经历)."""
    if not items:
        return f'\n<p class="text-quiet">{words(empty)}</p>\n'
    return f'\n<ol class="story">{"".join(map(_happened, items))}</ol>\n'


def _happened(item: Any) -> str:
    told = item.get if isinstance(item, dict) else partial(getattr, item)
    tone, sign, url, text, by, at = (told(name, "") for name in ("tone", "icon", "url", "text", "by", "at"))
    toned = f" story-{words(tone)}" if tone else ""
    title = f'<a href="{words(url)}">{words(told("title"))}</a>' if url else words(told("title"))
    return (
        f'<li class="story-item{toned}"><span class="story-dot">{_with_icon(sign)}</span><div class="story-body">'
        f'<p class="story-title">{title}</p>'
        + (f'<p class="story-text">{linebreaksbr(text)}</p>' if text else "")
        + f'<p class="story-when"><time>{moment(at) if isinstance(at, datetime) else day(at)}</time>'
        + (f" · {words(by)}" if by else "")
        + "</p></div></li>"
    )


def _questions(form: BaseForm, page: Context) -> str:
    with page.push(form=form):
        return get_template("ui/parts/questions.html").template.render(page)


def _with_icon(name: str, label: Any = "") -> str:
    return f"{icon(name) if name else ''}{words(label)}"


def _pressed(name: str = "", value: str = "", confirm: str = "") -> str:
    """What a button sends when it is pressed, and what is asked before."""
    sent = f' name="{words(name)}" value="{words(value)}"' if name else ""
    return sent + (f' data-confirm="{words(confirm)}"' if confirm else "")


def _keys(page: Context) -> str:
    """Protection against forgery and double clicks: the hidden fields of every form that is posted."""
    return CsrfTokenNode().render(page) + request_key(page)


class DrawnNode(CottonComponentNode):
    """A component drawn by a function. A page is read once; what does not change from one drawing to the next is kept."""

    def __init__(self, read: CottonComponentNode):
        super().__init__(read.component_name, read.nodelist, read.attrs, read.only, read.active_library)
        self.draw = DRAWN[self.component_name]
        self.known = frozenset(signature(self.draw).parameters)
        self.fixed = {_name(one): one.value for one in self._prepared_attrs if one.compiled is None}
        self.asked = [(_name(one), one) for one in self._prepared_attrs if one.compiled is not None]

    def render(self, context: Context) -> SafeString:
        told = self.fixed.copy()
        for name, attr in self.asked:
            try:
                told[name] = _told(attr, context)
            except UnprocessableDynamicAttr:
                if attr.kind == AttrKind.UNQUOTED:
                    told[name] = attr.value
        # Slots in between find the component they belong to on this stack.
        stack = get_cotton_data(context)["stack"]
        stack.append({"key": self.component_name, "attrs": Attrs({}), "slots": {}})
        slot = self.nodelist.render(context)
        told |= stack.pop()["slots"]
        more = {name: told.pop(name) for name in tuple(told) if name not in self.known}
        put = Put(slot, str(Attrs(more)) if more else "", context)
        return mark_safe(self.draw(put, **told))  # nosec B308 B703 - every word was escaped by the function


def _name(attr: PreparedAttr) -> str:
    return "css" if attr.key == "class" else attr.key


def _told(attr: PreparedAttr, context: Context) -> Any:
    if attr.kind == AttrKind.ESCAPED:
        return attr.compiled.nodelist.render(context)
    return attr.compiled.resolve(context)


@register.tag("cotton")
def cotton(parser, token):
    """``<c-…>`` as Cotton reads it."""
    read = cotton_component(parser, token)
    return DrawnNode(read) if read.component_name in DRAWN else read
