"""Pages that write about organisations: register, correct, close, convert, set up, and put on file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yimen.foundations.ui.api import guarded, render, submitted
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, is_area_code
from yimen.registers.organisations import api
from yimen.registers.organisations.choices import OF_STAFF
from yimen.registers.organisations.forms import (
    AgreementForm,
    CloseForm,
    CommitteeForm,
    ContactForm,
    ConvertForm,
    CredentialForm,
    EndForm,
    InspectionForm,
    NewOrganisationForm,
    OfficerForm,
    OrganisationForm,
    ResponsibilityForm,
    ScanForm,
    TermForm,
)
from yimen.registers.organisations.permissions import KEEP, LEAD
from yimen.registers.organisations.ports import works_on
from yimen.registers.places import api as places

Make = Callable[..., forms.Form]


@dataclass(frozen=True)
class Filing:
    """One sort of row that is put on file (登记): its title, its form, its operation, what is said afterwards."""

    title: str
    form: Make
    do: Callable[..., Any]
    said: str


@dataclass(frozen=True)
class Ending:
    """One sort of row that can be ended before its day (终止)."""

    title: str
    do: Callable[..., Any]
    asks_why: bool


def _officer_form(data: Any, *, found: Any, by: Actor, on: date, **more: Any) -> forms.Form:
    terms = [(str(one.public_id), str(one)) for one in api.on_file(found, by=by).terms]
    return OfficerForm(data, terms=terms, **more)


def _responsibility_form(data: Any, *, found: Any, by: Actor, on: date, **more: Any) -> forms.Form:
    lines = api.posts_in(found, by=by, on=on)
    people = {str(one.account): one.name for line in lines for one in line.holders}
    works = works_on(on) if by.can(LEAD, area=found.area) else {}
    told = [(title, choices) for title, choices in works.items()]
    return ResponsibilityForm(data, people=list(people.items()), works=told, **more)


def _agreement_form(data: Any, *, found: Any, by: Actor, on: date, **more: Any) -> forms.Form:
    units = [
        (str(one.public_id), one.name)
        for one in api.organisations(by=by, on=on)
        if one.kind not in OF_STAFF and one.pk != found.pk
    ]
    return AgreementForm(data, units=units, **more)


def _plain(form: type[forms.Form]) -> Make:
    return lambda data, *, found, by, on, **more: form(data, **more)


def _ruled(form: type[forms.Form], *, told: bool = False) -> Make:
    def make(data: Any, *, found: Any, by: Actor, on: date, **more: Any) -> forms.Form:
        if told:
            more["organisation"] = found
        return form(data, rules=api.practice(on=on), **more)

    return make


FILINGS = {
    "officer": Filing("登记任职", _officer_form, api.enter_officer, "已登记任职。"),
    "term": Filing("登记一届", _plain(TermForm), api.open_term, "这一届已登记，接着登记成员。"),
    "contact": Filing("指定联系人", _ruled(ContactForm), api.name_contact, "已指定联系人。"),
    "credential": Filing(
        "登记证照", _ruled(CredentialForm, told=True), api.file_credential, "已登记，到期前会提醒。"
    ),
    "agreement": Filing("登记协议", _agreement_form, api.file_agreement, "协议已登记。"),
    "inspection": Filing("登记年检", _plain(InspectionForm), api.file_inspection, "年检结论已登记。"),
    "responsibility": Filing("写明分工", _responsibility_form, api.give_responsibility, "分工已写明。"),
}
ENDINGS = {
    "officer": Ending("登记离任", api.end_officer, True),
    "contact": Ending("停用联系人", api.end_contact, False),
    "credential": Ending("证照提前失效", api.end_credential, False),
    "agreement": Ending("终止协议", api.end_agreement, True),
    "responsibility": Ending("停止负责", api.end_responsibility, False),
}


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, public_id: UUID, what: str) -> HttpResponse:
    """Put one row on file (登记证照、年检、协议、职务、联系人、分工)."""
    filing = FILINGS.get(what)
    if filing is None:
        raise api.NoSuchRecord
    found = _kept(request, public_id)
    data = request.POST if request.method == "POST" else None
    initial = {"since": request.today, "done_on": request.today, "year": request.today.year - 1}
    form = filing.form(data, found=found, by=request.actor, on=request.today, initial=initial)
    if data is not None and submitted(request, form, filing.do, organisation=found):
        messages.success(request, filing.said)
        return redirect("organisations:organisation", public_id=public_id)
    return _form_page(request, form, filing.title, found, "登记")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: UUID, what: str, row: UUID) -> HttpResponse:
    """End one row before its day (离任、终止、停用); it stays readable."""
    ending = ENDINGS.get(what)
    if ending is None:
        raise api.NoSuchRecord
    found = _kept(request, public_id)
    data = request.POST if request.method == "POST" else None
    form = EndForm(data, asks_why=ending.asks_why, initial={"last_day": request.today})
    if data is not None and submitted(request, form, ending.do, organisation=found, **{what: row}):
        messages.success(request, "已登记，原来的记录留在页面上。")
        return redirect("organisations:organisation", public_id=public_id)
    return _form_page(request, form, ending.title, found, "登记")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, public_id: UUID, row: UUID) -> HttpResponse:
    """The signed paper of an agreement (上传协议扫描件)."""
    found = _kept(request, public_id)
    if not any(one.public_id == row for one in api.on_file(found, by=request.actor).agreements):
        raise api.NoSuchRecord
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if form.is_bound and submitted(request, form, api.add_agreement_scan, organisation=found, agreement=row):
        messages.success(request, "协议扫描件已上传。")
        return redirect("organisations:organisation", public_id=public_id)
    return _form_page(request, form, "上传协议扫描件", found, "上传")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register an organisation (登记单位)."""
    data = request.POST if request.method == "POST" else None
    kind = request.GET.get("kind", "social")
    form = NewOrganisationForm(
        data,
        rules=api.practice(on=request.today),
        areas=_areas(request.actor),
        initial={"since": request.today, "kind": kind},
    )
    made = data is not None and submitted(request, form, api.found_organisation)
    if made:
        messages.success(request, "单位已登记。接着登记证照、负责人和联系人。")
        return redirect("organisations:organisation", public_id=made.public_id)
    return _form_page(request, form, "登记单位", None, "登记")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up the committee of a community (设立居民委员会) with approval, boundary, code and date."""
    data = request.POST if request.method == "POST" else None
    areas = [one for one in _areas(request.actor, street=True) if len(one[0]) == Level.COMMUNITY.digits]
    form = CommitteeForm(data, areas=areas, initial={"since": request.today})

    def do(**told: Any) -> Any:
        return api.set_up_committee(approval=_approval(told), **told)

    made = data is not None and submitted(request, form, do)
    if made:
        messages.success(request, "居民委员会已设立，设立档案在页面上。")
        return redirect("organisations:organisation", public_id=made.public_id)
    return _form_page(request, form, "设立居民委员会", None, "设立")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct what is published about an organisation (更正单位)."""
    found = api.organisation(public_id, by=request.actor)
    data = request.POST if request.method == "POST" else None
    names = ("name", "credit_code", "field", "tier", "phone", "address", "duty")
    form = OrganisationForm(
        data,
        rules=api.practice(on=request.today),
        initial={name: getattr(found, name) for name in names},
    )
    if data is not None and submitted(request, form, api.describe_organisation, organisation=found):
        messages.success(request, "已更正。")
        return redirect("organisations:organisation", public_id=public_id)
    return _form_page(request, form, f"更正{found.short}", found, "保存")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an organisation from a day on (撤销单位)."""
    found = api.organisation(public_id, by=request.actor)
    data = request.POST if request.method == "POST" else None
    form = CloseForm(data, initial={"until": request.today})

    def do(**told: Any) -> Any:
        return api.dissolve_organisation(organisation=found, approval=_approval(told), **told)

    if data is not None and submitted(request, form, do):
        messages.success(request, "已登记撤销。名称、档案和历史仍然查得到。")
        return redirect("organisations:organisation", public_id=public_id)
    return _form_page(request, form, f"撤销{found.short}", found, "撤销")


@guarded(KEEP)
@require_http_methods(["GET", "POST"])
def convert(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Turn an organisation into another on a day (改造), as a village clinic into a station."""
    found = api.organisation(public_id, by=request.actor)
    data = request.POST if request.method == "POST" else None
    form = ConvertForm(data, initial={"on": request.today, "kind": found.kind})

    def do(**told: Any) -> Any:
        return api.convert_organisation(organisation=found, approval=_approval(told), **told)

    made = data is not None and submitted(request, form, do)
    if made:
        messages.success(request, "已登记改造。原来的单位和记录仍然查得到。")
        return redirect("organisations:organisation", public_id=made.public_id)
    return _form_page(request, form, f"{found.short}改造", found, "登记改造")


def _kept(request: HttpRequest, public_id: UUID) -> Any:
    found = api.organisation(public_id, by=request.actor)
    request.actor.must(KEEP, area=found.area)
    return found


def _approval(told: dict[str, Any]) -> api.Approval:
    """Take the approval out of what was typed."""
    return api.Approval(
        authority=told.pop("authority", ""),
        number=told.pop("number", ""),
        on=told.pop("approved_on", None),
        why=told.pop("why", ""),
    )


def _areas(by: Actor, *, street: bool = False) -> list[tuple[str, str]]:
    """Where the actor keeps organisations: her areas and what lies in them, no grids."""
    found: dict[str, str] = {}
    for prefix in by.areas_for(KEEP):
        if not is_area_code(prefix) or (street and len(prefix) > Level.STREET.digits):
            continue
        found[prefix] = places.area_name(prefix)
        for line in places.areas_under(prefix, Level.COMMUNITY):
            found[line.code] = line.name
    return [(code, name) for code, name in found.items() if len(code) <= Level.COMMUNITY.digits]


def _form_page(
    request: HttpRequest, form: forms.Form, title: str, found: Any | None, button: str
) -> HttpResponse:
    back = (
        reverse("organisations:organisation", args=[found.public_id])
        if found
        else reverse("organisations:list")
    )
    page = {
        "form": form,
        "title": title,
        "back": back,
        "back_label": found.short if found else "单位与岗位",
        "button": button,
        "files": "1" if form.is_multipart() else "",
    }
    return render(request, "organisations/form.html", page, status=422 if form.errors else 200)
