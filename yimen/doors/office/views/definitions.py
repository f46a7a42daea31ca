"""What policy says, as people read it; and its everyday parts, changed from a day on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from yimen.doors.office.forms.everyday import ChangeForm
from yimen.doors.office.operations import change_definition
from yimen.doors.office.permissions import VIEW_DEFINITIONS
from yimen.doors.office.presenters import CataloguePage, ChangePage
from yimen.doors.office.queries.definitions import (
    catalogue,
    definition_file,
    everyday_values,
    newest,
    preview,
    why_not_edit,
)
from yimen.foundations.definitions.api import spoken_words, title_of
from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotAllowed, NotPossible


@guarded(VIEW_DEFINITIONS)
@require_GET
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """All definitions in force, by kind (制度与规则)."""
    words = " ".join(request.GET.get("q", "").split())[:40]
    page = CataloguePage(words, catalogue(by=request.actor, on=request.today, words=words))
    return render(request, "office/definitions.html", page)


@guarded(VIEW_DEFINITIONS)
@require_GET
def show_definition(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One definition: how it reads, its versions, what changed, its worked examples (制度)."""
    page = definition_file(
        kind,
        key,
        by=request.actor,
        on=request.today,
        number=_number(request, "version"),
        against=_number(request, "with"),
    )
    return render(request, "office/definition.html", page)


@guarded(VIEW_DEFINITIONS)
@require_http_methods(["GET", "POST"])
def edit_definition(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Change the everyday parts: first the difference is shown, then it is published (修改并发布)."""
    by = request.actor
    if why := why_not_edit(kind, key, by=by):
        raise NotAllowed(why)
    base = newest(kind, key, by=by)
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        parts=everyday_values(base),
        earliest=max(request.today, base.effective_on),
        newest=base.version,
    )
    seen, refusal = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            based_on, from_day = form.cleaned_data["based_on"], form.cleaned_data["effective_on"]
            seen = preview(base, form.values, based_on=based_on, on=request.today, from_day=from_day)
            if request.POST.get("step") == "publish":
                change_definition(
                    by=by,
                    at=request.at,
                    kind=kind,
                    key=key,
                    values=form.values,
                    based_on=based_on,
                    effective_on=from_day,
                    change=form.cleaned_data["change"],
                    open_cases=form.cleaned_data["open_cases"],
                    request_key=request.POST.get("request_key"),
                )
                messages.success(request, f"已发布，自 {from_day} 起施行。")
                return redirect("office:definition", kind, key)
        except NotPossible as said:
            refusal = said.sentence
            form.add_error(None, refusal)
    words = "、".join(f"［{one}］" for one in spoken_words(base).values())
    page = ChangePage(kind, key, title_of(base), base, form, None if refusal else seen, words)
    return render(request, "office/edit.html", page, status=422 if form.errors else 200)


def _number(request: HttpRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 6 else None
