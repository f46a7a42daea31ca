"""The reception day: its desk for staff, and what is announced of it for everybody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, public, refusals_into, render
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.places.api import area_name
from yimen.services.council.engine.reception import next_reception_day, rule_for
from yimen.services.council.forms import ReceptionForm
from yimen.services.council.operations import set_reception_day
from yimen.services.council.permissions import HANDLE_CASE, HOLD_RECEPTION
from yimen.services.council.queries import Visit, reception_day, reception_days, visits_on


@dataclass(frozen=True)
class ReceptionPage:
    """The desk of a day: who receives, who came, and what each of them took home."""

    area: str
    day: date
    today: date
    announced: Any | None
    visits: list[Visit]
    form: ReceptionForm | None

    @property
    def is_today(self) -> bool:
        return self.day == self.today


@guarded(HANDLE_CASE)
@require_http_methods(["GET", "POST"])
def show_reception(request: HttpRequest) -> HttpResponse:
    """The desk of the reception day (接待日): today if it is one, else the next; ``?day=`` shows another."""
    by, today = request.actor, request.today
    may_set = by.can_somewhere(HOLD_RECEPTION)
    area = by.areas_for(HOLD_RECEPTION if may_set else HANDLE_CASE)[0]
    day = _day(request.GET.get("day", "")) or next_reception_day(area, on=today) or today
    announced = reception_day(area, day)
    form = None
    if request.method == "POST" and not may_set:
        raise NotAllowed(permission=HOLD_RECEPTION, area=area)
    if may_set:
        initial = _said(announced) if announced else _suggested(area, day, today)
        form = ReceptionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals_into(form):
            set_reception_day(
                by=by,
                at=request.at,
                area=area,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "已公布。公示页可以打印张贴。")
            return HttpResponseRedirect(f"{reverse('council:reception')}?day={form.cleaned_data['day']}")
    page = ReceptionPage(area, day, today, announced, visits_on(day, by=by), form)
    return render(request, "council/reception.html", page, status=422 if form and form.errors else 200)


@public
@require_GET
def show_announced(request: HttpRequest, area: str) -> HttpResponse:
    """When and where somebody receives, for residents, and to be printed (接待日公示)."""
    # An area nobody knows is called by its code.
    if area_name(area) == area:
        raise NotFound("没有这个社区或街道。")
    page = {
        "area": area,
        "next": next_reception_day(area, on=request.today),
        "rule": rule_for(area, on=request.today),
        "days": reception_days(area, on=request.today),
    }
    return render(request, "council/announced.html", page)


def _said(announced: Any) -> dict:
    names = ("day", "host_name", "host_post", "place", "opens", "closes")
    return {name: getattr(announced, name) for name in names}


def _suggested(area: str, day: date, today: date) -> dict:
    rule = rule_for(area, on=today)
    return {"day": day} | ({"opens": rule.opens, "closes": rule.closes} if rule else {})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
