"""Accounts and their passwords (账号与口令)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable, make_password

from yimen.foundations.access.choices import AccountKind, SessionEnd, SignInOutcome
from yimen.foundations.access.engine.attempts import end_all_sessions, log_attempt, name_hash_of
from yimen.foundations.access.engine.colleagues import colleague
from yimen.foundations.access.engine.deputising import end_all
from yimen.foundations.access.engine.proving import why_not_proven
from yimen.foundations.access.events import AccountClosed
from yimen.foundations.access.models import Account, OldPassword, OutsideName
from yimen.foundations.access.permissions import MANAGE_ACCOUNTS
from yimen.foundations.access.queries.accounts import never_used
from yimen.foundations.access.queries.grants import heirs_of
from yimen.foundations.access.rules.passwords import first_password, weaknesses
from yimen.foundations.access.rules.usernames import as_username, is_username
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotAllowed, NotFound, NotPossible

# Each costs a slow hash, and the page is waited for.
MOST_SLIPS = 40


class UsernameTaken(Conflict):
    """Another account has this login name."""

    code = "access.username_taken"
    sentence = "登录名“{username}”已被使用，请换一个。"


class BadUsername(NotPossible):
    """The login name is empty or has blanks."""

    code = "access.bad_username"
    sentence = "登录名应为 2 至 40 个字符，不含空格。"


class WeakPassword(NotPossible):
    """The password breaks the rules for strong ones."""

    code = "access.weak_password"
    sentence = "口令不够强，请按提示修改。"


class CannotTakeOver(NotPossible):
    """Whoever was named to take over does not work there."""

    code = "access.cannot_take_over"
    sentence = "接手的人须是本街道正在工作的同事，请重新选择。"


@operation("access.account.created")
def create_account(
    *,
    by: Actor,
    at: datetime,
    username: str,
    name: str,
    password: str = "",
    kind: str = AccountKind.STAFF,
    area: str | None = None,
    must_change: bool = True,
) -> Account:
    """Open an account (开设账号) that its holder must give a new password at the first sign-in.

    Without ``password`` nobody can sign in before a slip was printed (`hand_out_passwords`). ``area`` says whose administrators
    look after it; by default the first area in which ``by`` manages accounts.
    Refuses a login name that is taken or malformed, and a weak password.
    """
    username = as_username(username)
    if area is None:
        area = next(iter(by.areas_for(MANAGE_ACCOUNTS)), "")
    by.must(MANAGE_ACCOUNTS, area=area)
    if not is_username(username):
        raise BadUsername()
    if Account.objects.filter(username=username).exists():
        raise UsernameTaken(username=username)
    if password:
        _must_be_strong(password, username=username, name=name)
    account = Account.objects.create(
        username=username,
        name=name.strip(),
        kind=AccountKind(kind),
        area=area,
        password=make_password(password or None),
        password_at=at,
        must_change=must_change,
        first_until=_last_moment(at) if must_change and password else None,
        opened_at=at,
        opened_by=by.key,
    )
    record(account, kind="account", area=area, account_kind=account.kind)
    return account


@operation("access.password.changed")
def change_password(
    *, by: Actor, at: datetime, old: str, new: str, session: UUID | None = None, address: str = ""
) -> tuple[Finding, ...]:
    """Change one's own password (修改口令). Answers why it was not changed; empty when it was.

    A wrong old password counts and is kept like a failed sign-in. All other sessions of the account end.
    """
    account = Account.objects.select_for_update().filter(public_id=by.account, is_active=True).first()
    if account is None:
        raise NotAllowed()
    if finding := why_not_proven(account, old, at=at, address=address, field="old"):
        return (finding,)
    found = weaknesses(new, username=account.username, name=account.name)
    if not found and _used_before(account, new):
        found = [
            Finding(
                "access.password.used",
                f"不能使用最近 {settings.YIMEN_PASSWORD_HISTORY} 次用过的口令。",
                "new",
            )
        ]
    if found:
        unchanged()
        return tuple(found)
    _set_password(account, new, at=at, must_change=False)
    end_all_sessions(account, at=at, why=SessionEnd.PASSWORD, but=session)
    record(account, kind="account", area=account.area)
    return ()


@operation("access.password.reset")
def reset_password(*, by: Actor, at: datetime, account: UUID, password: str) -> None:
    """Give a colleague a new first password (重置口令): all sessions end, and the next sign-in must change it."""
    found = colleague(account, by=by, permission=MANAGE_ACCOUNTS)
    _must_be_strong(password, username=found.username, name=found.name)
    _set_password(found, password, at=at, must_change=True)
    end_all_sessions(found, at=at, why=SessionEnd.PASSWORD)
    record(found, kind="account", area=found.area)


@operation("access.passwords.handed_out")
def hand_out_passwords(*, by: Actor, at: datetime, accounts: Sequence[UUID]) -> list[tuple[Account, str]]:
    """Give first passwords to accounts that nobody has signed in with (发放首次口令), to be printed once.

    Answers each with its password, which is kept nowhere; one given before is worth nothing from now on. Who has signed in is
    passed over: for them there is `reset_password`. Refuses more than `MOST_SLIPS`.
    """
    if len(accounts) > MOST_SLIPS:
        raise NotPossible(f"一次最多打印 {MOST_SLIPS} 张口令条。")
    found = list(
        never_used(Account.objects.filter(public_id__in=list(accounts), is_active=True))
        .select_for_update(of=("self",))
        .order_by("id")
    )
    made = []
    for one in found:
        by.must(MANAGE_ACCOUNTS, area=one.area)
        password = first_password(username=one.username, name=one.name)
        _set_password(one, password, at=at, must_change=True)
        made.append((one, password))
        record(one, kind="account", area=one.area)
    if not made:
        unchanged()
    return made


@operation("access.account.unlocked")
def unlock_account(*, by: Actor, at: datetime, account: UUID) -> None:
    """Lift the lock after failed attempts (解除锁定)."""
    found = colleague(account, by=by, permission=MANAGE_ACCOUNTS)
    log_attempt(found, name_hash_of(found.username), SignInOutcome.UNLOCKED, at=at, address="")


@operation("access.account.closed")
def close_account(*, by: Actor, at: datetime, account: UUID, reason: str, to: UUID | None = None) -> None:
    """Close an account (停用账号): its sessions end at once, and who stands in for it; its deeds stay.

    ``to`` is the colleague who takes over what lay with its holder in person (交接): duties, shifts to come, answers it was
    waiting for; without one, duties go back to the area. Refuses somebody who does not work in that street.
    """
    found = colleague(account, by=by, permission=MANAGE_ACCOUNTS)
    if not found.is_active:
        return unchanged()
    heir = heirs_of(found, on=day_of(at)).filter(public_id=to).first() if to else None
    if to and heir is None:
        raise CannotTakeOver()
    found.is_active = False
    found.save(update_fields=["is_active"])
    end_all_sessions(found, at=at, why=SessionEnd.CLOSED)
    OutsideName.objects.filter(account=found).delete()
    ended = end_all(found, until=day_of(at), by_key=by.key)
    told = {"deputies": ended} if ended else {}
    if heir:
        told["to"] = str(heir.public_id)
    record(found, kind="account", area=found.area, reason=reason, **told)
    announce(AccountClosed(subject=found.public_id, area=found.area, to=heir.public_id if heir else None))
    return None


@operation("access.account.reopened")
def reopen_account(*, by: Actor, at: datetime, account: UUID, reason: str) -> None:
    """Open a closed account again (启用账号); the password must be changed at the next sign-in."""
    found = colleague(account, by=by, permission=MANAGE_ACCOUNTS)
    if found.is_active:
        return unchanged()
    found.is_active = found.must_change = True
    found.save(update_fields=["is_active", "must_change"])
    record(found, kind="account", area=found.area, reason=reason)
    return None


@operation("access.account.joined", inner=True)
def set_person(*, by: Actor, at: datetime, account: UUID, person: UUID | None) -> None:
    """Keep with an account which resident its holder is; the register of people calls it when it joins the two."""
    found = Account.objects.select_for_update().filter(public_id=account).first()
    if found is None:
        raise NotFound()
    found.person = person
    found.save(update_fields=["person"])
    record(found, kind="account", area=found.area)


def _must_be_strong(password: str, *, username: str, name: str) -> None:
    if found := weaknesses(password, username=username, name=name):
        raise WeakPassword(findings=found)


def _last_moment(at: datetime) -> datetime:
    """Until when a first password is good (首次口令有效期)."""
    return at + timedelta(days=settings.YIMEN_FIRST_PASSWORD_DAYS)


def _used_before(account: Account, password: str) -> bool:
    old = (
        OldPassword.objects.filter(account=account)
        .order_by("-until_at", "-id")
        .values_list("password", flat=True)
    )
    hashes = [account.password, *old[: settings.YIMEN_PASSWORD_HISTORY - 1]]
    return any(check_password(password, hashed) for hashed in hashes)


def _set_password(account: Account, password: str, *, at: datetime, must_change: bool) -> None:
    if is_password_usable(account.password):
        OldPassword.objects.create(account=account, password=account.password, until_at=at)
    account.password, account.password_at, account.must_change = make_password(password), at, must_change
    account.first_until = _last_moment(at) if must_change else None
    account.save(update_fields=["password", "password_at", "must_change", "first_until"])
    recent = OldPassword.objects.filter(account=account).order_by("-until_at", "-id")
    keep = list(recent.values_list("pk", flat=True)[: settings.YIMEN_PASSWORD_HISTORY])
    OldPassword.objects.filter(account=account).exclude(pk__in=keep).delete()
