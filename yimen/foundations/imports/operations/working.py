"""What the jobs do with a batch, one portion in one transaction: read, check, write, undo.

Several hands may work on one batch: each takes the next portion that nobody holds. Whoever finds none left, ends the step.
"""

from bisect import bisect_left, bisect_right
from datetime import datetime
from uuid import UUID

from django.db import connection

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.imports.choices import BatchState, ChunkState
from yimen.foundations.imports.engine.portions import (
    besides,
    column_of_hash,
    group_hash,
    keys_of,
    made_columns,
    missing,
    note_down,
    notes_of,
    refused_rows,
    rows_of,
    together,
)
from yimen.foundations.imports.models import Batch, Chunk, ImportedRow
from yimen.foundations.imports.operations.reading import read_into
from yimen.foundations.imports.permissions import RUN
from yimen.foundations.imports.ports import Importer, Note, importers
from yimen.foundations.imports.queries import NoBatch, progress_of
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of

MOST_TWINS = 100_000
# Checking one portion takes no longer than handing it to a worker.
CHECKED_AT_ONCE = 8
_KEEP_ROWS = """
INSERT INTO imports_importedrow (batch_id, chunk_id, area, "row", subject, undone, left_why)
SELECT %s, %s, %s, given.number, given.subject, false, '' FROM unnest(%s::integer[], %s::uuid[]) AS given (number, subject)
"""
_TWINS = """
SELECT hash, array_agg(number ORDER BY number) FROM (
    SELECT unnest(key_rows) AS number, unnest(key_hashes) AS hash FROM imports_chunk WHERE batch_id = %s
) AS keys GROUP BY hash HAVING count(*) > 1 LIMIT %s
"""
_TORN = """
SELECT hash, array_agg(id ORDER BY ordinal) FROM (
    SELECT id, ordinal, unnest(group_hashes) AS hash FROM imports_chunk WHERE batch_id = %s
) AS keys GROUP BY hash HAVING count(*) > 1 LIMIT %s
"""


@operation("imports.batch.read")
def read_batch(*, by: Actor, at: datetime, batch: UUID) -> bool:
    """Read a large sheet into portions (读表). Answers whether there is more to do."""
    found = _held(batch, BatchState.READING, by=by)
    if found is None:
        unchanged()
        return False
    read_into(by=by, at=at, batch=found)
    record(found, kind="import_batch", area=found.area, rows=found.rows)
    return found.state == BatchState.CHECKING


@operation("imports.chunk.checked")
def check_next(*, by: Actor, at: datetime, batch: UUID) -> bool:
    """Check the next portions (核对几段) against the rules and the register. Answers whether there is more to do."""
    found, chunks = _next(batch, BatchState.CHECKING, ChunkState.READ, by=by, most=CHECKED_AT_ONCE)
    if found is None:
        unchanged()
        return False
    if not chunks:
        return _end_check(found, by=by, at=at)
    for chunk in chunks:
        _check(chunk, found, by=by, at=at)
    unchanged()
    return True


def _check(chunk: Chunk, found: Batch, *, by: Actor, at: datetime) -> None:
    importer = importers.get(found.importer)
    rows, notes = rows_of(chunk, found)
    notes = together(notes, missing(rows, importer, notes))
    notes = together(notes, besides(importer.check(rows=rows, by=by, on=day_of(at), area=found.area), notes))
    note_down(chunk, notes)
    chunk.key_rows, chunk.key_hashes, chunk.group_hashes = keys_of(rows, importer, notes)
    chunk.state, chunk.moved_at = ChunkState.CHECKED, at
    chunk.save(
        update_fields=[
            "moved_at",
            "notes",
            "bad",
            "warned",
            "by_column",
            "key_rows",
            "key_hashes",
            "group_hashes",
            "state",
        ]
    )


@operation("imports.chunk.written")
def write_next(*, by: Actor, at: datetime, batch: UUID) -> bool:
    """Bring the good rows of the next portion in (写入一段), with how far it is in the same transaction."""
    found, chunks = _next(batch, BatchState.WRITING, ChunkState.CHECKED, by=by)
    if found is None:
        unchanged()
        return False
    if not chunks:
        return _end_writing(found, by=by, at=at)
    (chunk,) = chunks
    importer = importers.get(found.importer)
    by.must(importer.permission, area=found.area)
    notes = notes_of(chunk)
    refused = refused_rows(notes)
    rows = [row for row in rows_of(chunk, found)[0] if row.number not in refused]
    written = (
        importer.write(rows=rows, by=by, at=at, area=found.area, batch=found.public_id) if rows else None
    )
    if written:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP_ROWS, [found.id, chunk.id, found.area, *made_columns(written.made)])
        if written.refused:
            note_down(chunk, together(notes, written.refused))
        chunk.written = len(written.made)
    chunk.state, chunk.moved_at = ChunkState.WRITTEN, at
    chunk.save(update_fields=["moved_at", "notes", "bad", "warned", "by_column", "written", "state"])
    unchanged()
    return True


@operation("imports.chunk.undone")
def undo_next(*, by: Actor, at: datetime, batch: UUID) -> bool:
    """Take back what the next portion brought in (撤销一段); what others have written upon stays, with the reason."""
    found, chunks = _next(batch, BatchState.UNDOING, ChunkState.WRITTEN, by=by)
    if found is None:
        unchanged()
        return False
    if not chunks:
        return _end_undo(found, by=by, at=at)
    (chunk,) = chunks
    importer = importers.get(found.importer)
    by.must(importer.permission, area=found.area)
    rows = list(ImportedRow.objects.filter(chunk=chunk, undone=False).order_by("row"))
    left = importer.undo(subjects=[row.subject for row in rows], by=by, at=at) if rows else {}
    ImportedRow.objects.filter(chunk=chunk, undone=False).exclude(subject__in=list(left)).update(
        undone=True, left_why=""
    )
    kept = [row for row in rows if row.subject in left]
    for row in kept:
        row.left_why = left[row.subject][:120]
    ImportedRow.objects.bulk_update(kept, ["left_why"], batch_size=500)
    chunk.left, chunk.state, chunk.moved_at = len(kept), ChunkState.UNDONE, at
    chunk.save(update_fields=["left", "state", "moved_at"])
    unchanged()
    return True


@operation("imports.batch.halted")
def halt_batch(*, by: Actor, at: datetime, batch: UUID, why: str) -> None:
    """A job cannot go on (中止): the reason stands on the page of the batch, whence somebody may let it go on."""
    found = Batch.objects.within(by).select_for_update(of=("self",)).filter(public_id=batch).first()
    if found is None:
        raise NoBatch
    by.must(RUN, area=found.area)
    found.problem = why[:300]
    found.save(update_fields=["problem"])
    record(found, kind="import_batch", area=found.area, halted=found.state)


def _held(batch: UUID, state: BatchState, *, by: Actor) -> Batch | None:
    """The batch at this step, held to the end of the transaction; None when it is elsewhere or rests."""
    found = Batch.objects.within(by).select_for_update(of=("self",)).filter(public_id=batch).first()
    if found is None:
        raise NoBatch
    by.must(RUN, area=found.area)
    return found if found.state == state and not found.problem else None


def _next(
    batch: UUID, state: BatchState, before: ChunkState, *, by: Actor, most: int = 1
) -> tuple[Batch, list[Chunk]] | tuple[None, list[Chunk]]:
    """The next portions that nobody holds; the batch itself is not held, so that several hands may work on it.

    Who finds none ends the step in a transaction in which no portion was done: whoever looks last then sees all.
    """
    found = Batch.objects.within(by).filter(public_id=batch).first()
    if found is None:
        raise NoBatch
    by.must(RUN, area=found.area)
    if found.state != state or found.problem:
        return None, []
    waiting = Chunk.objects.within(by).filter(batch=found, state=before).order_by("ordinal")
    return found, list(waiting.select_for_update(skip_locked=True, of=("self",))[:most])


def _last(found: Batch, before: ChunkState, *, by: Actor) -> Batch | None:
    """The batch, held, when no portion waits any more; None when another hand is still at one and will come here itself."""
    held = _held(found.public_id, BatchState(found.state), by=by)
    return None if held is None or Chunk.objects.filter(batch=held, state=before).exists() else held


def _end_check(found: Batch, *, by: Actor, at: datetime) -> bool:
    held = _last(found, ChunkState.READ, by=by)
    if held is None:
        unchanged()
        return False
    _note_twins(held, importers.get(held.importer))
    held.state, held.checked_at, held.moved_at = BatchState.CHECKED, at, at
    held.save()
    far = progress_of(held, by=by)
    record(held, kind="import_batch", area=held.area, rows=far.rows, bad=far.bad, warned=far.warned)
    return False


def _end_writing(found: Batch, *, by: Actor, at: datetime) -> bool:
    held = _last(found, ChunkState.CHECKED, by=by)
    if held is None:
        unchanged()
        return False
    held.state, held.written_at, held.moved_at, held.ended_at = BatchState.WRITTEN, at, at, at
    held.save()
    far = progress_of(held, by=by)
    record(held, kind="import_batch", area=held.area, rows=far.rows, written=far.written, bad=far.bad)
    return False


def _end_undo(found: Batch, *, by: Actor, at: datetime) -> bool:
    held = _last(found, ChunkState.WRITTEN, by=by)
    if held is None:
        unchanged()
        return False
    held.state, held.undone_at, held.moved_at, held.ended_at = BatchState.UNDONE, at, at, at
    held.save()
    far = progress_of(held, by=by)
    record(held, kind="import_batch", area=held.area, undone=far.undone, left=far.left)
    return False


def _note_twins(batch: Batch, importer: Importer) -> None:
    """What may stand once in a sheet and stands there again, and groups that are torn apart (重号、分散)."""
    found: dict[int, list[Note]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TWINS, [batch.id, MOST_TWINS])
        for number, rows in cursor.fetchall():
            key = column_of_hash(number, importer)
            title = next(column.title for column in importer.columns if column.key == key)
            for row in rows[1:]:
                found.setdefault(row, []).append(Note(key, f"和第 {rows[0]} 行的{title}相同。"))
        cursor.execute(_TORN, [batch.id, MOST_TWINS])
        torn: dict[int, set[int]] = {}
        for number, chunks in cursor.fetchall():
            for chunk in chunks[1:]:
                torn.setdefault(chunk, set()).add(number)
    _note_down_rows(batch, found)
    _note_torn(batch, importer, torn)


def _note_down_rows(batch: Batch, found: dict[int, list[Note]]) -> None:
    if not found:
        return
    rows = sorted(found)
    touched = Chunk.objects.filter(batch=batch, first_row__lte=rows[-1], last_row__gte=rows[0]).order_by(
        "ordinal"
    )
    for chunk in touched.iterator(chunk_size=1):
        inside = rows[bisect_left(rows, chunk.first_row) : bisect_right(rows, chunk.last_row)]
        mine = {row: found[row] for row in inside}
        if mine:
            before = notes_of(chunk)
            note_down(chunk, together(before, besides(mine, before)))
            chunk.save(update_fields=["notes", "bad", "warned", "by_column"])


def _note_torn(batch: Batch, importer: Importer, torn: dict[int, set[int]]) -> None:
    for chunk in Chunk.objects.filter(id__in=torn).order_by("ordinal").iterator(chunk_size=1):
        notes: dict[int, list[Note]] = {}
        for row in rows_of(chunk, batch)[0]:
            text = importer.group_of(row)
            if text and group_hash(text, importer) in torn[chunk.id]:
                title = importer.column(importer.together[-1]).title
                sentence = f"相同“{title}”的行没有排在一起，请按这一列排序后再传。"
                notes[row.number] = [Note(importer.together[-1], sentence)]
        note_down(chunk, together(notes_of(chunk), notes))
        chunk.save(update_fields=["notes", "bad", "warned", "by_column"])
