"""The first page of each post, and the one search box."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from yimen.doors.home.presenters import in_words
from yimen.doors.home.queries import home_page, search
from yimen.foundations.ui.api import guarded, render


@guarded(None)
@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """What do I do next? (工作台首页)"""
    cards = home_page(by=request.actor, at=request.at)
    page = {
        "name": request.actor.name,
        "today": request.today,
        "sentence": in_words(cards),
        "wide": [(card, content) for card, content in cards if card.wide],
        "cards": [(card, content) for card, content in cards if not card.wide],
    }
    return render(request, "home/home.html", page)


@guarded(None)
@require_GET
def show_search(request: HttpRequest) -> HttpResponse:
    """Residents, cases, matters and pages for the typed words (查找)."""
    found = search(request.GET.get("q", ""), by=request.actor, on=request.today)
    if found.only:
        return HttpResponseRedirect(found.only)
    return render(request, "home/search.html", found)
