"""What an account may do where (授权), and what it is tied to beyond its areas (关联)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from yimen.foundations.access.choices import TieKind
from yimen.foundations.access.engine.deputising import end_with
from yimen.foundations.access.models import Account, Grant, Tie
from yimen.foundations.access.permissions import GRANT_ROLES
from yimen.foundations.access.queries.grants import standing_grant, why_not_give
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible


class CannotGrant(NotPossible):
    """The role cannot be given to this account."""

    code = "access.cannot_grant"
    sentence = "不能授予这个角色。{why}"


class CannotRevoke(NotPossible):
    """The grant cannot be taken back like this."""

    code = "access.cannot_revoke"
    sentence = "不能这样收回授权。{why}"


@operation("access.role.granted")
def grant_role(
    *, by: Actor, at: datetime, account: UUID, role: str, area: str, since: date, until: date | None = None
) -> Grant:
    """Give an account a role over an area from a day on, and to a day if told (授予角色); ``until`` is not included.

    Granting again what is granted without end answers the grant that is there. Refuses unknown roles, oneself, and two
    of the three separate duties in one hand.
    """
    by.must(GRANT_ROLES, area=area)
    holder = _account(account, alone=True)
    if finding := why_not_give(holder, role, area=area, since=since, until=until, by=by):
        raise CannotGrant(why=finding.sentence, findings=[finding])
    same = standing_grant(holder, role, area=area, since=since)
    if same is not None:
        unchanged()
        return same
    grant = Grant.objects.create(
        account=holder, role=role, area=area, since=since, until=until, granted_by=by.key
    )
    record(holder, kind="account", area=area, role=role, since=since.isoformat(), grant=str(grant.public_id))
    return grant


@operation("access.role.revoked")
def revoke_grant(*, by: Actor, at: datetime, grant: UUID, until: date | None = None) -> Grant:
    """Take a role back (收回角色) from the day ``until`` on; by default from today.

    A grant that has not begun is taken back entirely. Refuses a day after the one on which it ends anyway.
    """
    found = Grant.objects.select_for_update().select_related("account").filter(public_id=grant).first()
    if found is None:
        raise NotFound()
    by.must(GRANT_ROLES, area=found.area)
    until = max(until or day_of(at), found.since)
    if found.until is not None and found.until <= until:
        unchanged()
        return found
    found.until, found.revoked_by = until, by.key
    found.save(update_fields=["until", "revoked_by"])
    # Nobody stands in for a role that is held no longer.
    ended = [] if found.deputises_id else end_with(found, until=until, by_key=by.key)
    detail = {"role": found.role, "until": until.isoformat(), **({"deputies": ended} if ended else {})}
    record(found.account, kind="account", area=found.area, **detail)
    return found


@operation("access.tie.made", inner=True)
def tie(
    *,
    by: Actor,
    at: datetime,
    account: UUID,
    kind: str,
    subject: UUID,
    reason: str,
    since: date | None = None,
    until: date | None = None,
    until_at: datetime | None = None,
) -> Tie:
    """Let an account see a person or a case beyond its areas (建立关联), for a reason and a period.

    With ``until_at`` it ends at that moment, whatever else ties them. The operation that calls it answers for the
    permission: an accepted case, a signed agreement, a guardianship.
    """
    holder = _account(account)
    since = since or day_of(at)
    if not reason:
        raise NotPossible("请写明关联的事由。")
    if until is not None and until <= since:
        raise NotPossible("关联的止日应在起日之后。")
    if until_at is not None:
        until = day_of(until_at) + timedelta(days=1)
    same = Tie.objects.filter(account=holder, subject=subject, reason=reason, until=None).first()
    if same is not None and until_at is None:
        unchanged()
        return same
    made = Tie.objects.create(
        account=holder,
        kind=TieKind(kind),
        subject=subject,
        reason=reason,
        since=since,
        until=until,
        until_at=until_at,
        made_by=by.key,
    )
    record(
        subject, kind=made.kind, area=by.home, tie=str(made.public_id), account=str(account), reason=reason
    )
    return made


@operation("access.tie.ended", inner=True)
def untie(
    *, by: Actor, at: datetime, account: UUID, subject: UUID | None, reason: str, until: date | None = None
) -> int:
    """End the ties of an account to a subject that were made for ``reason`` (解除关联); answers how many there were.

    ``subject`` None: to whatever it was made to, where the reason alone says it all.
    """
    until = until or day_of(at)
    open_ties = Tie.objects.select_for_update().filter(
        Q(until=None) | Q(until__gt=until), account_id=account, reason=reason
    )
    if subject is not None:
        open_ties = open_ties.filter(subject=subject)
    ended = 0
    for found in open_ties:
        found.until = max(until, found.since)
        found.save(update_fields=["until"])
        record(
            found.subject,
            kind=found.kind,
            area=by.home,
            tie=str(found.public_id),
            account=str(account),
            reason=reason,
        )
        ended += 1
    return ended


def _account(account: UUID, *, alone: bool = False) -> Account:
    rows = Account.objects.filter(public_id=account, is_active=True)
    # Two grants at the same moment would each see none of the other's role.
    found = (rows.select_for_update(no_key=True) if alone else rows).first()
    if found is None:
        raise NotFound()
    return found
