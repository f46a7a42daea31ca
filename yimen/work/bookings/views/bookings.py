"""Times promised at the window (窗口预约): the day with its slots, who booked, who came."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import find_people, person_card
from yimen.registers.places.api import offer_titles, offers_of
from yimen.work.bookings import operations
from yimen.work.bookings.engine.practice import practice
from yimen.work.bookings.forms import BookingForm
from yimen.work.bookings.permissions import FIND, SERVE
from yimen.work.bookings.queries import get_hall
from yimen.work.bookings.queries.appointments import get_appointment, open_slots, slots_with_bookings

FOUND = 6


@guarded(SERVE)
@require_http_methods(["GET", "POST"])
def show_bookings(request: HttpRequest, hall: UUID) -> HttpResponse:
    """A day's slots and who has them; find somebody, and promise her one (窗口预约)."""
    by = request.actor
    found, day, rules = get_hall(hall, by=by), _day(request), practice(on=request.today)
    slots = open_slots(found, day, calendar=working_calendar(on=day), rules=rules, by=by)
    lines = slots_with_bookings(found, day, slots, rules=rules, by=by)
    text = request.GET.get("q", "").strip()[:80] if by.can_somewhere(FIND) else ""
    person = _person(request)
    data = request.POST if request.method == "POST" else None
    titles = offer_titles(on=request.today)
    form = None
    if person:
        offered = sorted(
            titles[one][1]
            for one in offers_of([found.site], on=request.today).get(found.site_id, ())
            if one in titles
        )
        form = BookingForm(
            data, slots=[one.begins for one in lines if one.free], counters=found.counters, offered=offered
        )
        if data is not None and submitted(
            request, form, operations.book, hall=hall, person=person.public_id, day=day
        ):
            messages.success(request, f"已为{person.name}预约。")
            return HttpResponseRedirect(reverse("bookings:bookings", args=[hall]) + f"?day={day}")
    page = {
        "hall": found,
        "day": day,
        "today": request.today,
        "lines": lines,
        "text": text,
        "people": find_people(text, by=by, on=request.today, limit=FOUND) if text else [],
        "person": person,
        "form": form,
        "finds": by.can_somewhere(FIND),
        "here": reverse("bookings:bookings", args=[hall]),
    }
    return render(request, "bookings/bookings.html", page, status=422 if form and form.errors else 200)


@guarded(SERVE)
@require_GET
def show_booking(request: HttpRequest, appointment: UUID) -> HttpResponse:
    """The day on which a promised time stands (从台账看预约)."""
    found = get_appointment(appointment, by=request.actor)
    return HttpResponseRedirect(
        reverse("bookings:bookings", args=[found.hall.public_id]) + f"?day={found.day}"
    )


@guarded(SERVE)
@require_POST
def act_on_booking(request: HttpRequest, appointment: UUID, deed: str) -> HttpResponse:
    """She came, or she does not come after all (到场取号、取消预约)."""
    given = {
        "by": request.actor,
        "at": request.at,
        "appointment": appointment,
        "request_key": request.POST.get("request_key"),
    }
    if deed == "came":
        ticket = operations.check_in(**given)
        return HttpResponseRedirect(reverse("bookings:slip", args=[ticket.public_id]))
    if deed == "cancel":
        gone = operations.cancel_booking(**given)
        messages.success(request, "预约已取消。")
        return HttpResponseRedirect(
            reverse("bookings:bookings", args=[gone.hall.public_id]) + f"?day={gone.day}"
        )
    raise NotFound()


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return request.today


def _person(request: HttpRequest):
    try:
        named = UUID(request.GET.get("person", ""))
    except ValueError:
        return None
    return person_card(named, by=request.actor, on=request.today)
