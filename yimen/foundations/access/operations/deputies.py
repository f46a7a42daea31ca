"""Standing in for a colleague for some days (临时代理)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from yimen.foundations.access.models import Account, Grant
from yimen.foundations.access.permissions import GRANT_ROLES
from yimen.foundations.access.ports import roles
from yimen.foundations.access.queries import colleagues_in
from yimen.foundations.access.rules.deputies import street_or_wider, why_not_deputise
from yimen.foundations.access.rules.grants import why_not_grant
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line


class CannotDeputise(NotPossible):
    """Nobody may stand in like this."""

    code = "access.cannot_deputise"
    sentence = "不能这样指定代理。{why}"


@operation("access.deputy.named")
def name_deputy(
    *, by: Actor, at: datetime, grant: UUID, deputy: UUID, since: date, last: date, reason: str
) -> Grant:
    """Let a colleague of one's street hold a role in one's place (指定临时代理), from a day to a last day, for a reason.

    It is one's own role, held in one's own right: who stands in names no further deputy. Who grants roles in the area may
    name one for a colleague who cannot, but never herself. It begins and ends by itself; the trail of both accounts tells
    of it. Refuses a role that allows no deputy or not so long, somebody who holds it already, and a second deputy for
    the same days.
    """
    own = Grant.objects.select_related("account").filter(public_id=grant, deputises=None).first()
    if own is None:
        raise NotFound()
    principal, today, until = own.account, day_of(at), last + timedelta(days=1)
    if principal.public_id != by.account and not by.can(GRANT_ROLES, area=own.area):
        raise NotFound()
    if own.since > since or (own.until is not None and own.until <= since):
        raise _cannot("那时本人不担任这个角色。", "since")
    because = clean_line(reason)
    if not because:
        raise _cannot("请写明事由，如：年休假。", "reason")
    known = roles(on=since)
    longest = known[own.role].deputy_days if own.role in known else 0
    finding = why_not_deputise(since=since, last=last, today=today, longest=longest, own_until=own.until)
    if finding:
        raise CannotDeputise(why=finding.sentence, findings=[finding])
    # The principal too: two deputies named at the same moment would each be the only one.
    both = Account.objects.filter(public_id__in=(principal.public_id, deputy)).order_by("id")
    list(both.select_for_update(no_key=True))
    colleague = colleagues_in([street_or_wider(own.area)], on=today).filter(public_id=deputy).first()
    if colleague is None or colleague.pk == principal.pk:
        raise _cannot("请在本街道的同事中选择。", "deputy")
    _refuse_doubled(own, principal, colleague, since=since, until=until)
    duties = {key: [duty.label for duty in one.duties] for key, one in known.items()}
    theirs = Grant.objects.filter(account=colleague).exclude(until__lte=since).values_list("role", flat=True)
    to_oneself = by.account == colleague.public_id
    if finding := why_not_grant(own.role, known=duties, held=set(theirs), to_oneself=to_oneself):
        raise CannotDeputise(why=finding.sentence, findings=[finding])
    made = Grant.objects.create(
        account=colleague,
        role=own.role,
        area=own.area,
        since=since,
        until=until,
        granted_by=by.key,
        deputises=principal,
        reason=because[:120],
    )
    _leave_trail(made, until=until)
    return made


@operation("access.deputy.ended")
def end_deputy(*, by: Actor, at: datetime, grant: UUID) -> Grant:
    """End a deputy's time before its last day (提前结束代理), from now on: by either of the two, or by who grants roles there."""
    found = (
        Grant.objects.select_for_update(of=("self",))
        .select_related("account", "deputises")
        .filter(public_id=grant, deputises__isnull=False)
        .first()
    )
    if found is None:
        raise NotFound()
    both = (found.account.public_id, found.deputises.public_id)
    if by.account not in both and not by.can(GRANT_ROLES, area=found.area):
        raise NotFound()
    until = max(day_of(at), found.since)
    if found.until <= until:
        unchanged()
        return found
    found.until, found.revoked_by = until, by.key
    found.save(update_fields=["until", "revoked_by"])
    _leave_trail(found, until=until)
    return found


def _refuse_doubled(own: Grant, principal: Account, colleague: Account, *, since: date, until: date) -> None:
    same = Grant.objects.filter(role=own.role, area=own.area, since__lt=until).exclude(until__lte=since)
    if same.filter(account=colleague, deputises=None).exists():
        raise _cannot(f"{colleague.name}本来就担任这个角色，不用代理。", "deputy")
    if other := same.filter(deputises=principal).select_related("account").first():
        raise _cannot(f"这段时间已由{other.account.name}代理，请先结束那一次。", "since")


def _leave_trail(grant: Grant, *, until: date) -> None:
    facts = {
        "role": grant.role,
        "since": grant.since.isoformat(),
        "until": until.isoformat(),
        "grant": str(grant.public_id),
        "deputises": str(grant.deputises.public_id),
        "deputy": str(grant.account.public_id),
        "reason": grant.reason,
    }
    for account in (grant.deputises, grant.account):
        record(account, kind="account", area=grant.area, **facts)


def _cannot(why: str, field: str) -> CannotDeputise:
    return CannotDeputise(why=why, findings=[Finding("access.deputy.refused", why, field=field)])
