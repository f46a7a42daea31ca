"""A message for whoever is on duty, without an account, and its answer by the word (留言)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yimen.doors.portal.forms import MessageForm
from yimen.doors.portal.views.words import by_word
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import client_address, public, render
from yimen.kernel.actor import system_actor
from yimen.kernel.areas import Level
from yimen.kernel.refusals import Refused
from yimen.registers.places.api import areas_under, full_area_name
from yimen.services.hotline.api import chips, is_open, leave_message, tracked_message

DOOR = "portal.message"


@public
@never_cache
@sensitive_post_parameters("contact", "name", "text")
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Leave a message for whoever is on duty (留言给值班员)."""
    areas = [(line.code, full_area_name(line.code)) for line in areas_under("", Level.COMMUNITY)]
    form = MessageForm(
        request.POST if request.method == "POST" else None, areas=areas, topics=chips(on=request.today)
    )
    if request.method == "POST" and form.is_valid():
        try:
            word = _leave(request, form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("portal:message", args=[word]) + "?sent=1")
    page = {"form": form, "open": is_open("", at=request.at)}
    return render(request, "portal/leave.html", page, status=422 if form.errors else 200)


@public
@never_cache
@require_GET
@by_word
def follow(request: HttpRequest, word: str) -> HttpResponse:
    """What became of a message, for whoever holds its word (留言进度)."""
    # The word is the right; nobody is signed in here.
    by = system_actor(DOOR)
    with act_as(by, on=request.today):
        found = tracked_message(word, by=by)
    page = {"word": word.upper()[:13], "message": found, "sent": "sent" in request.GET}
    return render(request, "portal/message.html", page, status=200 if found else 404)


def _leave(request: HttpRequest, form: MessageForm) -> str:
    told = form.cleaned_data
    by = system_actor(DOOR, areas=(told["area"],))
    with act_as(by, on=request.today):
        return leave_message(
            by=by,
            at=request.at,
            area=told["area"],
            topic=told["topic"],
            text=told["text"],
            name=told["name"],
            address=client_address(request),
            sent_as=request.POST.get("request_key", ""),
            **form.reached_by(),
        )
