"""Pages of seals: ask, approve, stamp, and the log on paper (印章管理)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.registers.organisations.api import all_posts
from yimen.registers.places.api import area_name
from yimen.services.seals import operations
from yimen.services.seals.engine.grammar import uses
from yimen.services.seals.forms import (
    AskForm,
    DecideForm,
    EndForm,
    HandOverForm,
    PeriodForm,
    RegisterForm,
    StampForm,
    VoidForm,
)
from yimen.services.seals.lists import RequestList, SealList, StampingList
from yimen.services.seals.permissions import APPROVE_SEAL, ASK_SEAL, KEEP_SEALS, VIEW_SEALS
from yimen.services.seals.queries import (
    approval_area,
    get_request,
    get_seal,
    handovers_of,
    log_between,
    requests,
    seals,
    seals_for,
    stampings,
    stampings_of,
)

_TABS = (
    ("seals:requests", "用印申请"),
    ("seals:log", "用印登记"),
    ("seals:seals", "印章名册"),
    ("seals:uses", "使用范围清单"),
)


@guarded(VIEW_SEALS)
@require_GET
def show_requests(request: HttpRequest) -> HttpResponse:
    """Requests for a seal (用印申请)."""
    return _list(request, RequestList, requests(by=request.actor), "seals:requests")


@guarded(VIEW_SEALS)
@require_GET
def show_log(request: HttpRequest) -> HttpResponse:
    """What was stamped (用印登记)."""
    return _list(request, StampingList, stampings(by=request.actor), "seals:log")


@guarded(VIEW_SEALS)
@require_GET
def show_seals(request: HttpRequest) -> HttpResponse:
    """The register of seals (印章名册)."""
    return _list(request, SealList, seals(by=request.actor), "seals:seals")


@guarded(VIEW_SEALS)
@require_GET
def show_uses(request: HttpRequest) -> HttpResponse:
    """The list of permitted uses (印章使用范围清单)."""
    page = {"uses": uses(on=request.today), "tabs": _tabs("seals:uses")}
    return render(request, "seals/uses.html", page)


@guarded(ASK_SEAL)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a seal (申请用印); what cannot be stamped is answered at once with the body that can."""
    form = AskForm(request.POST if request.method == "POST" else None, uses=uses(on=request.today))
    area = request.actor.areas_for(ASK_SEAL)[0]
    if request.method == "POST" and (made := submitted(request, form, operations.request_seal, area=area)):
        if made.sentence:
            messages.warning(request, "不能用印，已照实记录。请把下面的答复告诉申请人。")
        else:
            messages.success(request, "已送审批。")
        return HttpResponseRedirect(reverse("seals:request", args=[made.public_id]))
    return render(request, "seals/ask.html", {"form": form}, status=422 if form.errors else 200)


@guarded(VIEW_SEALS)
@require_GET
def show_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """One request: what was asked, decided and stamped."""
    return _request_page(request, asked)


@guarded(APPROVE_SEAL)
@require_POST
def decide(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Approve or turn down (审批用印)."""
    get_request(asked, by=request.actor)
    form = DecideForm(request.POST)
    if submitted(request, form, operations.decide_seal_request, request=asked):
        messages.success(request, "审批意见已登记。")
        return HttpResponseRedirect(reverse("seals:request", args=[asked]))
    return _request_page(request, asked, decide=form)


@guarded(KEEP_SEALS)
@require_POST
def stamp(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Enter what was stamped (盖章登记)."""
    found = get_request(asked, by=request.actor)
    form = StampForm(request.POST, seals=seals_for(found, by=request.actor))
    if made := submitted(request, form, operations.stamp, request=asked):
        messages.success(request, f"已登记，登记号 {made.spoken_number}。")
        return HttpResponseRedirect(reverse("seals:request", args=[asked]))
    return _request_page(request, asked, stamp=form)


@guarded(KEEP_SEALS)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, asked: UUID, stamping: UUID) -> HttpResponse:
    """Void a spoilt sheet (作废)."""
    found = get_request(asked, by=request.actor)
    form = VoidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submitted(request, form, operations.void_stamping, stamping=stamping):
        messages.success(request, "已作废，重盖另编新号。")
        return HttpResponseRedirect(reverse("seals:request", args=[asked]))
    page = {
        "title": "作废用印",
        "form": form,
        "back": reverse("seals:request", args=[asked]),
        "label": "作废",
        "subtitle": found.document,
    }
    return render(request, "seals/form.html", page, status=422 if form.errors else 200)


@guarded(KEEP_SEALS)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Put a seal on the register (登记印章)."""
    area = request.actor.areas_for(KEEP_SEALS)[0]
    form = RegisterForm(request.POST if request.method == "POST" else None, keepers=_keepers(request, area))
    if request.method == "POST" and (made := submitted(request, form, operations.register_seal, area=area)):
        messages.success(request, "已登记。")
        return HttpResponseRedirect(reverse("seals:seal", args=[made.public_id]))
    page = {
        "title": "登记印章",
        "form": form,
        "back": reverse("seals:seals"),
        "label": "登记",
        "subtitle": area_name(area),
    }
    return render(request, "seals/form.html", page, status=422 if form.errors else 200)


@guarded(VIEW_SEALS)
@require_http_methods(["GET", "POST"])
def show_seal(request: HttpRequest, seal: UUID) -> HttpResponse:
    """One seal: who kept it when; hand it over, or end it (印章交接、停用)."""
    found = get_seal(seal, by=request.actor)
    keepers = _keepers(request, found.area)
    act = request.POST.get("act", "")
    hand = HandOverForm(request.POST if act == "hand" else None, keepers=keepers, auto_id="id_hand_%s")
    end = EndForm(request.POST if act == "end" else None, auto_id="id_end_%s")
    for form, deed in ((hand, operations.hand_over_seal), (end, operations.end_seal)):
        if form.is_bound and submitted(request, form, deed, seal=seal):
            messages.success(request, "已登记。")
            return HttpResponseRedirect(reverse("seals:seal", args=[seal]))
    page = {
        "seal": found,
        "area": area_name(found.area),
        "handovers": handovers_of(found, by=request.actor),
        "may_keep": request.actor.can(KEEP_SEALS, area=found.area) and found.state == "in_use",
        "hand": hand,
        "end": end,
    }
    return render(request, "seals/seal.html", page, status=422 if hand.errors or end.errors else 200)


@guarded(VIEW_SEALS)
@require_GET
def print_log(request: HttpRequest) -> HttpResponse:
    """The log of a period on A4 (用印登记簿)."""
    first_of_month = request.today.replace(day=1)
    data = request.GET if "first" in request.GET else {"first": first_of_month, "last": request.today}
    form = PeriodForm(data)
    page: dict[str, Any] = {
        "form": form,
        "stamped": [],
        "refused": [],
        "by": request.actor.name,
        "at": request.at,
    }
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        page["first"], page["last"] = first, last
        page["stamped"], page["refused"] = log_between(first, last, by=request.actor)
    return render(request, "seals/print.html", page, status=422 if form.errors else 200)


def _request_page(request: HttpRequest, asked: UUID, *, decide=None, stamp=None) -> HttpResponse:
    found = get_request(asked, by=request.actor)
    may_decide = found.state == "waiting" and request.actor.can(APPROVE_SEAL, area=approval_area(found))
    kept = seals_for(found, by=request.actor) if found.state == "approved" else []
    page = {
        "asked": found,
        "area": area_name(found.area),
        "stampings": stampings_of(found, by=request.actor),
        "own": found.asked_by == request.actor.key,
        "decide": (decide or DecideForm()) if may_decide or decide else None,
        "stamp": stamp or (StampForm(seals=kept, initial={"copies": found.copies}) if kept else None),
        "may_void": request.actor.can_somewhere(KEEP_SEALS),
    }
    return render(request, "seals/request.html", page, status=422 if decide or stamp else 200)


def _list(request: HttpRequest, screen: Any, rows: Any, current: str) -> HttpResponse:
    extra = {
        "tabs": _tabs(current),
        "may_ask": request.actor.can_somewhere(ASK_SEAL),
        "may_keep": request.actor.can_somewhere(KEEP_SEALS),
    }
    return render_list(request, screen, rows, template="seals/list.html", extra=extra)


def _tabs(current: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": reverse(name), "current": name == current} for name, label in _TABS]


def _keepers(request: HttpRequest, area: str) -> list[tuple[str, str]]:
    """Who may keep a seal of this area: the holders of posts for it."""
    return [
        (str(holder.account), f"{holder.name}（{line.post.title}）")
        for line in all_posts(by=request.actor, on=request.today)
        for holder in line.holders
        if line.post.area == area
    ]
