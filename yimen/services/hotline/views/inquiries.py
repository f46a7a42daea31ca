"""Questions in one tap: count, take back, what a topic leads to."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, render, wants_part
from yimen.kernel.refusals import NotFound
from yimen.services.hotline.operations import count_inquiry, undo_inquiry
from yimen.services.hotline.permissions import LOG
from yimen.services.hotline.queries import NoTopic, chips, place_of, tapped_today, topic_page

PLACES = ("head", "home", "page")
CHIPS = "hotline/parts/chips.html"


@guarded(LOG)
@require_GET
def show_inquiries(request: HttpRequest) -> HttpResponse:
    """The chips on a page of their own, what was just counted, and today's tally (咨询)."""
    told = {"title": request.GET.get("told", "")[:12], "entry": _entry(request.GET.get("entry", ""))}
    page = _chips(request, "page") | {
        "told": told if told["entry"] and told["title"] in dict.fromkeys(_titles(request).values()) else None,
        "undone": "undone" in request.GET,
        "tally": tapped_today(by=request.actor, on=request.today),
    }
    return render(request, "hotline/inquiries.html", page)


@guarded(LOG)
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """One tap, one question (咨询一次); answered in place, or by the page of questions without scripts."""
    topic = request.POST.get("topic", "")
    entry = count_inquiry(
        by=request.actor,
        at=request.at,
        area=place_of(request.actor),
        topic_key=topic,
        request_key=request.POST.get("request_key"),
    )
    title = _titles(request)[topic]
    if wants_part(request):
        told = {"title": title, "entry": entry.public_id, "key": topic}
        return render(request, CHIPS, _chips(request) | {"told": told})
    return HttpResponseRedirect(reverse("hotline:inquiries") + f"?told={title}&entry={entry.public_id}")


@guarded(LOG)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the tap back (撤销)."""
    entry = _entry(request.POST.get("entry", ""))
    if entry is None:
        raise NotFound
    undo_inquiry(
        by=request.actor,
        at=request.at,
        area=place_of(request.actor),
        entry=entry,
        request_key=request.POST.get("request_key"),
    )
    if wants_part(request):
        return render(request, CHIPS, _chips(request) | {"undone": True})
    return HttpResponseRedirect(reverse("hotline:inquiries") + "?undone=1")


@guarded(LOG)
@require_GET
def show_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """What a topic leads to: its matters with their papers, and what is asked elsewhere (话题)."""
    return render(request, "hotline/topic.html", topic_page(topic, by=request.actor, on=request.today))


@guarded(LOG)
@require_GET
def print_notice(request: HttpRequest, topic: str, matter: str) -> HttpResponse:
    """Everything one matter asks for, on one sheet to take home (一次性告知)."""
    page = topic_page(topic, by=request.actor, on=request.today)
    found = next((one for one in page.matters if one.key == matter), None)
    if found is None:
        raise NoTopic
    told = {"topic": page, "matter": found.body, "today": request.today}
    return render(request, "hotline/notice.html", told)


def _chips(request: HttpRequest, place: str = "") -> dict[str, Any]:
    told = place or request.POST.get("place", "")
    return {
        "place": told if told in PLACES else "page",
        "topics": chips(on=request.today),
        # Each showing of the chips is a key of its own: a double click is one question, two visitors are two.
        "key": uuid4().hex,
    }


def _titles(request: HttpRequest) -> dict[str, str]:
    return dict(chips(on=request.today))


def _entry(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
