"""A resident takes an office of an organisation (社会任职): entered from her file, so that it is she and no namesake."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api
from yimen.registers.people.forms.offices import OfficeForm
from yimen.registers.people.presenters import EditPage
from yimen.registers.people.views.shared import attempt


@guarded(organisations.KEEP)
@require_http_methods(["GET", "POST"])
def take_office(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter which office she takes, where, since when (登记任职)."""
    by, today = request.actor, request.today
    her = api.person_stamp(public_id, by=by)
    places = organisations.kept_organisations(by=by, on=today)
    form = OfficeForm(
        request.POST if request.method == "POST" else None,
        organisations=[(str(one.public_id), one.name) for one in places],
        initial={"since": today},
    )
    if form.is_valid() and (told := _told(form, request)):
        made = attempt(request, form, organisations.enter_officer, person=public_id, name=her.name, **told)
        if made is not None:
            messages.success(request, "已登记任职。")
            return redirect("organisations:organisation", public_id=told["organisation"].public_id)
    page = EditPage(
        title="登记任职",
        subtitle=her.name,
        back=reverse("people:file", args=[public_id]),
        form=form,
        submit="登记",
    )
    return render(request, "people/edit.html", page, status=422 if form.errors else 200)


def _told(form: forms.Form, request: HttpRequest) -> dict[str, object]:
    given = form.cleaned_data
    chosen = organisations.organisation(UUID(given["organisation"]), by=request.actor)
    term = organisations.term_on(chosen, on=given["since"], by=request.actor) if given["in_term"] else None
    if given["in_term"] and term is None:
        form.add_error("in_term", "这一天没有登记任期：先在单位页面登记一届，或者不勾选。")
        return {}
    return {
        "organisation": chosen,
        "office": given["office"],
        "since": given["since"],
        "term": term.public_id if term else None,
    }
