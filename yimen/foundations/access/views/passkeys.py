"""Passkeys (通行密钥): one's own, and coming in with one. The page's script speaks with the device; here is what it is told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yimen.foundations.access import api
from yimen.foundations.access.forms import (
    AnswerForm,
    NameForm,
    NewPasskeyForm,
    PasswordAgainForm,
    SignInForm,
)
from yimen.foundations.access.operations.signing_in import HALF_KEY_IN_BROWSER
from yimen.foundations.access.presenters import KeyPage, SignInPage
from yimen.foundations.access.views.door import inside, safe_next
from yimen.foundations.access.views.second_factor import show_codes, show_factors, site_of, tell
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import client_address, guarded, public, render
from yimen.kernel.refusals import NotFound, NotPossible


@public
@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """What the device is asked at the door (登录质询)."""
    token = request.session.get(HALF_KEY_IN_BROWSER, "")
    with act_as(api.DOORKEEPER, on=request.today):
        question = api.ask_for_passkey(
            by=api.DOORKEEPER,
            at=request.at,
            site=site_of(request),
            token=token,
            address=client_address(request),
        )
    if question.findings:
        told = {"detail": question.findings[0].sentence}
        return JsonResponse(told, status=429, json_dumps_params={"ensure_ascii": False})
    return JsonResponse(question.options)


@public
@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Come in with a passkey, instead of the password or after it (通行密钥登录)."""
    target, form = safe_next(request), AnswerForm(request.POST)
    if not form.is_valid():
        return _at_door(request, _first_of(form))
    with act_as(api.DOORKEEPER, on=request.today):
        answer = api.sign_in_with_passkey(
            by=api.DOORKEEPER,
            at=request.at,
            answer=form.cleaned_data["answer"],
            site=site_of(request),
            address=client_address(request),
            agent=request.headers.get("User-Agent", ""),
        )
    if not answer.ok:
        return _at_door(request, answer.sentence)
    if request.actor is not None:
        api.sign_out(by=request.actor, at=request.at, session=request.session_id)
    request.session.flush()
    return inside(request, answer, target)


@guarded(None)
@never_cache
@sensitive_post_parameters("password")
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """What the device is asked for a new passkey (添加质询)."""
    form = NewPasskeyForm(request.POST)
    if form.is_valid():
        question = api.offer_passkey(
            by=request.actor,
            at=request.at,
            password=form.cleaned_data["password"],
            site=site_of(request),
            address=client_address(request),
        )
        if not question.findings:
            return JsonResponse(question.options)
        tell(form, question.findings)
    # The script reads the same word that a refusal has: what is wrong, in a sentence.
    return JsonResponse({"detail": _first_of(form)}, status=422, json_dumps_params={"ensure_ascii": False})


@guarded(None)
@never_cache
@sensitive_post_parameters("password")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keep the key that the device made (添加通行密钥)."""
    form, answered = NewPasskeyForm(request.POST, auto_id="key_%s"), AnswerForm(request.POST)
    if form.is_valid() and not answered.is_valid():
        form.add_error(None, _first_of(answered))
    if form.is_valid():
        try:
            made = api.add_passkey(
                by=request.actor,
                at=request.at,
                name=form.cleaned_data["name"],
                answer=answered.cleaned_data["answer"],
                site=site_of(request),
                session=request.session_id,
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if made.recovery_codes:
                return show_codes(request, made)
            messages.success(request, "已添加，下次可以用它登录。")
            return redirect("access:second_factor")
    return show_factors(request, new_key=form)


@guarded(None)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, passkey: UUID) -> HttpResponse:
    """Give one's passkey another name (改名)."""
    key = _own(request, passkey)
    form = NameForm(request.POST or None, initial={"name": key.name})
    if request.method == "POST" and form.is_valid():
        api.rename_passkey(by=request.actor, at=request.at, passkey=passkey, **form.cleaned_data)
        return redirect("access:second_factor")
    page = KeyPage(key.name, form, "给通行密钥改名", "保存", "pencil")
    return render(request, "access/passkey.html", page, status=422 if form.errors else 200)


@guarded(None)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, passkey: UUID) -> HttpResponse:
    """Take one's passkey off (移除)."""
    key = _own(request, passkey)
    form = PasswordAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            findings = api.remove_passkey(
                by=request.actor,
                at=request.at,
                passkey=passkey,
                address=client_address(request),
                **form.cleaned_data,
            )
        except NotPossible as refusal:
            form.add_error(None, refusal.sentence)
        else:
            if not findings:
                messages.success(request, f"已移除“{key.name}”。设备里留下的那一份，请在设备的设置里删除。")
                return redirect("access:second_factor")
            tell(form, findings)
    page = KeyPage(key.name, form, "移除通行密钥", "移除", "trash")
    return render(request, "access/passkey.html", page, status=422 if form.errors else 200)


def _own(request: HttpRequest, passkey: UUID) -> Any:
    key = api.passkeys_of(request.actor.account).filter(public_id=passkey).first()
    if key is None:
        raise NotFound()
    return key


def _at_door(request: HttpRequest, sentence: str) -> HttpResponse:
    page = SignInPage(SignInForm(), next=safe_next(request), sentence=sentence)
    return render(request, "access/sign_in.html", page, status=422)


def _first_of(form: Form) -> str:
    return str(next(iter(form.errors.values()))[0])
