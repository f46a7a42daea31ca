"""Leave the trail of the open operation (留痕)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model

from yimen.foundations.audit.engine.digests import detail_digest, keyed_digest, new_salt, plain
from yimen.foundations.audit.models import TrailDetail, TrailRow
from yimen.foundations.bus.api import Deed, Statement, current_deed, leave_rows

AT_ONCE = 100


def record(subject: Any, *, kind: str, area: str, **detail: Any) -> None:
    """Leave one trail row (留痕) for ``subject`` (a record, its public id, or None) within the open operation.

    ``detail`` is for people and erasable; keep it to ids, codes and field names.
    """
    _leave(getattr(subject, "public_id", subject), detail, kind=kind, area=area)


def record_batch(manifest: list[dict[str, Any]], *, kind: str, area: str, **detail: Any) -> None:
    """Leave one trail row for a whole batch (批量), with the manifest of what it did as its detail."""
    _leave(None, {**detail, "count": len(manifest), "manifest": manifest}, kind=kind, area=area)


def unchanged() -> None:
    """Say that the open operation had nothing to do, so that no trail row is owed."""
    _deed().recorded = True


def write_trail(deed: Deed, *, beside: Sequence[Model] = (), last: Statement | None = None) -> None:
    """Write the rows that ``deed`` has left; the operation calls it at its end.

    In the same statement go ``beside``, rows of one other table, and ``last``, a statement with its values.
    """
    trail, deed.trail = deed.trail, []
    rows, details = [], []
    _, key = settings.YIMEN_SEAL_KEY
    for row, detail in trail:
        salt, body = new_salt(), plain(detail)
        row.digest = keyed_digest(row, detail=detail_digest(salt=salt, body=body), key=key)
        rows.append(row)
        details.append(TrailDetail(row=row, salt=salt, body=body))
    while len(rows) > AT_ONCE:
        leave_rows(rows[:AT_ONCE], details[:AT_ONCE])
        del rows[:AT_ONCE], details[:AT_ONCE]
    leave_rows(rows, details, beside, last=last)


def _leave(subject: UUID | None, detail: dict[str, Any], *, kind: str, area: str) -> None:
    deed = _deed()
    # A deputy acts under her own name; for whom and in which role stands beside it (代理).
    lent = next(iter(deed.by.stood_in), None) if deed.by else None
    if lent:
        detail = {**detail, "in_role": lent.role}
    row = TrailRow(
        deed=deed.id,
        verb=deed.verb,
        inner_verb=deed.verbs[-1] if len(deed.verbs) > 1 else "",
        actor=deed.by.key if deed.by else "",
        on_behalf_of=lent.for_key if lent else deed.by.on_behalf_of if deed.by else "",
        at=deed.at,
        subject_kind=kind,
        subject=subject,
        area=area,
    )
    deed.trail.append((row, detail))
    deed.recorded = True


def _deed() -> Deed:
    deed = current_deed()
    if deed is None:
        raise RuntimeError("the trail is left inside an operation")
    return deed
