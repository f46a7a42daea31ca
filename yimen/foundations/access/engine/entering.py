"""Coming in (进门): half way after the password, and the session of who has proven everything."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F

from yimen.foundations.access.choices import AccountKind, SessionEnd, SignInOutcome
from yimen.foundations.access.engine.proving import WRONG_CODE, has_second_factor
from yimen.foundations.access.models import Account, HalfSignIn, Session
from yimen.foundations.access.rules.tokens import digest_of
from yimen.kernel.clock import STREET_TIME

SECOND_STEP_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class SignInAnswer:
    """How an attempt ended. ``token`` goes into the browser's session, and nowhere else; it is good for the second step only
    when the outcome is that the password was right and a second factor is owed.
    """

    outcome: SignInOutcome
    account: UUID | None = None
    token: str = ""
    must_change: bool = False
    locked_until: datetime | None = None
    second: str = ""

    @property
    def ok(self) -> bool:
        return self.outcome == SignInOutcome.SIGNED_IN

    @property
    def sentence(self) -> str:
        """What the person at the door is told; never whether an account exists."""
        if self.outcome == SignInOutcome.LOCKED:
            return f"登录失败次数过多，请于 {self.locked_until.astimezone(STREET_TIME):%H:%M} 后再试，或联系系统管理员。"
        if self.outcome == SignInOutcome.CLOSED:
            return "这个账号已停用，请联系系统管理员。"
        if self.outcome == SignInOutcome.EXPIRED:
            return "首次口令已过期，请联系系统管理员重新发放。"
        if self.outcome == SignInOutcome.WRONG_CODE:
            return WRONG_CODE
        if self.outcome == SignInOutcome.WRONG_PASSKEY:
            return "通行密钥没有通过核对，或等得太久。请再试一次，或改用口令登录。"
        if self.outcome == SignInOutcome.NOT_BOUND:
            return "那边的用户还没有绑定这里的账号。请先用口令登录，在“登录与安全”里绑定一次。"
        return "" if self.ok else "登录名或口令不对。"


def idle_limit() -> timedelta:
    """How long a session may rest."""
    return timedelta(minutes=settings.YIMEN_SESSION_IDLE_MINUTES)


def one_at_a_time(name_hash: str) -> None:
    """Let attempts on one name wait for each other."""
    # Guesses sent at the same moment would all count the same number of failures before them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name_hash])


def kinds_here() -> tuple[str, ...]:
    """Whose accounts this process lets in (可登录的账号类别): on the resident side (居民端) residents' alone."""
    return (AccountKind.RESIDENT.value,) if settings.YIMEN_SIDE == "resident" else tuple(AccountKind.values)


def let_in(account: Account, *, at: datetime, address: str, agent: str, second: str = "") -> SignInAnswer:
    """Open a session for an account that has proven itself (开启会话)."""
    must_change = _new_password_due(account, at=at)
    token = _open_session(account, at=at, address=address, agent=agent, second=second)
    return SignInAnswer(SignInOutcome.SIGNED_IN, account.public_id, token, must_change, second=second)


def half_way(account: Account, *, at: datetime, address: str, agent: str) -> str:
    """Remember somebody who still owes the second factor (待验登录); answers the token of it."""
    HalfSignIn.objects.filter(account=account, at__lt=at - SECOND_STEP_WITHIN).delete()
    token = secrets.token_urlsafe(32)
    HalfSignIn.objects.create(
        account=account, token_digest=digest_of(token), at=at, address=address[:45], agent=agent[:200]
    )
    return token


def half_of(token: str, *, at: datetime) -> HalfSignIn | None:
    """Who is half way in with this token; None after some minutes, a new password, or a reset of the second factor."""
    found = HalfSignIn.objects.select_related("account").filter(
        token_digest=digest_of(token), at__gt=at - SECOND_STEP_WITHIN, at__gte=F("account__password_at")
    )
    half = found.first()
    return half if half and has_second_factor(half.account) else None


def _open_session(account: Account, *, at: datetime, address: str, agent: str, second: str) -> str:
    keep = settings.YIMEN_SESSION_MAX - 1
    still_open = Session.objects.filter(account=account, ended_at=None, seen_at__gt=at - idle_limit())
    too_many = [session.pk for session in still_open.order_by("-since_at", "-id")[keep:]]
    Session.objects.filter(pk__in=too_many).update(ended_at=at, ended_why=SessionEnd.REPLACED)
    token = secrets.token_urlsafe(32)
    Session.objects.create(
        account=account,
        token_digest=digest_of(token),
        since_at=at,
        seen_at=at,
        address=address[:45],
        agent=agent[:200],
        second=second,
    )
    return token


def _new_password_due(account: Account, *, at: datetime) -> bool:
    if not account.must_change and at - account.password_at > timedelta(days=settings.YIMEN_PASSWORD_DAYS):
        account.must_change = True
        account.save(update_fields=["must_change"])
    return account.must_change
