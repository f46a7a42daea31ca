"""Reads of imports, each given the actor."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Model, Q, QuerySet, Sum

from yimen.foundations.imports.choices import BatchState, ChunkState
from yimen.foundations.imports.engine.portions import lines_of, notes_of
from yimen.foundations.imports.models import Batch, Chunk, ColumnMemory, ImportedRow
from yimen.foundations.imports.permissions import RUN
from yimen.foundations.imports.ports import Importer, Note, importers
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound

MOST_SHOWN = 60


class NoBatch(NotFound):
    code = "imports.no_batch"
    sentence = "没有这一批导入，或不在您的范围内。"


def batches(*, by: Actor) -> QuerySet[Batch]:
    """The batches within reach (导入批次), of what the actor may bring in: who imports accounts opens no list of residents."""
    if not by.can_somewhere(RUN):
        return Batch.objects.none()
    hers = [one.key for one in importers if by.can_somewhere(one.permission)]
    return Batch.objects.within(by).filter(importer__in=hers)


def get_batch(batch: UUID, *, by: Actor) -> Batch:
    """One batch of an area where the actor may import."""
    found = batches(by=by).filter(public_id=batch).first()
    if found is None or not may_work_on(found, by=by):
        raise NoBatch
    return found


def may_work_on(batch: Batch, *, by: Actor) -> bool:
    """May she import here, and what this batch brings in (可办理)?"""
    return all(by.can(each, area=batch.area) for each in (RUN, importers.get(batch.importer).permission))


def offered(*, by: Actor) -> list[Importer]:
    """What this actor may bring in somewhere (可导入的种类)."""
    if not by.can_somewhere(RUN):
        return []
    return sorted((one for one in importers if areas_for(one, by=by)), key=lambda one: one.order)


def areas_for(importer: Importer, *, by: Actor) -> list[str]:
    """The areas in which she may bring this in: where she holds both permissions, the inner of the two."""
    both = [by.areas_for(RUN), by.areas_for(importer.permission)]
    found = {
        max(one, other, key=len)
        for one in both[0]
        for other in both[1]
        if one.startswith(other) or other.startswith(one)
    }
    return sorted(found)


def area_choices(*, by: Actor) -> list[tuple[str, str]]:
    """Where she may bring something in (可导入的区域), each area once, the wider ones first."""
    found: dict[str, str] = {}
    for importer in offered(by=by):
        codes = areas_for(importer, by=by)
        found |= dict(importer.areas(codes)) if importer.areas else {code: code for code in codes}
    return sorted(found.items(), key=lambda one: (len(one[0]), one[0]))


@dataclass(frozen=True)
class Progress:
    """How far a batch is (进度): rows in all, rows done in the present step, and what was found so far."""

    rows: int
    done: int
    bad: int
    warned: int
    written: int
    left: int
    moved_at: datetime | None = None

    @property
    def percent(self) -> int:
        return self.done * 100 // self.rows if self.rows else 0

    @property
    def good(self) -> int:
        return self.rows - self.bad

    @property
    def undone(self) -> int:
        return self.written - self.left


_DONE = {
    BatchState.CHECKING: (ChunkState.CHECKED,),
    BatchState.WRITING: (ChunkState.WRITTEN,),
    BatchState.UNDOING: (ChunkState.UNDONE,),
}


def progress_of(batch: Batch, *, by: Actor) -> Progress:
    """Counted from the portions, so that it is what was committed; one query."""
    done = Q(state__in=_DONE.get(BatchState(batch.state), ChunkState.values))
    told = (
        Chunk.objects.within(by)
        .filter(batch=batch)
        .aggregate(
            all=Sum("rows"),
            done=Sum("rows", filter=done),
            bad_rows=Sum("bad"),
            warned_rows=Sum("warned"),
            written_rows=Sum("written"),
            left_rows=Sum("left"),
            moved=Max("moved_at"),
        )
    )
    rows = told["all"] or batch.rows
    return Progress(
        rows=rows,
        done=told["done"] or 0,
        bad=told["bad_rows"] or 0,
        warned=told["warned_rows"] or 0,
        written=told["written_rows"] or 0,
        left=told["left_rows"] or 0,
        moved_at=told["moved"],
    )


@dataclass(frozen=True)
class Found:
    """One thing found in the sheet (核对结果): where, what stands there, and why."""

    row: int
    title: str
    value: str
    sentence: str
    refuses: bool


def findings(batch: Batch, *, by: Actor, most: int = MOST_SHOWN) -> list[Found]:
    """The first things found, those that refuse before those that only warn."""
    importer = importers.get(batch.importer)
    place_of = {key: int(place) for place, key in batch.columns.items()}
    shown: list[Found] = []
    warnings: list[Found] = []
    rows = Chunk.objects.within(by).filter(Q(bad__gt=0) | Q(warned__gt=0), batch=batch).order_by("ordinal")
    for chunk in rows.iterator(chunk_size=1):
        texts = dict(lines_of(chunk))
        for number, notes in notes_of(chunk).items():
            for note in notes:
                into = shown if note.refuses else warnings
                if len(into) < most:
                    into.append(_found(number, note, texts.get(number, []), place_of, importer))
        if len(shown) >= most or (len(shown) + len(warnings) >= 2 * most):
            break
    return (shown + warnings)[:most]


def _found(number: int, note: Note, texts: list[str], place_of: dict[str, int], importer: Importer) -> Found:
    column = importer.column(note.column)
    place = place_of.get(note.column, -1)
    value = texts[place].lstrip("\x00") if 0 <= place < len(texts) else ""
    return Found(
        row=number,
        title=column.title if column else "整行",
        value="（不显示）" if column and column.secret and value else value[:40],
        sentence=note.sentence,
        refuses=note.refuses,
    )


def by_column(batch: Batch, *, by: Actor) -> list[tuple[str, int]]:
    """How many rows are wrong in which column (各列问题), the most first."""
    importer = importers.get(batch.importer)
    counts: Counter[str] = Counter()
    for told in Chunk.objects.within(by).filter(batch=batch, bad__gt=0).values_list("by_column", flat=True):
        counts.update(told)
    titles = {column.key: column.title for column in importer.columns}
    return [(titles.get(key, "整行"), count) for key, count in counts.most_common()]


def left_behind(batch: Batch, *, by: Actor, most: int = MOST_SHOWN) -> list[ImportedRow]:
    """What an undo left, with the reason (撤销时留下的)."""
    rows = ImportedRow.objects.within(by).filter(batch=batch, undone=False).exclude(left_why="")
    return list(rows.order_by("row")[:most])


def written_rows(batch: Batch, *, by: Actor, most: int = MOST_SHOWN) -> list[ImportedRow]:
    """The first rows that were brought in, with what they became (导入结果)."""
    return list(ImportedRow.objects.within(by).filter(batch=batch).order_by("row")[:most])


@dataclass(frozen=True)
class Origin:
    """From which batch and row a record came (来自导入)."""

    subject: UUID
    batch: UUID
    area: str
    number: str
    file_name: str
    row: int
    at: datetime
    by_name: str


def origins(subjects: Iterable[UUID], *, by: Actor) -> list[Origin]:
    """Whence these records came, for those that were brought in by a batch."""
    rows = (
        ImportedRow.objects.within(by)
        .filter(subject__in=list(subjects), undone=False)
        .select_related("batch")
    )
    return [
        Origin(
            subject=row.subject,
            batch=row.batch.public_id,
            area=row.batch.area,
            number=row.batch.number,
            file_name=row.batch.file_name,
            row=row.row,
            at=row.batch.written_at or row.batch.moved_at,
            by_name=row.batch.uploaded_by_name,
        )
        for row in rows
    ]


def origin_table() -> type[Model]:
    """The table in which origins stand, for whoever asks many tables in one statement."""
    return ImportedRow


def subjects_of(batch: Batch, *, by: Actor) -> QuerySet:
    """What a batch brought in and what still stands of it."""
    return ImportedRow.objects.within(by).filter(batch=batch, undone=False).values_list("subject", flat=True)


def remembered(
    account: UUID | None, importer: str, signature: str, *, by: Actor | None = None
) -> dict[str, str]:
    """How she told what these headings mean before (列对应记忆); {} for the first time."""
    if account is None:
        return {}
    kept = ColumnMemory.objects.filter(account=account, importer=importer, signature=signature).first()
    return dict(kept.columns) if kept else {}


def first_texts(batch: Batch, *, by: Actor) -> dict[int, str]:
    """What stands first in each column, for telling what it is; of a column that is secret, only that something does."""
    importer = importers.get(batch.importer)
    chunk = Chunk.objects.within(by).filter(batch=batch).order_by("ordinal").first()
    secret = {column.key for column in importer.columns if column.secret}
    hidden = {int(place) for place, key in batch.columns.items() if key in secret}
    found: dict[int, str] = {}
    for _, texts in lines_of(chunk)[:20] if chunk else []:
        for place, text in enumerate(texts):
            if text and place not in found:
                found[place] = "（有内容，不显示）" if place in hidden or _like_a_number(text) else text[:24]
    return found


def _like_a_number(text: str) -> bool:
    """Long digits may be an id number or a telephone, whatever the column is called."""
    return sum(character.isdigit() for character in text) >= 9
