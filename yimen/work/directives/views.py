"""Pages of directives: the lists, a new one, one with its deeds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import Action, guarded, render, render_list, submitted
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.places.api import full_area_name
from yimen.work.desk.api import find_cases
from yimen.work.directives import operations
from yimen.work.directives.choices import DirectiveKind
from yimen.work.directives.engine.practice import usual_day
from yimen.work.directives.forms import (
    AnswerForm,
    CloseForm,
    DirectiveForm,
    PutOffForm,
    ReturnForm,
    WithdrawForm,
)
from yimen.work.directives.lists import DirectiveList
from yimen.work.directives.permissions import ANSWER, GIVE
from yimen.work.directives.presenters import directive_page
from yimen.work.directives.queries import LISTS, get_directive, link_to, owners_in, work_list
from yimen.work.directives.rules import plain_address

_TITLES = {"mine": "等我答复", "given": "我交办的", "late": "已超期", "all": "全部"}
_DEEDS = {
    "answer": (operations.answer_directive, AnswerForm, "已答复，等交办人确认。"),
    "close": (operations.close_directive, CloseForm, "已办结。"),
    "return": (operations.return_directive, ReturnForm, "已退回再办。"),
    "put_off": (operations.put_off_directive, PutOffForm, "已改期。"),
    "withdraw": (operations.withdraw_directive, WithdrawForm, "已撤销。"),
}


@guarded(ANSWER)
@require_GET
def show_list(request: HttpRequest, kind: str = "") -> HttpResponse:
    """One of the lists (督办清单): givers begin with what they gave, others with what waits for them."""
    gives = request.actor.can_somewhere(GIVE)
    kind = kind or ("given" if gives else "mine")
    if kind not in LISTS:
        raise NotFound()
    tabs = [
        {"label": _TITLES[one], "url": reverse("directives:list", args=[one]), "current": one == kind}
        for one in LISTS
    ]
    begin = Action("交办", reverse("directives:new"), icon="send", tone="primary")
    return render_list(
        request,
        DirectiveList,
        work_list(kind, by=request.actor, today=request.today),
        template="directives/directives.html",
        title=f"督办 · {_TITLES[kind]}",
        actions=(begin,) if gives else (),
        extra=tabs,
    )


@guarded(GIVE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Want something of a colleague, about the case or page in the address (交办)."""
    by, on = request.actor, request.today
    about = _about(request)
    areas = by.areas_for(GIVE)
    area = about["area"] or request.GET.get("area", "") or areas[0]
    if not by.can(GIVE, area=area):
        raise NotAllowed(permission=GIVE, area=area)
    kind = request.GET.get("kind", "")
    kind = kind if kind in DirectiveKind.values else DirectiveKind.URGE
    form = DirectiveForm(
        request.POST if request.method == "POST" else None,
        owners=owners_in(area, by=by, on=on),
        initial={"kind": kind, "title": about["title"][:80], "due_on": usual_day(kind, on=on)},
    )
    if request.method == "POST":
        told = {"area": area, "about": about["url"], "about_title": about["title"], "case": about["case"]}
        if made := submitted(request, form, operations.give_directive, **told):
            messages.success(request, f"已交给{made.owner_name}。")
            return HttpResponseRedirect(link_to(made))
    page = {"form": form, "about": about, "area": full_area_name(area)}
    return render(request, "directives/new.html", page, status=422 if form.errors else 200)


@guarded(ANSWER)
@require_GET
def show(request: HttpRequest, directive: UUID) -> HttpResponse:
    """One directive (督办)."""
    page = directive_page(get_directive(directive, by=request.actor), today=request.today)
    return render(request, "directives/directive.html", page)


@guarded(ANSWER)
@require_POST
def act(request: HttpRequest, directive: UUID, deed: str) -> HttpResponse:
    """Answer, close, return, put off or withdraw it; a mistake brings the page back with a sentence."""
    if deed not in _DEEDS:
        raise NotFound()
    operation, shape, done = _DEEDS[deed]
    form = shape(request.POST, auto_id=f"id_{deed}_%s")
    if submitted(request, form, operation, directive=directive):
        messages.success(request, done)
        return HttpResponseRedirect(reverse("directives:directive", args=[directive]))
    file = get_directive(directive, by=request.actor)
    page = directive_page(file, today=request.today, bound={deed: form})
    return render(request, "directives/directive.html", page, status=422)


def _about(request: HttpRequest) -> dict[str, Any]:
    """What it is about, by the address: a case within reach (``case``), or a page of the house (``at``) and its words."""
    at = plain_address(request.GET.get("at", ""))
    if number := request.GET.get("case", "") or _case_at(at):
        try:
            found = find_cases(by=request.actor).filter(public_id=UUID(number)).first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound()
        return {
            "title": f"{found.matter_title} {found.spoken_number}",
            "url": reverse("desk:case", args=[found.public_id]),
            "case": found.public_id,
            "area": found.desk_area,
        }
    told = " ".join(request.GET.get("what", "").split())[:120]
    return {"title": told, "url": at, "case": None, "area": ""}


def _case_at(address: str) -> str:
    """The case whose page stands at an address; "" for any other page."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return ""
    return str(found.kwargs["case"]) if found.view_name == "desk:case" else ""
