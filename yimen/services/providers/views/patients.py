"""Pages of patients and referrals, for the accounts of an organisation."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.ui.api import Action, guarded, render, render_list, submitted
from yimen.services.providers import operations
from yimen.services.providers.choices import ReferralState
from yimen.services.providers.engine.practice import practice
from yimen.services.providers.forms import NoteForm, ReferForm, SignUpForm, WhyForm
from yimen.services.providers.lists import PatientList, ReferralList
from yimen.services.providers.permissions import CARE
from yimen.services.providers.queries import patients as queries

_TABS = (("providers:patients", "服务对象"), ("providers:referrals", "转诊"))
USUAL_DAYS = 14
NOT_NAMED = "姓名和证件号码对不上居民档案。请照证件核对；没有建过档的，请本人先到社区窗口建档。"


@guarded(CARE)
@require_GET
def show_patients(request: HttpRequest) -> HttpResponse:
    """Who is signed up with one's own organisation (服务对象)."""
    units = queries.units_cared_for(by=request.actor, on=request.today)
    actions = [Action("登记服务对象", reverse("providers:sign_up"), "user-plus", "primary")] if units else []
    rows = queries.patients(by=request.actor, on=request.today)
    extra = {"tabs": _tabs("providers:patients"), "lost": not units}
    return render_list(
        request, PatientList, rows, template="providers/care_list.html", actions=actions, extra=extra
    )


@guarded(CARE)
@require_GET
def show_referrals(request: HttpRequest) -> HttpResponse:
    """Referrals out of and into one's own organisation (转诊)."""
    rows = queries.referrals(by=request.actor, on=request.today)
    extra = {"tabs": _tabs("providers:referrals"), "lost": False}
    return render_list(request, ReferralList, rows, template="providers/care_list.html", extra=extra)


@guarded(CARE)
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Sign a resident up (登记服务对象), by her paper and with her consent."""
    form = SignUpForm(
        request.POST if request.method == "POST" else None, initial={"consented_on": request.today}
    )
    if request.method == "POST" and (made := submitted(request, form, operations.sign_up_patient)):
        if made is not True:
            messages.success(request, "已登记。")
            return redirect("providers:patient", made.public_id)
        form.add_error(None, NOT_NAMED)
    page = {
        "title": "登记服务对象",
        "subtitle": "凭证件原件和本人同意；本机构以外的人看不到",
        "form": form,
        "label": "登记",
        "back": reverse("providers:patients"),
        "back_label": "服务对象",
    }
    return render(request, "providers/care_form.html", page, status=422 if form.errors else 200)


@guarded(CARE)
@require_http_methods(["GET", "POST"])
def show_patient(request: HttpRequest, patient: UUID) -> HttpResponse:
    """One patient: what was done, and to whom she was referred; one line more of what was done (服务记录)."""
    by, on = request.actor, request.today
    found = queries.get_patient(patient, by=by, on=on)
    posted = request.method == "POST"
    form = NoteForm(request.POST if posted else None, initial={"done_on": on})
    if posted and submitted(request, form, operations.note_care, patient=patient):
        messages.success(request, "已记下。")
        return redirect("providers:patient", patient)
    operations.look_at_patient(by=by, at=request.at, patient=patient)
    own = any(one.public_id == found.unit for one in queries.units_cared_for(by=by, on=on))
    rows = queries.referrals_of(found, by=by, on=on)
    page = {
        "patient": found,
        "own": own,
        "form": form if found.until is None or not own else None,
        "notes": queries.notes_of(found, by=by),
        "referrals": [(one, one.words_on(on)) for one in rows],
        "through": next((one for one in rows if not own and one.open_on(on)), None),
    }
    return render(request, "providers/patient.html", page, status=422 if form.errors else 200)


@guarded(CARE)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, patient: UUID) -> HttpResponse:
    """She leaves, or is let go (结束服务)."""
    found = _own_patient(request, patient)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and submitted(request, form, operations.end_patient, patient=patient):
        messages.success(request, "服务关系已结束，转出去的也一并收回。")
        return redirect("providers:patient", patient)
    return _patient_form(
        request, found, form, "结束服务", "结束", "结束以后转诊查阅同时收回；以前的记录留在本机构。"
    )


@guarded(CARE)
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, patient: UUID) -> HttpResponse:
    """Refer one's own patient to another organisation (转诊)."""
    found, on = _own_patient(request, patient), request.today
    unit = queries.units_cared_for(by=request.actor, on=on)[0]
    most = practice(on=on).referral_days
    form = ReferForm(
        request.POST if request.method == "POST" else None,
        targets=[(one.public_id, one.name) for one in queries.partners(unit, on=on)],
        initial={"consented_on": on, "last_day": on + timedelta(days=min(most, USUAL_DAYS) - 1)},
    )
    if request.method == "POST" and (
        made := submitted(request, form, operations.refer_patient, patient=patient)
    ):
        messages.success(request, "已转出，等对方接诊。")
        return redirect("providers:referral", made.public_id)
    return _patient_form(
        request, found, form, "转诊", "转出", f"对方接诊以后、到期以前看得到这一个人，最多 {most} 天。"
    )


@guarded(CARE)
@require_GET
def show_referral(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One referral, as either side may see it (转诊单)."""
    return _referral_page(request, referral)


@guarded(CARE)
@require_POST
def accept(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Take the patient over (接诊)."""
    key = request.POST.get("request_key")
    operations.accept_referral(by=request.actor, at=request.at, referral=referral, request_key=key)
    messages.success(request, "已接诊，到期以前看得到这位服务对象。")
    return redirect("providers:referral", referral)


@guarded(CARE)
@require_POST
def send_back(request: HttpRequest, referral: UUID) -> HttpResponse:
    """Say no, with the reason (退回转诊)."""
    form = WhyForm(request.POST, auto_id="id_return_%s")
    if submitted(request, form, operations.return_referral, referral=referral):
        messages.success(request, "已退回，对方看得到原因。")
        return redirect("providers:referral", referral)
    return _referral_page(request, referral, returning=form)


@guarded(CARE)
@require_POST
def close(request: HttpRequest, referral: UUID) -> HttpResponse:
    """End a referral before its day, or withdraw it (结束转诊)."""
    form = WhyForm(request.POST, auto_id="id_end_%s")
    if submitted(request, form, operations.end_referral, referral=referral):
        messages.success(request, "转诊已结束，对方不再看得到。")
        return redirect("providers:referral", referral)
    return _referral_page(request, referral, ending=form)


def _referral_page(
    request: HttpRequest, referral: UUID, *, returning: Any = None, ending: Any = None
) -> HttpResponse:
    by, on = request.actor, request.today
    found = queries.get_referral(referral, by=by, on=on)
    mine = {one.public_id for one in queries.units_cared_for(by=by, on=on)}
    offered = found.state == ReferralState.OFFERED
    may_end = found.open_on(on) or (offered and found.source in mine)
    wrong = any(form is not None and form.errors for form in (returning, ending))
    page = {
        "one": found,
        "state": found.words_on(on),
        "patient": queries.open_patient(found, by=by, on=on),
        "may_answer": offered and found.target in mine,
        "over": found.until <= on,
        "returning": returning or WhyForm(auto_id="id_return_%s"),
        "ending": ending or WhyForm(auto_id="id_end_%s"),
        "may_end": may_end,
        "end_label": "撤回" if offered else "结束转诊",
    }
    return render(request, "providers/referral.html", page, status=422 if wrong else 200)


def _own_patient(request: HttpRequest, patient: UUID) -> Any:
    found = queries.get_patient(patient, by=request.actor, on=request.today)
    if found.unit not in {
        one.public_id for one in queries.units_cared_for(by=request.actor, on=request.today)
    }:
        raise queries.NoSuchPatient
    return found


def _patient_form(
    request: HttpRequest, found: Any, form: Any, title: str, label: str, hint: str
) -> HttpResponse:
    page = {
        "title": f"{title}：{found.name}",
        "subtitle": hint,
        "form": form,
        "label": label,
        "back": reverse("providers:patient", args=[found.public_id]),
        "back_label": found.name,
    }
    return render(request, "providers/care_form.html", page, status=422 if form.errors else 200)


def _tabs(here: str) -> list[dict[str, Any]]:
    return [{"label": title, "url": reverse(name), "current": name == here} for name, title in _TABS]
