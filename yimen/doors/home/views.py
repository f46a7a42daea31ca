"""The first page of each post, and the one search box."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yimen.doors.home.presenters import in_words
from yimen.doors.home.queries import home_page, is_id_number, search
from yimen.foundations.ui.api import guarded, render
from yimen.registers.people.api import FIND


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
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("q")
def show_search(request: HttpRequest) -> HttpResponse:
    """Residents, cases, matters and pages for the typed words (查找).

    The box posts. A complete id number goes on by POST, so that it stands in no address and no log; all else comes back
    as an address that can be kept.
    """
    if request.method == "POST":
        words = request.POST.get("q", "").strip()
        if request.actor.can_somewhere(FIND) and is_id_number(words):
            return HttpResponseRedirect(reverse("people:card"), preserve_request=True)
        if not words:
            return render(
                request, "home/search.html", search("", by=request.actor, on=request.today), status=422
            )
        return HttpResponseRedirect(f"{reverse('home:search')}?{urlencode({'q': words})}")
    found = search(request.GET.get("q", ""), by=request.actor, on=request.today)
    if found.only:
        return HttpResponseRedirect(found.only)
    return render(request, "home/search.html", found)
