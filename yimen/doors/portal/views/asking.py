"""The questionnaire of a round behind a link or a code on paper, without an account (征询问卷).

It shows no name and reads nothing back: not who is asked, not what was answered.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yimen.doors.portal.views.words import by_word
from yimen.foundations.bus.api import act_as
from yimen.foundations.forms.api import build_form
from yimen.foundations.ui.api import public, refusals_into, render
from yimen.kernel.actor import system_actor
from yimen.work.rounds import api as rounds

DOOR = "portal.round"


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@by_word
def answer(request: HttpRequest, word: str) -> HttpResponse:
    """Answer once, or say that one does not want to (填问卷)."""
    # The word is the right; nobody is signed in here.
    by = system_actor(DOOR)
    with act_as(by, on=request.today):
        line = rounds.line_by_word(word, by=by)
        if line is None:
            return render(request, "portal/round_over.html", {}, status=404)
        found = line.round
        finding = rounds.why_not_answer(
            state=found.state,
            standing=line.standing,
            opens_on=found.opens_on,
            closes_on=found.closes_on,
            today=request.today,
        )
        given = request.POST if request.method == "POST" and "decline" not in request.POST else None
        form = build_form(rounds.form_of_round(found), on=request.today, data=given)
        told = {"by": by, "at": request.at, "word": word}
        if request.method == "POST" and finding is None:
            if given is None:
                rounds.decline(**told)
                return redirect(reverse("portal:round", args=[word]) + "?said=refused")
            if form.is_valid():
                with refusals_into(form):
                    rounds.take_reply(**told, answers=form.answers, channel=rounds.Channel.LINK)
                    return redirect(reverse("portal:round", args=[word]) + "?said=returned")
        said = request.GET.get("said", "")
        page = {
            "round": found,
            "form": form,
            "said": said if said == line.standing else "",
            "why_not": finding.sentence if finding else "",
            "years": rounds.keep_years(on=request.today),
        }
        wrong = request.method == "POST"
        return render(request, "portal/round.html", page, status=422 if wrong else 200)
