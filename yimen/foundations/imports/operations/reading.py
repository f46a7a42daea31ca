"""From a kept file to portions of rows."""

from datetime import datetime

from django.conf import settings

from yimen.foundations.audit.api import operation
from yimen.foundations.definitions.api import why_not_asked
from yimen.foundations.documents.api import file_content, files_of
from yimen.foundations.imports.choices import BatchState
from yimen.foundations.imports.engine.portions import Cut, keep_lines, places_together, portions
from yimen.foundations.imports.engine.reading import Book, CannotRead, head_of
from yimen.foundations.imports.models import Batch, Chunk
from yimen.foundations.imports.ports import importers
from yimen.foundations.imports.queries import remembered
from yimen.foundations.imports.rules import known_words, proposed, signature_of
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of


class MayNotBeKept(CannotRead):
    """A column of the sheet is what nobody may collect (不得收集): the sheet does not stay."""

    code = "imports.may_not_be_kept"


@operation("imports.sheet.read", inner=True)
def read_into(*, by: Actor, at: datetime, batch: Batch) -> None:
    """Read the sheet into portions anew (读表), for a deed that holds the batch.

    Where nothing was told, the sheet and the heading are found, and columns are proposed by what the headings say or meant the
    last time; where columns were told, the check may begin.
    """
    importer = importers.get(batch.importer)
    kind = files_of(batch.public_id, by=by)[0].kind
    book = Book(file_content(batch.file, subject=batch.public_id, by=by), kind)
    known = known_words(importer.columns)
    batch.sheets = book.sheets
    if not batch.head_row:
        batch.sheet, batch.head_row = book.best(known)
    head, lines = head_of(book.table(batch.sheet), batch.head_row)
    while head and not head[-1]:
        head.pop()
    if not head:
        raise CannotRead(f"第 {batch.head_row} 行没有表头，请换一行。")
    if said := why_not_asked(head, on=day_of(at)):
        raise MayNotBeKept(said[0])
    if len(head) > settings.YIMEN_IMPORT_MOST_COLUMNS:
        raise CannotRead(
            f"表头有 {len(head)} 列，最多 {settings.YIMEN_IMPORT_MOST_COLUMNS} 列，请删去用不到的列。"
        )
    batch.head, batch.signature = [text[:60] for text in head], signature_of(head)
    told = bool(batch.columns)
    if not told:
        before = remembered(batch.account, batch.importer, batch.signature)
        batch.columns = before or proposed(head, known)
    batch.cut_by = places_together(batch.columns, importer)
    _cut(batch, head, lines)
    batch.state, batch.moved_at = BatchState.CHECKING if told else BatchState.COLUMNS, at
    batch.save()


def _cut(batch: Batch, head: list[str], lines) -> None:
    Chunk.objects.filter(batch=batch).delete()
    cut, most = Cut(), settings.YIMEN_IMPORT_MOST_ROWS
    parts = portions(
        lines,
        head,
        size=settings.YIMEN_IMPORT_CHUNK_ROWS,
        cut_by=batch.cut_by,
        told=cut,
    )
    for ordinal, part in enumerate(parts, start=1):
        if cut.rows > most:
            raise CannotRead(f"一张表最多 {most} 行，请分成几张。")
        keep_lines(batch, ordinal, part)
    if not cut.rows:
        raise CannotRead("表头下面没有内容，请填好再上传。")
    batch.rows, batch.skipped = cut.rows, cut.skipped
