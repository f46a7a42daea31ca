"""The resident's own pages: follow a case, urge us, take it back and rate it, with the word on the receipt and no account."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yimen.doors.portal.forms import RatingForm, UrgeForm, WithdrawForm, WordForm
from yimen.doors.portal.views.words import by_word
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import public, render
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.refusals import Refused
from yimen.work.desk.api import TrackedCase, rate_case, tracked_case, urge_case, withdraw_by_word

NOT_FOUND = "没有找到这个查询码，请对照回执再输一次；回执丢了，请带身份证到窗口重打。"


@dataclass(frozen=True)
class TrackPage:
    word: str
    case: TrackedCase
    rate: RatingForm
    urge: UrgeForm
    withdraw: WithdrawForm
    done: str = ""


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
    """Follow one case like a parcel (我的进度): urge us, take the application back, rate it when it has been delivered."""
    case = tracked_case(word, today=request.today)
    if case is None:
        wrong = WordForm({"word": word[:30]})
        wrong.add_error("word", NOT_FOUND)
        return render(request, "portal/ask.html", {"form": wrong}, status=404)
    act = request.POST.get("act", "rate") if request.method == "POST" else ""
    forms = {
        name: form(request.POST if act == name else None, auto_id=f"id_{name}_%s")
        for name, (form, _) in _ACTS.items()
    }
    if act in forms and forms[act].is_valid():
        try:
            _ACTS[act][1](request, word, forms[act].cleaned_data)
        except Refused as refusal:
            forms[act].add_error(None, refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("portal:track", args=[_plain(word)]) + f"?done={act}")
    page = TrackPage(word=_plain(word), case=case, **forms, done=request.GET.get("done", ""))
    wrong = any(form.errors for form in forms.values())
    return render(request, "portal/track.html", page, status=422 if wrong else 200)


def _rate(request: HttpRequest, word: str, answers: dict[str, Any]) -> None:
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


def _urge(request: HttpRequest, word: str, answers: dict[str, Any]) -> None:
    by = _bearer("portal.urging")
    with act_as(by, on=request.today):
        urge_case(by=by, at=request.at, word=word, words=answers["words"])


def _withdraw(request: HttpRequest, word: str, answers: dict[str, Any]) -> None:
    by = _bearer("portal.withdrawing")
    with act_as(by, on=request.today):
        withdraw_by_word(by=by, at=request.at, word=word, why=answers["why"])


def _bearer(name: str) -> Actor:
    """Who holds the receipt: nobody is signed in, and the case says it was the applicant."""
    return replace(system_actor(name), name="申请人（凭查询码）")


def _plain(word: str) -> str:
    return "".join(letter for letter in word.upper() if letter.isascii() and letter.isalnum())


# What can be done on the page: the form, and the deed.
_ACTS = {
    "rate": (RatingForm, _rate),
    "urge": (UrgeForm, _urge),
    "withdraw": (WithdrawForm, _withdraw),
}
