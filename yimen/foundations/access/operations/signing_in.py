"""Sign in, in one step or two (登录).

A failed attempt is an answer, not an exception: what is raised is undone, and the attempt must stay on record.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.db.models import F

from yimen.foundations.access.choices import SessionEnd, SignInOutcome
from yimen.foundations.access.engine.attempts import lock_of, lock_of_address, log_attempt, name_hash_of
from yimen.foundations.access.engine.proving import WRONG_CODE, has_second_factor, spend_code
from yimen.foundations.access.models import Account, HalfSignIn, Session
from yimen.foundations.access.queries import digest_of, open_sessions
from yimen.foundations.access.rules.usernames import as_username
from yimen.foundations.audit.api import operation, unchanged
from yimen.kernel.actor import Actor, system_actor
from yimen.kernel.clock import STREET_TIME

KEY_IN_BROWSER = "signed_in"  # under which the browser's session keeps the token
HALF_KEY_IN_BROWSER = "half_signed_in"  # and this the one of somebody who still owes the second factor
SECOND_STEP_WITHIN = timedelta(minutes=5)
DOORKEEPER = system_actor("sign_in")


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
        if self.outcome == SignInOutcome.WRONG_CODE:
            return WRONG_CODE
        return "" if self.ok else "登录名或口令不对。"


@operation("access.account.signed_in")
def sign_in(
    *, by: Actor, at: datetime, username: str, password: str, address: str = "", agent: str = ""
) -> SignInAnswer:
    """Try to sign in (登录). Answers what happened and keeps it on record; refuses nothing by exception.

    Who has set up a second factor is only half way in: `pass_second_step` opens the session. The
    time taken does not tell whether the name exists: an unknown name costs one password hash too.
    """
    username = as_username(username)
    name_hash = name_hash_of(username)
    _one_at_a_time(name_hash)
    account = Account.objects.filter(username=username).first()
    until = lock_of(name_hash) or lock_of_address(address)
    if until and at < until:
        answer = SignInAnswer(SignInOutcome.LOCKED, locked_until=until)
    elif account is None:
        make_password(password)
        answer = SignInAnswer(SignInOutcome.UNKNOWN_NAME)
    elif not check_password(password, account.password):
        answer = SignInAnswer(SignInOutcome.WRONG_PASSWORD)
    elif not account.is_active:
        answer = SignInAnswer(SignInOutcome.CLOSED)
    elif has_second_factor(account):
        token = _half_way(account, at=at, address=address, agent=agent)
        answer = SignInAnswer(SignInOutcome.PASSWORD_RIGHT, account.public_id, token)
    else:
        answer = _let_in(account, at=at, address=address, agent=agent)
    log_attempt(account, name_hash, answer.outcome, at=at, address=address)
    return answer


@operation("access.account.second_step_tried")
def pass_second_step(
    *, by: Actor, at: datetime, token: str, code: str, address: str = "", agent: str = ""
) -> SignInAnswer | None:
    """Prove oneself beside the password (登录第二步) with a one-time code or a recovery code.

    Answers what happened as `sign_in` does, wrong codes counting with wrong passwords; None when the password was typed
    too long ago, was changed since, or the second factor was reset: then it begins again.
    """
    half = _half_of(token, at=at)
    if half is None:
        unchanged()
        return None
    account, name_hash = half.account, name_hash_of(half.account.username)
    _one_at_a_time(name_hash)
    until = lock_of(name_hash) or lock_of_address(address)
    if until and at < until:
        answer = SignInAnswer(SignInOutcome.LOCKED, locked_until=until)
    elif not account.is_active:
        answer = SignInAnswer(SignInOutcome.CLOSED)
    elif second := spend_code(account, code, at=at):
        HalfSignIn.objects.filter(account=account).delete()
        answer = _let_in(account, at=at, address=address, agent=agent, second=second)
    else:
        answer = SignInAnswer(SignInOutcome.WRONG_CODE)
    log_attempt(account, name_hash, answer.outcome, at=at, address=address, second=answer.second)
    return answer


def _one_at_a_time(name_hash: str) -> None:
    # Guesses sent at the same moment would all count the same number of failures before them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name_hash])


def _let_in(account: Account, *, at: datetime, address: str, agent: str, second: str = "") -> SignInAnswer:
    must_change = _new_password_due(account, at=at)
    token = _open_session(account, at=at, address=address, agent=agent, second=second)
    return SignInAnswer(SignInOutcome.SIGNED_IN, account.public_id, token, must_change, second=second)


def _half_way(account: Account, *, at: datetime, address: str, agent: str) -> str:
    HalfSignIn.objects.filter(account=account, at__lt=at - SECOND_STEP_WITHIN).delete()
    token = secrets.token_urlsafe(32)
    HalfSignIn.objects.create(
        account=account, token_digest=digest_of(token), at=at, address=address[:45], agent=agent[:200]
    )
    return token


def _half_of(token: str, *, at: datetime) -> HalfSignIn | None:
    found = HalfSignIn.objects.select_related("account").filter(
        token_digest=digest_of(token), at__gt=at - SECOND_STEP_WITHIN, at__gte=F("account__password_at")
    )
    half = found.first()
    return half if half and has_second_factor(half.account) else None


def _open_session(account: Account, *, at: datetime, address: str, agent: str, second: str) -> str:
    keep = settings.YIMEN_SESSION_MAX - 1
    too_many = [session.pk for session in open_sessions(account.public_id, at=at)[keep:]]
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
