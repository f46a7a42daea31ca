"""Who looked at which file, what stood out, and the seals over the trail."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from yimen.foundations.audit.choices import ReadingState
from yimen.foundations.audit.engine.archiving import Archived
from yimen.foundations.audit.engine.digests import seal_head
from yimen.foundations.audit.engine.filing import CannotArchive, file_archive
from yimen.foundations.audit.engine.operation import operation
from yimen.foundations.audit.engine.proving import prove
from yimen.foundations.audit.engine.recording import record, unchanged
from yimen.foundations.audit.gateways import tell_outside
from yimen.foundations.audit.models import Backup, Look, Proving, Seal, SealedRow, UnusualReading
from yimen.foundations.audit.queries import audited_unusual, last_archived
from yimen.foundations.audit.rules import ReadingRule, ReadingTally, why_not_answered, why_not_archived
from yimen.foundations.bus.api import add_rows, one_snapshot
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line

SEAL_AT_MOST = 50_000


class CannotAnswer(NotPossible):
    code = "audit.cannot_answer"
    sentence = "{why}"


@operation("audit.file.opened")
def record_look(*, by: Actor, at: datetime, subject: UUID, area: str, why: str) -> None:
    """Write down that ``by`` opened the file of ``subject`` (查阅档案) and why; its owner can read it."""
    add_rows([Look(actor=by.key, actor_name=by.name, at=at, subject=subject, area=area, why=why)])
    unchanged()


@operation("audit.trail.sealed")
def seal_trail(*, by: Actor, at: datetime) -> Seal | None:
    """Seal the trail rows that are visible now and not yet sealed (封印); None when there are none.

    What waits is a row of its own, written with the trail row: so a row committed late is caught by the next seal, and a seal
    reads what is new and not the whole trail. Only sealers wait for each other, never a writer. Its head is told outside of the
    database once it is there for good.
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
    transaction.on_commit(partial(tell_outside, seal=seal.id, made_at=at, rows=seal.rows, head=head))
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


@operation("audit.trail.archived")
def archive_trail(
    *, by: Actor, at: datetime, before: date, folder: Path, again: bool = False
) -> tuple[Path, Archived] | None:
    """Copy the trail of before a day into a file that proves itself (留痕归档), and say so: which seals and looks, how many, the
    file's mark. Goes on where the last one ended, or ``again`` from the beginning; None when nothing is left.

    Refuses what is younger than six months (网络安全法第二十三条), and a trail that does not hold. Nothing is removed.
    """
    if why := why_not_archived(before=before, today=day_of(at)):
        raise CannotArchive(why=why)
    after_seal, after_look = (0, 0) if again else last_archived()
    filed = file_archive(folder, before=before, after_seal=after_seal, after_look=after_look)
    if filed is None:
        unchanged()
        return None
    record(None, kind="trail", area="", file=filed[0].name, **asdict(filed[1]))
    return filed


@operation("audit.reading.noted", inner=True)
def note_unusual(
    *, by: Actor, at: datetime, on: date, found: Iterable[tuple[ReadingRule, ReadingTally]]
) -> list[UnusualReading]:
    """Keep what stood out on a day (登记异常查阅), once for an account, a day and a rule. Answers what is new."""
    known = set(UnusualReading.objects.filter(on=on).values_list("actor", "rule"))
    made = [
        UnusualReading(
            actor=tally.actor,
            on=on,
            rule=rule.key,
            title=rule.title,
            area=tally.area,
            count=tally.count,
            usual=tally.usual,
            exports=bool(rule.verb),
            rows=list(tally.rows),
            found_at=at,
        )
        for rule, tally in found
        if (tally.actor, rule.key) not in known
    ]
    UnusualReading.objects.bulk_create(made)
    for one in made:
        record(one, kind="unusual_reading", area=one.area, rule=one.rule, on=on, count=one.count)
    return made


@operation("audit.reading.answered")
def answer_unusual(*, by: Actor, at: datetime, found: UUID, state: str, reason: str) -> UnusualReading:
    """An auditor says what came of an alert (处理异常查阅提醒), once and with the reason; nobody her own."""
    row = audited_unusual(by=by).select_for_update().filter(public_id=found).first()
    if row is None:
        raise NotFound()
    told = clean_line(reason)[:300]
    why = why_not_answered(
        reader=by.key == row.actor,
        answered_by=row.answered_by_name,
        known_state=state in set(ReadingState.values) - {ReadingState.OPEN},
        reason=told,
    )
    if why:
        raise CannotAnswer(why=why)
    row.state, row.reason = ReadingState(state), told
    row.answered_by, row.answered_by_name, row.answered_at = by.key, by.name, at
    row.save(update_fields=["state", "reason", "answered_by", "answered_by_name", "answered_at"])
    record(row, kind="unusual_reading", area=row.area, rule=row.rule, on=row.on, state=str(row.state))
    return row
