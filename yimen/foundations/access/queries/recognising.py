"""Who asks (登录中的人): the actor of an account, and whose session a token is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from yimen.foundations.access.engine.entering import idle_limit
from yimen.foundations.access.models import (
    Account,
    Grant,
    Tie,
    actor_key,
)
from yimen.foundations.access.ports import roles
from yimen.foundations.access.rules.tokens import digest_of
from yimen.foundations.bus.api import columns, hear
from yimen.kernel.actor import Actor, ActorKind, Hold
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound


@dataclass(frozen=True)
class SignedIn:
    """Who asks (登录中的人): the session and the actor its account is today."""

    session: UUID
    actor: Actor
    seen_at: datetime
    must_change: bool
    second_due: bool


# Asked at every request, so in one statement: the session, its account, what the account holds today, and the marks.
_RECOGNISE = """
SELECT session.public_id, session.seen_at, session.second, account.must_change,
       account.public_id, account.name, account.kind, account.person,
       ARRAY(SELECT held.role || CASE WHEN held.deputises_id IS NULL THEN '' ELSE
             (SELECT ' ' || whose.public_id || ' ' || whose.name
              FROM access_account whose WHERE whose.id = held.deputises_id) END FROM {held}),
       ARRAY(SELECT held.area FROM {held}){marks}
FROM access_session session JOIN access_account account ON account.id = session.account_id
WHERE session.token_digest = %(digest)s AND session.ended_at IS NULL AND session.seen_at > %(idle)s
  AND account.is_active
"""


_HELD = """access_grant held WHERE held.account_id = account.id AND held.since <= %(on)s
       AND (held.until IS NULL OR held.until > %(on)s) ORDER BY held.deputises_id IS NOT NULL, held.since, held.id"""


def standing_ties(ties: Iterable[tuple[UUID, UUID, str]]) -> list[tuple[UUID, UUID, str]]:
    """Which of these ties (account, subject, reason) are still open (未解除的关联); one query for all, ``[]`` for none."""
    asked = set(ties)
    accounts, subjects, reasons = ({tie[n] for tie in asked} for n in range(3))
    rows = Tie.objects.filter(subject__in=subjects, account__in=accounts, reason__in=reasons, until=None)
    return (
        [row for row in rows.values_list("account_id", "subject", "reason") if row in asked] if asked else []
    )


def actor_of(account_id: UUID, *, on: date) -> Actor:
    """The actor that an account is on a day: its roles with their areas and permissions. Refuses unknown and closed."""
    account = Account.objects.filter(public_id=account_id, is_active=True).first()
    if account is None:
        raise NotFound()
    return actor_from(account, on=on)


def actor_from(account: Account, *, on: date) -> Actor:
    """The actor of a loaded account; one query for its grants."""
    grants = (
        Grant.objects.filter(account=account)
        .in_force(on)
        .order_by(F("deputises").asc(nulls_first=True), "since", "id")
    )
    return _actor(
        account.public_id,
        account.name,
        account.kind,
        account.person,
        grants.values_list("role", "deputises__public_id", Coalesce("deputises__name", Value("")), "area"),
        on=on,
    )


def _actor(
    account: UUID,
    name: str,
    kind: str,
    person: UUID | None,
    grants: Iterable[tuple[str, UUID | str | None, str, str]],
    *,
    on: date,
) -> Actor:
    known = roles(on=on)
    # A role that is no longer defined gives nothing, not even reach.
    holds = tuple(
        Hold(role, area, known[role].permissions, known[role].opens, name, actor_key(whose) if whose else "")
        for role, whose, name, area in grants
        if role in known
    )
    return Actor(
        key=actor_key(account),
        name=name,
        kind=ActorKind(kind),
        holds=holds,
        account=account,
        person=person,
    )


def signed_in(token: str, *, at: datetime) -> SignedIn | None:
    """Who a token belongs to; None when its session ended, was idle too long, or its account is closed.

    Called first in a unit of work: it hears the marks (代次) for the whole of it.
    """
    today = day_of(at)
    with connection.cursor() as cursor:
        cursor.execute(
            _RECOGNISE.format(held=_HELD, marks=columns()),
            {"digest": digest_of(token), "idle": at - idle_limit(), "on": today},
        )
        row = cursor.fetchone()
    if row is None:
        return None
    session, seen_at, second, must_change, account, name, kind, person, held, areas, *values = row
    hear(tuple(values))
    # A role has no blank in its key; behind one stands whose role it is, by id and name, when it is held for a colleague.
    grants = ((*[*one.split(" ", 2), "", ""][:3], area) for one, area in zip(held, areas, strict=True))
    actor = _actor(account, name, kind, person, grants, on=today)
    return SignedIn(session, actor, seen_at, must_change, not second and asks_second_factor(actor, on=today))


def asks_second_factor(actor: Actor, *, on: date) -> bool:
    """Does a role that the actor holds ask for a second factor (须有第二因素)? On a try-out installation none does."""
    if settings.YIMEN_SECOND_FACTOR_WAIVED:
        return False
    known = roles(on=on)
    return any(known[hold.role].second_factor for hold in actor.holds if hold.role in known)
