"""Who is asked, how to reach her, the papers for it, and what came back (名单、纸质问卷、录入)."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.documents.api import code_svg
from yimen.foundations.forms.api import build_form, paper_page, shown
from yimen.foundations.ui.api import (
    Action,
    findings_into,
    guarded,
    public_address,
    refusals_into,
    render,
    render_list,
)
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.rounds import operations
from yimen.work.rounds.choices import OPEN, Channel, Standing
from yimen.work.rounds.engine.practice import keep_years
from yimen.work.rounds.forms import MarkForm, TypeForm
from yimen.work.rounds.lists import RollList
from yimen.work.rounds.permissions import FIND, HOLD, OPEN_FILE, VIEW
from yimen.work.rounds.queries import (
    form_of_round,
    get_line,
    get_round,
    reply_of,
    roll_listed,
    to_print,
)

AT_ONCE = 60


@guarded(VIEW)
@require_GET
def show_roll(request: HttpRequest, round: UUID) -> HttpResponse:
    """Who is asked (名单): with the filters it is the list to call, and the list to knock at."""
    found = get_round(round, by=request.actor)
    back = Action("回到征询", reverse("rounds:round", args=[round]), icon="arrow-left")
    return render_list(
        request,
        RollList,
        roll_listed(found, by=request.actor),
        title=f"{found.title} · 名单",
        actions=(back,),
    )


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def show_line(request: HttpRequest, round: UUID, line: UUID) -> HttpResponse:
    """One on the roll (名单上的一位): how to reach her, and how it went."""
    by, found = request.actor, get_round(round, by=request.actor)
    one = get_line(found, line, by=by)
    form = MarkForm(
        request.POST if request.method == "POST" else None,
        initial={"channel": one.channel, "standing": Standing.NOT_REACHED},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            operations.mark_line(
                by=by,
                at=request.at,
                round=round,
                line=line,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "记下了。")
            return HttpResponseRedirect(reverse("rounds:roll", args=[round]))
    named = None if found.is_anonymous else reply_of(one, by=by)
    body = form_of_round(found).body
    typing = urlencode({"word": one.word, "channel": one.channel})
    page = {
        "round": found,
        "line": one,
        "name": one.person_name if by.can_somewhere(FIND) else mask_name(one.person_name),
        "community": area_name(one.community),
        "holds": by.can(HOLD, area=found.area) and found.is_running,
        "open": one.standing in OPEN,
        "form": form,
        "file": reverse("people:file", args=[one.person]) if by.can(OPEN_FILE, area=one.area) else "",
        "link": public_address(request, reverse("portal:round", args=[one.word])),
        "typing": f"{reverse('rounds:type', args=[round])}?{typing}",
        "told": [(one.label, shown(one, named[one.key])) for one in body.questions if one.key in named]
        if named
        else [],
    }
    return render(request, "rounds/line.html", page, status=422 if form.errors else 200)


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest, round: UUID) -> HttpResponse:
    """Type a questionnaire from paper or telephone (录入回卷): the code, the answers, and on to the next."""
    by, found = request.actor, get_round(round, by=request.actor)
    definition = form_of_round(found)
    if request.method == "POST":
        whose = TypeForm(request.POST)
        form = build_form(definition, on=request.today, data=request.POST)
        if all([whose.is_valid(), form.is_valid()]):
            with findings_into(whose):
                operations.take_reply(
                    by=by,
                    at=request.at,
                    round=round,
                    word=whose.cleaned_data["paper_code"],
                    answers=form.answers,
                    channel=whose.cleaned_data["paper_channel"],
                    request_key=request.POST.get("request_key"),
                )
                messages.success(request, "已登记。接着录下一份。")
                return HttpResponseRedirect(
                    f"{reverse('rounds:type', args=[round])}?{urlencode({'channel': whose.cleaned_data['paper_channel']})}"
                )
    else:
        channel = request.GET.get("channel", "")
        asked = channel if channel in Channel.values else Channel.PAPER
        whose = TypeForm(initial={"paper_code": request.GET.get("word", "")[:30], "paper_channel": asked})
        form = build_form(definition, on=request.today)
    page = {"round": found, "whose": whose, "form": form}
    return render(request, "rounds/type.html", page, status=422 if whose.errors or form.errors else 200)


@guarded(HOLD)
@require_GET
def papers(request: HttpRequest, round: UUID) -> HttpResponse:
    """The questionnaires on paper, each with its code (纸质问卷), so many at a time."""
    return _printed(request, round, Channel.PAPER, "rounds/papers.html")


@guarded(HOLD)
@require_GET
def slips(request: HttpRequest, round: UUID) -> HttpResponse:
    """Slips with the link as a code to scan (扫码填写条), so many at a time."""
    return _printed(request, round, Channel.LINK, "rounds/slips.html")


def _printed(request: HttpRequest, public_id: UUID, channel: Channel, template: str) -> HttpResponse:
    by, found = request.actor, get_round(public_id, by=request.actor)
    by.must(HOLD, area=found.area)
    rows = list(to_print(found, channel, after=_after(request), by=by)[: AT_ONCE + 1])
    finds = by.can_somewhere(FIND)
    page = {
        "round": found,
        "area": area_name(found.area),
        "paper": paper_page(form_of_round(found)),
        "years": keep_years(on=request.today),
        "rows": [
            (
                one,
                one.person_name if finds else mask_name(one.person_name),
                # The code is made of our own letters only.
                mark_safe(_code(request, one.word)),  # nosec B308 B703
            )
            for one in rows[:AT_ONCE]
        ],
        "more": f"?after={rows[AT_ONCE - 1].public_id}" if len(rows) > AT_ONCE else "",
    }
    return render(request, template, page)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _code(request: HttpRequest, word: str) -> str:
    return code_svg(public_address(request, reverse("portal:round", args=[word])), title="扫码填写")
