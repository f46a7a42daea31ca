"""Pages of the hand-over: the lists, one list, its sheet, and what differs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.kernel.refusals import Refused
from yimen.registers.places.api import area_name, full_area_name
from yimen.services.archive import operations
from yimen.services.archive.choices import Verdict
from yimen.services.archive.forms import CarryForm, DifferentForm, FoundForm
from yimen.services.archive.lists import Differences, HandoverLines, HandoverLists, masked
from yimen.services.archive.permissions import HAND_OVER, KEEP, VIEW_LISTS
from yimen.services.archive.presenters import narrowed, page_query, present_list
from yimen.services.archive.queries import (
    areas_to_list,
    find_item,
    find_lists,
    handover_list,
    items_of,
    open_differences,
)


@guarded(VIEW_LISTS)
@require_GET
def show_lists(request: HttpRequest) -> HttpResponse:
    """Hand-over lists (移交清单), and the button that makes this month's now."""
    areas = areas_to_list(by=request.actor, today=request.today)
    return render_list(
        request,
        HandoverLists,
        find_lists(by=request.actor),
        template="archive/lists.html",
        extra=[(area, area_name(area)) for area in areas],
    )


@guarded(HAND_OVER)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make this month's list now, or add to it (提前做清单、补充)."""
    try:
        found = operations.make_list(
            by=request.actor,
            at=request.at,
            area=request.POST.get("area", ""),
            request_key=request.POST.get("request_key"),
        )
    except Refused as refusal:
        if refusal.status != 422:
            raise
        messages.info(request, refusal.sentence)
        return HttpResponseRedirect(reverse("archive:lists"))
    messages.success(request, f"{found.month_words}清单共 {found.lines} 件，看过后签字移交。")
    return _to_list(found.public_id)


@guarded(VIEW_LISTS)
@require_GET
def show_list(request: HttpRequest, handover: UUID) -> HttpResponse:
    """One list (移交清单), or its lines as an Excel sheet."""
    view = handover_list(handover, by=request.actor)
    if request.GET.get("export"):
        title = f"{area_name(view.list.area)}{view.list.month_words}移交清单"
        return render_list(request, HandoverLines, items_of(view.list), title=title)
    return _page(request, handover)


@guarded(HAND_OVER)
@require_POST
def send(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Sign off as handed over (签字移交)."""
    lines = request.POST.get("lines", "")
    seen = int(lines) if lines.isdecimal() and len(lines) < 7 else 0
    return _deed(request, handover, operations.send_list, "已签字移交，等档案员接收。", lines=seen)


@guarded(KEEP)
@require_POST
def tick(request: HttpRequest, handover: UUID, item: UUID) -> HttpResponse:
    """Say what was found of one line (核对); a difference without a note comes back with its sentence."""
    if request.POST.get("verdict") in (Verdict.RECEIVED, Verdict.PENDING):
        told = {"verdict": request.POST["verdict"]}
        return _deed(request, handover, operations.tick_item, "", item=item, anchor=item, **told)
    form = DifferentForm(request.POST)
    if submitted(request, form, operations.tick_item, handover=handover, item=item) is None:
        return _page(request, handover, bad=(item, form))
    return _to_list(handover, request, anchor=item)


@guarded(KEEP)
@require_POST
def tick_rest(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The rest was received (其余全部收到)."""
    return _deed(request, handover, operations.tick_rest, "其余都记为收到，核对无误后请签字。")


@guarded(KEEP)
@require_POST
def sign(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Sign as received (签字接收)."""
    return _deed(request, handover, operations.sign_list, "已签字接收，收到的件已编档号。")


@guarded(VIEW_LISTS)
@require_GET
def print_sheet(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The list on paper with two places to sign (打印清单)."""
    view = handover_list(handover, by=request.actor)
    items = masked(list(items_of(view.list)), request.actor)
    unit = full_area_name(view.list.area)
    return render(
        request, "archive/sheet.html", {"view": view, "items": items, "unit": unit, "today": request.today}
    )


@guarded(VIEW_LISTS)
@require_GET
def show_differences(request: HttpRequest) -> HttpResponse:
    """What differed and is not cleared up (移交差异)."""
    return render_list(request, Differences, open_differences(by=request.actor))


@guarded(VIEW_LISTS)
@require_http_methods(["GET", "POST"])
def show_difference(request: HttpRequest, item: UUID) -> HttpResponse:
    """One difference, and how it is cleared up (处理差异): found after all, or on to the next list."""
    found = find_item(item, by=request.actor)
    may_keep = request.actor.can(KEEP, area=found.area)
    may_carry = may_keep or request.actor.can(HAND_OVER, area=found.area)
    how = request.POST.get("how", "") if request.method == "POST" else ""
    came = FoundForm(request.POST if how == "found" else None, auto_id="id_found_%s")
    onward = CarryForm(request.POST if how == "carry" else None, auto_id="id_carry_%s")
    if how == "found" and submitted(request, came, operations.found_later, item=item):
        messages.success(request, "已在原条目上接收，档号已编好。")
        return HttpResponseRedirect(reverse("archive:difference", args=[item]))
    if how == "carry" and submitted(request, onward, operations.carry_on, item=item):
        messages.success(request, "已转到下次移交，下一张清单会带上它。")
        return HttpResponseRedirect(reverse("archive:difference", args=[item]))
    [shown] = masked([found], request.actor)
    page = {
        "item": shown,
        "area_name": area_name(found.area),
        "found_form": came if may_keep else None,
        "carry_form": onward if may_carry else None,
        "came": came.errors,
        "carried_to": getattr(found, "carried_to", None),
    }
    return render(
        request, "archive/difference.html", page, status=422 if came.errors or onward.errors else 200
    )


def _deed(request, handover, operation, said, *, anchor=None, **told) -> HttpResponse:
    """Do it and come back to the list; what cannot be done is said above it."""
    try:
        operation(
            by=request.actor,
            at=request.at,
            handover=handover,
            request_key=request.POST.get("request_key"),
            **told,
        )
    except Refused as refusal:
        if refusal.status != 422:
            raise
        messages.error(request, refusal.sentence)
        return _page(request, handover, status=422)
    if said:
        messages.success(request, said)
    return _to_list(handover, request, anchor=anchor)


def _page(request: HttpRequest, handover: UUID, *, bad=None, status: int = 200) -> HttpResponse:
    view = handover_list(handover, by=request.actor)
    show, after = page_query(request.GET)
    rows = masked(narrowed(items_of(view.list), show, after), request.actor)
    page = present_list(
        view, rows, by=request.actor, area_name=area_name(view.list.area), show=show, after=after, bad=bad
    )
    return render(request, "archive/list.html", page, status=422 if bad else status)


def _to_list(
    handover: UUID, request: HttpRequest | None = None, *, anchor: UUID | None = None
) -> HttpResponse:
    query = request.GET.urlencode() if request else ""
    address = reverse("archive:list", args=[handover]) + (f"?{query}" if query else "")
    return HttpResponseRedirect(address + (f"#line-{anchor}" if anchor else ""))
