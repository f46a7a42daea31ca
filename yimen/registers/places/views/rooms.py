"""Service rooms and public rooms: who serves there, photographs, standards, bookings (服务室、公共用房)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.documents.api import file_content
from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.refusals import Conflict
from yimen.registers.places import api
from yimen.registers.places.forms import BookingForm, PhotoForm, StaffForm
from yimen.registers.places.permissions import EDIT, VIEW
from yimen.registers.places.presenters.sites import StandardsPage, lack_words
from yimen.registers.places.views.shared import near_site, own_site, site_page


@guarded(VIEW)
@require_GET
def show_standards(request: HttpRequest) -> HttpResponse:
    """How many sites reach their standard, and what the others lack (服务点达标)."""
    titles = api.offer_titles(on=request.today)
    lines = [
        (
            found,
            [
                (line.site, api.area_name(line.site.area), lack_words(line.lacks, titles))
                for line in found.short
            ],
        )
        for found in api.standings(by=request.actor, on=request.today)
    ]
    return render(request, "places/standards.html", StandardsPage(lines))


@guarded(VIEW)
@require_GET
def photo(request: HttpRequest, public_id: UUID, file: UUID) -> HttpResponse:
    """One photograph of a site, small as it is kept (现场照片)."""
    found = near_site(request, public_id)
    kept = next((one for one in api.photos_of(found, by=request.actor) if one.public_id == file), None)
    if kept is None:
        raise api.NoSuchSite
    content = file_content(file, subject=found.public_id, by=request.actor)
    answer = HttpResponse(content, content_type=kept.media_type)
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@guarded(EDIT)
@require_POST
def add_photo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more photograph (添照片)."""
    found = own_site(request, public_id)
    return _done(
        request, found, "photo", PhotoForm(request.POST, request.FILES), api.add_site_photo, "照片已添加。"
    )


@guarded(EDIT)
@require_POST
def drop_photo(request: HttpRequest, public_id: UUID, file: UUID) -> HttpResponse:
    """A photograph is taken away (撤下照片)."""
    found = own_site(request, public_id)
    if not any(one.public_id == file for one in api.photos_of(found, by=request.actor)):
        raise api.NoSuchSite
    api.drop_site_photo(
        by=request.actor, at=request.at, site=found, file=file, request_key=request.POST.get("request_key")
    )
    messages.success(request, "照片已撤下。")
    return redirect("places:site", public_id=public_id)


@guarded(EDIT)
@require_POST
def add_staff(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody serves here (登记在岗人员)."""
    found = own_site(request, public_id)
    return _done(request, found, "staff", StaffForm(request.POST), api.name_staff, "已登记在岗。")


@guarded(EDIT)
@require_POST
def drop_staff(request: HttpRequest, public_id: UUID, staff: UUID) -> HttpResponse:
    """Somebody no longer serves here (离岗)."""
    own_site(request, public_id)
    api.end_staff(by=request.actor, at=request.at, staff=staff, request_key=request.POST.get("request_key"))
    messages.success(request, "已登记离岗。")
    return redirect("places:site", public_id=public_id)


@guarded(VIEW)
@require_POST
def book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the room for some hours (预约用房)."""
    found = near_site(request, public_id)
    if found.kind != api.SiteKind.PUBLIC_ROOM:
        raise api.CannotKeepRoom(why="只有公共用房可以预约。")
    return _done(request, found, "booking", BookingForm(request.POST), api.book_room, "已预约。")


@guarded(VIEW)
@require_POST
def release(request: HttpRequest, public_id: UUID, booking: UUID) -> HttpResponse:
    """The room is not needed after all (取消预约)."""
    near_site(request, public_id)
    api.release_room(
        by=request.actor, at=request.at, booking=booking, request_key=request.POST.get("request_key")
    )
    messages.success(request, "预约已取消。")
    return redirect("places:site", public_id=public_id)


def _done(request: HttpRequest, site: Any, name: str, form: Any, operation: Any, words: str) -> HttpResponse:
    try:
        done = submitted(request, form, operation, site=site)
    except Conflict as taken:
        form.add_error(None, taken.sentence)
        done = None
    if done:
        messages.success(request, words)
        return redirect("places:site", public_id=site.public_id)
    page = site_page(request, site.public_id, **{name: form})
    return render(request, "places/site.html", page, status=422)
