"""What leaves the house: the rows that are wrong, marked."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.imports.engine.books import wrong_rows
from yimen.foundations.imports.engine.portions import lines_of, notes_of
from yimen.foundations.imports.engine.reading import Line
from yimen.foundations.imports.models import Batch, Chunk
from yimen.foundations.imports.operations.batches import CannotImport
from yimen.foundations.imports.ports import Note
from yimen.foundations.imports.queries import get_batch
from yimen.foundations.ui.api import record_export
from yimen.kernel.actor import Actor


@operation("imports.wrong_rows.handed_out")
def hand_out_wrong_rows(*, by: Actor, at: datetime, batch: UUID, whole: bool = False) -> bytes:
    """The sheet back with the wrong cells marked (错误表): the rows that cannot be brought in, or ``whole``, all of them."""
    found = get_batch(batch, by=by)
    if found.scrubbed_at:
        raise CannotImport(why="这一批的内容已经清除，错误表不能再下载。")
    body, count = wrong_rows(found.head, found.columns, _rows(found, whole=whole))
    record_export(by=by, at=at, name="imports.wrong_rows", conditions=[found.number], rows=count)
    return body


def _rows(batch: Batch, *, whole: bool) -> Iterator[tuple[Line, list[Note]]]:
    chunks = Chunk.objects.filter(batch=batch).order_by("ordinal")
    if not whole:
        chunks = chunks.filter(bad__gt=0)
    for chunk in chunks.iterator(chunk_size=1):
        notes = notes_of(chunk)
        for line in lines_of(chunk):
            found = notes.get(line[0], [])
            if whole or any(note.refuses for note in found):
                yield line, found
