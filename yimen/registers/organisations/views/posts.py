"""Posts of an organisation (岗位): set one up, so that somebody can be appointed to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.access.ports import roles
from yimen.foundations.ui.api import guarded, render, submitted
from yimen.registers.organisations import api
from yimen.registers.organisations.forms import PostForm
from yimen.registers.organisations.permissions import EDIT


@guarded(EDIT)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set up a post over the organisation's own area (设置岗位); its holders are appointed by the security administrator."""
    found = api.organisation(public_id, by=request.actor)
    request.actor.must(EDIT, area=found.area)
    known = roles(on=request.today)
    form = PostForm(
        request.POST if request.method == "POST" else None,
        roles=[(key, role.title) for key, role in known.items() if not role.duty],
    )
    told = {"organisation": found, "area": found.area, "since": request.today}
    if request.method == "POST" and submitted(request, form, api.create_post, **told):
        messages.success(request, "岗位已设置，请安全管理员任命人员。")
        return redirect("organisations:organisation", public_id)
    page = {
        "form": form,
        "title": "设置岗位",
        "back": reverse("organisations:organisation", args=[public_id]),
        "back_label": found.short,
        "button": "设置",
        "files": "",
    }
    return render(request, "organisations/form.html", page, status=422 if form.errors else 200)
