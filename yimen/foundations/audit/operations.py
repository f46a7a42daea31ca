"""Leave the trail: what was done, who looked, and the seals over both."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from yimen.foundations.audit.engine.digests import digest_of, facts_of, new_salt, plain, seal_head
from yimen.foundations.audit.engine.operation import operation
from yimen.foundations.audit.models import Look, Seal, SealedRow, TrailDetail, TrailRow
from yimen.foundations.bus.api import Deed, current_deed
from yimen.kernel.actor import Actor

SEAL_AT_MOST = 50_000


def record(subject: Any, *, kind: str, area: str, **detail: Any) -> None:
    """Leave one trail row (留痕) for ``subject`` (a record, its public id, or None) within the open operation.

    ``detail`` is for people and erasable; keep it to ids, codes and field names.
    """
    _write_trail([(getattr(subject, "public_id", subject), detail)], kind=kind, area=area)


def record_batch(manifest: list[dict[str, Any]], *, kind: str, area: str, **detail: Any) -> None:
    """Leave one trail row for a whole batch (批量), with the manifest of what it did as its detail."""
    _write_trail([(None, {**detail, "count": len(manifest), "manifest": manifest})], kind=kind, area=area)


def unchanged() -> None:
    """Say that the open operation had nothing to do, so that no trail row is owed."""
    _deed().recorded = True


@operation("audit.file.opened")
def record_look(*, by: Actor, at: datetime, subject: UUID, area: str, why: str) -> None:
    """Write down that ``by`` opened the file of ``subject`` (查阅档案) and why; its owner can read it."""
    Look.objects.create(actor=by.key, actor_name=by.name, at=at, subject=subject, area=area, why=why)
    _deed().recorded = True


@operation("audit.trail.sealed")
def seal_trail(*, by: Actor, at: datetime) -> Seal | None:
    """Seal the trail rows that are visible now and not yet sealed (封印); None when there are none.

    Rows are chosen by what this transaction can see, not by time or id: a row committed late is caught by the next
    seal. Only sealers wait for each other, never a writer.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit.seal_trail'))")
    previous = Seal.objects.order_by("-id").first()
    fresh = TrailRow.objects.exclude(id__in=SealedRow.objects.values("row_id")).order_by("id")
    rows = list(fresh.values_list("id", "digest")[:SEAL_AT_MOST])
    unchanged()
    if not rows:
        return None
    key_id, key = settings.YIMEN_SEAL_KEY
    pairs = [(number, bytes(digest)) for number, digest in rows]
    head = seal_head(key=key, previous=bytes(previous.head) if previous else b"", rows=pairs)
    seal = Seal.objects.create(previous=previous, made_at=at, rows=len(rows), key_id=key_id, head=head)
    SealedRow.objects.bulk_create(
        [SealedRow(seal=seal, row_id=number) for number, _ in pairs], batch_size=5000
    )
    return seal


def _write_trail(items: list[tuple[UUID | None, dict[str, Any]]], *, kind: str, area: str) -> None:
    deed = _deed()
    inner = deed.verbs[-1] if len(deed.verbs) > 1 else ""
    rows, details = [], []
    for subject, detail in items:
        row = TrailRow(
            deed=deed.id,
            verb=deed.verb,
            inner_verb=inner,
            actor=deed.by.key if deed.by else "",
            on_behalf_of=deed.by.on_behalf_of if deed.by else "",
            at=deed.at,
            subject_kind=kind,
            subject=subject,
            area=area,
        )
        salt, detail = new_salt(), plain(detail)
        row.digest = digest_of(facts_of(row), salt=salt, body=detail)
        rows.append(row)
        details.append(TrailDetail(row=row, salt=salt, body=detail))
    TrailRow.objects.bulk_create(rows)
    TrailDetail.objects.bulk_create(details)
    deed.recorded = True


def _deed() -> Deed:
    deed = current_deed()
    if deed is None:
        raise RuntimeError("the trail is left inside an operation")
    return deed
