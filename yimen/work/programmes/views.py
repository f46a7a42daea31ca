"""Pages of duties: the lists, a week, one duty with what can be done about it, a new one."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import Action, findings_into, guarded, render, render_list
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name
from yimen.work.ledger.api import find_whom, titles_of
from yimen.work.programmes import operations
from yimen.work.programmes.forms import DoneForm, DutyForm, ExcuseForm, PutOffForm
from yimen.work.programmes.lists import DutyList
from yimen.work.programmes.permissions import OPEN_FILE, VIEW, WORK
from yimen.work.programmes.queries import (
    LISTS,
    colleagues,
    get_duty,
    pair_of,
    week_of_duties,
    with_absences,
    work_list,
)

_TITLES = {"mine": "我的", "today": "今天要办", "late": "已过期", "area": "本辖区", "ended": "已了结"}
_OPERATIONS = {
    "done": (operations.do_duty, "已完成，并记入台账。"),
    "put_off": (operations.put_off_duty, "已推迟。"),
    "excuse": (operations.excuse_duty, "已了结，原因记下了。"),
}
_WHOM = ("person", "household", "dwelling", "organisation")


@guarded(VIEW)
@require_GET
def show_list(request: HttpRequest, kind: str = "mine") -> HttpResponse:
    """One of the lists (待办清单)."""
    if kind not in LISTS:
        raise NotFound()
    here = [
        {
            "label": _TITLES[one],
            "url": reverse("programmes:list", args=[one]) if one != "mine" else reverse("programmes:duties"),
            "current": one == kind,
        }
        for one in LISTS
    ]
    here.append({"label": "这一周", "url": reverse("programmes:week"), "current": False})
    return render_list(
        request,
        DutyList,
        work_list(kind, by=request.actor, today=request.today),
        template="programmes/duties.html",
        title=f"待办 · {_TITLES[kind]}",
        actions=(Action("随手记", reverse("ledger:new_note"), icon="notes"),)
        if request.actor.can_somewhere(WORK)
        else (),
        extra=here,
    )


@guarded(VIEW)
@require_GET
def show_week(request: HttpRequest) -> HttpResponse:
    """What I owe in a week, day by day; what is late stands in front (本周待办)."""
    monday = _monday(request.GET.get("week", ""), request.today)
    found = with_absences(
        week_of_duties(by=request.actor, monday=monday, today=request.today), on=request.today
    )
    days = [monday + timedelta(days=n) for n in range(7)]
    here = reverse("programmes:week")
    page = {
        "days": [(day, [one for one in found if one.due_on == day]) for day in days],
        "any": bool(found),
        "today": request.today,
        "monday": monday,
        "sunday": days[-1],
        "late": [
            one
            for one in with_absences(
                work_list("today", by=request.actor, today=request.today)[:50], on=request.today
            )
            if one.due_on < monday and monday <= request.today <= days[-1]
        ],
        "previous": f"{here}?week={monday - timedelta(days=7)}",
        "next": f"{here}?week={monday + timedelta(days=7)}",
    }
    return render(request, "programmes/week.html", page)


@guarded(VIEW)
@require_GET
def show(request: HttpRequest, duty: UUID) -> HttpResponse:
    """One duty (待办)."""
    return _page(request, duty)


@guarded(WORK)
@require_POST
def act(request: HttpRequest, duty: UUID, deed: str) -> HttpResponse:
    """Do it, put it off, or say why it need not be done; a mistake brings the page back with a sentence."""
    if deed not in _OPERATIONS:
        raise NotFound()
    found = get_duty(duty, by=request.actor)
    form = _form(deed, found, request.POST, today=request.today)
    if not form.is_valid():
        return _page(request, duty, bound=(deed, form))
    operation, done = _OPERATIONS[deed]
    with findings_into(form):
        operation(
            by=request.actor,
            at=request.at,
            duty=duty,
            request_key=request.POST.get("request_key"),
            **form.cleaned_data,
        )
        messages.success(request, done)
        return HttpResponseRedirect(reverse("programmes:duty", args=[duty]))
    return _page(request, duty, bound=(deed, form))


@guarded(WORK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Owe something to the resident, household or door in the address, or to nobody in particular (记待办)."""
    by = request.actor
    kind, creditor = _creditor(request)
    whom = find_whom(kind, creditor, by=by)
    area = whom.area or next(iter(by.areas_for(WORK)), "")
    form = DutyForm(
        request.POST if request.method == "POST" else None,
        today=request.today,
        colleagues=colleagues(area, by=by, on=request.today),
        me=by.account,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with findings_into(form):
            duty = operations.owe_duty(
                by=by,
                at=request.at,
                kind=kind,
                creditor=creditor,
                request_key=request.POST.get("request_key"),
                **given | {"account": UUID(given["account"]) if given["account"] else None},
            )
            messages.success(request, "记下了，到期会在首页提醒。")
            return HttpResponseRedirect(reverse("programmes:duty", args=[duty.public_id]))
    page = {"form": form, "whom": whom.name}
    return render(request, "programmes/new.html", page, status=422 if form.errors else 200)


def _page(request: HttpRequest, public_id: UUID, bound: tuple[str, Any] | None = None) -> HttpResponse:
    by, duty = request.actor, get_duty(public_id, by=request.actor)
    may = by.can(WORK, area=duty.area) and duty.state == "open"
    page = {
        "duty": duty,
        "late": duty.is_late(request.today),
        "area": area_name(duty.area),
        "pair": pair_of(duty, by=by, on=request.today),
        "way": titles_of([duty.way], on=request.today) if duty.way else "",
        "forms": [
            (
                deed,
                title,
                bound[1] if bound and bound[0] == deed else _form(deed, duty, None, today=request.today),
                bool(bound) and bound[0] == deed,
            )
            for deed, title in (("put_off", "推迟"), ("excuse", "不用办了"))
            if may and not (deed == "put_off" and duty.is_late(request.today))
        ],
        "done": (bound[1] if bound and bound[0] == "done" else _form("done", duty, None, today=request.today))
        if may
        else None,
        "trouble": _unshown(bound, may=may, late=duty.is_late(request.today)),
        "file": reverse("people:file", args=[duty.person])
        if duty.person and by.can(OPEN_FILE, area=duty.area)
        else "",
        "note": reverse("ledger:note", args=[duty.source]) if duty.origin == "note" and duty.source else "",
        "entry": reverse("ledger:note", args=[duty.entry]) if duty.entry and duty.state == "done" else "",
    }
    return render(request, "programmes/duty.html", page, status=422 if bound else 200)


def _unshown(bound: tuple[str, Any] | None, *, may: bool, late: bool) -> str:
    """What a form would say that has no place on the page any more: it was sent from a page that is out of date."""
    if bound is None or (may and not (bound[0] == "put_off" and late)):
        return ""
    return "；".join(error for errors in bound[1].errors.values() for error in errors)


def _form(deed: str, duty: Any, data: Any, *, today: date) -> Any:
    ids = f"id_{deed}_%s"
    if deed == "done":
        return DoneForm(data, today=today, way=duty.way, auto_id=ids)
    return {"put_off": PutOffForm, "excuse": ExcuseForm}[deed](data, auto_id=ids)


def _creditor(request: HttpRequest) -> tuple[str, UUID | None]:
    for kind in _WHOM:
        try:
            return kind, UUID(request.GET[kind])
        except (KeyError, ValueError):
            continue
    return "", None


def _monday(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today
    # A year hence or ago is far enough, and no arithmetic leaves the calendar.
    far = timedelta(days=400)
    day = min(max(day, today - far), today + far)
    return day - timedelta(days=day.weekday())
