"""One transaction per request, in which the one who is signed in acts (请求的事务与经办人)."""

from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from yimen.foundations.access.engine.entering import kinds_here
from yimen.foundations.access.operations.sessions import SEEN_EVERY, note_seen
from yimen.foundations.access.operations.signing_in import DOORKEEPER, KEY_IN_BROWSER
from yimen.foundations.access.queries import signed_in
from yimen.foundations.bus.api import set_reach, unit_of_work
from yimen.kernel.clock import day_of

# These pages ask another system, which may take its time: no transaction waits with them. They open their own afterwards.
ASKS_OTHERS = ("/sign-in/with/", "/sign-in/back/")
WITHOUT_ACTOR = ("/healthz", "/favicon.ico")
OPEN_BEFORE_NEW_PASSWORD = ("access:password", "access:sign_out", "access:sign_in")
OPEN_BEFORE_SECOND_FACTOR = (
    *OPEN_BEFORE_NEW_PASSWORD,
    "access:second_factor",
    "access:offer_totp",
    "access:confirm_totp",
    "access:offer_passkey",
    "access:add_passkey",
)


class _Undo(Exception):
    """Leaves the transaction of the request so that it is rolled back."""


class ActorMiddleware:
    """Puts ``request.actor`` (None for nobody), ``request.at``, ``request.today``, ``request.session_id`` and whether a
    new password or a second factor is due before anything else.

    Whatever the request wrote is undone when the answer is a fault (status 500 and above) or an exception leaves. The
    clock is read here and nowhere further in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()
        request.today = day_of(request.at)
        request.actor = None
        request.session_id: UUID | None = None
        request.must_change_password = False
        request.second_factor_due = False
        if request.path.startswith((settings.STATIC_URL, *WITHOUT_ACTOR)):
            return self.get_response(request)
        if request.path.startswith(ASKS_OTHERS):
            with unit_of_work():
                self._recognise(request)
            return self._first_of_all(request) or self.get_response(request)
        response = None
        try:
            with unit_of_work():
                self._recognise(request)
                if first := self._first_of_all(request):
                    return first
                set_reach(request.actor, on=request.today)
                response = self.get_response(request)
                if response.status_code >= 500:
                    raise _Undo
        except _Undo:
            pass
        return response

    def _first_of_all(self, request: HttpRequest) -> HttpResponse | None:
        """Where to go before anything else, if something is due."""
        if request.must_change_password and request.path not in _paths(OPEN_BEFORE_NEW_PASSWORD):
            return HttpResponseRedirect(reverse("access:password"))
        if request.second_factor_due and request.path not in _paths(OPEN_BEFORE_SECOND_FACTOR):
            return HttpResponseRedirect(reverse("access:second_factor"))
        return None

    def _recognise(self, request: HttpRequest) -> None:
        """Find out who is signed in."""
        token = request.session.get(KEY_IN_BROWSER)
        if not token:
            return
        found = signed_in(token, at=request.at)
        if found is None:
            # Idle too long, ended elsewhere, or closed: the browser's session is worth nothing any more.
            request.session.flush()
            return
        if found.actor.kind not in kinds_here():
            return
        if request.at - found.seen_at > SEEN_EVERY:
            note_seen(by=DOORKEEPER, at=request.at, session=found.session)
        request.actor = found.actor
        request.session_id = found.session
        request.must_change_password = found.must_change
        request.second_factor_due = found.second_due


@cache
def _paths(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(reverse(name) for name in names)
