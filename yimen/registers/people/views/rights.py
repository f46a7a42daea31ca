"""A resident's rights over her own data, at the window (本人权利): copy, who looked, and requests with their answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.documents.api import code_svg
from yimen.foundations.ui.api import guarded, public_address, refusals_into, render, render_list
from yimen.registers.people import api
from yimen.registers.people.choices import RightKind
from yimen.registers.people.forms.rights import (
    AnswerForm,
    CopyForm,
    EndPageForm,
    LiftForm,
    RequestForm,
    SlipForm,
)
from yimen.registers.people.lists import RightsRequests
from yimen.registers.people.permissions import CORRECT, LIFT_RESTRICTION, SERVE_RIGHTS
from yimen.registers.people.presenters import AnswerPage, CopyPage, LooksPage, RightsPage, SlipPage
from yimen.registers.people.queries.restrictions import lifters
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.people.views.shared import attempt
from yimen.standards.masking import mask_name


@guarded(SERVE_RIGHTS)
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Requests of residents (权利请求)."""
    return render_list(request, RightsRequests, api.rights_requests(by=request.actor))


@guarded(SERVE_RIGHTS)
@require_http_methods(["GET", "POST"])
def rights(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What she may ask of her own file (本人权利); a request is taken in here."""
    form = RequestForm(request.POST or None)
    if form.is_valid() and (
        made := attempt(request, form, api.receive_request, person=public_id, **form.cleaned_data)
    ):
        messages.success(request, f"已受理，最迟 {made.due_on:%Y-%m-%d} 答复。")
        return redirect("people:rights", public_id=public_id)
    return _rights(request, public_id, form=form)


@guarded(SERVE_RIGHTS)
@require_POST
def copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A copy of her own data, to print (复制本人信息)."""
    form = CopyForm(request.POST)
    if form.is_valid() and attempt(request, form, api.hand_out_copy, person=public_id, **form.cleaned_data):
        made = api.own_copy(public_id, by=request.actor, on=request.today)
        page = CopyPage(made, request.today, request.actor.name, form.cleaned_data["asked_by"])
        return render(request, "people/copy.html", page)
    return _rights(request, public_id, copy_form=form)


@guarded(SERVE_RIGHTS)
@require_POST
def slip(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The slip that opens her own page on her phone (本人页面凭条): shown once, to scan here or to print."""
    form = SlipForm(request.POST, auto_id="slip_%s")
    word = None
    if form.is_valid():
        with refusals_into(form):
            word = api.hand_out_page(by=request.actor, at=request.at, person=public_id, **form.cleaned_data)
    if word is None:
        return _rights(request, public_id, page_form=form)
    url = public_address(request, reverse("portal:open", args=[word]))
    practice = api.rights_practice(on=request.today)
    file = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    code = code_svg(url, title="本人页面凭条")
    page = SlipPage(file, mask_name(file.name), code, url, practice.slip_minutes, practice.page_days)
    return render(request, "people/slip.html", page)


@guarded(SERVE_RIGHTS)
@require_POST
def end_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Her own page ends, and the slip with it (停用本人页面)."""
    form = EndPageForm(request.POST, auto_id="end_%s")
    if form.is_valid() and attempt(request, form, api.end_page, person=public_id, **form.cleaned_data):
        messages.success(request, "已停用，那部手机上不再看到。")
        return redirect("people:rights", public_id=public_id)
    return _rights(request, public_id, end_form=form)


@guarded(SERVE_RIGHTS)
@require_GET
def looks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who looked at her file and why, to read and to print (谁看过我的档案)."""
    file = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    api.note_look(by=request.actor, at=request.at, person=public_id, why="应本人要求查看查阅记录")
    page = LooksPage(file, api.looks_of(file, by=request.actor), request.today)
    return render(request, "people/looks.html", page)


@guarded(LIFT_RESTRICTION)
@require_POST
def lift(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The use of her file is no longer restricted (解除限制使用)."""
    form = LiftForm(request.POST)
    if form.is_valid() and attempt(
        request, form, api.lift_restriction, person=public_id, **form.cleaned_data
    ):
        messages.success(request, "已解除限制使用。")
        return redirect("people:rights", public_id=public_id)
    return _rights(request, public_id, lift_form=form)


@guarded(SERVE_RIGHTS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer a request (答复权利请求)."""
    row = api.get_request(request_id, by=request.actor)
    may = may_with_person(request.actor, CORRECT, area=row.person.area)
    form = AnswerForm(request.POST or None, erases=row.kind == RightKind.ERASE)
    if form.is_valid():
        told = form.cleaned_data
        if attempt(
            request,
            form,
            api.answer_request,
            asked=request_id,
            granted=told["granted"] == "yes",
            reason=told["reason"],
            erase=told.get("erase", []),
        ):
            messages.success(request, "已答复。")
            return redirect("people:rights", public_id=row.person.public_id)
    page = AnswerPage(row, form, may)
    return render(request, "people/answer_request.html", page, status=422 if form.is_bound else 200)


def _rights(
    request: HttpRequest,
    public_id: UUID,
    *,
    form: RequestForm | None = None,
    copy_form: CopyForm | None = None,
    lift_form: LiftForm | None = None,
    page_form: SlipForm | None = None,
    end_form: EndPageForm | None = None,
) -> HttpResponse:
    by = request.actor
    file = api.get_file(public_id, by=by, on=request.today, with_cards=False)
    others = (copy_form, lift_form, page_form, end_form)
    bound = (form is not None and form.is_bound) or any(one is not None for one in others)
    page = RightsPage(
        file=file,
        requests=api.requests_of(file.ids, by=by),
        form=form or RequestForm(),
        copy_form=copy_form or CopyForm(auto_id="copy_%s"),
        lift_form=lift_form or LiftForm(auto_id="lift_%s"),
        page_form=page_form or SlipForm(auto_id="slip_%s"),
        end_form=end_form or EndPageForm(auto_id="end_%s"),
        own_page=api.page_in_force(public_id, by=by, at=request.at),
        may_lift=may_with_person(by, LIFT_RESTRICTION, area=file.area),
        lifters="、".join(lifters(on=request.today)) if file.restricted else "",
    )
    return render(request, "people/rights.html", page, status=422 if bound else 200)
