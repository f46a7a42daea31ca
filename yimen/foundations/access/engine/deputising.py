"""What follows for those who stand in when the role itself ends (临时代理)."""

from datetime import date

from django.db.models import Q

from yimen.foundations.access.models import Account, Grant


def end_with(own: Grant, *, until: date, by_key: str) -> list[str]:
    """End who stands in for a role that is held no longer (随任职结束代理); answers the ids of their grants."""
    still = Grant.objects.filter(account=own.account, role=own.role, area=own.area, deputises=None)
    if still.exclude(pk=own.pk).filter(Q(until=None) | Q(until__gt=until)).exists():
        return []
    return _end(Grant.objects.filter(deputises=own.account, role=own.role, area=own.area), until, by_key)


def end_all(principal: Account, *, until: date, by_key: str) -> list[str]:
    """End everybody who stands in for an account that is closed (停用时结束代理)."""
    return _end(Grant.objects.filter(deputises=principal), until, by_key)


def _end(grants, until: date, by_key: str) -> list[str]:
    ended = []
    for one in grants.filter(until__gt=until).select_for_update():
        one.until, one.revoked_by = max(until, one.since), by_key
        one.save(update_fields=["until", "revoked_by"])
        ended.append(str(one.public_id))
    return ended
