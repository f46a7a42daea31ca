"""Accounts, their names and sessions, and what happened at the door (账号、会话、登录记录)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from yimen.foundations.access.choices import AccountKind
from yimen.foundations.access.engine.attempts import locks_in_force, name_hashes_of
from yimen.foundations.access.engine.entering import idle_limit
from yimen.foundations.access.models import (
    Account,
    Grant,
    Session,
    SignIn,
)
from yimen.foundations.access.permissions import MANAGE_ACCOUNTS, VIEW_ACCOUNTS, VIEW_SIGN_INS
from yimen.foundations.access.rules.usernames import as_username
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.refusals import NotAllowed, NotFound


def open_sessions(account_id: UUID, *, at: datetime) -> QuerySet[Session]:
    """Where an account is signed in now, the latest first."""
    return Session.objects.filter(
        account__public_id=account_id, ended_at=None, seen_at__gt=at - idle_limit()
    ).order_by("-since_at", "-id")


def sessions_of_leavers(*, at: datetime) -> QuerySet[Session]:
    """The open sessions of staff who hold nothing any more (离岗者的登录), though they did on the day they signed in."""
    today = day_of(at)
    held = Grant.objects.filter(account=OuterRef("account"))
    ended_since = held.filter(until__lte=today, until__gte=OuterRef("on"))
    by_day = Session.objects.annotate(on=TruncDate("since_at", tzinfo=STREET_TIME))
    return by_day.select_related("account").filter(
        Exists(ended_since),
        ~Exists(held.in_force(today)),
        ended_at=None,
        seen_at__gt=at - idle_limit(),
        account__kind=AccountKind.STAFF,
    )


def accounts(*, by: Actor) -> QuerySet[Account]:
    """The accounts that ``by`` looks after or may see, by login name. Refuses who may see none."""
    areas = {*by.areas_for(VIEW_ACCOUNTS), *by.areas_for(MANAGE_ACCOUNTS)}
    if not areas:
        raise NotAllowed(permission=VIEW_ACCOUNTS, area="")
    return Account.objects.filter(area__begins_with_any=tuple(areas)).order_by("username")


def account(account_id: UUID, *, by: Actor) -> Account:
    """One account, if ``by`` may see it; everyone sees his own."""
    if by.account == account_id:
        return Account.objects.get(public_id=account_id)
    found = accounts(by=by).filter(public_id=account_id).first()
    if found is None:
        raise NotFound()
    return found


def accounts_named(usernames: Iterable[str], *, by: Actor) -> dict[str, Account]:
    """The accounts with these login names that ``by`` looks after or may see, by the name as it is kept; one query."""
    wanted = {as_username(one) for one in usernames}
    return {one.username: one for one in accounts(by=by).filter(username__in=wanted)}


def names_borne(usernames: Iterable[str], *, by: Actor) -> dict[str, str]:
    """Which of these login names are taken (已占用), with the holder's name where ``by`` may know it, else ""; two queries."""
    wanted = {as_username(one) for one in usernames}
    taken = Account.objects.filter(username__in=wanted).values_list("username", flat=True)
    return dict.fromkeys(taken, "") | {key: one.name for key, one in accounts_named(wanted, by=by).items()}


def never_used(found: QuerySet[Account]) -> QuerySet[Account]:
    """Those of these accounts with which nobody has ever signed in (从未登录)."""
    return found.exclude(Exists(Session.objects.filter(account=OuterRef("pk"))))


def locks_of(accounts: Iterable[Account], *, at: datetime) -> dict[UUID, datetime]:
    """Which of these accounts are locked after failed attempts, and until when (锁定至); one query for all."""
    names = {each: one.public_id for one in accounts for each in name_hashes_of(one.username)}
    return {names[name]: until for name, until in locks_in_force(names, at=at).items()}


def account_name(account_id: UUID) -> str:
    """The name of the holder of an account, "" when there is none: to show who did something."""
    return Account.objects.filter(public_id=account_id).values_list("name", flat=True).first() or ""


def names_of(keys: set[str] | list[str]) -> dict[str, str]:
    """The names behind actor keys (经办人姓名), in one query; system actors are named by their key."""
    ids = [key.removeprefix("account:") for key in keys if key.startswith("account:")]
    names = {f"account:{found}": name for found, name in _names(ids)}
    return {key: names.get(key) or f"系统·{key.partition(':')[2]}" for key in keys}


def _names(ids: list[str]):
    return Account.objects.filter(public_id__in=ids).values_list("public_id", "name") if ids else ()


def sign_ins(*, by: Actor, account: UUID | None = None) -> QuerySet[SignIn]:
    """Attempts to sign in, the latest first; one's own without permission, those of one's area with it."""
    found = SignIn.objects.select_related("account").order_by("-id")
    if account is not None and account == by.account:
        return found.filter(account__public_id=account)
    areas = by.areas_for(VIEW_SIGN_INS)
    if not areas:
        raise NotAllowed(permission=VIEW_SIGN_INS, area="")
    found = found.filter(account__area__begins_with_any=areas)
    return found.filter(account__public_id=account) if account is not None else found
