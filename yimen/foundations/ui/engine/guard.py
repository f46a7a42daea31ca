"""Who may open a page: every view is marked either ``guarded`` or ``public``, and a test walks all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache

from yimen.foundations.ui.engine.answers import wants_json, wants_part
from yimen.kernel.refusals import NotAllowed, Refused

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class PageAccess:
    """How a view was marked: ``public`` for everyone, else signed in and holding ``permission`` somewhere."""

    public: bool
    permission: str | None = None


class SignInNeeded(Refused):
    """Nobody is signed in (未登录)."""

    status = 401
    code = "ui.sign_in_needed"
    sentence = "请先登录，再继续办理。"
    title = "请先登录"


def guarded(permission: str | None) -> Callable[[View], View]:
    """Mark a view as needing sign-in and, unless None, a ``permission`` held somewhere (登录后可用).

    It only opens the door of the page: the deed itself asks again with its area. Who is not signed in is sent to the
    sign-in page and comes back to where he wanted to go; a form that was posted comes back to its page.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _ask_to_sign_in(request)
            if permission is not None and not actor.can_somewhere(permission):
                raise NotAllowed(permission=permission, area="")
            return view(request, *args, **kwargs)

        kept_by_no_one = never_cache(wrapped)
        kept_by_no_one.page_access = PageAccess(public=False, permission=permission)
        return kept_by_no_one

    return mark


def public(view: View) -> View:
    """Mark a view as declared open to everyone (公开页面)."""
    view.page_access = PageAccess(public=True)
    return view


def access_of(view: View) -> PageAccess | None:
    """How a view was marked; None when it was forgotten."""
    return getattr(view, "page_access", None)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        raise SignInNeeded()
    here = request.get_full_path() if request.method in ("GET", "HEAD") else _page_of(request)
    if wants_part(request):
        here = _page_of(request)
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': here})}"
    if wants_part(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _page_of(request: HttpRequest) -> str:
    """The page a part or a post came from, as a path of this site; "/" when it is not told."""
    details = getattr(request, "htmx", None)
    told = getattr(details, "current_url_abs_path", None) or request.headers.get("Referer", "")
    origin = f"{request.scheme}://{request.get_host()}"
    path = told.removeprefix(origin)
    return path if path.startswith("/") and not path.startswith("//") else "/"
