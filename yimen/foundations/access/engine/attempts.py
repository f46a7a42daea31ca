"""The log of attempts to sign in, the locks that follow from it, and the end of sessions (登录记录、锁定)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from yimen.foundations.access.choices import SessionEnd, SignInOutcome
from yimen.foundations.access.fields import keyed_hash
from yimen.foundations.access.models import Account, Session, SignIn
from yimen.foundations.access.rules.lockout import locked_until
from yimen.foundations.audit.api import record

NAME_FIELD = "access_signin.name_hash"
FAILURES = (SignInOutcome.WRONG_PASSWORD, SignInOutcome.UNKNOWN_NAME)
NOT_COUNTED = (SignInOutcome.LOCKED, SignInOutcome.CLOSED)


def end_all_sessions(account: Account, *, at: datetime, why: SessionEnd, but: UUID | None = None) -> int:
    """End every open session of an account, but the one given; part of the operation that calls it."""
    still_open = Session.objects.filter(account=account, ended_at=None).exclude(public_id=but)
    return still_open.update(ended_at=at, ended_why=why)


def lock_of(name_hash: str) -> datetime | None:
    """Until when a login name is locked, or was; None when it is not."""
    return _locked(SignIn.objects.filter(name_hash=name_hash), limit=settings.YIMEN_SIGN_IN_FAILURES)


def name_hash_of(username: str) -> str:
    return keyed_hash(username, field=NAME_FIELD)


def log_attempt(
    account: Account | None, name_hash: str, outcome: SignInOutcome, *, at: datetime, address: str
) -> None:
    """One row of the log of attempts and one of the trail."""
    SignIn.objects.create(at=at, name_hash=name_hash, account=account, address=address[:45], outcome=outcome)
    record(account, kind="account", area=account.area if account else "", outcome=outcome.value)


def lock_of_address(address: str) -> datetime | None:
    # A hall or a committee shares one address, so it may fail more often than one person may.
    if not address:
        return None
    return _locked(SignIn.objects.filter(address=address[:45]), limit=settings.YIMEN_SIGN_IN_ADDRESS_FAILURES)


def _locked(attempts, *, limit: int) -> datetime | None:
    latest = attempts.exclude(outcome__in=NOT_COUNTED).order_by("-id").values_list("at", "outcome")[:limit]
    return locked_until(
        [(at, outcome in FAILURES) for at, outcome in latest],
        limit=limit,
        minutes=settings.YIMEN_SIGN_IN_LOCK_MINUTES,
    )
