"""Coming in by another system (外部登录): there and back, and which of them open one's account.

`leave` and `come_back` ask that system over the network, and no transaction is open while they wait for it (`ASKS_OTHERS` of the
middleware); each has its own afterwards.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.access import api
from yimen.foundations.access.forms import PasswordAgainForm, SignInForm
from yimen.foundations.access.gateways.partners import (
    PartnerSilent,
    PartnerUntrue,
    departure_to,
    subject_of,
)
from yimen.foundations.access.operations.signing_in import HALF_KEY_IN_BROWSER
from yimen.foundations.access.presenters import OutsidePage, SignInPage
from yimen.foundations.access.rules.partners import Partner
from yimen.foundations.access.views.door import inside, safe_next
from yimen.foundations.access.views.second_factor import tell
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import client_address, guarded, public, render
from yimen.kernel.refusals import NotFound, Refused

AWAY = "away"  # under which the browser's session keeps who was sent where
MAY_BIND = "may_bind"
SILENT = "“{}”现在没有回应，请稍后再试，或用口令登录。"
UNTRUE = "“{}”的回答没有通过核对，没有登录。请从头再试一次；总是这样，请告诉系统管理员。"


@public
@never_cache
@require_GET
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Go to the other system to say who one is (去外部登录); a link, as pages may send forms nowhere else."""
    partner = _partner(key)
    binds = request.actor is not None and request.session.pop(MAY_BIND, "") == key
    try:
        away = departure_to(partner, back=_back(request, partner))
    except (PartnerSilent, PartnerUntrue):
        with act_as(request.actor, on=request.today):
            return _at_door(request, SILENT.format(partner.title))
    request.session[AWAY] = away.kept | {"next": safe_next(request), "binds": binds}
    return HttpResponseRedirect(away.url)


@public
@never_cache
@require_GET
def come_back(request: HttpRequest, key: str) -> HttpResponse:
    """Come back from the other system (外部登录返回): to be let in, or to bind it to one's account."""
    partner, away = _partner(key), request.session.pop(AWAY, None)
    subject, sentence = _told_by(partner, away, request)
    with act_as(request.actor, on=request.today):
        if not subject:
            return _at_door(request, sentence)
        if away["binds"] and request.actor is not None:
            return _bind(request, partner, subject)
        return _enter(request, partner, subject, away["next"])


def _told_by(partner: Partner, away: dict[str, Any] | None, request: HttpRequest) -> tuple[str, str]:
    """Who the other system says came back, or what to tell her instead."""
    if not away or away["partner"] != partner.key or request.GET.get("state") != away["state"]:
        return "", UNTRUE.format(partner.title)
    if "code" not in request.GET:
        return "", f"在“{partner.title}”没有登录成功，或者没有同意。"
    try:
        subject = subject_of(
            partner,
            code=request.GET["code"],
            nonce=away["nonce"],
            verifier=away["verifier"],
            back=_back(request, partner),
        )
    except PartnerSilent:
        return "", SILENT.format(partner.title)
    except PartnerUntrue:
        return "", UNTRUE.format(partner.title)
    return subject, ""


@guarded(None)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest, key: str) -> HttpResponse:
    """Make sure that it is the holder, and show the way to the other system (绑定)."""
    partner = _partner(key)
    form = PasswordAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        findings = api.begin_binding(
            by=request.actor, at=request.at, address=client_address(request), **form.cleaned_data
        )
        if not findings:
            request.session[MAY_BIND] = key
            return render(request, "access/outside.html", OutsidePage(partner.title, None, _way(partner)))
        tell(form, findings)
    page = OutsidePage(f"绑定{partner.title}", form, "")
    return render(request, "access/outside.html", page, status=422 if form.errors else 200)


@guarded(None)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unbind(request: HttpRequest, name: UUID) -> HttpResponse:
    """The other system opens one's account no more (解除绑定)."""
    mine = next((one for one in api.outside_names(request.actor.account) if one.public_id == name), None)
    if mine is None:
        raise NotFound()
    form = PasswordAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        findings = api.unbind_outside(
            by=request.actor, at=request.at, name=name, address=client_address(request), **form.cleaned_data
        )
        if not findings:
            messages.success(request, "已解除绑定。")
            return redirect("access:sessions")
        tell(form, findings)
    page = OutsidePage(f"解除{mine.title}的绑定", form, "")
    return render(request, "access/outside.html", page, status=422 if form.errors else 200)


def _bind(request: HttpRequest, partner: Partner, subject: str) -> HttpResponse:
    try:
        api.bind_outside(by=request.actor, at=request.at, partner=partner, subject=subject)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已绑定{partner.title}，下次可以用它登录。")
    return redirect("access:sessions")


def _enter(request: HttpRequest, partner: Partner, subject: str, target: str) -> HttpResponse:
    with act_as(api.DOORKEEPER, on=request.today):
        answer = api.sign_in_from_outside(
            by=api.DOORKEEPER,
            at=request.at,
            partner=partner,
            subject=subject,
            address=client_address(request),
            agent=request.headers.get("User-Agent", ""),
        )
    half_way = answer.outcome == api.SignInOutcome.PASSWORD_RIGHT
    if not answer.ok and not half_way:
        return _at_door(request, answer.sentence)
    if request.actor is not None:
        api.sign_out(by=request.actor, at=request.at, session=request.session_id)
    request.session.flush()
    if half_way:
        request.session[HALF_KEY_IN_BROWSER] = answer.token
        return redirect("access:second_step")
    return inside(request, answer, target)


def _partner(key: str) -> Partner:
    found = next((one for one in api.partners() if one.key == key), None)
    if found is None:
        raise NotFound()
    return found


def _way(partner: Partner) -> str:
    return reverse("access:leave_for_partner", args=[partner.key])


def _back(request: HttpRequest, partner: Partner) -> str:
    return request.build_absolute_uri(reverse("access:back_from_partner", args=[partner.key]))


def _at_door(request: HttpRequest, sentence: str) -> HttpResponse:
    page: Any = SignInPage(SignInForm(), next="/", sentence=sentence)
    return render(request, "access/sign_in.html", page, status=422)
