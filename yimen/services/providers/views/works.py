"""Pages of agreed work: an organisation's own page, its submissions, and the street's acceptance."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted, words
from yimen.kernel.money import Money
from yimen.registers.organisations import api as organisations
from yimen.services.providers import operations
from yimen.services.providers.choices import SubmissionState
from yimen.services.providers.engine.practice import practice
from yimen.services.providers.forms import AcceptForm, ReturnForm, SubmitForm, WorkForm
from yimen.services.providers.lists import SubmissionList
from yimen.services.providers.permissions import ACCEPT, ARRANGE, SUBMIT, VIEW_WORK
from yimen.services.providers.queries import works as queries

SHOWN = 10
_TABS = (("providers:home", "机构"), ("providers:submissions", "服务申报"))


@guarded(VIEW_WORK)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The street's providers (机构), or, for an organisation's account, its own page (本机构)."""
    by, today = request.actor, request.today
    own = organisations.own_units(by=by, on=today)
    if own:
        return redirect("providers:unit", own[0].public_id)
    page = {
        "units": queries.unit_lines(by=by, on=today),
        "tabs": _tabs("providers:home"),
        "lost": not by.reach,
    }
    return render(request, "providers/units.html", page)


@guarded(VIEW_WORK)
@require_GET
def show_unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    """One organisation: licences, agreed work, what was submitted and what it is worth."""
    by, today = request.actor, request.today
    found = queries.find_unit(unit, by=by, on=today)
    lines = queries.work_lines([found], by=by, on=today)
    agreements = queries.agreements_on(found, by=by, on=today)
    own = found in organisations.own_units(by=by, on=today)
    page = {
        "unit": found,
        "own": own,
        "may_submit": own and by.can(SUBMIT, area=found.area),
        "may_arrange": not own and by.can(ARRANGE, area=found.area),
        "licences": queries.licences_of([found], by=by, on=today).get(found.pk, []),
        "agreements": agreements,
        "lines": lines,
        "amount": sum((one.amount for one in lines), Money(0)),
        "rows": list(queries.submissions(by=by).filter(unit=unit).order_by("-id")[: SHOWN + 1]),
        "shown": SHOWN,
        "today": today,
    }
    return render(request, "providers/unit.html", page)


@guarded(ARRANGE)
@require_http_methods(["GET", "POST"])
def add_work(request: HttpRequest, unit: UUID) -> HttpResponse:
    """Agree on a kind of work under an agreement (约定服务项目)."""
    by, today = request.actor, request.today
    found = organisations.organisation(unit, by=by)
    by.must(ARRANGE, area=found.area)
    agreements = [
        (one.public_id, f"{one.title}（{f'至 {words(one.last_day)}' if one.last_day else '长期'}）")
        for one in queries.agreements_on(found, by=by, on=today)
    ]
    kinds = organisations.practice(on=today).credential
    form = WorkForm(
        request.POST if request.method == "POST" else None,
        agreements=agreements,
        licences=[(one.key, one.title) for one in kinds if not one.kinds or found.kind in one.kinds],
    )
    if request.method == "POST" and submitted(request, form, operations.agree_work, organisation=unit):
        messages.success(request, "服务项目已约定，机构可以申报了。")
        return redirect("providers:unit", unit)
    page = {"unit": found, "form": form, "agreements": agreements}
    return render(request, "providers/add_work.html", page, status=422 if form.errors else 200)


@guarded(ARRANGE)
@require_POST
def drop(request: HttpRequest, work: UUID) -> HttpResponse:
    """Take a kind of work off that was agreed in error (删去服务项目)."""
    key = request.POST.get("request_key")
    unit = operations.drop_work(by=request.actor, at=request.at, work=work, request_key=key)
    messages.success(request, "已删去。")
    return redirect("providers:unit", unit)


@guarded(SUBMIT)
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, work: UUID) -> HttpResponse:
    """Submit what one's organisation did of this work (申报服务)."""
    by, today = request.actor, request.today
    found = queries.get_work(work, by=by)
    unit = queries.own_unit(found.agreement.unit, by=by, on=today)
    posted = request.method == "POST"
    form = SubmitForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        measure=found.measure,
        initial={"done_on": today},
    )
    if posted and (made := submitted(request, form, operations.submit_work, work=work)):
        messages.success(request, "已申报，等街道验收。")
        return redirect("providers:submission", made.public_id)
    page = {
        "unit": unit,
        "work": found,
        "form": form,
        "why_not": queries.standing_of(found, by=by, on=today),
        "last_day": found.agreement.last_day,
    }
    return render(request, "providers/submit.html", page, status=422 if form.errors else 200)


@guarded(VIEW_WORK)
@require_GET
def show_submissions(request: HttpRequest) -> HttpResponse:
    """Submitted work (服务申报), a street's or one's own organisation's."""
    tabs = (
        [] if organisations.own_units(by=request.actor, on=request.today) else _tabs("providers:submissions")
    )
    rows = queries.submissions(by=request.actor)
    return render_list(
        request, SubmissionList, rows, template="providers/submissions.html", extra={"tabs": tabs}
    )


@guarded(VIEW_WORK)
@require_GET
def show_submission(request: HttpRequest, submission: UUID) -> HttpResponse:
    """One submission: what, the proof, and what the street said (申报与验收)."""
    return _submission_page(request, submission)


@guarded(ACCEPT)
@require_POST
def accept(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Accept what was verified (验收)."""
    form = AcceptForm(request.POST, grades=_grades(request))
    if submitted(request, form, operations.accept_submission, submission=submission):
        messages.success(request, "已验收，机构看得到数量和金额。")
        return redirect("providers:submission", submission)
    return _submission_page(request, submission, accepting=form)


@guarded(ACCEPT)
@require_POST
def send_back(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Return a submission with the reason (退回)."""
    form = ReturnForm(request.POST)
    if submitted(request, form, operations.return_submission, submission=submission):
        messages.success(request, "已退回，机构看得到原因。")
        return redirect("providers:submission", submission)
    return _submission_page(request, submission, returning=form)


@guarded(SUBMIT)
@require_POST
def withdraw(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Take back a submission that was wrong (撤回)."""
    key = request.POST.get("request_key")
    operations.withdraw_submission(by=request.actor, at=request.at, submission=submission, request_key=key)
    messages.success(request, "已撤回，改好可以再报。")
    return redirect("providers:submission", submission)


def _submission_page(
    request: HttpRequest, submission: UUID, *, accepting: Any = None, returning: Any = None
) -> HttpResponse:
    by = request.actor
    found = queries.get_submission(submission, by=by)
    waits = found.state == SubmissionState.WAITING
    own = any(one.public_id == found.unit for one in organisations.own_units(by=by, on=request.today))
    accepts = waits and not own and by.can(ACCEPT, area=found.area)
    if accepts:
        accepting = accepting or AcceptForm(
            grades=_grades(request), initial={"accepted": found.quantity}, auto_id="id_accept_%s"
        )
        returning = returning or ReturnForm(auto_id="id_return_%s")
    wrong = any(form is not None and form.errors for form in (accepting, returning))
    page = {
        "one": found,
        "own": own,
        "accepts": accepts,
        "accepting": accepting,
        "returning": returning,
        "may_withdraw": waits and own and by.can(SUBMIT, area=found.area),
        "again": found.state in (SubmissionState.RETURNED, SubmissionState.WITHDRAWN) and own,
    }
    return render(request, "providers/submission.html", page, status=422 if wrong else 200)


def _grades(request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.key, f"{one.title}（系数 {one.percent}%）") for one in practice(on=request.today).grade]


def _tabs(here: str) -> list[dict[str, Any]]:
    return [{"label": title, "url": reverse(name), "current": name == here} for name, title in _TABS]
