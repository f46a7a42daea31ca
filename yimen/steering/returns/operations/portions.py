"""A large table is filled in portions, each in one transaction with how far it is; and an edition is made the same way."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.bus.api import defer
from yimen.foundations.documents.api import Workbook, file_content
from yimen.foundations.ui.api import record_export
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.api import match_people
from yimen.steering.returns.engine.editions import packed
from yimen.steering.returns.engine.grammar import headings
from yimen.steering.returns.engine.portions import count_rows, put_to_work, set_to_work
from yimen.steering.returns.engine.sources import source_lines
from yimen.steering.returns.engine.writing import filled
from yimen.steering.returns.models import Edition, EditionPart, Return, ReturnRow
from yimen.steering.returns.permissions import EXPORT
from yimen.steering.returns.queries import (
    book_of,
    columns_of_edition,
    content_of,
    described,
    filled_table,
    get_edition,
    is_filling,
    lock_edition,
    lock_return,
    why_not_take,
)
from yimen.steering.returns.rules import AT_ONCE

EDITION_JOB = "returns.make_edition"

# Rows of one transaction: as many as are filled in a second or two.
PORTION = 1000


class CannotFill(NotPossible):
    code = "returns.cannot_fill"


@operation("returns.return.resumed")
def resume_filling(*, by: Actor, at: datetime, table: UUID) -> Return:
    """Fill a large table anew (再填一遍), or go on where it stopped; what was typed and chosen stays."""
    found = lock_return(table, by=by)
    rows = ReturnRow.objects.filter(table=found)
    lines = rows.count()
    if lines <= AT_ONCE:
        unchanged()
        return found
    if rows.filter(cells=None).exists():
        found.moved_at, found.problem, found.account = at, "", by.account
        found.save()
        put_to_work(found)
    else:
        set_to_work(found, by=by, at=at, lines=lines)
    record(found, kind="return", area=found.area, resumed=True)
    return found


@operation("returns.portion.filled")
def fill_next(*, by: Actor, at: datetime, table: UUID) -> bool:
    """Fill the next portion of a table (填一段): whom its rows mean, and how many cells are known, open or differ.

    Answers whether there is more to do.
    """
    found = lock_return(table, by=by)
    rows = list(ReturnRow.objects.filter(table=found, cells=None).order_by("number")[:PORTION])
    unchanged()
    if not rows or found.problem:
        return False
    book = book_of(found, by=by)
    nobody = [row for row in rows if row.person is None and not row.by_hand]
    if nobody and not found.chosen:
        part = book.table(found.sheet, within=(nobody[0].number, nobody[-1].number))
        told = described(part, [row.number for row in nobody], found.columns)
        for row, match in zip(nobody, match_people(told, by=by), strict=True):
            row.person, row.candidates = match.person, list(match.candidates)
    full = filled_table(found, book, by=by, on=day_of(at), rows=rows)
    count_rows(rows, full.lines)
    found.moved_at = at
    found.save(update_fields=["moved_at"])
    return True


@operation("returns.return.stopped")
def halt(*, by: Actor, at: datetime, table: UUID, why: str, edition: UUID | None = None) -> None:
    """Note why a table cannot be filled on (停下), for whoever looks at its page."""
    found = Edition.objects.within(by).filter(public_id=edition) if edition else None
    rows = Return.objects.within(by).filter(public_id=table) if found is None else found
    rows.update(problem=why[:300], moved_at=at)
    unchanged()


@operation("returns.edition.begun")
def begin_edition(*, by: Actor, at: datetime, table: UUID) -> Edition:
    """Make an edition of a table (出一版): every cell as it stands now, kept and sealed; of many rows by a job.

    Refuses while the table is being filled, without rows, and without the right to take lists out.
    """
    found = lock_return(table, by=by)
    by.must(EXPORT, area=found.area)
    lines = ReturnRow.objects.filter(table=found).count()
    if not found.signature or not lines:
        raise CannotFill("表里还没有人，先对应表头或选人。")
    if is_filling(found, by=by):
        raise CannotFill("这张表还在自动填，填完再出。")
    return put_out(by=by, at=at, found=found)


@operation("returns.edition.begun", inner=True)
def put_out(*, by: Actor, at: datetime, found: Return) -> Edition:
    """One more edition of a table that the caller has locked; of many rows by a job. Refuses while the last is being made."""
    lines = ReturnRow.objects.filter(table=found).count()
    last = Edition.objects.filter(table=found).order_by("-number").first()
    if last and not last.made and not last.problem:
        raise CannotFill("第 {number} 版还在出，请等它出完。", number=last.number)
    made = Edition.objects.create(
        table=found,
        number=last.number + 1 if last else 1,
        lines=lines,
        made_at=at,
        made_by=by.key,
        made_by_name=by.name,
        account=by.account,
        moved_at=at,
    )
    record(made, kind="edition", area=found.area, number=made.number, lines=lines)
    if lines <= AT_ONCE:
        _make_part(made, by=by, at=at)
    else:
        defer(EDITION_JOB, lock=f"returns:{found.public_id}", edition=str(made.public_id))
    return made


@operation("returns.portion.kept")
def make_next(*, by: Actor, at: datetime, edition: UUID) -> bool:
    """Make the next portion of an edition (出一段). Answers whether there is more to do."""
    found = lock_edition(edition, by=by)
    unchanged()
    if found.made or found.problem:
        return False
    _make_part(found, by=by, at=at)
    return not found.made


def _make_part(found: Edition, *, by: Actor, at: datetime) -> None:
    table = found.table
    ordinal = found.parts.count() + 1
    rows = list(ReturnRow.objects.filter(table=table).order_by("number")[found.done : found.done + PORTION])
    full = filled_table(table, book_of(table, by=by), by=by, on=day_of(at), rows=rows)
    EditionPart.objects.create(table=table, edition=found, ordinal=ordinal, content=packed(full.lines))
    found.done, found.moved_at = found.done + len(rows), at
    if not rows:
        found.problem = "出表时行数变了，请重新出一版。"
    if ordinal == 1:
        found.titles = {str(one.number): one.title for one in full.columns}
        found.keys = {str(one.number): one.key for one in full.columns if one.key}
        found.denied = {str(one.number): one.denied for one in full.columns if one.denied}
    found.save()


@operation("returns.edition.exported")
def export_edition(*, by: Actor, at: datetime, edition: UUID) -> bytes:
    """Hand out the workbook of an edition (下载某一版): as it was then. The trail names whose facts left the house.

    Refuses who did not make it and may not see all of its columns.
    """
    found = get_edition(edition, by=by)
    table = found.table
    by.must(EXPORT, area=table.area)
    if not found.made:
        raise CannotFill("这一版还没有出完。")
    if why := why_not_take(found, by=by, on=day_of(at)):
        raise CannotFill("{why}", why=why)
    content = content_of(found, by=by)
    columns = columns_of_edition(found, headings(on=day_of(at)))
    data = file_content(table.file, subject=table.public_id, by=by)
    told = source_lines(
        table,
        columns,
        content.tallies,
        by=by,
        at=at,
        edition=_said(found),
    )
    origins = content.origins if found.merged_from else None
    body = filled(data, Workbook(data).part_of(table.sheet), content.values, told, origins)
    Return.objects.filter(pk=table.pk).update(exported_at=at)
    record_export(by=by, at=at, name="returns.return", conditions=[str(found.public_id)], rows=found.lines)
    record_batch(
        [{"person": line.person} for line in content.lines if line.person],
        kind="return",
        area=table.area,
        table=str(table.public_id),
        columns=list(found.keys.values()),
    )
    return body


def _said(found: Edition) -> str:
    """Which edition it is, who is missing and who signed it, as the workbook says it."""
    words = [f" 第 {found.number} 版，{found.made_by_name}{'汇总' if found.merged_from else '出'}"]
    words += [found.without] if found.without else []
    words += [f"{found.signed_by_name}签发"] if found.signed_at else []
    return "；".join(words)
