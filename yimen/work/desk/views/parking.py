"""Parked intakes on the pages: put aside, taken back, dropped, restored (挂起、取回、放弃、恢复)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.ui.api import guarded, render
from yimen.registers.people.api import person_ids
from yimen.work.desk import operations
from yimen.work.desk.permissions import ACCEPT_CASE
from yimen.work.desk.queries import ParkedView, get_parked, parked_intakes

# Of the page, not of what was typed.
_OURS = frozenset({"csrfmiddlewaretoken", "request_key", "act", "parked-id", "parked-edition"})


@guarded(ACCEPT_CASE)
@require_GET
def show_parked(request: HttpRequest) -> HttpResponse:
    """Her own parked intakes, and those she gave up today (挂起的受理)."""
    page = {
        "waiting": parked_intakes(by=request.actor),
        "dropped": parked_intakes(by=request.actor, dropped=True),
    }
    return render(request, "desk/parked.html", page)


@guarded(ACCEPT_CASE)
@require_POST
def drop(request: HttpRequest, parked: UUID) -> HttpResponse:
    """Give one up (放弃); the page offers to restore it."""
    operations.drop_parked(by=request.actor, at=request.at, parked=parked)
    messages.success(request, "已放弃，今天晚上清除以前可以恢复。")
    return HttpResponseRedirect(reverse("desk:parked"))


@guarded(ACCEPT_CASE)
@require_POST
def restore(request: HttpRequest, parked: UUID) -> HttpResponse:
    """It was given up by mistake (恢复)."""
    operations.restore_parked(by=request.actor, at=request.at, parked=parked)
    messages.success(request, "已恢复。")
    return HttpResponseRedirect(reverse("desk:parked"))


def park(request: HttpRequest, *, area: str, person: UUID, matter: str) -> None:
    """Put the posted form aside, whatever state it is in."""
    edition = request.POST.get("parked-edition", "")
    row = operations.park_intake(
        by=request.actor,
        at=request.at,
        area=area,
        person=person,
        matter=matter,
        kept={name: values for name, values in request.POST.lists() if name not in _OURS},
        page=request.POST.get("request_key", ""),
        parked=parked_of(request),
        edition=int(edition) if edition.isascii() and edition.isdigit() and len(edition) < 9 else None,
    )
    messages.success(request, f"{row.surname} 的受理已挂起，随时可以取回；今天晚上自动清除。")


def parked_of(request: HttpRequest) -> UUID | None:
    """From which parked intake this form was taken back."""
    try:
        return UUID(request.POST.get("parked-id", "") or request.GET.get("parked", ""))
    except ValueError:
        return None


def taken_back(request: HttpRequest, *, person: UUID, matter: str) -> ParkedView | None:
    """The parked intake this page shows; says so when it is gone."""
    wanted = parked_of(request)
    found = get_parked(wanted, by=request.actor) if wanted else None
    if found is not None and found.matter == matter and _means(found.person, person, request):
        return found
    if wanted and request.method == "GET":
        messages.warning(request, "这件挂起的受理已经办完、放弃或清除，下面是一张新的表。")
    return None


def _means(parked: UUID, person: UUID, request: HttpRequest) -> bool:
    """It was put aside for her, perhaps under the file that is an alias now (并档)."""
    return parked == person or parked in person_ids(person, by=request.actor)


def put_back(parked: ParkedView, *shown: forms.Form) -> None:
    """Fill the forms as they were left; what was not sent then (an unticked box) is empty now."""
    for form in shown:
        for name, field in form.fields.items():
            if isinstance(field, forms.FileField):
                continue
            values = parked.kept.get(form.add_prefix(name), [])
            many = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = values if many else values[-1] if values else ""
