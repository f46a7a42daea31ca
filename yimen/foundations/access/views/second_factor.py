"""One's own second factor (第二因素): set it up on a phone, recovery codes, do without it again."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.access import api
from yimen.foundations.access.forms import FirstCodeForm, NewPasskeyForm, PasswordAgainForm, RemoveForm
from yimen.foundations.access.presenters import SecondFactorPage, codes_page, drawn_secret, key_lines
from yimen.foundations.access.rules.totp import in_groups
from yimen.foundations.ui.api import client_address, guarded, render


@guarded(None)
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What one has set up beside one's password (第二因素)."""
    return show_factors(request)


@guarded(None)
@sensitive_post_parameters("password")
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """Make a secret for one's phone (开始设置)."""
    form = PasswordAgainForm(request.POST)
    if form.is_valid():
        findings = api.offer_totp(
            by=request.actor, at=request.at, address=client_address(request), **form.cleaned_data
        )
        if not findings:
            return redirect("access:second_factor")
        tell(form, findings)
    return show_factors(request, form=form, again=True)


@guarded(None)
@never_cache
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Turn one-time codes on with a first code; the recovery codes are answered to the post itself (启用)."""
    form = FirstCodeForm(request.POST)
    if form.is_valid():
        # No request key: recovery codes are kept nowhere, not even for a second click.
        answer = api.confirm_totp(
            by=request.actor, at=request.at, code=form.cleaned_data["code"], session=request.session_id
        )
        if answer.recovery_codes:
            return show_codes(request, answer)
        if not answer.findings:
            messages.success(request, "动态口令已启用；恢复码仍是原来那些。")
            return redirect("access:second_factor")
        tell(form, answer.findings)
    return show_factors(request, form=form)


@guarded(None)
@never_cache
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new set of recovery codes, answered to the post itself (换一批恢复码)."""
    form = PasswordAgainForm(request.POST, auto_id="renew_%s")
    if form.is_valid():
        answer = api.renew_recovery_codes(
            by=request.actor, at=request.at, address=client_address(request), **form.cleaned_data
        )
        if not answer.findings:
            return show_codes(request, answer)
        tell(form, answer.findings)
    return show_factors(request, renew=form)


@guarded(None)
@sensitive_post_parameters("password")
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Do without the second factor again (停用)."""
    form = RemoveForm(request.POST, auto_id="remove_%s")
    if form.is_valid():
        findings = api.remove_totp(
            by=request.actor, at=request.at, address=client_address(request), **form.cleaned_data
        )
        if not findings:
            messages.success(request, "动态口令已停用。")
            return redirect("access:second_factor")
        tell(form, findings)
    return show_factors(request, remove=form)


def show_factors(
    request: HttpRequest,
    *,
    form: Form | None = None,
    remove: Form | None = None,
    renew: Form | None = None,
    new_key: Form | None = None,
    again: bool = False,
) -> HttpResponse:
    """Everything one has beside one's password, with the form that was wrong, if any (第二因素)."""
    mine = request.actor.account
    factors = api.second_factors([mine]).get(mine)
    has_totp = factors is not None and factors.totp_since is not None
    offered = None if has_totp or again else api.offered_totp(by=request.actor, at=request.at)
    username = api.account(mine, by=request.actor).username
    page = SecondFactorPage(
        name=request.actor.name,
        username=username,
        asked=api.asks_second_factor(request.actor, on=request.today),
        due=request.second_factor_due,
        factors=factors,
        secret=in_groups(offered.secret, 4) if offered else "",
        drawing=drawn_secret(offered, username=username) if offered else None,
        form=form or (FirstCodeForm() if offered else PasswordAgainForm()),
        keys=key_lines(api.passkeys_of(mine), host=site_of(request).host),
        remove=remove or RemoveForm(auto_id="remove_%s"),
        renew=renew or PasswordAgainForm(auto_id="renew_%s"),
        new_key=new_key or NewPasskeyForm(auto_id="key_%s"),
    )
    wrong = any(one is not None and one.errors for one in (form, remove, renew, new_key))
    return render(request, "access/second_factor.html", page, status=422 if wrong else 200)


def show_codes(request: HttpRequest, answer: api.CodesAnswer) -> HttpResponse:
    """The recovery codes, in the answer to the post itself (恢复码)."""
    page = codes_page(answer.recovery_codes, name=request.actor.name, on=request.today)
    return render(request, "access/recovery_codes.html", page)


def site_of(request: HttpRequest) -> api.Site:
    """Where the browser is (网站): a passkey is bound to it."""
    host = request.get_host()
    return api.Site(host=split_domain_port(host)[0], origin=f"{request.scheme}://{host}")


def tell(form: Form, findings) -> None:
    """Put findings to the fields they belong to."""
    for finding in findings:
        form.add_error(finding.field or None, finding.sentence)
