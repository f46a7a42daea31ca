"""Refusals become answers (拒绝的呈现): a page, an htmx part or a problem+json; and writers leave room for readers."""

import logging
from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from yimen.foundations.ui.engine.answers import refusal_response, trouble_response
from yimen.foundations.ui.engine.troubles import SAFE, busy
from yimen.kernel.refusals import Refused

log = logging.getLogger("yimen.ui")
WAITS_FOR_A_PLACE = 1.0


class RefusedMiddleware:
    """Stands inside the middleware that opens the transaction of the request.

    A refusal rolls nothing back here: the operation that raised it has undone its own savepoint, and what was rightly
    written before (who looked at which file) stays. Any other exception is a bug: the whole request is undone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            log.info("refused %s %s", exception.status, exception.code, extra={"request": request})
            return refusal_response(request, exception)
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        return None


class WritersAtOnce:
    """So many writers at once in one process (同时办理上限): one thread stays free for who only reads.

    When what everybody writes is held up (a lock, a slow database), all threads would wait there, and nobody could
    open a page any more. Who finds no place within ``WAITS_FOR_A_PLACE`` is told that nothing was saved.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.places = BoundedSemaphore(settings.YIMEN_WRITERS_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        if not self.places.acquire(timeout=WAITS_FOR_A_PLACE):
            return trouble_response(request, busy(method=request.method))
        try:
            return self.get_response(request)
        finally:
            self.places.release()
