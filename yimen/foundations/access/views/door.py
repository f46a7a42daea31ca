"""The door: sign in, sign out, password, where am I signed in."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.access import api
from yimen.foundations.access.forms import CodeForm, PasswordForm, SignInForm
from yimen.foundations.access.operations.signing_in import HALF_KEY_IN_BROWSER, KEY_IN_BROWSER
from yimen.foundations.access.presenters import PasswordPage, SecondStepPage, SignInPage, sessions_page
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import client_address, guarded, public, render

LATEST = 10


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in (登录)."""
    target = safe_next(request)
    if request.method == "GET":
        if request.actor is not None:
            return HttpResponseRedirect(target)
        page = SignInPage(SignInForm(), next=target, came_for_something=target != "/")
        return render(request, "access/sign_in.html", page)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render(request, "access/sign_in.html", SignInPage(form, next=target), status=422)
    with act_as(api.DOORKEEPER, on=request.today):
        answer = api.sign_in(
            by=api.DOORKEEPER,
            at=request.at,
            **form.cleaned_data,
            address=client_address(request),
            agent=request.headers.get("User-Agent", ""),
        )
    half_way = answer.outcome == api.SignInOutcome.PASSWORD_RIGHT
    if not answer.ok and not half_way:
        page = SignInPage(form, next=target, sentence=answer.sentence)
        return render(request, "access/sign_in.html", page, status=422)
    if request.actor is not None:
        api.sign_out(by=request.actor, at=request.at, session=request.session_id)
    # A new session key, so that one that somebody planted before is worth nothing.
    request.session.flush()
    if half_way:
        request.session[HALF_KEY_IN_BROWSER] = answer.token
        return HttpResponseRedirect(f"{reverse('access:second_step')}?{urlencode({'next': target})}")
    return inside(request, answer, target)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code from the phone (登录第二步)."""
    target, token = safe_next(request), request.session.get(HALF_KEY_IN_BROWSER)
    if not token:
        return HttpResponseRedirect(f"{reverse('access:sign_in')}?{urlencode({'next': target})}")
    form = CodeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _second_step(request, form, status=422 if form.errors else 200)
    with act_as(api.DOORKEEPER, on=request.today):
        answer = api.pass_second_step(
            by=api.DOORKEEPER,
            at=request.at,
            token=token,
            code=form.cleaned_data["code"],
            address=client_address(request),
            agent=request.headers.get("User-Agent", ""),
        )
    if answer is None:
        request.session.flush()
        page = SignInPage(SignInForm(), next=target, sentence="等得太久，或口令已变，请从头再登录一次。")
        return render(request, "access/sign_in.html", page, status=422)
    if not answer.ok:
        return _second_step(request, CodeForm(), sentence=answer.sentence, status=422)
    request.session.flush()
    if answer.second == api.SecondFactor.RECOVERY:
        left = api.second_factors([answer.account])[answer.account].codes_left
        messages.warning(request, f"刚才用掉了一个恢复码，还剩 {left} 个。手机找不到了，请尽快重新设置。")
    return inside(request, answer, target)


def _second_step(request: HttpRequest, form: CodeForm, *, status: int, sentence: str = "") -> HttpResponse:
    page = SecondStepPage(form, next=safe_next(request), sentence=sentence)
    return render(request, "access/second_step.html", page, status=status)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out (退出)."""
    if request.actor is not None:
        api.sign_out(by=request.actor, at=request.at, session=request.session_id)
    request.session.flush()
    return redirect("access:sign_in")


@guarded(None)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password (修改口令); due at the first sign-in and after the set number of days."""
    due = request.must_change_password
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        findings = api.change_password(
            by=request.actor,
            at=request.at,
            old=form.cleaned_data["old"],
            new=form.cleaned_data["new"],
            session=request.session_id,
            address=client_address(request),
        )
        if not findings:
            request.session.cycle_key()
            return redirect("/" if due else "access:sessions")
        for finding in findings:
            form.add_error(finding.field or None, finding.sentence)
    page = PasswordPage(form, due=due, name=request.actor.name)
    return render(request, "access/password.html", page, status=422 if form.errors else 200)


@guarded(None)
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and the latest attempts (我的登录)."""
    mine = request.actor.account
    page = sessions_page(
        sessions=api.open_sessions(mine, at=request.at),
        attempts=api.sign_ins(by=request.actor, account=mine)[:LATEST],
        this=request.session_id,
        factors=api.second_factors([mine]).get(mine),
        outside=api.outside_names(mine),
    )
    return render(request, "access/sessions.html", page)


@guarded(None)
@require_POST
def end_session(request: HttpRequest, session: UUID) -> HttpResponse:
    """End one of one's other sessions (结束登录)."""
    api.end_session(by=request.actor, at=request.at, session=session)
    return redirect("access:sessions")


@guarded(None)
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's other sessions (结束其他所有登录)."""
    ended = api.end_other_sessions(by=request.actor, at=request.at, session=request.session_id)
    messages.success(request, f"已结束另外 {ended} 处登录。" if ended else "没有别处的登录。")
    return redirect("access:sessions")


def inside(request: HttpRequest, answer: api.SignInAnswer, target: str) -> HttpResponse:
    """Whoever proved everything gets the session, and goes where she wanted."""
    request.session[KEY_IN_BROWSER] = answer.token
    return redirect("access:password") if answer.must_change else HttpResponseRedirect(target)


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a path of this site, or the first page."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith("/") else "/"
