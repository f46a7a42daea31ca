"""Ask other units about a case, and answer for one's own (协办)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.kernel.refusals import NotFound, Refused
from yimen.registers.places.api import area_name
from yimen.work.desk import operations
from yimen.work.desk.forms import QuestionForm, ShareAnswerForm, WhyForm
from yimen.work.desk.lists import ShareList
from yimen.work.desk.permissions import ANSWER_SHARE, HANDLE_CASE
from yimen.work.desk.queries import (
    SHARE_LISTS,
    get_case,
    get_share,
    share_list,
    told_keys,
    units_known,
    usual_questions,
)

EMPTY_ROWS = 2
_TITLES = {"mine": "等我协办", "sent": "我送出未回", "all": "全部未回"}


@guarded(ANSWER_SHARE)
@require_GET
def show_mine(request: HttpRequest) -> HttpResponse:
    """What waits for the answer of one's own unit (等我协办)."""
    return _list(request, "mine")


@guarded(ANSWER_SHARE)
@require_GET
def show_shares(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the lists of questions without an answer (协办未回)."""
    if kind not in SHARE_LISTS:
        raise NotFound()
    return _list(request, kind)


@guarded(HANDLE_CASE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, case: UUID) -> HttpResponse:
    """Send a case to several units at once (送协办单位); rows that could not be sent come back with a sentence."""
    view = get_case(case, by=request.actor)
    units = units_known(by=request.actor, on=request.today)
    usual = usual_questions(view.case, by=request.actor, today=request.today)
    made = formset_factory(QuestionForm, extra=EMPTY_ROWS, max_num=20, absolute_max=20)
    given: dict[str, Any] = {"form_kwargs": {"units": units}, "prefix": "unit"}
    if request.method == "GET":
        rows = made(initial=[{**row, "send": True} for row in usual], **given)
        return _ask_page(request, view, rows)
    rows = made(request.POST, **given)
    if not rows.is_valid():
        return _ask_page(request, view, rows, status=422, sentence="有的行没有填对，请看标出的地方。")
    chosen = [form for form in rows if form.wanted]
    tells = told_keys(view.case)
    questions = [
        operations.Question(
            question=form.cleaned_data["question"],
            due_on=form.cleaned_data["due_on"],
            unit=UUID(form.cleaned_data["unit"]) if form.cleaned_data["unit"] else None,
            unit_name=form.cleaned_data["unit_name"],
            tells=tells.get(form.cleaned_data["key"], ()),
        )
        for form in chosen
    ]
    try:
        results = operations.ask_units(
            by=request.actor,
            at=request.at,
            case=case,
            questions=questions,
            request_key=request.POST.get("request_key"),
        )
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return _ask_page(request, view, rows, status=422, sentence=refusal.sentence)
    sent = results.count("")
    failed = [(form, why) for form, why in zip(chosen, results, strict=True) if why]
    if failed:
        # What was sent is sent; only the rest comes back, with everything typed.
        rest = made(initial=[form.cleaned_data for form, _ in failed], **given)
        sentence = f"已送 {sent} 个单位。没有送出：" + "；".join(why for _, why in failed)
        return _ask_page(request, view, rest, status=422, sentence=sentence)
    messages.success(request, f"已送 {sent} 个单位，期限不变。")
    return HttpResponseRedirect(reverse("desk:case", args=[case]))


@guarded(ANSWER_SHARE)
@require_GET
def show_share(request: HttpRequest, share: UUID) -> HttpResponse:
    """One question: who is concerned, what is asked, and the answer (协办)."""
    return _page(request, share)


@guarded(ANSWER_SHARE)
@require_POST
def answer(request: HttpRequest, share: UUID) -> HttpResponse:
    """Answer it (答复协办), or type in what a department said."""
    view = get_share(share, by=request.actor, today=request.today)
    form = ShareAnswerForm(request.POST, typed_in=not view.answers)
    if submitted(request, form, operations.answer_share, share=share):
        messages.success(request, "答复已登记，送来的同事和居民都看得到。")
        return HttpResponseRedirect(reverse("desk:share", args=[share]))
    return _page(request, share, form=form)


@guarded(HANDLE_CASE)
@require_POST
def urge(request: HttpRequest, share: UUID) -> HttpResponse:
    """Remind the unit, once a day (催办)."""
    form = forms.Form({})
    if submitted(request, form, operations.urge_share, share=share):
        messages.success(request, "已催办。名册里没有的部门，请现在打个电话。")
        return HttpResponseRedirect(reverse("desk:share", args=[share]))
    return _page(request, share, urging=form)


@guarded(HANDLE_CASE)
@require_POST
def withdraw(request: HttpRequest, share: UUID) -> HttpResponse:
    """Take the question back (收回协办)."""
    form = WhyForm(request.POST)
    if submitted(request, form, operations.withdraw_share, share=share):
        messages.success(request, "已收回。")
        return HttpResponseRedirect(reverse("desk:share", args=[share]))
    return _page(request, share, taking_back=form)


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    tabs = [
        {"label": title, "url": reverse("desk:share_list", args=[key]), "current": key == kind}
        for key, title in _TITLES.items()
    ]
    rows = share_list(kind, by=request.actor, today=request.today)
    return render_list(
        request, ShareList, rows, template="desk/cases.html", title=f"协办 · {_TITLES[kind]}", extra=tabs
    )


def _ask_page(
    request: HttpRequest, view: Any, rows: BaseFormSet, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    page = {"case": view.case, "rows": rows, "sentence": sentence, "why_not": view.why_not["ask"]}
    return render(request, "desk/ask_units.html", page, status=status)


def _page(request: HttpRequest, share: UUID, *, form=None, urging=None, taking_back=None) -> HttpResponse:
    view = get_share(share, by=request.actor, today=request.today)
    opens = view.share.state == "open"
    page = {
        "share": view.share,
        "case": view.case,
        "area": area_name(view.share.area),
        "late": opens and view.share.due_on < request.today,
        "handles": view.handles and opens,
        "answers": view.answers,
        "form": form or ShareAnswerForm(typed_in=not view.answers),
        "may_answer": opens and (view.answers or view.handles),
        "urging": urging,
        "urged": view.share.urged_on == request.today,
        "taking_back": taking_back or WhyForm(auto_id="id_back_%s"),
        "taking_back_open": taking_back is not None,
    }
    return render(request, "desk/share.html", page, status=422 if form or urging or taking_back else 200)
