"""Roles over an area that is reorganised go over to its successor (授权随区域调整)."""

from datetime import date, datetime

from django.db.models import Q

from yimen.foundations.access.models import Account, Grant
from yimen.foundations.access.operations.grants import grant_role, revoke_grant
from yimen.foundations.audit.api import operation, unchanged
from yimen.kernel.actor import Actor


@operation("access.grants.carried_over", inner=True)
def carry_over_grants(*, by: Actor, at: datetime, old: str, new: str, on: date) -> int:
    """Whoever holds a role over an area that ends holds it over its successor from that day on (授权随区域调整).

    The old grant stays readable until its day. Who stands in for a colleague does so until the day and is named anew.
    """
    standing = Grant.objects.filter(Q(until=None) | Q(until__gt=on), area=old, deputises=None)
    rows = list(standing.select_related("account").order_by("id"))
    for row in rows:
        until, since = row.until, max(row.since, on)
        revoke_grant(by=by, at=at, grant=row.public_id, until=since)
        if row.account.is_active:
            grant_role(
                by=by, at=at, account=row.account.public_id, role=row.role, area=new, since=since, until=until
            )
    Account.objects.filter(area=old).update(area=new)
    if not rows:
        unchanged()
    return len(rows)
