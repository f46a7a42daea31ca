"""Two files become one, and that is taken back (并档): choose the other one, look, merge, undo."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.registers.people import api
from yimen.registers.people.forms.merging import ChooseFileForm, MergeForm, UndoMergeForm
from yimen.registers.people.permissions import MERGE
from yimen.registers.people.presenters import ChoosePage, UndoPage
from yimen.registers.people.views.duplicates import compare_page
from yimen.registers.people.views.shared import attempt


@guarded(MERGE)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find the other file of the same person (选另一份档案), to look at both before anything is done."""
    found = api.get_file(public_id, by=request.actor, on=request.today, with_cards=False)
    text = request.GET.get("q", found.name)
    cards = [
        card
        for card in api.find_people(text, by=request.actor, on=request.today)
        if card.public_id != found.public_id
    ]
    choices = [(str(card.public_id), f"{card.name} · {card.hint}") for card in cards]
    form = ChooseFileForm(request.POST or None, people=choices)
    if form.is_valid():
        return redirect("people:compare", public_id=found.public_id, other=form.cleaned_data["alias"])
    page = ChoosePage(found, form, text, cards, api.merges_of(found.public_id, by=request.actor))
    return render(request, "people/choose.html", page, status=422 if form.is_bound else 200)


@guarded(MERGE)
@require_POST
def merge(request: HttpRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Put the ``other`` file into this one (合并档案), as the preview said."""
    form = MergeForm(request.POST)
    if form.is_valid() and attempt(
        request, form, api.merge_people, keep=public_id, alias=other, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, "已合并。两份档案的历史都在，可以撤销。")
        return redirect("people:file", public_id=public_id)
    files = [
        api.get_file(one, by=request.actor, on=request.today, with_cards=False) for one in (public_id, other)
    ]
    if files[0].public_id == files[1].public_id:
        messages.info(request, "这两份已经是同一份档案。")
        return redirect("people:file", public_id=files[0].public_id)
    return render(request, "people/compare.html", compare_page(request, *files, form=form), status=422)


@guarded(MERGE)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a merge back (撤销合并), after reading what was written since."""
    merged = api.merge_of(public_id, by=request.actor)
    form = UndoMergeForm(request.POST or None)
    if form.is_valid() and attempt(
        request, form, api.undo_merge, alias=public_id, reason=form.cleaned_data["reason"]
    ):
        messages.success(
            request, "已撤销合并，两份档案都能找到了。合并以后写入的内容留在保留的那份上，请逐项核对。"
        )
        return redirect("people:compare", public_id=merged.keep, other=public_id)
    page = UndoPage(merged, api.written_since_merge(merged, by=request.actor), form)
    return render(request, "people/undo_merge.html", page, status=422 if form.is_bound else 200)
