"""Samples of what was settled on the spot, and answers to bad ratings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.work.desk.forms import AnswerForm, CheckForm, MendedForm
from yimen.work.desk.lists import CheckList, FollowUpList
from yimen.work.desk.operations import answer_rating, check_case, finish_mending
from yimen.work.desk.permissions import CHECK_WORK
from yimen.work.desk.queries import checks, follow_ups, get_check, get_follow_up, matter_titles


@guarded(CHECK_WORK)
@require_GET
def show_checks(request: HttpRequest) -> HttpResponse:
    """Sampled cases (即办件抽查)."""
    return render_list(request, CheckList, checks(by=request.actor))


@guarded(CHECK_WORK)
@require_GET
def show_follow_ups(request: HttpRequest) -> HttpResponse:
    """Bad ratings to be answered (差评回应)."""
    return render_list(request, FollowUpList, follow_ups(by=request.actor))


@guarded(CHECK_WORK)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, check: UUID) -> HttpResponse:
    """One sampled case and its verdict."""
    found = get_check(check, by=request.actor)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if submitted(request, form, check_case, check=check):
        messages.success(request, "抽查结论已登记。")
        return HttpResponseRedirect(reverse("desk:checks"))
    page = {"check": found, "case": found.case, "form": form}
    return render(request, "desk/check.html", page, status=422 if form.errors else 200)


@guarded(CHECK_WORK)
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """One bad rating, its answer, and what was done where mending was promised (差评回应)."""
    found = get_follow_up(follow_up, by=request.actor)
    mending = found.answered_on is not None and found.open_until is not None
    made, deed = (MendedForm, finish_mending) if mending else (AnswerForm, answer_rating)
    form = made(request.POST if request.method == "POST" else None)
    if submitted(request, form, deed, follow_up=follow_up):
        messages.success(request, "整改结果已登记。" if mending else "回应已登记。")
        return HttpResponseRedirect(reverse("desk:follow_ups"))
    titles = matter_titles(by=request.actor, on=request.today)
    page = {"row": found, "matter": titles.get(found.matter, found.matter), "form": form}
    return render(request, "desk/follow_up.html", page, status=422 if form.errors else 200)
