"""The call board in the hall (叫号屏): opened by its word, without an account; it shows no more than the hall chose."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import public, render
from yimen.kernel.actor import system_actor
from yimen.work.bookings.choices import Shows
from yimen.work.bookings.queries import hall_of_board, now_in_words, on_board, standing


@public
@never_cache
@require_GET
def show_board(request: HttpRequest, word: str) -> HttpResponse:
    """Who is called and where, whose numbers come next (叫号屏)."""
    by = system_actor("bookings.board")
    with act_as(by, on=request.today):
        hall = hall_of_board(word, by=by)
        if hall is None:
            return _answer(request, "bookings/board_over.html", None, status=404)
        stands = standing(hall, by=by, on=request.today)
        page = {
            "hall": hall,
            "word": word,
            "names": hall.shows == Shows.NAMES,
            "at": request.at,
            "estimate": now_in_words(stands.minutes, waiting=stands.waiting),
            **on_board(hall, request.today, by=by),
        }
    return _answer(request, "bookings/board.html", page)


def _answer(request: HttpRequest, template: str, page: object, *, status: int = 200) -> HttpResponse:
    answer = render(request, template, page, status=status)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
