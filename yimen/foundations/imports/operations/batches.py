"""What people do with a batch: upload, say what the columns are, have it written, stop, go on, undo, drop."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import connection

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.documents.api import discard_files, store_upload
from yimen.foundations.imports.choices import AT_WORK, BatchState, ChunkState, Way
from yimen.foundations.imports.engine.lanes import put_to_work
from yimen.foundations.imports.engine.portions import places_together
from yimen.foundations.imports.models import Batch, Chunk, ColumnMemory
from yimen.foundations.imports.operations.reading import read_into
from yimen.foundations.imports.permissions import RUN
from yimen.foundations.imports.ports import Importer, importers
from yimen.foundations.imports.queries import NoBatch, may_work_on, progress_of
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible

PURPOSE = "imports.sheet"


class CannotImport(NotPossible):
    code = "imports.cannot_import"
    sentence = "不能导入：{why}"


class NotNow(Conflict):
    """The batch is at another step by now (这一步已经过了)."""

    code = "imports.not_now"
    sentence = "这一批现在是“{state}”，不能{what}。请看一眼最新的页面。"


@operation("imports.batch.uploaded")
def upload_batch(*, by: Actor, at: datetime, importer: str, area: str, file: File) -> Batch:
    """Take in a spreadsheet (上传导入表): kept, read, and its columns proposed; nothing is brought in yet.

    A large file is read by a job. Refuses what is no plain table, and who may not register there what it holds.
    """
    kind = _kind(importer)
    by.must(RUN, area=area)
    by.must(kind.permission, area=area)
    row_id = _next_id()
    made = Batch(
        id=row_id,
        number=f"DR{day_of(at):%y%m%d}-{row_id:05d}",
        importer=kind.key,
        area=area,
        state=BatchState.READING,
        account=by.account,
        uploaded_at=at,
        uploaded_by=by.key,
        uploaded_by_name=by.name[:80],
        moved_at=at,
    )
    kept = store_upload(by=by, at=at, subject=made.public_id, area=area, purpose=PURPOSE, file=file)
    made.file, made.file_name = kept.public_id, kept.name
    made.save(force_insert=True)
    if kept.size <= settings.YIMEN_IMPORT_READ_AT_ONCE:
        read_into(by=by, at=at, batch=made)
    else:
        _set_to_work(made, lanes=1)
    record(made, kind="import_batch", area=area, number=made.number, importer=kind.key)
    return made


@operation("imports.batch.read_again")
def read_again(*, by: Actor, at: datetime, batch: UUID, sheet: str, head_row: int) -> Batch:
    """Read another sheet, or take another row for the heading (换一个工作表或表头行)."""
    found = _held(batch, by=by)
    _refuse_unless(found, {BatchState.COLUMNS, BatchState.CHECKED}, what="重新读表")
    if sheet not in found.sheets or not 1 <= head_row <= 200:
        raise CannotImport(why="没有这个工作表，或表头行不在 1 至 200 之间。")
    found.sheet, found.head_row, found.columns = sheet, head_row, {}
    _read_or_defer(found, by=by, at=at)
    record(found, kind="import_batch", area=found.area, head_row=head_row)
    return found


@operation("imports.batch.check_begun")
def begin_check(*, by: Actor, at: datetime, batch: UUID, columns: Mapping[str, str]) -> Batch:
    """Say what each column means (对应表头) and have the whole sheet checked; remembered for the same headings.

    Refuses without a needed column, and two columns for one thing.
    """
    found = _held(batch, by=by)
    _refuse_unless(found, {BatchState.COLUMNS, BatchState.CHECKED}, what="核对")
    kind = _kind(found.importer)
    by.must(kind.permission, area=found.area)
    told = {
        place: key
        for place, key in columns.items()
        if key and place.isdigit() and int(place) < len(found.head)
    }
    _refuse_columns(kind, told)
    found.columns, found.problem = told, ""
    if by.account:
        ColumnMemory.objects.update_or_create(
            account=by.account,
            importer=kind.key,
            signature=found.signature,
            defaults={"columns": told, "told_at": at},
        )
    if places_together(told, kind) != found.cut_by:
        # What belongs together was not known when the sheet was cut into portions.
        _read_or_defer(found, by=by, at=at)
    else:
        found.state, found.moved_at = BatchState.CHECKING, at
        found.save()
        Chunk.objects.filter(batch=found).update(
            state=ChunkState.READ, bad=0, warned=0, by_column={}, notes=""
        )
        _set_to_work(found)
    record(found, kind="import_batch", area=found.area, columns=told)
    return found


@operation("imports.batch.write_begun")
def begin_writing(*, by: Actor, at: datetime, batch: UUID, way: str) -> Batch:
    """Bring the checked rows in (开始导入): all if all are good, or the good ones."""
    found = _held(batch, by=by)
    _refuse_unless(found, {BatchState.CHECKED}, what="导入")
    by.must(_kind(found.importer).permission, area=found.area)
    far = progress_of(found, by=by)
    if way not in Way.values:
        raise CannotImport(why="请选择导入方式。")
    if far.good == 0:
        raise CannotImport(why="没有一行合格，请先按批注修改。")
    if way == Way.ALL and far.bad:
        raise CannotImport(why=f"还有 {far.bad} 行不合格。请改好再传，或选“导入全部合格行”。")
    found.way, found.state, found.moved_at, found.problem = way, BatchState.WRITING, at, ""
    found.save()
    _set_to_work(found)
    record(found, kind="import_batch", area=found.area, way=way, rows=far.good)
    return found


@operation("imports.batch.stopped")
def stop_batch(*, by: Actor, at: datetime, batch: UUID, why: str = "") -> Batch:
    """Let a batch rest (停下): the portion under way is finished, no other is begun; it can go on or be undone."""
    found = _held(batch, by=by)
    _refuse_unless(found, AT_WORK, what="停下")
    found.problem = (why or f"{by.name} 停下了这一批。")[:300]
    found.save(update_fields=["problem"])
    record(found, kind="import_batch", area=found.area, stopped=found.state)
    return found


@operation("imports.batch.resumed")
def resume_batch(*, by: Actor, at: datetime, batch: UUID) -> Batch:
    """Go on where it stopped (继续): portions that were written stay written, the others are done."""
    found = _held(batch, by=by)
    _refuse_unless(found, AT_WORK, what="继续")
    found.problem, found.moved_at, found.account = "", at, by.account or found.account
    found.save(update_fields=["problem", "moved_at", "account"])
    _set_to_work(found)
    record(found, kind="import_batch", area=found.area, resumed=found.state)
    return found


@operation("imports.batch.undo_begun")
def begin_undo(*, by: Actor, at: datetime, batch: UUID) -> Batch:
    """Take back what a batch brought in (撤销整批), but for rows upon which something else was written since."""
    found = _held(batch, by=by)
    stopped = found.state == BatchState.WRITING and bool(found.problem)
    if not stopped:
        _refuse_unless(found, {BatchState.WRITTEN, BatchState.UNDONE}, what="撤销")
    by.must(_kind(found.importer).permission, area=found.area)
    far = progress_of(found, by=by)
    if not far.written or (found.state == BatchState.UNDONE and not far.left):
        raise CannotImport(why="这一批没有可以撤销的行。")
    found.state, found.moved_at, found.problem = BatchState.UNDOING, at, ""
    found.account = by.account or found.account
    found.save()
    Chunk.objects.filter(batch=found, state=ChunkState.UNDONE, left__gt=0).update(state=ChunkState.WRITTEN)
    Chunk.objects.filter(batch=found, written=0).update(state=ChunkState.UNDONE)
    _set_to_work(found)
    record(found, kind="import_batch", area=found.area, undo=far.written)
    return found


@operation("imports.batch.dropped")
def drop_batch(*, by: Actor, at: datetime, batch: UUID) -> Batch:
    """Give up a batch of which nothing was brought in (放弃): its sheet and rows are cleared at once."""
    found = _held(batch, by=by)
    resting = found.state in (BatchState.COLUMNS, BatchState.CHECKED)
    if not resting and not (found.problem and found.state in (BatchState.READING, BatchState.CHECKING)):
        raise NotNow(state=BatchState(found.state).label, what="放弃")
    found.state = BatchState.DROPPED
    _clear(found, by=by, at=at, why="放弃导入")
    record(found, kind="import_batch", area=found.area, dropped=True)
    return found


@operation("imports.batch.turned_away")
def turn_away_batch(*, by: Actor, at: datetime, batch: UUID, why: str) -> None:
    """A large sheet holds what nobody may collect (不得收集): sheet and rows are cleared at once, the reason stays."""
    found = Batch.objects.within(by).select_for_update(of=("self",)).filter(public_id=batch).first()
    if found is None:
        raise NoBatch
    by.must(RUN, area=found.area)
    found.state, found.problem = BatchState.DROPPED, why[:300]
    _clear(found, by=by, at=at, why="表里有不得收集的内容")
    record(found, kind="import_batch", area=found.area, dropped=True)


@operation("imports.batches.scrubbed")
def scrub_batches(*, by: Actor, at: datetime, before: datetime) -> int:
    """Clear the sheets and rows of batches that rest since long (清除导入内容); batch, counts and origins stay."""
    resting = (
        Batch.objects.within(by)
        .filter(scrubbed_at__isnull=True, moved_at__lt=before)
        .exclude(state__in=AT_WORK)
    )
    done = 0
    for found in resting.order_by("id")[:200]:
        if found.state in (BatchState.COLUMNS, BatchState.CHECKED):
            found.state = BatchState.DROPPED
        _clear(found, by=by, at=at, why="导入内容保存期满")
        record(found, kind="import_batch", area=found.area, scrubbed=True)
        done += 1
    if not done:
        unchanged()
    return done


def _clear(found: Batch, *, by: Actor, at: datetime, why: str) -> None:
    discard_files(by=by, at=at, subject=found.public_id, area=found.area, why=why)
    Chunk.objects.filter(batch=found).update(
        content="", notes="", key_rows=[], key_hashes=[], group_hashes=[]
    )
    found.file, found.scrubbed_at, found.ended_at = None, at, found.ended_at or at
    found.save()


def _held(batch: UUID, *, by: Actor) -> Batch:
    """The batch, one deed at a time."""
    found = Batch.objects.within(by).select_for_update(of=("self",)).filter(public_id=batch).first()
    if found is None or not may_work_on(found, by=by):
        raise NoBatch
    return found


def _refuse_unless(found: Batch, states, *, what: str) -> None:
    if found.state not in states:
        raise NotNow(state=BatchState(found.state).label, what=what)


def _refuse_columns(kind: Importer, told: Mapping[str, str]) -> None:
    titles = {column.key: column.title for column in kind.columns}
    if unknown := set(told.values()) - set(titles):
        raise CannotImport(why=f"没有“{'、'.join(sorted(unknown))}”这一项。")
    twice = sorted({key for key in told.values() if list(told.values()).count(key) > 1})
    if twice:
        raise CannotImport(why=f"“{titles[twice[0]]}”对应了两列，只能有一列。")
    lacking = [column.title for column in kind.columns if column.needed and column.key not in told.values()]
    if lacking:
        raise CannotImport(why=f"缺少“{'”“'.join(lacking)}”这一列，请指出是哪一列。")


def _read_or_defer(found: Batch, *, by: Actor, at: datetime) -> None:
    found.state, found.moved_at, found.problem = BatchState.READING, at, ""
    if found.rows <= settings.YIMEN_IMPORT_CHUNK_ROWS:
        read_into(by=by, at=at, batch=found)
        if found.state == BatchState.CHECKING:
            _set_to_work(found)
    else:
        found.save()
        _set_to_work(found, lanes=1)


def _kind(key: str) -> Importer:
    kind = importers.find(key)
    if kind is None:
        raise CannotImport(why="没有这一种导入。")
    return kind


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('imports_batch', 'id'))")
        return cursor.fetchone()[0]


def _set_to_work(found: Batch, *, lanes: int | None = None) -> None:
    for lane in range(lanes or settings.YIMEN_IMPORT_LANES):
        put_to_work(found.public_id, lane)
