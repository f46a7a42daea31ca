"""The residents of one's areas by conditions (居民清单), and the filters kept under a name (常用筛选)."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import guarded, render, render_list
from yimen.kernel.actor import Actor
from yimen.registers.people import api
from yimen.registers.people.forms.saved_filters import FilterForm
from yimen.registers.people.lists import ResidentList, conditions_of
from yimen.registers.people.permissions import VIEW_FILE
from yimen.registers.people.presenters.residents import FilterPage, ResidentsExtra, SavedLine
from yimen.registers.people.views.shared import attempt

MOST_SHOWN = 40


@guarded(VIEW_FILE)
@require_GET
def residents(request: HttpRequest) -> HttpResponse:
    """Residents by conditions (居民清单): nobody reads through a whole register, so nothing shows before one is chosen."""
    by = request.actor
    people = api.residents(by=by)
    conditions = conditions_of(request.GET, by=by)
    extra = ResidentsExtra(_saved(people, by=by), conditions, FilterForm())
    rows = people if conditions else people.none()
    return render_list(request, ResidentList, rows, template="people/residents.html", extra=extra)


@guarded(VIEW_FILE)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the conditions under a name (保存常用筛选)."""
    conditions = conditions_of(request.POST, by=request.actor)
    form = FilterForm(request.POST)
    if form.is_valid() and attempt(
        request, form, api.save_filter, conditions=conditions, **form.cleaned_data
    ):
        messages.success(request, f"已保存“{form.cleaned_data['name']}”，以后在这里一点就到。")
        return redirect(_address(conditions))
    page = FilterPage(None, form, _in_words(conditions, by=request.actor), conditions)
    return render(request, "people/filter.html", page, status=422)


@guarded(VIEW_FILE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another name for one's own filter, shared or not (改常用筛选)."""
    saved = api.saved_filter(public_id, by=request.actor)
    form = FilterForm(request.POST or None, initial={"name": saved.name, "shared": saved.shared})
    if form.is_valid() and attempt(request, form, api.rename_filter, saved=public_id, **form.cleaned_data):
        messages.success(request, "已改好。")
        return redirect(_address(saved.conditions))
    page = FilterPage(saved, form, _in_words(saved.conditions, by=request.actor), {})
    return render(request, "people/filter.html", page, status=422 if form.is_bound else 200)


@guarded(VIEW_FILE)
@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Drop a filter (删除常用筛选)."""
    api.drop_filter(
        by=request.actor, at=request.at, saved=public_id, request_key=request.POST.get("request_key")
    )
    messages.success(request, "已删除。")
    return redirect(reverse("people:list"))


def _saved(people: QuerySet, *, by: Actor) -> list[SavedLine]:
    """The kept filters with their numbers: each counts this actor's own residents, by conditions she may choose herself."""
    found = list(api.filters_for(by).order_by("-shared", "name", "id")[:MOST_SHOWN])
    usable = {one.id: conditions_of(one.conditions, by=by) == one.conditions for one in found}
    counted = [one for one in found if usable[one.id]]
    numbers = api.counts_of(
        [ResidentList.narrowed(people, ResidentList.told(one.conditions, by)) for one in counted]
    )
    count = {one.id: number for one, number in zip(counted, numbers, strict=True)}
    return [
        SavedLine(
            saved=one,
            url=_address(one.conditions),
            count=count.get(one.id),
            usable=usable[one.id],
            mine=one.account == by.account,
            may_drop=api.may_drop(one, by=by),
        )
        for one in found
    ]


def _in_words(conditions: Mapping[str, str], *, by: Actor) -> list[str]:
    return ResidentList.remarks(ResidentList.told(conditions, by), by)


def _address(conditions: Mapping[str, str]) -> str:
    return f"{reverse('people:list')}?{urlencode(conditions)}"
