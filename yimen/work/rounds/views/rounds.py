"""The list of rounds, a new one, one round and its deeds (征询)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.definitions.api import current
from yimen.foundations.forms.api import OwnQuestions, composed_questions, paper_page
from yimen.foundations.ui.api import (
    Action,
    findings_into,
    guarded,
    render,
    render_list,
)
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name
from yimen.work.rounds import operations
from yimen.work.rounds.choices import Channel
from yimen.work.rounds.engine.practice import keep_years, surveys
from yimen.work.rounds.forms import RoundForm, WayForm
from yimen.work.rounds.lists import RoundList
from yimen.work.rounds.permissions import HOLD, VIEW
from yimen.work.rounds.presenters import return_lines
from yimen.work.rounds.queries import (
    areas_to_ask_in,
    get_round,
    returns_of,
    rounds,
    together,
)


@guarded(VIEW)
@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The rounds of one's area (征询清单)."""
    begin = Action("发起征询", reverse("rounds:new"), icon="plus", tone="primary")
    return render_list(
        request,
        RoundList,
        rounds(by=request.actor),
        actions=(begin,) if request.actor.can_somewhere(HOLD) else (),
    )


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a round (发起征询): a questionnaire that is ready, or questions of one's own; then whom and until when."""
    by, on = request.actor, request.today
    ready = surveys(on=on)
    key = request.GET.get("survey", "") or next(iter(ready), "own")
    survey = ready.get(key)
    given = request.POST if request.method == "POST" else None
    form = RoundForm(given, areas=areas_to_ask_in(by=by, on=on), survey=survey, today=on)
    own = None if survey else OwnQuestions(given)
    if given is not None and all([form.is_valid(), own is None or own.is_valid()]):
        with findings_into(form):
            told = form.cleaned_data
            questions = (
                current("form", survey.form, on=on).data
                if survey
                else composed_questions(own.told, purpose=told["why"])
            )
            made = operations.open_round(
                by=by,
                at=request.at,
                questions=questions,
                request_key=request.POST.get("request_key"),
                **told,
            )
            messages.success(request, f"已发起，名单上 {made.size}。")
            return HttpResponseRedirect(reverse("rounds:round", args=[made.public_id]))
    here = reverse("rounds:new")
    page = {
        "form": form,
        "own": own,
        "paper": paper_page(current("form", survey.form, on=on)) if survey else None,
        "tabs": [
            {"label": one.title, "url": f"{here}?survey={name}", "current": name == key}
            for name, one in ready.items()
        ]
        + [{"label": "自己出题", "url": f"{here}?survey=own", "current": survey is None}],
        "key": key,
    }
    wrong = form.errors or (own and given is not None)
    return render(request, "rounds/new.html", page, status=422 if wrong else 200)


@guarded(VIEW)
@require_GET
def show(request: HttpRequest, round: UUID) -> HttpResponse:
    """One round (征询): what came back, community by community, and what to do next."""
    by, found = request.actor, get_round(round, by=request.actor)
    lines = returns_of(found, by=by)
    page = {
        "round": found,
        "area": area_name(found.area),
        "all": together(lines),
        "lines": return_lines(lines),
        "holds": by.can(HOLD, area=found.area),
        "years": keep_years(on=request.today),
        "ways": Channel.choices if found.is_running and by.can(HOLD, area=found.area) else (),
        "remind": WayForm(auto_id="id_remind_%s"),
    }
    return render(request, "rounds/round.html", page)


@guarded(HOLD)
@require_POST
def act(request: HttpRequest, round: UUID, deed: str) -> HttpResponse:
    """Say that papers went out, ask once more, end it (已发出、催一次、结束)."""
    given: dict[str, Any] = {
        "by": request.actor,
        "at": request.at,
        "round": round,
        "request_key": request.POST.get("request_key"),
    }
    if deed in ("asked", "remind"):
        form = WayForm(request.POST)
        if not form.is_valid():
            raise NotFound()
        operation = operations.ask_all if deed == "asked" else operations.remind
        done = operation(**given, **form.cleaned_data)
        messages.success(request, f"{'已记为发出' if deed == 'asked' else '已转去再问'} {done}。")
    elif deed == "close":
        operations.close_round(**given)
        messages.success(request, "已结束，结果可以看了。")
        return HttpResponseRedirect(reverse("rounds:result", args=[round]))
    else:
        raise NotFound()
    return HttpResponseRedirect(reverse("rounds:round", args=[round]))
