"""The list of what is typed into other systems, and the card to type from (抄录)."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import Action, findings_into, guarded, refusals_into, render, render_list
from yimen.registers.people.api import note_look, show_field
from yimen.work.transcripts import operations
from yimen.work.transcripts.choices import Standing
from yimen.work.transcripts.forms import SeeForm, WriteBackForm, write_form
from yimen.work.transcripts.lists import TranscriptList
from yimen.work.transcripts.permissions import VIEW, WRITE
from yimen.work.transcripts.queries import Card, counts, get_card, get_transcript, transcripts


@guarded(VIEW)
@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """What waits to be typed, what is not over there yet, what is (抄录清单)."""
    here, chosen = reverse("transcripts:transcripts"), request.GET.get("standing", "")
    number = counts(by=request.actor)
    kept = {"system": request.GET["system"]} if request.GET.get("system") else {}
    tabs = [{"label": "全部", "url": f"{here}?{urlencode(kept)}", "current": chosen not in Standing.values}]
    tabs += [
        {
            "label": label,
            "url": f"{here}?{urlencode(kept | {'standing': value})}",
            "current": chosen == value,
            "count": number[value],
        }
        for value, label in Standing.choices
    ]
    return render_list(
        request,
        TranscriptList,
        transcripts(by=request.actor),
        template="transcripts/transcripts.html",
        actions=(Action("导入外部系统的表", reverse("transcripts:upload"), icon="upload"),)
        if request.actor.can_somewhere(WRITE)
        else (),
        subtitle="受理以后还要录入上级系统的件",
        extra={"tabs": tabs},
    )


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def show_card(request: HttpRequest, transcript: UUID) -> HttpResponse:
    """The card to type from (抄录卡), and what the other system gave in return."""
    by = request.actor
    found = get_transcript(transcript, by=by)
    card = get_card(found, by=by, on=request.today)
    if request.method == "GET":
        if card.opens_file:
            note_look(by=by, at=request.at, person=found.person, why=f"抄录到{card.title}")
        return _page(request, card)
    form = write_form(card, request.POST)
    if form.is_valid():
        with findings_into(form):
            operations.write_back(
                by=by,
                at=request.at,
                transcript=transcript,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "外部编号和状态已登记。")
            to_case = request.POST.get("back") == "case"
            return HttpResponseRedirect(
                reverse("desk:case", args=[found.case])
                if to_case
                else reverse("transcripts:card", args=[transcript])
            )
    return _page(request, card, form=form, status=422)


@guarded(VIEW)
@require_POST
def see(request: HttpRequest, transcript: UUID) -> HttpResponse:
    """Show one fact whole on this page and no other (查看完整信息), for a purpose that is noted."""
    by = request.actor
    found = get_transcript(transcript, by=by)
    card = get_card(found, by=by, on=request.today)
    form = SeeForm(request.POST, asks=card.asks)
    if form.is_valid():
        with refusals_into(form):
            asked = form.cleaned_data
            document = card.document if asked["field"] == "id_number" else None
            value = show_field(by=by, at=request.at, person=found.person, document=document, **asked)
            opened = (asked["field"], value)
            return _page(request, get_card(found, by=by, on=request.today, opened=opened))
    return _page(request, card, asking=form, status=422)


def _page(
    request: HttpRequest,
    card: Card,
    *,
    form: WriteBackForm | None = None,
    asking: SeeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        "card": card,
        "form": (form or write_form(card)) if card.writes else None,
        "asking": (asking or SeeForm(asks=card.asks, auto_id="id_see_%s")) if card.asks else None,
    }
    return render(request, "transcripts/card.html", page, status=status)
