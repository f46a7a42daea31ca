"""Which accounts wait for a slip with their first password (待打印口令条)."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from yimen.foundations.access import api as access
from yimen.foundations.imports.ports import Afterword
from yimen.kernel.actor import Actor


def waiting_for_slips(*, by: Actor, at: datetime) -> QuerySet[Any]:
    """Accounts nobody has signed in with, that have no first password or one that has run out, where ``by`` manages them."""
    areas = tuple(by.areas_for(access.MANAGE_ACCOUNTS))
    found = access.accounts(by=by).filter(is_active=True, area__begins_with_any=areas)
    none = Q(first_until=None, password__startswith="!") | Q(first_until__lte=at)
    return access.never_used(found.filter(none)).order_by("area", "username")


def slips_to_print(subjects: QuerySet, *, by: Actor) -> list[Afterword]:
    """After an import of accounts: how many have no first password yet, and where the slips are printed."""
    if not by.can_somewhere(access.MANAGE_ACCOUNTS):
        return []
    waiting = access.accounts(by=by).filter(
        public_id__in=list(subjects), password__startswith="!", is_active=True
    )
    count = waiting.count()
    if not count:
        return []
    return [Afterword(f"有 {count} 个新账号还没有首次口令。", "打印口令条", reverse("office:slips"))]
