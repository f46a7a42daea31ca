"""Pages of editions: one is made, looked at, signed, and its workbook taken away (各版)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, part, render
from yimen.registers.places.api import area_name
from yimen.steering.returns.operations import merging, portions
from yimen.steering.returns.permissions import EXPORT, FILL, SIGN
from yimen.steering.returns.presenters import QUIET
from yimen.steering.returns.queries import edition_before, get_edition, told_changes, why_not_take
from yimen.steering.returns.views.answers import workbook_answer


@guarded(FILL)
@require_POST
def make_edition(request: HttpRequest, table: UUID) -> HttpResponse:
    """Make an edition of a table (出一版)."""
    made = portions.begin_edition(
        by=request.actor, at=request.at, request_key=request.POST.get("request_key"), table=table
    )
    return HttpResponseRedirect(reverse("returns:edition", args=[made.public_id]))


@guarded(FILL)
@require_GET
def show_edition(request: HttpRequest, edition: UUID) -> HttpResponse:
    """One edition of a table (某一版): how far it is, and what changed since the one before."""
    actor = request.actor
    found = get_edition(edition, by=actor)
    page: dict[str, Any] = {
        "edition": found,
        "table": found.table,
        "making": not found.made and not found.problem,
        "quiet": request.at - found.moved_at > QUIET,
        "may_export": found.made and actor.can(EXPORT, area=found.table.area),
        "why_not": why_not_take(found, by=actor, on=request.today),
        "may_sign": found.made and not found.signed_at and actor.can(SIGN, area=found.table.area),
        "merged": [
            one | {"name": area_name(one["area"]), "url": reverse("returns:part", args=[one["part"]])}
            for one in found.merged_from
        ],
    }
    if part(request) == "progress":
        answer = render(request, "returns/edition.html", page)
        if not page["making"]:
            answer["HX-Refresh"] = "true"
        return answer
    before = edition_before(found, by=actor) if found.made else None
    if before is not None and not page["why_not"]:
        page["why_not_compare"] = why_not_take(before, by=actor, on=request.today)
        page["before"] = before
        if not page["why_not_compare"]:
            page["changes"] = told_changes(before, found, by=actor)
    return render(request, "returns/edition.html", page)


@guarded(FILL)
@require_GET
def download_edition(request: HttpRequest, edition: UUID) -> HttpResponse:
    """The workbook of one edition (下载某一版)."""
    found = get_edition(edition, by=request.actor)
    body = portions.export_edition(by=request.actor, at=request.at, edition=edition)
    return workbook_answer(body, f"{found.table.title}-第{found.number}版.xlsx")


@guarded(SIGN)
@require_POST
def sign(request: HttpRequest, edition: UUID) -> HttpResponse:
    """Sign an edition (签发)."""
    merging.sign_edition(
        by=request.actor, at=request.at, request_key=request.POST.get("request_key"), edition=edition
    )
    messages.success(request, "已签发。")
    return HttpResponseRedirect(reverse("returns:edition", args=[edition]))
