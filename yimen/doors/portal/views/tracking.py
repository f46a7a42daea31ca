"""The resident's own pages: follow a case and rate it, with the word on the receipt and no account."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yimen.doors.portal.forms import RatingForm, WordForm
from yimen.doors.portal.views.words import by_word
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import public, render
from yimen.kernel.actor import system_actor
from yimen.kernel.refusals import Refused
from yimen.work.desk.api import TrackedCase, rate_case, tracked_case

NOT_FOUND = "没有找到这个查询码，请对照回执再输一次；回执丢了，请带身份证到窗口重打。"


@dataclass(frozen=True)
class TrackPage:
    word: str
    case: TrackedCase
    form: RatingForm
    thanks: bool = False


@public
@never_cache
@require_http_methods(["GET", "POST"])
@by_word
def ask_word(request: HttpRequest) -> HttpResponse:
    """Type the word of the receipt (查进度)."""
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["word"]
        if tracked_case(word, today=request.today):
            return HttpResponseRedirect(reverse("portal:track", args=[_plain(word)]))
        form.add_error("word", NOT_FOUND)
    return render(request, "portal/ask.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
@require_http_methods(["GET", "POST"])
@by_word
def track(request: HttpRequest, word: str) -> HttpResponse:
    """Follow one case like a parcel; rate it when it has been delivered (我的进度)."""
    case = tracked_case(word, today=request.today)
    if case is None:
        wrong = WordForm({"word": word[:30]})
        wrong.add_error("word", NOT_FOUND)
        return render(request, "portal/ask.html", {"form": wrong}, status=404)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _rate(request, word, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("portal:track", args=[_plain(word)]) + "?thanks=1")
    page = TrackPage(word=_plain(word), case=case, form=form, thanks="thanks" in request.GET)
    return render(request, "portal/track.html", page, status=422 if form.errors else 200)


def _rate(request: HttpRequest, word: str, answers: dict) -> None:
    # The word is the right; nobody is signed in here, and nobody shall be known afterwards.
    by = system_actor("portal.rating")
    with act_as(by, on=request.today):
        rate_case(
            by=by,
            at=request.at,
            word=word,
            grade=int(answers["grade"]),
            tags=answers["tags"],
            text=answers["text"],
        )


def _plain(word: str) -> str:
    return "".join(letter for letter in word.upper() if letter.isascii() and letter.isalnum())
