"""Rendering: one URL for page and part, and one object, ``page``, as the context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers

from yimen.foundations.ui.engine.answers import wants_part


def part(request: HttpRequest) -> str:
    """The name of the part an htmx request wants: the id of its target, or "" for the whole page."""
    return request.headers.get("HX-Target", "") if wants_part(request) else ""


def render(request: HttpRequest, template: str, page: Any = None, *, status: int = 200) -> HttpResponse:
    """Answer a page, or the named partial of its template when htmx asked for that part.

    A part is ``{% partialdef work-list inline %}<div id="work-list">…</div>{% endpartialdef %}``; the same view answers
    it when an element with ``hx-target="#work-list"`` asks. A form with mistakes is rendered with ``status=422``.
    """
    found = None
    if name := part(request):
        try:
            found = get_template(f"{template}#{name}")
        except TemplateDoesNotExist:
            found = None
    found = found or get_template(template)
    response = HttpResponse(found.render({"page": page}, request), status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def public_address(request: HttpRequest, path: str) -> str:
    """The whole address of a page for a code or a link that leaves the house (对外网址): under the one configured name, so that
    it opens on any phone whatever name this request came by; without one, under that name.
    """
    return settings.YIMEN_PUBLIC_URL + path if settings.YIMEN_PUBLIC_URL else request.build_absolute_uri(path)


def client_address(request: HttpRequest) -> str:
    """Where the request came from (来源地址); behind our own proxy, the hop that the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if hops[-1].strip():
            return hops[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
