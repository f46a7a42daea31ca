"""Who is not at her post: note it, see it, end it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.registers.organisations import api
from yimen.registers.organisations.forms import AbsenceForm
from yimen.registers.organisations.permissions import VIEW


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """My absences and those of the colleagues I lead (不在岗); a new one."""
    people = api.led_by(by=request.actor, on=request.today)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        people=[(str(account), name) for account, name in people.items()],
        initial={"since": request.today, "last_day": request.today},
    )
    if form.is_bound and submitted(request, form, api.note_absence):
        messages.success(request, "已登记，到时自动结束。B岗在首页和清单里看得到。")
        return redirect("organisations:absences")
    page = {
        "form": form,
        "rows": api.absences(by=request.actor, on=request.today),
        "today": request.today,
        "leads": bool(people),
    }
    return render(request, "organisations/absences.html", page, status=422 if form.errors else 200)


@guarded(VIEW)
@require_POST
def end(request: HttpRequest, absence: UUID) -> HttpResponse:
    """Back early, or not away after all (销假)."""
    api.end_absence(
        by=request.actor, at=request.at, absence=absence, request_key=request.POST.get("request_key")
    )
    messages.success(request, "已结束，立即生效。")
    return redirect("organisations:absences")
