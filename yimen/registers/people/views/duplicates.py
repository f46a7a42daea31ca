"""Files that may be one person (疑似重复): the list, the two side by side, and the word that they are two people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.registers.people import api
from yimen.registers.people.forms.merging import MergeForm
from yimen.registers.people.lists import SuspectedDoubles
from yimen.registers.people.permissions import COMPARE, MERGE
from yimen.registers.people.presenters import ComparePage, compared_lines
from yimen.registers.people.views.shared import as_uuid

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
    return render(request, "people/compare.html", compare_page(request, *files))


def compare_page(
    request: HttpRequest, one: api.PersonFile, other: api.PersonFile, *, form: MergeForm | None = None
) -> ComparePage:
    """Two files side by side, with what a merge would do for who may merge (合并预览)."""
    by, today = request.actor, request.today
    asked = api.suspicion_between(one.public_id, other.public_id, by=by)
    may_merge = all(by.can(MERGE, area=file.area) for file in (one, other))
    kept = as_uuid(request.GET.get("keep", "")) or api.better_kept(one.public_id, other.public_id, by=by)
    alias = one if kept == other.public_id else other
    keeper = other if alias is one else one
    return ComparePage(
        one=one,
        other=other,
        lines=compared_lines(one, other, api.agreements(one.public_id, other.public_id, by=by, on=today)),
        why=api.reasons_of(asked, on=today) if asked else "",
        answer=asked.get_answer_display() if asked and asked.answered_at else "",
        answered=asked,
        may_merge=may_merge,
        preview=api.preview_merge(keeper.public_id, alias.public_id, by=by) if may_merge else None,
        form=form or MergeForm(),
        swapped=keeper is other,
    )


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
