"""One submission: its page, and what can be done with it (呈批件)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.registers.places.api import area_name
from yimen.work.approvals import operations
from yimen.work.approvals.choices import BACK, TONES, State
from yimen.work.approvals.forms import AgreeForm, SendBackForm, WhyForm
from yimen.work.approvals.permissions import DRAFT, SIGN
from yimen.work.approvals.presenters import box_lines, story
from yimen.work.approvals.queries import SubmissionView, view_submission


@guarded(None)
@require_GET
def show(request: HttpRequest, submission: UUID) -> HttpResponse:
    """One submission: what it says, who signed, whose turn it is."""
    return _page(request, submission)


@guarded(SIGN)
@require_POST
def agree(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Agree (同意), from its page or with one tap from the list."""
    return _do(request, submission, "agree", AgreeForm, operations.agree, "已签同意。")


@guarded(SIGN)
@require_POST
def send_back(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Send it back to its drafter (退回)."""
    return _do(request, submission, "return", SendBackForm, operations.send_back, "已退回经办人。")


@guarded(DRAFT)
@require_POST
def withdraw(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Take it back (撤回)."""
    said = "已撤回，改好可以再次送审。"
    return _do(request, submission, "withdraw", WhyForm, operations.withdraw_submission, said)


@guarded(None)
@require_POST
def void(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Void it (作废); who may depends on how far it is."""
    said = "已作废，编号不再使用。"
    return _do(request, submission, "void", WhyForm, operations.void_submission, said)


def _do(
    request: HttpRequest, submission: UUID, deed: str, form_class: type[forms.Form], operation: Any, said: str
) -> HttpResponse:
    form = form_class(request.POST, auto_id=f"id_{deed}_%s")
    if submitted(request, form, operation, submission=submission) is not None:
        messages.success(request, said)
        if request.POST.get("back") == "waiting":
            return HttpResponseRedirect(reverse("approvals:waiting"))
        return HttpResponseRedirect(reverse("approvals:submission", args=[submission]))
    return _page(request, submission, bound=(deed, form))


def _page(
    request: HttpRequest, submission: UUID, *, bound: tuple[str, forms.Form] | None = None
) -> HttpResponse:
    by = request.actor
    view = view_submission(submission, by=by, on=request.today)
    found = view.submission
    shown = {
        deed: form_class(initial={"edition": found.edition}, auto_id=f"id_{deed}_%s")
        for deed, form_class in _offered(view, by=by).items()
    }
    if bound:
        shown[bound[0]] = bound[1]
    drafts = by.can(DRAFT, area=found.area)
    page = {
        "view": view,
        "submission": found,
        "area": area_name(found.area),
        "tone": TONES[State(found.state)],
        "lines": box_lines(view, today=request.today),
        "story": story(view),
        "forms": shown,
        "open": bound[0] if bound else "",
        "signs": view.seat is not None or "agree" in shown or "return" in shown,
        "again": drafts and found.state in BACK,
        "paper": drafts and found.state == State.SIGNING,
        "final": drafts and found.state == State.ISSUED,
        "tells": by.can(SIGN, area=found.area) and found.state == State.SIGNING and view.seat is None,
    }
    return render(request, "approvals/submission.html", page, status=422 if bound else 200)


def _offered(view: SubmissionView, *, by: Any) -> dict[str, type[forms.Form]]:
    """The deeds that this actor may do now, each with its form."""
    found, offered = view.submission, {}
    if view.seat is not None:
        offered["agree"] = AgreeForm
        if view.returns:
            offered["return"] = SendBackForm
    own = found.drafter == by.key and by.can(DRAFT, area=found.area)
    if own and found.state == State.SIGNING:
        offered["withdraw"] = WhyForm
    issued = found.state == State.ISSUED and not found.final and by.can(SIGN, area=found.area)
    if issued or (own and found.state in (State.SIGNING, *BACK)):
        offered["void"] = WhyForm
    return offered
