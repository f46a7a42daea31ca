"""What people do with a table: upload it, say what its columns are, choose who is on it, type, take it away."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record, record_batch
from yimen.foundations.definitions.api import why_not_asked
from yimen.foundations.documents.api import Workbook, file_content, store_upload
from yimen.foundations.ui.api import record_export
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.text import clean_line
from yimen.registers.people.api import Match, match_people, residents_by
from yimen.registers.people.api import conditions_in_words as in_words
from yimen.registers.places.api import communities_by_name, told_community
from yimen.steering.returns.engine.editions import written
from yimen.steering.returns.engine.grammar import headings
from yimen.steering.returns.engine.portions import set_to_work
from yimen.steering.returns.engine.sources import source_lines, tally
from yimen.steering.returns.engine.writing import filled
from yimen.steering.returns.models import Return, ReturnCell, ReturnRow
from yimen.steering.returns.operations.portions import CannotFill
from yimen.steering.returns.permissions import EXPORT, FILL
from yimen.steering.returns.queries import (
    Understood,
    book_of,
    described,
    filled_table,
    is_large,
    lock_return,
    must_be_open,
    understand,
)
from yimen.steering.returns.rules import ASKED, AT_ONCE, find_head, lines_of, room_below

PURPOSE = "returns.sheet"
MOST_LINES = 5000


@operation("returns.return.uploaded")
def upload_return(
    *,
    by: Actor,
    at: datetime,
    area: str,
    title: str,
    unit_name: str,
    due_on: date | None,
    file: File,
) -> Return:
    """Take in a workbook that a department wants filled (上传填报表), read it, and find out whom its rows mean.

    Refuses what is no plain workbook. When the headings say too little, it waits for somebody to say what they are.
    """
    by.must(FILL, area=area)
    title, unit_name = clean_line(title), clean_line(unit_name)
    if not title or not unit_name:
        raise CannotFill("请写明表名和要表的单位。")
    made = Return(
        area=area,
        title=title,
        unit_name=unit_name,
        due_on=due_on,
        asked_at=at,
        asked_by=by.key,
        asked_by_name=by.name,
        account=by.account,
    )
    kept = store_upload(by=by, at=at, subject=made.public_id, area=area, purpose=PURPOSE, file=file)
    made.file = kept.public_id
    book = Workbook(file_content(kept.public_id, subject=made.public_id, by=by))
    read = understand(book, by=by, on=day_of(at))
    _refuse_what_is_not_asked(read, on=day_of(at))
    made.sheet, made.head_first, made.head_last = read.table.name, read.head.first, read.head.last
    made.save()
    record(made, kind="return", area=area)
    if {"name", "id_number", "community"} & set(read.columns.values()):
        _take(made, read, read.columns, by=by, at=at)
    return made


@operation("returns.return.understood")
def set_columns(
    *,
    by: Actor,
    at: datetime,
    table: UUID,
    sheet: str,
    first: int,
    last: int,
    columns: Mapping[str, str],
) -> Return:
    """Say which sheet, where its heading is and what each column means (对应表头); the rows are matched anew.

    What was typed stays while the sheet stays the same; who was chosen by hand stays chosen.
    """
    found = lock_return(table, by=by)
    if found.is_part:
        raise CannotFill("这是街道下发的表，表头由下发的科室定，不用再对。")
    if first < 1 or last < first or last - first > 5:
        raise CannotFill("表头从第几行到第几行不对：起始行不能大于结束行，最多 6 行。")
    book = book_of(found, by=by)
    if sheet not in dict(book.sheets):
        raise CannotFill("表格里没有这个工作表。")
    read = understand(book, by=by, on=day_of(at), sheet=sheet, first=first, last=last)
    _refuse_what_is_not_asked(read, on=day_of(at))
    known = headings(on=day_of(at))
    told = {
        number: key
        for number, key in columns.items()
        if number.isdigit() and (key in ASKED or (key in known and by.can_somewhere(known[key].permission)))
    }
    if sheet != found.sheet:
        ReturnCell.objects.filter(table=found).delete()
        ReturnRow.objects.filter(table=found).delete()
    found.sheet, found.head_first, found.head_last = sheet, first, last
    _take(found, read, told, by=by, at=at)
    record(found, kind="return", area=found.area, sheet=sheet, columns=told)
    return found


@operation("returns.people.chosen")
def choose_people(*, by: Actor, at: datetime, table: UUID, conditions: Mapping[str, str]) -> Return:
    """Fill an empty table with the residents to whom these conditions apply (选人填表), in the order of the residents' list.

    Refuses a table that has names already, nobody, more than the limit, and where something stands below the heading that
    so many rows would cover.
    """
    found = lock_return(table, by=by)
    if not found.signature:
        raise CannotFill("还没有对应表头，先说明每一列是什么。")
    must_be_open(found, by=by, choosing=True)
    rows = ReturnRow.objects.filter(table=found)
    if rows.exists() and not found.chosen:
        raise CannotFill("表里已经有姓名，不能再选人填。")
    if not conditions:
        raise CannotFill("请至少选一个条件。")
    chosen = residents_by(conditions, by=by, on=day_of(at))
    people = list(chosen.values_list("public_id", flat=True)[: MOST_LINES + 1])
    if not people:
        raise CannotFill("没有符合这些条件的居民，或不在您的范围内。")
    if len(people) > MOST_LINES:
        raise CannotFill("符合的居民超过 {most} 人，一张表最多 {most} 行，请按社区分开填。", most=MOST_LINES)
    sheet = book_of(found, by=by).table(found.sheet)
    room = room_below(sheet.texts, below=found.head_last)
    if room is not None and room < len(people):
        raise CannotFill(
            "表头下面只空 {room} 行，再下面已经写了字；要填 {people} 人，请在表里把空行加够再上传。",
            room=room,
            people=len(people),
        )
    rows.delete()
    ReturnCell.objects.filter(table=found).delete()
    first = found.head_last + 1
    ReturnRow.objects.bulk_create(
        ReturnRow(table=found, number=number, person=person)
        for number, person in enumerate(people, start=first)
    )
    found.chosen = "，".join(in_words(conditions, by=by))[:120]
    set_to_work(found, by=by, at=at, lines=len(people))
    record(found, kind="return", area=found.area, people=len(people), conditions=sorted(conditions))
    return found


@operation("returns.return.exported")
def export_return(*, by: Actor, at: datetime, table: UUID) -> bytes:
    """Hand out the workbook filled (导出填报表), with a sheet 数据来源; the trail names whose facts left the house."""
    found = lock_return(table, by=by)
    by.must(EXPORT, area=found.area)
    if not found.signature:
        raise CannotFill("还没有对应表头，先说明每一列是什么。")
    if is_large(found, by=by):
        raise CannotFill("这张表超过 {most} 行：先出一版，填完再下载。", most=AT_ONCE)
    on = day_of(at)
    data = file_content(found.file, subject=found.public_id, by=by)
    full = filled_table(found, Workbook(data), by=by, on=on)
    values = {
        (slot.row, slot.column.number): value
        for line in full.lines
        for slot in line.slots
        if (value := written(slot)) is not None
    }
    told = source_lines(found, full.columns, tally(full.lines), by=by, at=at)
    body = filled(data, full.table.part, values, told)
    found.exported_at = at
    found.save(update_fields=["exported_at"])
    record_export(
        by=by, at=at, name="returns.return", conditions=[str(found.public_id)], rows=len(full.lines)
    )
    record_batch(
        [{"person": str(line.person)} for line in full.lines if line.person],
        kind="return",
        area=found.area,
        table=str(found.public_id),
        columns=[column.key for column in full.columns if column.key],
    )
    return body


def _refuse_what_is_not_asked(read: Understood, *, on: date) -> None:
    """A column that nobody may collect is not filled, whoever asks for it (不得收集)."""
    if said := why_not_asked([" ".join(words) for words in read.head.words.values()], on=on):
        raise CannotFill("{said}请要表的单位去掉这一列。", said=said[0])


def _take(found: Return, read: Understood, columns: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Keep how the table is read, and find out whom its rows mean; of many rows by a job (`portions.fill_next`)."""
    place = {key: int(number) for number, key in reversed(columns.items())}
    name, number = place.get("name", 0), place.get("id_number", 0)
    ours = 0 if name or number else place.get("community", 0)
    if not name and not number and not ours:
        raise CannotFill("请指出哪一列是姓名、身份证号码，或一行一个社区的社区名称；不然不知道每一行是谁。")
    table = read.table
    head = find_head(table.texts, table.merges, {}, first=found.head_first, last=found.head_last)
    numbers = lines_of(table.texts, table.merges, below=head.last, name=name or ours, number=number)
    if len(numbers) > MOST_LINES:
        raise CannotFill("一张表最多 {most} 行，请按社区或小区拆开。", most=MOST_LINES)
    found.columns, found.signature = dict(columns), read.signature
    if found.chosen and not numbers:
        set_to_work(found, by=by, at=at, lines=ReturnRow.objects.filter(table=found).count())
        return
    found.chosen = ""
    before = {row.number: row for row in ReturnRow.objects.filter(table=found)}
    stays = {row for row, old in before.items() if old.by_hand}
    ReturnRow.objects.filter(table=found).exclude(number__in=stays & set(numbers)).delete()
    told = [row for row in numbers if row not in stays]
    large = len(numbers) > AT_ONCE
    matches = [Match()] * len(told) if large or ours else match_people(described(table, told, columns), by=by)
    names = communities_by_name(found.area) if ours else {}
    ReturnRow.objects.bulk_create(
        ReturnRow(
            table=found,
            number=row,
            person=match.person,
            candidates=list(match.candidates),
            area=told_community(table.texts.get((row, ours), ""), names, found.area)[0] if ours else "",
        )
        for row, match in zip(told, matches, strict=True)
    )
    set_to_work(found, by=by, at=at, lines=len(numbers))
