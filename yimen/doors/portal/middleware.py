"""The resident side (居民端): a process that residents reach knows no page of the staff."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.foundations.ui.api import access_of, refusal_response
from yimen.kernel.refusals import NotFound


class ResidentSide:
    """Serves what is open to everybody and what belongs to whoever is signed in; all else is not there (404).

    Used where ``YIMEN_SIDE`` is "resident"; there staff cannot sign in either (`access`), so a fault of this list alone opens
    nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if settings.YIMEN_SIDE != "resident":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/":
            return HttpResponseRedirect(reverse("portal:catalogue"))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, *_: object) -> HttpResponse | None:
        access = access_of(view)
        if access is None or (not access.public and access.permission is not None):
            return refusal_response(request, NotFound())
        return None
