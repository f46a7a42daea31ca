"""Reads of access: who acts, who has an account, what happened at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from yimen.foundations.access.choices import AccountKind
from yimen.foundations.access.engine.attempts import locks_in_force, name_hash_of
from yimen.foundations.access.engine.entering import idle_limit
from yimen.foundations.access.models import (
    Account,
    Grant,
    Passkey,
    RecoveryCode,
    Session,
    SignIn,
    Tie,
    Totp,
    actor_key,
)
from yimen.foundations.access.permissions import MANAGE_ACCOUNTS, VIEW_ACCOUNTS, VIEW_SIGN_INS, Duty
from yimen.foundations.access.ports import Role, roles
from yimen.foundations.access.rules.deputies import street_or_wider
from yimen.foundations.access.rules.tokens import digest_of
from yimen.foundations.bus.api import columns, hear
from yimen.kernel.actor import Actor, ActorKind, Hold
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.refusals import NotAllowed, NotFound


@dataclass(frozen=True)
class SignedIn:
    """Who asks (登录中的人): the session and the actor its account is today."""

    session: UUID
    actor: Actor
    seen_at: datetime
    must_change: bool
    second_due: bool


DEPUTIES_SHOWN = timedelta(days=60)
CONFIRM_WITHIN = timedelta(minutes=10)  # a secret that lies about on a screen is not waited for longer

# Asked at every request, so in one statement: the session, its account, what the account holds today, and the marks.
_RECOGNISE = """
SELECT session.public_id, session.seen_at, session.second, account.must_change,
       account.public_id, account.name, account.kind, account.person,
       ARRAY(SELECT held.role || CASE WHEN held.deputises_id IS NULL THEN '' ELSE
             (SELECT ' ' || whose.name FROM access_account whose WHERE whose.id = held.deputises_id) END FROM {held}),
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
        grants.values_list("role", Coalesce("deputises__name", Value("")), "area"),
        on=on,
    )


def _actor(
    account: UUID,
    name: str,
    kind: str,
    person: UUID | None,
    grants: Iterable[tuple[str, str, str]],
    *,
    on: date,
) -> Actor:
    known = roles(on=on)
    # A role that is no longer defined gives nothing, not even reach.
    holds = tuple(
        Hold(role, area, known[role].permissions, known[role].opens, for_whom)
        for role, for_whom, area in grants
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
    # A role has no blank in its key; behind one stands whose role it is, when it is held for a colleague.
    grants = ((*one.partition(" ")[::2], area) for one, area in zip(held, areas, strict=True))
    actor = _actor(account, name, kind, person, grants, on=today)
    return SignedIn(session, actor, seen_at, must_change, not second and asks_second_factor(actor, on=today))


def asks_second_factor(actor: Actor, *, on: date) -> bool:
    """Does a role that the actor holds ask for a second factor (须有第二因素)?"""
    known = roles(on=on)
    return any(known[hold.role].second_factor for hold in actor.holds if hold.role in known)


@dataclass(frozen=True)
class SecondFactors:
    """What an account has set up beside its password (第二因素)."""

    totp_since: datetime | None
    passkeys: int
    codes_left: int

    @property
    def words(self) -> str:
        """In words: 动态口令、2 个通行密钥."""
        totp = ["动态口令"] if self.totp_since else []
        return "、".join([*totp, *([f"{self.passkeys} 个通行密钥"] if self.passkeys else [])])


def second_factors(account_ids: Iterable[UUID]) -> dict[UUID, SecondFactors]:
    """What these accounts have set up beside the password, those with nothing left out; one query for all."""
    totp = Totp.objects.filter(account=OuterRef("pk"), confirmed_at__isnull=False)
    keys = Passkey.objects.filter(account=OuterRef("pk")).order_by()
    unused = RecoveryCode.objects.filter(account=OuterRef("pk"), used_at=None).order_by()

    def how_many(rows: QuerySet) -> Coalesce:
        return Coalesce(Subquery(rows.values("account").annotate(found=Count("id")).values("found")), 0)

    found = Account.objects.filter(Exists(totp) | Exists(keys), public_id__in=list(account_ids))
    rows = found.annotate(
        since=Subquery(totp.values("confirmed_at")), keys=how_many(keys), left=how_many(unused)
    )
    return {
        account: SecondFactors(*facts)
        for account, *facts in rows.values_list("public_id", "since", "keys", "left")
    }


def passkeys_of(account_id: UUID) -> QuerySet[Passkey]:
    """The passkeys of an account (通行密钥), the oldest first."""
    return Passkey.objects.filter(account__public_id=account_id).order_by("made_at", "id")


def offered_totp(*, by: Actor, at: datetime) -> Totp | None:
    """The secret that was offered to ``by`` lately and not yet confirmed (待确认的动态口令); only its holder is shown it."""
    lately = Totp.objects.filter(account__public_id=by.account, offered_at__gt=at - CONFIRM_WITHIN)
    return lately.filter(confirmed_at=None).first()


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


def locks_of(accounts: Iterable[Account], *, at: datetime) -> dict[UUID, datetime]:
    """Which of these accounts are locked after failed attempts, and until when (锁定至); one query for all."""
    names = {name_hash_of(one.username): one.public_id for one in accounts}
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


def grants_of(account_id: UUID, *, on: date | None = None) -> QuerySet[Grant]:
    """The grants of an account, in force on a day or all of them, the latest first."""
    found = Grant.objects.filter(account__public_id=account_id).select_related("deputises")
    return (found.in_force(on) if on else found).order_by("-since", "-id")


def grants_of_many(account_ids: Iterable[UUID], *, on: date) -> dict[UUID, list[Grant]]:
    """The grants in force of many accounts, by account; one query for all."""
    held: dict[UUID, list[Grant]] = {}
    grants = Grant.objects.filter(account__public_id__in=list(account_ids)).in_force(on)
    for grant in grants.select_related("account").order_by("since", "id"):
        held.setdefault(grant.account.public_id, []).append(grant)
    return held


def duty_grants(*, by: Actor, on: date) -> list[tuple[Duty, Grant]]:
    """Who holds one of the three duties on a day (三员), where the actor sees accounts; one query."""
    areas = {*by.areas_for(VIEW_ACCOUNTS), *by.areas_for(MANAGE_ACCOUNTS)}
    if not areas:
        raise NotAllowed(permission=VIEW_ACCOUNTS, area="")
    duties = {key: role.duties for key, role in roles(on=on).items() if role.duties}
    held = Grant.objects.in_force(on).filter(role__in=duties, area__begins_with_any=tuple(areas))
    held = held.filter(account__is_active=True).select_related("account").order_by("area", "since", "id")
    return [(duty, grant) for grant in held for duty in duties[grant.role]]


def duties_held(grants: Iterable[Grant], *, on: date) -> tuple[Duty, ...]:
    """Which of the three duties these grants bring (三员), in their order."""
    known = roles(on=on)
    held = {duty for grant in grants if grant.role in known for duty in known[grant.role].duties}
    return tuple(duty for duty in Duty if duty in held)


def holders_of(role: str, *, area: str, on: date) -> list[Account]:
    """The active accounts that hold a role over exactly this area on a day, by login name."""
    held = Grant.objects.in_force(on).filter(role=role, area=area)
    return list(Account.objects.filter(id__in=held.values("account_id"), is_active=True).order_by("username"))


@dataclass(frozen=True)
class Candidate:
    """A role of one's own that somebody could hold for some days in one's place (可代理的角色)."""

    grant: Grant
    role: Role
    colleagues: tuple[Account, ...]


def deputisable(account_id: UUID, *, on: date) -> list[Candidate]:
    """The roles that an account holds in its own right and that may be deputised, each with the colleagues of that street
    who could do it (可代理的角色); two queries. Roles with which nobody may stand in (the three duties, 三员) are left out.
    """
    known = roles(on=on)
    own = Grant.objects.in_force(on).filter(account__public_id=account_id, deputises=None)
    grants = [one for one in own.order_by("since", "id") if one.role in known and known[one.role].deputy_days]
    streets = {street_or_wider(one.area) for one in grants}
    found = colleagues_in(streets, on=on).exclude(public_id=account_id) if streets else ()
    by_street: dict[str, list[Account]] = {street: [] for street in streets}
    for colleague, areas in _with_areas(found, on=on):
        for street in streets:
            if any(area.startswith(street) for area in areas):
                by_street[street].append(colleague)
    return [Candidate(one, known[one.role], tuple(by_street[street_or_wider(one.area)])) for one in grants]


def colleagues_in(streets: Iterable[str], *, on: date) -> QuerySet[Account]:
    """The active staff of these streets on a day (同街道同事), by name: whoever works with their residents and cases.

    Volunteers, lecturers and others who see by ties are not, nor are those who look after the product.
    """
    working = [key for key, role in roles(on=on).items() if role.opens and not role.duties]
    there = Grant.objects.in_force(on).filter(
        account=OuterRef("pk"), role__in=working, area__begins_with_any=tuple(streets), deputises=None
    )
    return Account.objects.filter(Exists(there), is_active=True, kind=AccountKind.STAFF).order_by(
        "name", "id"
    )


def _with_areas(found: Iterable[Account], *, on: date) -> list[tuple[Account, set[str]]]:
    people = list(found)
    held: dict[int, set[str]] = {one.pk: set() for one in people}
    for account, area in Grant.objects.in_force(on).filter(account__in=people).values_list("account", "area"):
        held[account].add(area)
    return [(one, held[one.pk]) for one in people]


def deputies(account_id: UUID, *, on: date) -> list[Grant]:
    """Who stands in for an account and for whom it stands in (临时代理), now, to come, and of the last weeks; one query."""
    since = on - DEPUTIES_SHOWN
    mine = Q(deputises__public_id=account_id) | Q(account__public_id=account_id, deputises__isnull=False)
    rows = Grant.objects.filter(mine, until__gt=since).select_related("account", "deputises")
    return list(rows.order_by("-since", "-id"))


def ties_of(account_id: UUID, *, on: date) -> QuerySet[Tie]:
    """The ties of an account in force on a day."""
    return Tie.objects.filter(account_id=account_id).in_force(on).order_by("since", "id")


def tied_to(subject: UUID, *, on: date) -> QuerySet[Tie]:
    """Who is tied to a person or case on a day."""
    return Tie.objects.filter(subject=subject).in_force(on).select_related("account").order_by("since", "id")


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
