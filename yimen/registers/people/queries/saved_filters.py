"""Filters of the residents' list that somebody keeps (常用筛选), and how many they find right now."""

from collections.abc import Sequence
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.refusals import NotFound
from yimen.registers.people.models import SavedFilter
from yimen.registers.people.permissions import VIEW_FILE

MOST_COUNTED = 10_000
# All numbers of a page together: who opens a list waits no longer for what stands beside it.
BUDGET_MS = 1500
CANCELLED = "57014"


class NoSuchFilter(NotFound):
    code = "people.no_such_filter"
    sentence = "没有找到这个常用筛选，或不是您保存的。"


def filters_for(by: Actor) -> QuerySet[SavedFilter]:
    """Her own filters, and those shared in the street she works in."""
    if by.account is None:
        return SavedFilter.objects.none()
    return SavedFilter.objects.filter(
        Q(account=by.account) | Q(shared=True, street=street_of(by.home) or "-")
    )


def saved_filter(public_id: UUID, *, by: Actor) -> SavedFilter:
    """One's own filter, to be changed; refuses every other one."""
    found = filters_for(by).filter(public_id=public_id).first()
    if found is None or not may_rename(found, by=by):
        raise NoSuchFilter()
    return found


def may_rename(saved: SavedFilter, *, by: Actor) -> bool:
    return saved.account == by.account


def may_drop(saved: SavedFilter, *, by: Actor) -> bool:
    """One's own; a shared one whose owner is gone is dropped by whoever works for the whole street."""
    return saved.account == by.account or by.can(VIEW_FILE, area=saved.street)


def counts_of(found: Sequence[QuerySet]) -> list[int | None]:
    """How many rows each of these queries finds, up to one more than `MOST_COUNTED`; None where it took too long.

    One statement however many they are, within a budget of time: a number beside a list is not worth waiting for.
    """
    if not found:
        return []
    texts, params = [], []
    for one in found:
        text, told = one.order_by().values("id")[: MOST_COUNTED + 1].query.sql_with_params()
        texts.append(f"(SELECT count(*) FROM ({text}) AS found)")  # nosec B608 - written by the ORM
        params += told
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()[0]
        try:
            with transaction.atomic():
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(BUDGET_MS)])
                cursor.execute(f"SELECT {', '.join(texts)}", params)  # nosec B608 - as above
                counts = list(cursor.fetchone())
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
        except OperationalError as fault:
            if getattr(fault.__cause__, "sqlstate", "") != CANCELLED:
                raise
            return [None] * len(found)
    return counts
