"""Pages of duty: the roster of a month, swapping, and handing a shift over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.ui.api import guarded, refusals_into, render
from yimen.kernel.faults import Fault
from yimen.kernel.periods import Month, parse_month
from yimen.registers.places.api import area_name
from yimen.services.hotline.engine.rulebook import rule_of
from yimen.services.hotline.forms import NoteForm, RosterForm, SwapForm
from yimen.services.hotline.operations import give_shift, set_roster, sign_shift, swap_shifts
from yimen.services.hotline.permissions import KEEP_ROSTER, LOG
from yimen.services.hotline.presenters import roster_days
from yimen.services.hotline.queries import (
    find_calls,
    get_shift,
    hand_over_of,
    month_before,
    people_for,
    place_of,
    shifts_of_month,
    waiting_calls,
)
from yimen.services.hotline.rules import carry_on, slots_of_month


@guarded(LOG)
@require_GET
def show_roster(request: HttpRequest) -> HttpResponse:
    """The roster of a month: who is on duty when (值班表)."""
    return render(request, "hotline/roster.html", _roster(request))


@guarded(LOG)
@require_GET
def print_roster(request: HttpRequest) -> HttpResponse:
    """The same on paper, to hang up (打印值班表)."""
    return render(request, "hotline/roster_paper.html", _roster(request))


@guarded(KEEP_ROSTER)
@require_http_methods(["GET", "POST"])
def edit_roster(request: HttpRequest) -> HttpResponse:
    """Make the roster of a month on one page (排班); the order of the last month can be carried on."""
    area, month = _roster_area(request, KEEP_ROSTER), _month(request)
    slots = [slot for slot in _slots(request, area, month) if slot.starts > request.at]
    people = people_for(area, on=request.today)
    standing = {
        f"{one.on}-{one.part}": str(one.account) for one in shifts_of_month(area, month, by=request.actor)
    }
    initial = _carried(request, area, month, slots) if "carry" in request.GET else standing
    form = RosterForm(
        request.POST if request.method == "POST" else None, slots=slots, people=people, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            changed = set_roster(
                by=request.actor,
                at=request.at,
                area=area,
                month=month,
                people=form.people(),
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, f"值班表已保存，改了 {changed} 个班。")
            return HttpResponseRedirect(reverse("hotline:roster") + f"?month={month}")
    page = {
        "form": form,
        "month": month,
        "area": area_name(area),
        "nobody": not people,
        "slots": slots,
        "carried": "carry" in request.GET,
    }
    return render(request, "hotline/roster_edit.html", page, status=422 if form.errors else 200)


@guarded(KEEP_ROSTER)
@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest) -> HttpResponse:
    """Swap the persons of two shifts to come, with the reason (换班)."""
    area, month = _roster_area(request, KEEP_ROSTER), _month(request)
    coming = [one for one in shifts_of_month(area, month, by=request.actor) if one.starts > request.at]
    choices = [
        (str(one.public_id), f"{one.on.month}月{one.on.day}日 {one.title} {one.account_name}")
        for one in coming
    ]
    form = SwapForm(request.POST if request.method == "POST" else None, shifts=choices)
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            swap_shifts(
                by=request.actor,
                at=request.at,
                first=UUID(form.cleaned_data["first"]),
                second=UUID(form.cleaned_data["second"]),
                reason=form.cleaned_data["reason"],
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "已换班，两个班都记下了原因。")
            return HttpResponseRedirect(reverse("hotline:roster") + f"?month={month}")
    page = {"form": form, "month": month, "none": len(coming) < 2}
    return render(request, "hotline/swap.html", page, status=422 if form.errors else 200)


@guarded(LOG)
@require_http_methods(["GET", "POST"])
def show_shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    """One shift: hand it over, or sign for it with what was left open (交接班)."""
    by, found = request.actor, get_shift(shift, by=request.actor)
    over = hand_over_of(found, by=by)
    own = found.account == by.account
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"note": over.given_note if over and own else ""},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            (give_shift if own else sign_shift)(
                by=by,
                at=request.at,
                shift=shift,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "已交班，等下一班签收。" if own else "已签收，下面这些现在归您答复。")
            return HttpResponseRedirect(reverse("hotline:shift", args=[shift]))
    signed = over is not None and over.signed_at is not None
    listed = find_calls(by=by).filter(public_id__in=over.calls) if signed else waiting_calls(by=by)
    page = {
        "shift": found,
        "over": over,
        "own": own,
        "signed": signed,
        "area": area_name(found.area),
        "calls": list(listed.filter(area__startswith=found.area).order_by("id")[:100]),
        "may_sign": not own and not signed and (found.ends <= request.at or (over and over.given_at)),
        "may_give": own and not signed and found.starts <= request.at,
        "form": form,
        "now": request.at,
    }
    return render(request, "hotline/shift.html", page, status=422 if form.errors else 200)


def _roster(request: HttpRequest) -> dict[str, Any]:
    area, month = _roster_area(request, LOG), _month(request)
    shifts = list(shifts_of_month(area, month, by=request.actor))
    return {
        "area": area_name(area),
        "month": month,
        "before": month.previous(),
        "after": month.next(),
        "days": roster_days(_slots(request, area, month), shifts, at=request.at),
        "empty": not shifts,
        "may_keep": request.actor.can(KEEP_ROSTER, area=area),
    }


def _slots(request: HttpRequest, area: str, month: Month) -> list[Any]:
    calendar = working_calendar(on=request.today)
    parts = rule_of(area, on=request.today).shifts
    return list(slots_of_month(month, parts=parts, works=lambda day: bool(calendar.is_working_day(day))))


def _carried(request: HttpRequest, area: str, month: Month, slots: list[Any]) -> dict[str, str]:
    """The order of the month before, carried on part by part."""
    before = month_before(area, month, by=request.actor)
    told: dict[str, str] = {}
    for part in {slot.part for slot in slots}:
        whole = [slot for slot in _slots(request, area, month) if slot.part == part]
        names = carry_on(before.get(part, []), len(whole))
        told |= {slot.key: name for slot, name in zip(whole, names, strict=True)}
    return told


def _roster_area(request: HttpRequest, permission: str) -> str:
    areas = request.actor.areas_for(permission)
    return areas[0] if areas and areas[0] else place_of(request.actor)


def _month(request: HttpRequest) -> Month:
    read = parse_month(request.GET.get("month", ""))
    here = Month.of(request.today)
    # Ten years hence or ago is far enough, and no arithmetic leaves the calendar.
    far = isinstance(read, Fault) or abs(read.year - here.year) > 10
    return here if far else read
