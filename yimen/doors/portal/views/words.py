"""How often a wrong word is looked at (猜码限次): of receipts, slips, messages and the code on the stairs, from one address."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yimen.foundations.access.api import Guesses
from yimen.foundations.ui.api import client_address, render

wrong_words = Guesses()


def by_word(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view opens something by a word, in its address or typed; who was wrong too often waits some minutes (429).

    Wrong is what the view answers 404, and 422 where the word was typed.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **named: str) -> HttpResponse:
        place, minutes = client_address(request), settings.YIMEN_WRONG_WORDS_MINUTES
        limit = settings.YIMEN_WRONG_WORDS
        if wrong_words.too_many(place, at=request.at, limit=limit, minutes=minutes):
            answer = render(request, "portal/too_many.html", {"minutes": minutes}, status=429)
            answer["Retry-After"] = str(60 * minutes)
            return answer
        answer = view(request, **named)
        told = named.get("word") or request.POST.get("word", "")
        if told and answer.status_code == (404 if "word" in named else 422):
            wrong_words.note(place, told, at=request.at)
        return answer

    return wrapped
