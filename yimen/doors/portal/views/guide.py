"""The public catalogue: matters by what people say and by field, one matter, the sites and one of them. No account."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yimen.doors.portal.presenters import Home, SitesPage, map_points
from yimen.foundations.ui.api import public, render
from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.refusals import NotFound
from yimen.registers.places import api as places
from yimen.work.desk import api as desk

LONGEST_WORDS = 40


@public
@require_GET
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """What can be handled, found in one's own words, and where (办事指南)."""
    home = _home(request)
    text = request.GET.get("q", "")[:LONGEST_WORDS]
    fields = desk.fields_of_matters(on=request.today)
    chosen = request.GET.get("field", "")
    chosen = chosen if chosen in {one.key for one in fields} else ""
    where = desk.directory(home.code, at=request.at)
    only = request.GET.get("at") == "community"
    lines = []
    for choice in desk.guides(text, on=request.today, field=chosen):
        guide = desk.guide_of(choice.key, on=request.today)
        own = where.at_home(choice.key, guide.matter)
        best = own or next(iter(where.places(choice.key, guide.matter)), None)
        if not only or own is not None or (not home.code and guide.matter.level == "community"):
            lines.append((choice, guide, own, best))
    page = {
        "home": home,
        "text": text,
        "fields": fields,
        "field": next((one for one in fields if one.key == chosen), None),
        "only": only,
        "lines": lines,
        "explained": desk.find_explanations(text, by=None, on=request.today),
    }
    return render(request, "portal/catalogue.html", page)


@public
@require_GET
def show_guide(request: HttpRequest, matter: str) -> HttpResponse:
    """One matter: who, papers, steps, days, result, fee, basis, and where to go now (办事指南)."""
    return render(request, "portal/guide.html", _guide_page(request, matter))


@public
@require_GET
def print_guide(request: HttpRequest, matter: str) -> HttpResponse:
    """The guide on paper, to take along (一次性告知单)."""
    return render(request, "portal/guide_paper.html", _guide_page(request, matter))


@public
@require_GET
def show_sites(request: HttpRequest) -> HttpResponse:
    """Where residents are served, on a map and in a table, with what is open now (服务点)."""
    home = _home(request)
    code = home.code or _only_street()
    lines = places.nearest_sites(code, at=request.at) if code else []
    numbered = list(enumerate(lines, 1))
    return render(
        request, "portal/sites.html", SitesPage(home, numbered, map_points(lines, query=home.query))
    )


@public
@require_GET
def show_site(request: HttpRequest, site: UUID) -> HttpResponse:
    """One site: its hours, what it offers, and while it is closed the next open day and the nearest open one."""
    found = places.site(site)
    today = request.today
    home = _home(request)
    start = home.code or found.area
    now = places.how_sites_stand([found], at=request.at)[0]
    others = [] if now.is_open else places.nearest_sites(start, at=request.at)
    titles = places.offer_titles(on=today)
    having = places.offers_of([found], on=today).get(found.id, set())
    open_now = next((one for one in others if one.is_open and one.site.id != found.id), None)
    page = {
        "home": home,
        "site": found,
        "now": now,
        "today": today,
        "over": found.until is not None and found.until <= today,
        "place": places.full_area_name(found.area),
        "week": _week(places.weekly_hours(found, on=today)),
        "open_now": open_now,
        "matters": [
            (offer.partition("/")[2], title)
            for offer, (_, title) in titles.items()
            if offer in having and offer.startswith("matter/")
        ],
        "features": [
            title
            for offer, (_, title) in titles.items()
            if offer in having and not offer.startswith("matter/")
        ],
    }
    return render(request, "portal/site.html", page)


def _guide_page(request: HttpRequest, matter: str) -> dict:
    guide = desk.guide_of(matter, on=request.today)
    if guide is None:
        raise NotFound("没有这个事项，可能已经不办了；请在办事指南里另找。")
    home = _home(request)
    where = desk.directory(home.code, at=request.at)
    found = where.places(matter, guide.matter)
    return {
        "guide": guide,
        "matter": guide.matter,
        "home": home,
        "own": where.at_home(matter, guide.matter),
        "best": found[0] if found else None,
        "places": found[1:6],
        "why_not_own": desk.why_not_at(matter, area=home.code, on=request.today) if home.code else "",
        "today": request.today,
    }


def _home(request: HttpRequest) -> Home:
    """The community one asks from: chosen from the list, or found by the name of an estate."""
    code = request.GET.get("home", "")
    estate = request.GET.get("estate", "").strip()[:LONGEST_WORDS]
    found = places.estates_named(estate) if estate else []
    if len({one.area for one in found}) == 1:
        code = found[0].area
    line = places.find_area(code) if is_area_code(code) else None
    stands = line is not None and line.holds_on(request.today)
    if not stands or level(code) not in (Level.COMMUNITY, Level.STREET):
        code = ""
    streets = [
        (street.name, [(one.code, one.name) for one in places.communities_of(street.code, on=request.today)])
        for street in places.areas_under("", Level.STREET, on=request.today)
    ]
    several = [(one.area, f"{one.name}（{places.area_name(one.area)}）") for one in found]
    return Home(code, [one for one in streets if one[1]], estate, several if len(found) > 1 else ())


def _only_street() -> str:
    streets = places.areas_under("", Level.STREET)
    return streets[0].code if len(streets) == 1 else ""


def _week(hours: Sequence[places.Hours]) -> list[tuple[str, str]]:
    return [
        (day.label, "、".join(str(one) for one in sorted(hours) if one.weekday == day.value))
        for day in places.Weekday
    ]
