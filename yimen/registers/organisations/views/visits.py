"""Visits that were made under an agreement, as at an elder home (协议上门)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.registers.organisations import api
from yimen.registers.organisations.forms import VisitForm
from yimen.registers.organisations.permissions import KEEP
from yimen.registers.organisations.presenters import VisitsPage, short_months


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def visits(request: HttpRequest, public_id: UUID, row: UUID) -> HttpResponse:
    """The visits of one agreement, and one more (登记上门)."""
    found, filed, agreement = _agreement(request, public_id, row)
    data = request.POST if request.method == "POST" else None
    form = VisitForm(data, initial={"visited_on": request.today})
    told = {"organisation": found, "agreement": row}
    if data is not None and submitted(request, form, api.note_agreement_visit, **told):
        messages.success(request, "上门已登记。")
        return redirect("organisations:visits", public_id=public_id, row=row)
    page = VisitsPage(
        organisation=found,
        agreement=agreement,
        visits=filed.visits.get(agreement.id, []),
        form=form,
        late=short_months(agreement, filed, request.today),
    )
    return render(request, "organisations/visits.html", page, status=422 if form.errors else 200)


@guarded(KEEP)
@require_POST
def drop(request: HttpRequest, public_id: UUID, row: UUID, visit: UUID) -> HttpResponse:
    """A visit was noted in error (撤销上门登记)."""
    found, *_ = _agreement(request, public_id, row)
    key = request.POST.get("request_key")
    told = {"organisation": found, "agreement": row, "visit": visit}
    api.drop_agreement_visit(by=request.actor, at=request.at, request_key=key, **told)
    messages.success(request, "这次上门登记已撤销。")
    return redirect("organisations:visits", public_id=public_id, row=row)


def _agreement(request: HttpRequest, public_id: UUID, row: UUID) -> tuple[Any, Any, Any]:
    found = api.organisation(public_id, by=request.actor)
    request.actor.must(KEEP, area=found.area)
    filed = api.on_file(found, by=request.actor)
    agreement = next((one for one in filed.agreements if one.public_id == row), None)
    if agreement is None or not agreement.visits_monthly:
        raise api.NoSuchRecord
    return found, filed, agreement
