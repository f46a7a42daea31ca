"""Refusals become answers (拒绝的呈现): a page, an htmx part or a problem+json, each with its own status."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from yimen.foundations.ui.engine.answers import refusal_response
from yimen.kernel.refusals import Refused

log = logging.getLogger("yimen.ui")


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
            log.info("refused %s %s", exception.status, exception.code)
            return refusal_response(request, exception)
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
        return None
