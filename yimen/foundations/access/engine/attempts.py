"""The log of attempts to sign in, the locks that follow from it, and the end of sessions (登录记录、锁定)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from yimen.foundations.access.choices import SessionEnd, SignInOutcome
from yimen.foundations.access.fields import keyed_hash, keyed_hashes
from yimen.foundations.access.models import Account, Session, SignIn
from yimen.foundations.access.rules.lockout import locked_until
from yimen.foundations.audit.api import record

NAME_FIELD = "access_signin.name_hash"
FAILURES = (SignInOutcome.WRONG_PASSWORD, SignInOutcome.UNKNOWN_NAME, SignInOutcome.WRONG_CODE)
# A right password with a second factor still owed clears nothing: who guesses codes would start anew each time.
# A passkey cannot be guessed, so a wrong one locks nobody out.
NOT_COUNTED = (
    SignInOutcome.LOCKED,
    SignInOutcome.CLOSED,
    SignInOutcome.EXPIRED,
    SignInOutcome.PASSWORD_RIGHT,
    SignInOutcome.WRONG_PASSKEY,
)


def end_all_sessions(account: Account, *, at: datetime, why: SessionEnd, but: UUID | None = None) -> int:
    """End every open session of an account, but the one given; part of the operation that calls it."""
    still_open = Session.objects.filter(account=account, ended_at=None).exclude(public_id=but)
    return still_open.update(ended_at=at, ended_why=why)


def lock_of(username: str) -> datetime | None:
    """Until when a login name is locked, or was; None when it is not."""
    return _locked(
        SignIn.objects.filter(name_hash__in=name_hashes_of(username)), limit=settings.YIMEN_SIGN_IN_FAILURES
    )


def locks_in_force(name_hashes: Iterable[str], *, at: datetime) -> dict[str, datetime]:
    """Which of these login names are locked now and until when; one query however many they are."""
    counted = SignIn.objects.filter(name_hash__in=list(name_hashes)).exclude(outcome__in=NOT_COUNTED)
    # Only a failure within the last minutes can still lock, which leaves few names to look at closely.
    lately = at - timedelta(minutes=settings.YIMEN_SIGN_IN_LOCK_MINUTES)
    suspected = counted.filter(at__gt=lately, outcome__in=FAILURES).values("name_hash")
    place = Window(RowNumber(), partition_by="name_hash", order_by=F("id").desc())
    latest = counted.filter(name_hash__in=suspected).annotate(place=place)
    attempts: dict[str, list[tuple[datetime, bool]]] = {}
    rows = latest.filter(place__lte=settings.YIMEN_SIGN_IN_FAILURES).order_by("-id")
    for name_hash, when, outcome in rows.values_list("name_hash", "at", "outcome"):
        attempts.setdefault(name_hash, []).append((when, outcome in FAILURES))
    locks = {
        name_hash: _until(tried, settings.YIMEN_SIGN_IN_FAILURES) for name_hash, tried in attempts.items()
    }
    return {name_hash: until for name_hash, until in locks.items() if until and at < until}


def name_hash_of(username: str) -> str:
    return keyed_hash(username, field=NAME_FIELD)


def name_hashes_of(username: str) -> tuple[str, ...]:
    """Under every key, so that a lock outlasts a change of keys."""
    return keyed_hashes(username, field=NAME_FIELD)


def log_attempt(
    account: Account | None,
    name_hash: str,
    outcome: SignInOutcome,
    *,
    at: datetime,
    address: str,
    second: str = "",
) -> None:
    """One row of the log of attempts and one of the trail."""
    SignIn.objects.create(at=at, name_hash=name_hash, account=account, address=address[:45], outcome=outcome)
    detail = {"second": second} if second else {}
    record(account, kind="account", area=account.area if account else "", outcome=outcome.value, **detail)


def lock_of_address(address: str, *, passkeys: bool = False) -> datetime | None:
    """Until when an address is locked, or was; ``passkeys``: for those, where wrong ones count too.

    They count at passkeys alone: who sends made-up ones must not keep a hall from its passwords.
    """
    # A hall or a committee shares one address, so it may fail more often than one person may.
    if not address:
        return None
    limit = settings.YIMEN_SIGN_IN_ADDRESS_FAILURES
    more = (SignInOutcome.WRONG_PASSKEY,) if passkeys else ()
    return _locked(SignIn.objects.filter(address=address[:45]), limit=limit, more=more)


def _locked(attempts, *, limit: int, more: tuple[SignInOutcome, ...] = ()) -> datetime | None:
    passed_over = [outcome for outcome in NOT_COUNTED if outcome not in more]
    latest = attempts.exclude(outcome__in=passed_over).order_by("-id").values_list("at", "outcome")[:limit]
    return _until([(at, outcome in FAILURES or outcome in more) for at, outcome in latest], limit)


def _until(attempts: list[tuple[datetime, bool]], limit: int) -> datetime | None:
    return locked_until(attempts, limit=limit, minutes=settings.YIMEN_SIGN_IN_LOCK_MINUTES)
