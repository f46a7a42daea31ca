"""Accounts: who may sign in, hold a post and a role; each button by the duty it belongs to."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.doors.office.forms import AppointForm, CloseForm, DeputyForm, GrantForm, NewAccountForm, ReasonForm
from yimen.doors.office.lists import AccountList
from yimen.doors.office.presenters import AskPage, Slip, account_page
from yimen.doors.office.queries.accounts import (
    account_file,
    area_choices,
    deputy_choices,
    heir_choices,
    post_choices,
    role_choices,
)
from yimen.doors.office.queries.duties import three_duties
from yimen.doors.office.queries.slips import waiting_for_slips
from yimen.foundations.access import api as access
from yimen.foundations.ui.api import Action, guarded, render, render_list
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.registers.organisations import api as organisations

REFUSALS = (NotPossible, Conflict)


@guarded(access.VIEW_ACCOUNTS)
@require_GET
def list_accounts(request: HttpRequest) -> HttpResponse:
    """The accounts in reach (账号)."""
    why_not = "" if request.actor.can_somewhere(access.MANAGE_ACCOUNTS) else "由系统管理员开设（三权分立）"
    return render_list(
        request,
        AccountList.as_of(request.at),
        access.accounts(by=request.actor),
        actions=(
            Action("三员分立", reverse("office:duties"), icon="users"),
            *(() if why_not else (Action("打印口令条", reverse("office:slips"), icon="printer"),)),
            Action(
                "开设账号", reverse("office:new_account"), icon="user-plus", tone="primary", why_not=why_not
            ),
        ),
    )


@guarded(access.VIEW_ACCOUNTS)
@require_GET
def show_duties(request: HttpRequest) -> HttpResponse:
    """The three duties and who holds them (三员分立)."""
    return render(request, "office/duties.html", three_duties(by=request.actor, on=request.today))


@guarded(access.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown once, to be handed over (开设账号)."""
    areas = area_choices(access.MANAGE_ACCOUNTS, by=request.actor)
    form = NewAccountForm(request.POST or None, areas=areas, initial={"area": areas[0][0] if areas else ""})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        password = access.first_password(username=typed["username"], name=typed["name"])
        try:
            # No request key: the second of two clicks meets the name that is taken, and shows no other password.
            made = access.create_account(by=request.actor, at=request.at, password=password, **typed)
        except REFUSALS as refusal:
            form.add_error("username", refusal.sentence)
        else:
            return _slip(request, made, password)
    page = AskPage(
        "开设账号", form, back=reverse("office:accounts"), label="开设并生成首次口令", icon="user-plus"
    )
    return render(request, "office/ask.html", page, status=422 if form.errors else 200)


@guarded(access.VIEW_ACCOUNTS)
@require_GET
def show_account(request: HttpRequest, account: UUID) -> HttpResponse:
    """One account with posts, roles, sessions and attempts to sign in (账号详情)."""
    found = account_file(account, by=request.actor, at=request.at, on=request.today)
    return render(request, "office/account.html", account_page(found, by=request.actor))


@guarded(access.MANAGE_ACCOUNTS)
@require_POST
def reset(request: HttpRequest, account: UUID) -> HttpResponse:
    """Give a new first password, shown once (重置口令)."""
    found = access.account(account, by=request.actor)
    password = access.first_password(username=found.username, name=found.name)
    access.reset_password(by=request.actor, at=request.at, account=account, password=password)
    return _slip(request, found, password)


@guarded(access.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """Who waits for a first password (待打印口令条); ticked, their slips are shown once, to be printed and cut."""
    if request.method == "POST":
        chosen = [UUID(one) for one in request.POST.getlist("account") if _is_uuid(one)]
        # No request key: a password is kept nowhere, so the second of two clicks gives new ones and the first are worth nothing.
        made = access.hand_out_passwords(by=request.actor, at=request.at, accounts=chosen)
        if made:
            page = {"slips": made, "on": request.today, "until": made[0][0].first_until}
            return render(request, "office/slips.html", page)
        messages.error(request, "请先选择账号。已经登录过的账号，请在账号页上重置口令。")
        return redirect("office:slips")
    waiting = waiting_for_slips(by=request.actor, at=request.at)
    page = {"waiting": waiting[: access.MOST_SLIPS], "count": waiting.count(), "most": access.MOST_SLIPS}
    return render(request, "office/waiting_slips.html", page)


@guarded(access.MANAGE_ACCOUNTS)
@require_POST
def unlock(request: HttpRequest, account: UUID) -> HttpResponse:
    """Lift the lock after failed attempts (解除锁定)."""
    access.unlock_account(by=request.actor, at=request.at, account=account, request_key=_key(request))
    messages.success(request, "已解除锁定，可以重新登录。")
    return redirect("office:account", account)


@guarded(access.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, account: UUID) -> HttpResponse:
    """Close an account, with who takes over (停用账号、离岗交接)."""
    found = access.account(account, by=request.actor)
    form = CloseForm(request.POST or None, colleagues=heir_choices(found, on=request.today))

    def deed() -> None:
        to = form.cleaned_data["to"]
        access.close_account(
            by=request.actor,
            at=request.at,
            account=account,
            reason=form.cleaned_data["reason"],
            to=UUID(to) if to else None,
            request_key=_key(request),
        )

    kept = "手上的工作已交接" if form.data.get("to") else "待办归还所在区域，以后的班次请负责人改派"
    said = f"已停用，登录立即结束；{kept}。"
    return _ask(request, found, form, deed, title="停用账号", label="停用", icon="check", said=said)


@guarded(access.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, account: UUID) -> HttpResponse:
    """Open a closed account again (启用账号)."""
    return _with_reason(
        request, account, access.reopen_account, "启用账号", "启用", "已启用，下次登录须改口令。"
    )


@guarded(access.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def end_sessions(request: HttpRequest, account: UUID) -> HttpResponse:
    """End all sessions of an account (强制退出)."""
    return _with_reason(request, account, access.end_sessions, "强制退出", "全部退出", "已在所有设备上退出。")


@guarded(access.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def end_one_session(request: HttpRequest, account: UUID, session: UUID) -> HttpResponse:
    """End one session of an account (强制退出一处)."""
    return _with_reason(
        request,
        account,
        partial(access.end_sessions, session=session),
        "强制退出一处",
        "退出",
        "那一处已退出。",
    )


@guarded(access.RESET_SECOND_FACTORS)
@require_http_methods(["GET", "POST"])
def reset_factor(request: HttpRequest, account: UUID) -> HttpResponse:
    """Take a colleague's second factor off (重置第二因素)."""
    return _with_reason(
        request,
        account,
        access.reset_second_factor,
        "重置第二因素",
        "重置",
        "已重置：所有登录已结束，下次只验口令；请提醒本人重新设置。",
    )


@guarded(access.GRANT_ROLES)
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, account: UUID) -> HttpResponse:
    """Appoint to a post; its role comes with it (任命岗位)."""
    found = access.account(account, by=request.actor)
    form = AppointForm(
        request.POST or None,
        posts=post_choices(by=request.actor, on=request.today),
        initial={"since": request.today},
    )

    def deed() -> None:
        post = organisations.post(UUID(form.cleaned_data["post"]), by=request.actor)
        terms = {name: form.cleaned_data[name] for name in ("since", "until", "acting")}
        organisations.appoint(
            by=request.actor, at=request.at, post=post, account=account, request_key=_key(request), **terms
        )

    return _ask(
        request,
        found,
        form,
        deed,
        title="任命岗位",
        label="任命",
        icon="user-check",
        said="已任命，角色随岗位生效。",
    )


@guarded(access.GRANT_ROLES)
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, account: UUID) -> HttpResponse:
    """Grant a role without a post (授予角色)."""
    found = access.account(account, by=request.actor)
    form = GrantForm(
        request.POST or None,
        roles=role_choices(on=request.today),
        areas=area_choices(access.GRANT_ROLES, by=request.actor),
        initial={"since": request.today},
    )

    def deed() -> None:
        access.grant_role(
            by=request.actor, at=request.at, account=account, request_key=_key(request), **form.cleaned_data
        )

    return _ask(
        request, found, form, deed, title="授予角色", label="授予", icon="shield-check", said="已授予。"
    )


@guarded(access.GRANT_ROLES)
@require_http_methods(["GET", "POST"])
def name_deputy(request: HttpRequest, account: UUID) -> HttpResponse:
    """Name who stands in for a colleague who cannot do it herself (指定临时代理)."""
    found = access.account(account, by=request.actor)
    choices, colleagues = deputy_choices(account, by=request.actor, on=request.today)
    form = DeputyForm(
        request.POST or None,
        roles=choices,
        colleagues=colleagues,
        initial={"since": request.today, "last": request.today},
    )

    def deed() -> None:
        terms = {name: form.cleaned_data[name] for name in ("since", "last", "reason")}
        grant, deputy = UUID(form.cleaned_data["grant"]), UUID(form.cleaned_data["deputy"])
        access.name_deputy(
            by=request.actor, at=request.at, grant=grant, deputy=deputy, request_key=_key(request), **terms
        )

    return _ask(
        request,
        found,
        form,
        deed,
        title="指定临时代理",
        label="指定",
        icon="user-check",
        said="已指定，到最后一天自动结束。",
    )


@guarded(access.GRANT_ROLES)
@require_POST
def revoke(request: HttpRequest, account: UUID, grant: UUID) -> HttpResponse:
    """Take a role back from today (收回角色)."""
    access.revoke_grant(by=request.actor, at=request.at, grant=grant, request_key=_key(request))
    messages.success(request, "已收回，立即生效。")
    return redirect("office:account", account)


@guarded(access.GRANT_ROLES)
@require_POST
def vacate(request: HttpRequest, account: UUID, appointment: UUID) -> HttpResponse:
    """End an appointment from today (免职)."""
    found = organisations.appointment(appointment, by=request.actor)
    organisations.end_appointment(
        by=request.actor, at=request.at, appointment=found, request_key=_key(request)
    )
    messages.success(request, "已免职，随岗位的角色一并收回。")
    return redirect("office:account", account)


def _with_reason(
    request: HttpRequest, account: UUID, operation, title: str, label: str, said: str
) -> HttpResponse:
    found = access.account(account, by=request.actor)
    form = ReasonForm(request.POST or None)

    def deed() -> None:
        operation(
            by=request.actor,
            at=request.at,
            account=account,
            reason=form.cleaned_data["reason"],
            request_key=_key(request),
        )

    return _ask(request, found, form, deed, title=title, label=label, icon="check", said=said)


def _ask(
    request: HttpRequest, found, form, deed, *, title: str, label: str, icon: str, said: str
) -> HttpResponse:
    """A form about an account: do the deed and go back to the account, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except REFUSALS as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, said)
            return redirect("office:account", found.public_id)
    back = reverse("office:account", args=[found.public_id])
    page = AskPage(
        title, form, back=back, label=label, icon=icon, subtitle=f"{found.name}（{found.username}）"
    )
    return render(request, "office/ask.html", page, status=422 if form.errors else 200)


def _slip(request: HttpRequest, account, password: str) -> HttpResponse:
    """The first password, answered to the post itself: it is kept nowhere, not even for the next page."""
    back = reverse("office:account", args=[account.public_id])
    return render(
        request, "office/slip.html", Slip(account.name, account.username, password, request.today, back)
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _key(request: HttpRequest) -> str | None:
    return request.POST.get("request_key")
