"""Pages of what goes down to communities: send, fill and hand in, return, urge, merge (下发—填报—退回—汇总—催报)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list, submitted
from yimen.registers.places.api import area_name, communities_of
from yimen.steering.returns.choices import PartState
from yimen.steering.returns.forms import HandInForm, MergeForm, ReturnForm, SendForm, WithdrawForm
from yimen.steering.returns.lists import PartList
from yimen.steering.returns.operations import chasing, merging
from yimen.steering.returns.operations import parts as operations
from yimen.steering.returns.permissions import FILL, SEND
from yimen.steering.returns.presenters import split_shown, story
from yimen.steering.returns.queries import (
    book_of,
    columns_in,
    editions_of,
    get_part,
    get_return,
    parts,
    parts_of,
    reported_before,
    split_of,
    steps_of,
)
from yimen.steering.returns.queries.parts import OPEN
from yimen.steering.returns.views.answers import tabs


@guarded(FILL)
@require_GET
def show_parts(request: HttpRequest) -> HttpResponse:
    """All that went down within reach: to fill for a community, to follow for a section (下发的表)."""
    rows = parts(by=request.actor)
    return render_list(
        request, PartList, rows, template="returns/returns.html", extra={"tabs": tabs("returns:parts")}
    )


@guarded(SEND)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, table: UUID) -> HttpResponse:
    """Before a table goes down: what was reported already, what fills itself, and who gets which rows (下发)."""
    actor, on = request.actor, request.today
    found = get_return(table, by=actor)
    if not found.signature:
        return HttpResponseRedirect(reverse("returns:columns", args=[table]))
    split = split_of(found, by=actor)
    sent = {one.of for one in parts_of(found, by=actor)}
    left = [one for one in communities_of(found.area, on=on) if one.code not in sent]
    offered = [(one.code, one.name) for one in left if split.empty or one.code in split.rows]
    first = {"due_on": found.due_on if found.due_on and found.due_on >= on else None}
    first["communities"] = [code for code, _ in offered]
    posted = request.method == "POST"
    form = SendForm(request.POST if posted else None, initial=first, communities=offered)
    if posted and (made := submitted(request, form, operations.send_down, table=table)):
        messages.success(request, f"已下发到 {made} 个社区，第一页和站内消息会提醒他们。")
        return HttpResponseRedirect(reverse("returns:whole", args=[table]))
    columns = columns_in(found, book_of(found, by=actor).table(found.sheet), by=actor, on=on)
    reported, covered = reported_before(found, columns, by=actor, on=on)
    page = {
        "table": found,
        "form": form,
        "offered": bool(offered),
        "split": split_shown(split, offered),
        "rest": len(split.rest),
        "empty": split.empty,
        "reported": reported[:6],
        "covered": covered,
        "by_itself": [column for column in columns if column.heading],
        "by_hand": [column for column in columns if not column.heading and not column.ordinal],
        "columns": len(columns),
    }
    return render(request, "returns/send.html", page, status=422 if form.errors else 200)


@guarded(SEND)
@require_http_methods(["GET", "POST"])
def show_whole(request: HttpRequest, table: UUID) -> HttpResponse:
    """A table that went down: who has handed in, who is late, and putting it together (汇总)."""
    actor, on = request.actor, request.today
    found = get_return(table, by=actor)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (made := submitted(request, form, merging.merge_parts, table=table)):
        messages.success(request, f"已汇总成第 {made.number} 版。")
        return HttpResponseRedirect(reverse("returns:edition", args=[made.public_id]))
    rows = parts_of(found, by=actor)
    awaited = [one for one in rows if one.state != PartState.HANDED_IN]
    page = {
        "table": found,
        "parts": [
            {"part": one, "name": area_name(one.area), "late": one.state in OPEN and one.due_on < on}
            for one in rows
        ],
        "done": len(rows) - len(awaited),
        "awaited": [area_name(one.area) for one in awaited],
        "late": sum(one.due_on < on for one in awaited),
        "form": form,
        "may_merge": len(awaited) < len(rows),
        "editions": editions_of(found, by=actor),
        "others": {one.asker_name for one in rows if one.asker != actor.account},
        "nobody": any(one.asker is None for one in rows),
    }
    return render(request, "returns/whole.html", page, status=422 if form.errors else 200)


@guarded(SEND)
@require_POST
def take_over(request: HttpRequest, table: UUID) -> HttpResponse:
    """Follow the parts from now on (由我跟进)."""
    operations.take_over_parts(
        by=request.actor, at=request.at, request_key=request.POST.get("request_key"), table=table
    )
    messages.success(request, "以后社区交表、有事都告诉您。")
    return HttpResponseRedirect(reverse("returns:whole", args=[table]))


@guarded(FILL)
@require_GET
def show_part(request: HttpRequest, part: UUID) -> HttpResponse:
    """The part of one community: until when, on what basis, what happened, and what is next (分表)."""
    return _page(request, part)


@guarded(FILL)
@require_POST
def hand_in(request: HttpRequest, part: UUID) -> HttpResponse:
    """Hand it in (交表)."""
    form = HandInForm(request.POST)
    if submitted(request, form, chasing.hand_in, part=part):
        messages.success(request, "已交。交的内容封存为一版，退回以前不能再改。")
        return HttpResponseRedirect(reverse("returns:part", args=[part]))
    return _page(request, part, handing=form)


@guarded(SEND)
@require_POST
def give_back(request: HttpRequest, part: UUID) -> HttpResponse:
    """Give it back with the reason (退回)."""
    form = ReturnForm(request.POST)
    if submitted(request, form, chasing.return_part, part=part):
        messages.success(request, "已退回，社区的第一页和站内消息写着原因。")
        return HttpResponseRedirect(reverse("returns:part", args=[part]))
    return _page(request, part, returning=form)


@guarded(SEND)
@require_POST
def withdraw(request: HttpRequest, part: UUID) -> HttpResponse:
    """Take it back before it is handed in (收回)."""
    form = WithdrawForm(request.POST)
    if submitted(request, form, operations.withdraw_part, part=part):
        messages.success(request, "已收回。")
        return HttpResponseRedirect(reverse("returns:part", args=[part]))
    return _page(request, part, withdrawing=form)


@guarded(SEND)
@require_POST
def urge(request: HttpRequest, part: UUID) -> HttpResponse:
    """Remind the community, once a working day (催报)."""
    form = Form({})
    told = submitted(request, form, chasing.urge_part, part=part)
    if told is not None:
        if told:
            messages.success(request, f"已催报，站内消息发给 {told} 人。")
        else:
            messages.warning(request, "已记下催报，但这个社区没有能收站内消息的人，请打个电话。")
        return HttpResponseRedirect(reverse("returns:part", args=[part]))
    return _page(request, part, urging=form)


def _page(
    request: HttpRequest,
    part: UUID,
    *,
    handing: Form | None = None,
    returning: Form | None = None,
    withdrawing: Form | None = None,
    urging: Form | None = None,
) -> HttpResponse:
    actor = request.actor
    found = get_part(part, by=actor)
    asks = actor.can(SEND, area=found.area)
    # The section looks and asks; what stands in the part is said by its community.
    fills = found.waits and not asks
    page: dict[str, Any] = {
        "part": found,
        "name": area_name(found.area),
        "late": found.state in OPEN and found.due_on < request.today,
        "asks": asks,
        "whole": reverse("returns:whole", args=[found.whole.public_id]) if asks else "",
        "story": story(steps_of(found, by=actor)),
        "handing": (handing or HandInForm(choosing=not found.numbers)) if fills or handing else None,
        "returning": (returning or ReturnForm())
        if asks and found.state == PartState.HANDED_IN
        else returning,
        "withdrawing": (withdrawing or WithdrawForm()) if asks and found.state in OPEN else withdrawing,
        "urging": urging or Form(),
        "may_urge": asks and found.waits,
    }
    wrong = any(form is not None and form.errors for form in (handing, returning, withdrawing, urging))
    return render(request, "returns/part.html", page, status=422 if wrong else 200)
