"""What a worker has to find out, and one row of it (我的名单、登记结果、人工对上)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.forms.api import build_form, shown
from yimen.foundations.ui.api import Action, guarded, refusals_into, render, render_list
from yimen.kernel.areas import Level, level
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import find_people, person_cards
from yimen.registers.places.api import area_name, areas_under
from yimen.standards.masking import mask_name, mask_phone
from yimen.work.namelists import operations
from yimen.work.namelists.choices import ENDED, OPEN, Outcome
from yimen.work.namelists.forms import SettleForm, WayForm
from yimen.work.namelists.lists import MyDone, MyRows
from yimen.work.namelists.permissions import FIND, HOLD, OPEN_FILE, VIEW, WORK
from yimen.work.namelists.presenters import stories
from yimen.work.namelists.queries import deeds_of, form_of_list, get_row, my_rows, next_row
from yimen.work.namelists.rules import standing_deed, why_not_change, without_numbers

FOUND = 8


@guarded(WORK)
@require_GET
def show_mine(request: HttpRequest) -> HttpResponse:
    """What one has to find out, grid by grid (我的名单)."""
    rows = my_rows(by=request.actor).filter(outcome__in=OPEN)
    done = Action("今天做过的", reverse("namelists:done"), icon="history")
    return render_list(request, MyRows, rows, actions=(done,))


@guarded(WORK)
@require_GET
def show_done(request: HttpRequest) -> HttpResponse:
    """What was told today (今天做过的)."""
    rows = my_rows(by=request.actor).filter(worked_on=day_of(request.at))
    back = Action("我的名单", reverse("namelists:mine"), icon="arrow-left")
    return render_list(request, MyDone, rows, actions=(back,))


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, row: UUID) -> HttpResponse:
    """One row (名单行): whom to ask, what to ask, and the result in one press."""
    by, one = request.actor, get_row(row, by=request.actor)
    definition, posted = form_of_list(one.name_list), request.method == "POST"
    outcome = request.POST.get("outcome", "")
    whole = posted and outcome == Outcome.DONE
    way = WayForm(request.POST if posted else None)
    form = build_form(
        definition,
        on=request.today,
        data=request.POST if whole else None,
        answers=None if whole else one.answers,
    )
    if posted and outcome not in Outcome.values:
        raise NotFound()
    if posted and way.is_valid() and (not whole or form.is_valid()):
        with refusals_into(way):
            operations.work_row(
                by=by,
                at=request.at,
                row=row,
                outcome=Outcome(outcome),
                way=way.cleaned_data["way"],
                answers=form.answers if whole else None,
                request_key=request.POST.get("request_key"),
            )
            return _on(request, one)
    works = by.can(WORK, area=one.area)
    deeds = deeds_of(one, by=by)
    last = standing_deed(deeds)
    today = request.today
    barred = why_not_change(outcome=one.outcome, worked_on=one.worked_on, today=today)
    finds = by.can_somewhere(FIND)
    holds = by.can(HOLD, area=one.name_list.area)
    page = {
        "row": one,
        "list": one.name_list,
        "name": (one.name or "（没有写姓名）") if finds else mask_name(one.name),
        "area": area_name(one.area),
        "phone": one.phone if works else mask_phone(one.phone) if one.phone else "",
        "calls": works and "".join(mark for mark in one.phone if mark.isdigit()),
        "address": one.address if works else without_numbers(one.address),
        "file": reverse("people:file", args=[one.person])
        if one.person and by.can(OPEN_FILE, area=one.area)
        else "",
        "form": form,
        "way": way,
        "works": works and one.name_list.is_running and barred is None,
        "barred": barred if one.name_list.is_running else None,
        "others": [(value, Outcome(value).label) for value in (Outcome.AGAIN, *ENDED[1:])],
        "undoes": works
        and one.name_list.is_running
        and last is not None
        and last.on == today
        and last.by == by.key,
        "told": _told(definition, one),
        "story": stories(deeds),
        "settles": holds and one.name_list.is_draft,
    }
    wrong = posted and (way.errors or form.errors)
    return render(request, "namelists/row.html", page, status=422 if wrong else 200)


@guarded(WORK)
@require_POST
def undo(request: HttpRequest, row: UUID) -> HttpResponse:
    """Take back what one told today (撤回)."""
    operations.undo_row(by=request.actor, at=request.at, row=row, request_key=request.POST.get("request_key"))
    messages.success(request, "已撤回。")
    return HttpResponseRedirect(reverse("namelists:row", args=[row]))


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, row: UUID) -> HttpResponse:
    """Say by hand whom a row means (人工对上), before the list is sent out; what is sought is posted and stands in no address."""
    by, one = request.actor, get_row(row, by=request.actor)
    by.must(HOLD, area=one.name_list.area)
    if not one.name_list.is_draft:
        return HttpResponseRedirect(reverse("namelists:row", args=[row]))
    sought = " ".join(request.POST.get("seek", "").split())[:40]
    chosen = request.method == "POST" and "look" not in request.POST
    cards = list(person_cards(one.candidates, by=by, on=request.today).values())
    if sought:
        known = {card.public_id for card in cards}
        more = find_people(sought, by=by, on=request.today, limit=FOUND)
        cards += [card for card in more if card.public_id not in known]
    form = SettleForm(
        request.POST if chosen else None,
        people=[(str(card.public_id), f"{card.name} {card.hint}") for card in cards if not card.restricted],
        communities=_communities(one.name_list.area),
    )
    if chosen and form.is_valid():
        told = form.cleaned_data
        with refusals_into(form):
            operations.settle_row(
                by=by,
                at=request.at,
                row=row,
                person=UUID(told["person"]) if told.get("person") else None,
                community=told["community"],
                request_key=request.POST.get("request_key"),
            )
            messages.success(request, "记下了。")
            back = reverse("namelists:rows", args=[one.name_list.public_id])
            return HttpResponseRedirect(f"{back}?fit={one.fit}")
    page = {
        "row": one,
        "list": one.name_list,
        "name": one.name or "（没有写姓名）",
        "form": form,
        "sought": sought,
        "found": bool(cards),
    }
    return render(request, "namelists/settle.html", page, status=422 if form.errors else 200)


def _on(request: HttpRequest, one: Any) -> HttpResponse:
    """On to the next door of the same list, or back to what is left."""
    following = next_row(one, by=request.actor)
    if following is None:
        messages.success(request, "记下了，这张名单您这边做完了。")
        return HttpResponseRedirect(reverse("namelists:mine"))
    messages.success(request, f"{one.name}：记下了。下一户：")
    return HttpResponseRedirect(reverse("namelists:row", args=[following.public_id]))


def _told(definition: Any, one: Any) -> list[tuple[str, str]]:
    answers = one.answers or {}
    return [
        (each.label, shown(each, answers[each.key]))
        for each in definition.body.questions
        if each.key in answers
    ]


def _communities(area: str) -> list[tuple[str, str]]:
    if level(area) is Level.COMMUNITY:
        return [(area, area_name(area))]
    return [(one.code, one.name) for one in areas_under(area, Level.COMMUNITY)]
