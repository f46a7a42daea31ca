"""Pages of a hall: who waits and where, a number for who comes in, its slip, its settings and its figures."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, public_address, render, submitted
from yimen.kernel.periods import Month
from yimen.registers.places.api import sites_in
from yimen.work.bookings import operations
from yimen.work.bookings.choices import Shows
from yimen.work.bookings.engine.practice import practice
from yimen.work.bookings.forms import HallForm, NewHallForm, PeriodForm, TicketForm
from yimen.work.bookings.permissions import KEEP, SERVE
from yimen.work.bookings.queries import (
    ahead_of,
    at_counters,
    board_address,
    figures,
    get_hall,
    get_ticket,
    halls,
    in_line,
    now_in_words,
    standing,
)
from yimen.work.bookings.rules import minutes_to_wait


@guarded(SERVE)
@require_GET
def show_halls(request: HttpRequest) -> HttpResponse:
    """The halls of one's areas (叫号大厅); where there is one, that one."""
    by = request.actor
    found = list(halls(by=by))
    sites = _without_hall(request)
    if len(found) == 1 and not sites:
        return HttpResponseRedirect(reverse("bookings:hall", args=[found[0].public_id]))
    lines = [(one, standing(one, by=by, on=request.today)) for one in found]
    return render(request, "bookings/halls.html", {"lines": lines, "may_open": bool(sites)})


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def open_hall(request: HttpRequest) -> HttpResponse:
    """Let tickets be called at a site (开启叫号)."""
    data = request.POST if request.method == "POST" else None
    form = NewHallForm(data, sites=_without_hall(request), initial={"counters": 3, "shows": Shows.NUMBERS})
    if data is not None and (made := submitted(request, form, operations.open_hall)):
        return HttpResponseRedirect(reverse("bookings:hall", args=[made.public_id]))
    page = {"form": form, "title": "开启叫号", "back": reverse("bookings:halls"), "back_label": "叫号大厅"}
    return render(request, "bookings/settings.html", page, status=422 if form.errors else 200)


@guarded(SERVE)
@require_http_methods(["GET", "POST"])
def show_hall(request: HttpRequest, hall: UUID) -> HttpResponse:
    """Who waits and where, and a number for who comes in (叫号大厅、取号)."""
    by, on = request.actor, request.today
    found = get_hall(hall, by=by)
    data = request.POST if request.method == "POST" else None
    form = TicketForm(data, rules=practice(on=on), names=found.shows == Shows.NAMES)
    if data is not None and (made := submitted(request, form, operations.take_ticket, hall=hall)):
        return HttpResponseRedirect(reverse("bookings:slip", args=[made.public_id]))
    busy = {one.counter: one for one in at_counters(found, on, by=by)}
    stands = standing(found, by=by, on=on)
    page = {
        "hall": found,
        "form": form,
        "counters": [(number, busy.get(number)) for number in range(1, found.counters + 1)],
        "line": list(in_line(found, on, by=by)),
        "standing": stands,
        "estimate": now_in_words(stands.minutes, waiting=stands.waiting),
        "may_serve": by.can(SERVE, area=found.area),
        "may_keep": by.can(KEEP, area=found.area),
        "board": public_address(request, reverse("bookings:board", args=[board_address(found)])),
    }
    return render(request, "bookings/hall.html", page, status=422 if form.errors else 200)


@guarded(SERVE)
@require_GET
def show_slip(request: HttpRequest, ticket: UUID) -> HttpResponse:
    """The slip of a ticket, 80 mm wide (号票)."""
    by = request.actor
    found = get_ticket(ticket, by=by)
    ahead = ahead_of(found, by=by)
    stands = standing(found.hall, by=by, on=found.day)
    minutes = minutes_to_wait(ahead, counters=stands.counters, each=stands.each)
    page = {
        "ticket": found,
        "ahead": ahead,
        "estimate": now_in_words(minutes, waiting=ahead),
        "back_after": practice(on=found.day).back_after,
    }
    return render(request, "bookings/slip.html", page)


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def change_hall(request: HttpRequest, hall: UUID) -> HttpResponse:
    """How many counters, what the board shows (设置叫号)."""
    found = get_hall(hall, by=request.actor)
    request.actor.must(KEEP, area=found.area)
    data = request.POST if request.method == "POST" else None
    form = HallForm(data, initial={"counters": found.counters, "shows": found.shows})
    here = reverse("bookings:hall", args=[hall])
    if data is not None and submitted(request, form, operations.change_hall, hall=hall):
        messages.success(request, "已保存。")
        return HttpResponseRedirect(here)
    page = {
        "form": form,
        "title": f"设置：{found.name}",
        "back": here,
        "back_label": found.name,
        "hall": found,
    }
    return render(request, "bookings/settings.html", page, status=422 if form.errors else 200)


@guarded(KEEP)
@require_POST
def renew_board(request: HttpRequest, hall: UUID) -> HttpResponse:
    """A new address for the board (换叫号屏网址)."""
    operations.renew_board(
        by=request.actor, at=request.at, hall=hall, request_key=request.POST.get("request_key")
    )
    messages.success(request, "叫号屏换了新网址，旧网址已经打不开。请在大屏上重新打开。")
    return HttpResponseRedirect(reverse("bookings:hall", args=[hall]))


@guarded(SERVE)
@require_GET
def show_figures(request: HttpRequest, hall: UUID) -> HttpResponse:
    """What came of the tickets of a day or a month, by counter (叫号统计)."""
    found = get_hall(hall, by=request.actor)
    form = PeriodForm(request.GET or None)
    first, last = _period(form, today=request.today)
    page = {
        "hall": found,
        "form": form,
        "first": first,
        "last": last,
        "month": first != last,
        "rows": figures(found, first, last, by=request.actor),
        "today": request.today,
    }
    return render(request, "bookings/figures.html", page)


def _period(form: PeriodForm, *, today: date) -> tuple[date, date]:
    """The first and the last day that the address names; today where it names none."""
    if form.is_bound and form.is_valid():
        if form.cleaned_data["day"]:
            return form.cleaned_data["day"], form.cleaned_data["day"]
        if text := form.cleaned_data["month"]:
            month = Month.of(date.fromisoformat(f"{text}-01"))
            return month.first_day, month.last_day
    return today, today


def _without_hall(request: HttpRequest) -> list:
    """The sites where this person may open a hall and there is none."""
    by = request.actor
    taken = {one.site_id for one in halls(by=by)}
    found = {one.id: one for area in by.areas_for(KEEP) for one in sites_in(area, on=request.today, by=by)}
    return [one for one in found.values() if one.id not in taken]
