"""Who looked at which file, and the seals over the trail."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from yimen.foundations.audit.engine.digests import seal_head
from yimen.foundations.audit.engine.operation import operation
from yimen.foundations.audit.engine.proving import prove
from yimen.foundations.audit.engine.recording import record, unchanged
from yimen.foundations.audit.models import Backup, Look, Proving, Seal, SealedRow
from yimen.foundations.bus.api import add_rows, one_snapshot
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of

SEAL_AT_MOST = 50_000


@operation("audit.file.opened")
def record_look(*, by: Actor, at: datetime, subject: UUID, area: str, why: str) -> None:
    """Write down that ``by`` opened the file of ``subject`` (查阅档案) and why; its owner can read it."""
    add_rows([Look(actor=by.key, actor_name=by.name, at=at, subject=subject, area=area, why=why)])
    unchanged()


@operation("audit.trail.sealed")
def seal_trail(*, by: Actor, at: datetime) -> Seal | None:
    """Seal the trail rows that are visible now and not yet sealed (封印); None when there are none.

    What waits is a row of its own, written with the trail row: so a row committed late is caught by the next seal, and a seal
    reads what is new and not the whole trail. Only sealers wait for each other, never a writer.
    """
    unchanged()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit.seal_trail'))")
        cursor.execute("SELECT row_id FROM audit_unsealed ORDER BY row_id LIMIT %s", [SEAL_AT_MOST])
        waiting = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT id, digest FROM audit_trailrow WHERE id = ANY (%s::bigint[]) ORDER BY id", [waiting]
        )
        pairs = [(number, bytes(digest)) for number, digest in cursor.fetchall()]
        if not pairs:
            return None
        # What waits and is not there stays: somebody took it out of the trail, and `verify` says so.
        cursor.execute(
            "DELETE FROM audit_unsealed WHERE row_id = ANY (%s::bigint[])", [[number for number, _ in pairs]]
        )
    previous = Seal.objects.order_by("-id").first()
    key_id, key = settings.YIMEN_SEAL_KEY
    head = seal_head(key=key, previous=bytes(previous.head) if previous else b"", rows=pairs)
    seal = Seal.objects.create(previous=previous, made_at=at, rows=len(pairs), key_id=key_id, head=head)
    SealedRow.objects.bulk_create(
        [SealedRow(seal=seal, row_id=number) for number, _ in pairs], batch_size=5000
    )
    return seal


@operation("audit.numbers.proved")
def prove_numbers(*, by: Actor, at: datetime) -> Proving:
    """Recompute every derived number from its facts (核对数字), in one snapshot beside this transaction, and keep the result."""
    with one_snapshot(by, on=day_of(at)) as cursor:
        lines = list(prove(cursor))
    made = Proving.objects.create(
        made_at=at,
        seconds=round(sum(line.seconds for line in lines)),
        compared=sum(line.found.compared for line in lines),
        different=sum(line.found.different for line in lines),
        lines=[
            {"key": line.key, "title": line.title, "compared": line.found.compared, "different": line.found.different,
             "examples": list(line.found.examples)}
            for line in lines
        ],
    )  # fmt: skip
    record(made, kind="proving", area="", compared=made.compared, different=made.different)
    return made


@operation("audit.backup.noted")
def note_backup(
    *,
    by: Actor,
    at: datetime,
    made_at: datetime,
    file: str,
    rows: int,
    files: int,
    size: int,
    proven: bool,
    spoilt: int,
) -> Backup:
    """Keep that a backup was made (登记备份): ``size`` in bytes, ``proven`` by restoring it, ``spoilt`` files not as handed in.

    A name that is noted already gets no second row: the same file was proven again.
    """
    made, is_new = Backup.objects.get_or_create(
        file=file,
        defaults={
            "made_at": made_at,
            "rows": rows,
            "files": files,
            "bytes": size,
            "proven": proven,
            "spoilt": spoilt,
        },
    )
    if is_new:
        record(made, kind="backup", area="", file=file, rows=rows, files=files, proven=proven, spoilt=spoilt)
    else:
        unchanged()
    return made
