"""Pages of service sites: all of them, one, its hours and window days, what it offers, the sheet for its door."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.areas import Level, is_area_code
from yimen.registers.places import api
from yimen.registers.places.forms import CloseSiteForm, HoursForm, OffersForm, SiteForm, WindowDaysForm
from yimen.registers.places.permissions import EDIT, VIEW
from yimen.registers.places.ports import offerings
from yimen.registers.places.presenters.hours import HoursPage
from yimen.registers.places.presenters.sites import SitesPage
from yimen.registers.places.views.shared import own_site, site_page, sites_around


@guarded(VIEW)
@require_GET
def show_sites(request: HttpRequest) -> HttpResponse:
    """Every site of one's areas, and of the street they lie in (服务点一览)."""
    by, today = request.actor, request.today
    sites = sites_around(request)
    offers = api.offers_of(sites, on=today)
    lines = [
        (one, api.area_name(one.site.area), len(offers.get(one.site.id, ())))
        for one in api.how_sites_stand(sites, at=request.at)
    ]
    may = [area for area in by.areas_for(EDIT) if is_area_code(area)]
    page = SitesPage(
        lines=lines,
        new=[(reverse("places:site_new", args=[area]), api.area_name(area)) for area in may],
        least=api.site_practice(on=today).window_days,
    )
    return render(request, "places/sites.html", page)


@guarded(VIEW)
@require_GET
def site(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A service site with its hours (服务点)."""
    return render(request, "places/site.html", site_page(request, public_id))


@guarded(VIEW)
@require_GET
def board(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sheet for the door (公示牌): to print and hang up, in A4 or A3, of today or of the day new hours begin."""
    return render(request, "places/board.html", site_page(request, public_id))


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Publish new hours (公布开放时间)."""
    found = own_site(request, public_id)
    if request.method == "GET":
        weekly = api.weekly_hours(found, on=request.today)
        initial = {"since": request.today, **HoursForm.initial_of(weekly)}
        return render(request, "places/hours.html", HoursPage(found, HoursForm(initial=initial)))
    form = HoursForm(request.POST)
    if _published(request, found, form):
        return redirect("places:site", public_id=found.public_id)
    return render(request, "places/hours.html", HoursPage(found, form), status=422)


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def window_days(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Plan the window days of the week (每周窗口日): so many at least, unless a reason is given."""
    found = own_site(request, public_id)
    practice = api.site_practice(on=request.today)
    weekly = api.weekly_hours(found, on=request.today)
    initial = {
        "since": request.today,
        **WindowDaysForm.initial_of(weekly, morning=practice.morning, afternoon=practice.afternoon),
    }
    data = request.POST if request.method == "POST" else None
    form = WindowDaysForm(data, initial=initial, least=practice.window_days)
    if data is not None and _published(request, found, form):
        return redirect("places:site", public_id=found.public_id)
    page = HoursPage(found, form, least=practice.window_days)
    return render(request, "places/window_days.html", page, status=422 if form.errors else 200)


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest, code: str) -> HttpResponse:
    """Open a site that serves an area (设立服务点)."""
    if not is_area_code(code) or not api.touches(code, by=request.actor):
        raise api.NoSuchPlace(what="区域")
    request.actor.must(EDIT, area=code)
    street = api.area(code).level == Level.STREET
    initial = {"since": request.today, "kind": "street_centre" if street else "community_station"}
    form = SiteForm(request.POST if request.method == "POST" else None, initial=initial)
    made: list[Any] = []

    def do(**told) -> None:
        made.append(api.open_site(area=code, **told))

    if request.method == "POST" and submitted(request, form, do):
        messages.success(request, "服务点已设立。接着公布开放时间和办理内容。")
        return redirect("places:site", public_id=made[0].public_id)
    page = {"form": form, "title": f"在{api.area_name(code)}设立服务点", "back": reverse("places:sites")}
    return render(request, "places/site_form.html", page, status=422 if form.errors else 200)


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct what is published about a site (更正服务点)."""
    found = own_site(request, public_id)
    names = (
        "name",
        "address",
        "phone",
        "in_charge",
        "holidays",
        "latitude",
        "longitude",
        "position_source",
        "size",
        "origin",
    )
    initial = {name: getattr(found, name) for name in names}
    form = SiteForm(request.POST if request.method == "POST" else None, initial=initial, described=True)

    def do(**told) -> None:
        api.describe_site(site=found, **told)

    if request.method == "POST" and submitted(request, form, do):
        messages.success(request, "已更正。")
        return redirect("places:site", public_id=found.public_id)
    back = reverse("places:site", args=[found.public_id])
    page = {"form": form, "title": f"更正{found.name}", "back": back}
    return render(request, "places/site_form.html", page, status=422 if form.errors else 200)


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what is offered at a site (办理内容)."""
    found = own_site(request, public_id)
    having = api.offers_of([found], on=request.today).get(found.id, set())
    groups = [
        (kind.key, kind.title, [(f"{kind.key}/{key}", title) for key, title in kind.choices(request.today)])
        for kind in sorted(offerings, key=lambda kind: kind.order)
    ]
    initial = {key: [offer for offer, _ in choices if offer in having] for key, _, choices in groups}
    form = OffersForm(request.POST if request.method == "POST" else None, initial=initial, groups=groups)

    def do(**told) -> None:
        chosen = [offer for offers in told.items() if offers[0] in form.fields for offer in offers[1]]
        rest = {key: value for key, value in told.items() if key not in form.fields}
        api.set_site_offers(site=found, offers=chosen, **rest)

    if request.method == "POST" and submitted(request, form, do):
        messages.success(request, "办理内容已公布。")
        return redirect("places:site", public_id=found.public_id)
    back = reverse("places:site", args=[found.public_id])
    page = {"form": form, "title": f"{found.name}办什么", "back": back}
    return render(request, "places/site_form.html", page, status=422 if form.errors else 200)


@guarded(EDIT)
@require_POST
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a site from a day on (撤销服务点)."""
    found = own_site(request, public_id)
    form = CloseSiteForm(request.POST, prefix="close")

    def do(**told) -> None:
        api.close_site(site=found, **told)

    if submitted(request, form, do):
        messages.success(request, "已登记撤销，居民查询页会照此显示。")
        return redirect("places:site", public_id=found.public_id)
    return render(request, "places/site.html", site_page(request, public_id, close=form), status=422)


def _published(request: HttpRequest, found: Any, form: forms.Form) -> bool:
    """Publish the hours a form came to."""

    def do(**told) -> None:
        given = {key: told[key] for key in ("by", "at", "request_key", "hours", "since")}
        api.set_site_hours(site=found, why=told.get("why", ""), **given)

    if not submitted(request, form, do):
        return False
    messages.success(request, "新的开放时间已公布。原来的时间留在历史里；请打印新的公示牌，换下旧的。")
    return True
