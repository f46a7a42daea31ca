"""The page of a counter (窗口叫号): whose turn it is, and what becomes of her."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import find_people
from yimen.work.bookings import operations
from yimen.work.bookings.forms import CounterForm
from yimen.work.bookings.permissions import FIND, SERVE
from yimen.work.bookings.queries import at_counter, get_hall, in_line, standing

FOUND = 6
DEEDS = {
    "again": (operations.call_again, "已重呼 {} 号。"),
    "missed": (operations.not_there, "{} 号没有来，已过号。"),
    "finished": (operations.finish_ticket, "{} 号办完了。"),
}


@guarded(SERVE)
@require_GET
def show_counter(request: HttpRequest, hall: UUID, counter: int) -> HttpResponse:
    """Whose turn it is at this counter, and who comes next (窗口叫号)."""
    by, on = request.actor, request.today
    found = get_hall(hall, by=by)
    if not 1 <= counter <= found.counters:
        raise NotFound()
    text = request.GET.get("q", "").strip()[:80] if by.can_somewhere(FIND) else ""
    line = in_line(found, on, by=by)
    page = {
        "hall": found,
        "counter": counter,
        "ticket": at_counter(found, on, counter, by=by),
        "standing": standing(found, by=by, on=on),
        "next": list(line.filter(for_counter__in=(0, counter))[:FOUND]),
        "hand": CounterForm(counters=found.counters, here=counter) if found.counters > 1 else None,
        "finds": by.can_somewhere(FIND),
        "text": text,
        "people": find_people(text, by=by, on=on, limit=FOUND) if text else [],
        "here": reverse("bookings:counter", args=[hall, counter]),
    }
    return render(request, "bookings/counter.html", page)


@guarded(SERVE)
@require_POST
def call(request: HttpRequest, hall: UUID, counter: int) -> HttpResponse:
    """Call whoever is next (叫下一位)."""
    ticket = operations.call_next(
        by=request.actor,
        at=request.at,
        hall=hall,
        counter=counter,
        request_key=request.POST.get("request_key"),
    )
    if ticket is None:
        messages.info(request, "没有人在等。")
    return HttpResponseRedirect(reverse("bookings:counter", args=[hall, counter]))


@guarded(SERVE)
@require_POST
def act(request: HttpRequest, hall: UUID, counter: int, ticket: UUID, deed: str) -> HttpResponse:
    """Call again, not there, finished, or on to another counter (重呼、过号、办完、转窗口)."""
    given = {
        "by": request.actor,
        "at": request.at,
        "ticket": ticket,
        "request_key": request.POST.get("request_key"),
    }
    if deed == "hand":
        form = CounterForm(request.POST, counters=get_hall(hall, by=request.actor).counters, here=counter)
        if not form.is_valid():
            messages.error(request, "请选转到哪个窗口。")
            return HttpResponseRedirect(reverse("bookings:counter", args=[hall, counter]))
        done = operations.hand_on(**given, **form.cleaned_data)
        messages.success(request, f"{done.spoken} 号转到 {done.for_counter} 号窗口，排在最前。")
    elif deed in DEEDS:
        operation, said = DEEDS[deed]
        messages.success(request, said.format(operation(**given).spoken))
    else:
        raise NotFound()
    return HttpResponseRedirect(reverse("bookings:counter", args=[hall, counter]))
