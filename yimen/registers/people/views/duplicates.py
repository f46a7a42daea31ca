"""Files that may be one person (疑似重复): the list, the two side by side, and the word that they are two people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.registers.people import api
from yimen.registers.people.lists import SuspectedDoubles
from yimen.registers.people.permissions import COMPARE, MERGE
from yimen.registers.people.presenters import ComparePage, compared_lines

WHY = "核对疑似重复"


@guarded(COMPARE)
@require_GET
def doubles(request: HttpRequest) -> HttpResponse:
    """Pairs to look at (疑似重复)."""
    again = Action("重新查找", reverse("people:begin_comparing"), icon="search", method="post")
    return render_list(request, SuspectedDoubles, api.open_suspicions(by=request.actor), actions=[again])


@guarded(COMPARE)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Look for doubles among everybody here (重新查找)."""
    api.begin_comparing(by=request.actor, at=request.at, request_key=request.POST.get("request_key"))
    messages.success(request, "已开始在后台查找，找到的会陆续列在这里。")
    return redirect("people:doubles")


@guarded(COMPARE)
@require_GET
def compare(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Two files side by side (并排核对); opening them leaves a look at each."""
    by, today = request.actor, request.today
    files = [api.get_file(one, by=by, on=today, with_cards=False) for one in (public_id, other)]
    if files[0].public_id == files[1].public_id:
        messages.info(request, "这两份已经是同一份档案。")
        return redirect("people:file", public_id=files[0].public_id)
    for one in files:
        api.note_look(by=by, at=request.at, person=one.public_id, why=WHY)
    asked = api.suspicion_between(public_id, other, by=by)
    page = ComparePage(
        one=files[0],
        other=files[1],
        lines=compared_lines(*files, api.agreements(public_id, other, by=by, on=today)),
        why=api.reasons_of(asked, on=today) if asked else "",
        answer=asked.get_answer_display() if asked and asked.answered_at else "",
        answered=asked,
        may_merge=all(by.can(MERGE, area=one.area) for one in files),
    )
    return render(request, "people/compare.html", page)


@guarded(COMPARE)
@require_POST
def not_same(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """The two are two people (不是同一个人): kept with who said so, and not asked again."""
    api.deny_suspicion(
        by=request.actor,
        at=request.at,
        person=public_id,
        other=other,
        note=request.POST.get("note", ""),
        request_key=request.POST.get("request_key"),
    )
    messages.success(request, "已记下：不是同一个人，以后不再询问。")
    return redirect("people:doubles")
