"""Pages of the boxes: make them, fill them, move them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import Action, guarded, render, render_list, submitted
from yimen.kernel.areas import street_of
from yimen.kernel.refusals import Refused
from yimen.services.archive import operations
from yimen.services.archive.forms import BoxForm, MoveForm
from yimen.services.archive.lists import ArchiveFiles, Boxes
from yimen.services.archive.permissions import KEEP, VIEW_FILES
from yimen.services.archive.queries import boxes, boxes_with_room, find_box, find_files, unboxed

AT_ONCE = 200


@guarded(VIEW_FILES)
@require_GET
def show_boxes(request: HttpRequest) -> HttpResponse:
    """The boxes (档案盒)."""
    actions = [Action("新建档案盒", reverse("archive:new_box"), "plus", "primary")]
    mine = actions if request.actor.can_somewhere(KEEP) else []
    return render_list(request, Boxes, boxes(by=request.actor), actions=mine)


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def new_box(request: HttpRequest) -> HttpResponse:
    """A new box (新建档案盒)."""
    form = BoxForm(request.POST if request.method == "POST" else None)
    area = request.actor.areas_for(KEEP)[0]
    if request.method == "POST":
        made = submitted(request, form, operations.make_box, area=street_of(area) or area)
        if made is not None:
            messages.success(request, f"已建 {made.label}。")
            return HttpResponseRedirect(reverse("archive:box", args=[made.public_id]))
    return render(request, "archive/new_box.html", {"form": form}, status=422 if form.errors else 200)


@guarded(VIEW_FILES)
@require_http_methods(["GET", "POST"])
def show_box(request: HttpRequest, box: UUID) -> HttpResponse:
    """One box: what is in it, where it stood, and its move (移动档案盒)."""
    found = find_box(box, by=request.actor)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submitted(request, form, operations.move_box, box=box):
        messages.success(request, "盒子和里面的档案都改到了新位置。")
        return HttpResponseRedirect(reverse("archive:box", args=[box]))
    if request.GET.get("export"):
        return render_list(
            request, ArchiveFiles, find_files(by=request.actor).filter(box=found), title=found.label
        )
    page = {
        "box": found,
        "files": find_files(by=request.actor).filter(box=found).order_by("archive_number")[:1000],
        "moves": found.moves.order_by("-id"),
        "form": form,
        "may_keep": request.actor.can(KEEP, area=found.area),
    }
    return render(request, "archive/box.html", page, status=422 if form.errors else 200)


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest) -> HttpResponse:
    """Put what has no box into one, many at once (装盒)."""
    refused = _put(request) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        return HttpResponseRedirect(reverse("archive:fill"))
    files = list(unboxed(by=request.actor)[: AT_ONCE + 1])
    page = {
        "files": files[:AT_ONCE],
        "more": len(files) > AT_ONCE,
        "boxes": boxes_with_room(by=request.actor)[:AT_ONCE],
        "chosen": set(request.POST.getlist("file")) if refused else {str(file.public_id) for file in files},
        "refused": refused,
        "box": request.POST.get("box", ""),
    }
    return render(request, "archive/fill.html", page, status=422 if refused else 200)


def _put(request: HttpRequest) -> str:
    """Do it; answer the sentence when it cannot be done."""
    try:
        box = UUID(request.POST.get("box", ""))
        files = [UUID(typed) for typed in request.POST.getlist("file")[:AT_ONCE]]
    except ValueError:
        return "请先选一个档案盒。"
    try:
        count = operations.put_in_box(
            by=request.actor, at=request.at, box=box, files=files, request_key=request.POST.get("request_key")
        )
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return refusal.sentence
    messages.success(request, f"已装盒 {count} 件。")
    return ""
