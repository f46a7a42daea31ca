"""Take a list in, say how it is read, find out whom its rows mean, and send it out (上传、对表头、对人、下发)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files import File
from pydantic import ValidationError

from yimen.foundations.audit.api import operation, record
from yimen.foundations.definitions.api import why_not_asked
from yimen.foundations.documents.api import FileKind, store_upload
from yimen.foundations.forms.api import FormGrammar
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line, clean_name
from yimen.registers.people.api import Described, PersonStamp, match_people, person_stamps
from yimen.registers.places.api import find_area
from yimen.work.namelists.choices import Fit, Outcome, State
from yimen.work.namelists.engine.practice import practice
from yimen.work.namelists.engine.sheets import LABELS, Line, Sheet, room_beside
from yimen.work.namelists.engine.telling import tell_workers
from yimen.work.namelists.models import ListRow, NameList
from yimen.work.namelists.permissions import HOLD
from yimen.work.namelists.queries import get_row, locked_list, rows_of, sheet_of
from yimen.work.namelists.rules import why_not_upload

PURPOSE = "namelists.sheet"
AT_ONCE = 1000
# What we write beside the answers: result, day, who, how.
OURS = 4
# What a list may ask: nobody's identity, and no file.
ASKED = ("choice", "multi", "yesno", "number", "text", "longtext")


class CannotUpload(NotPossible):
    code = "namelists.cannot_upload"


class CannotSendOut(NotPossible):
    code = "namelists.cannot_send_out"


@operation("namelists.list.uploaded")
def upload_list(
    *,
    by: Actor,
    at: datetime,
    area: str,
    title: str,
    purpose: str,
    basis: str,
    due_on: date,
    questions: Mapping[str, Any],
    file: File,
) -> NameList:
    """Take in the sheet of a list (上传名单): its columns are guessed by their headings and its rows matched at once.

    Nothing is sent out yet. Refuses a list without purpose or basis, questions nobody may ask, and a file that is no plain
    table or a hostile one.
    """
    by.must(HOLD, area=area)
    today = day_of(at)
    findings = why_not_upload(title=title, purpose=purpose, basis=basis, due_on=due_on, today=today)
    findings += _why_not_ask(title, questions, on=today)
    if findings:
        raise CannotUpload("；".join(one.sentence for one in findings), findings=findings)
    made = NameList(
        title=clean_line(title)[:60],
        purpose=clean_line(purpose)[:120],
        basis=clean_line(basis)[:120],
        area=area,
        questions=dict(questions),
        due_on=due_on,
        uploaded_at=at,
        uploaded_by=by.key,
        uploaded_by_name=by.name[:80],
    )
    kept = store_upload(by=by, at=at, subject=made.public_id, area=area, purpose=PURPOSE, file=file)
    made.file, made.kind = kept.public_id, str(FileKind(kept.kind))
    read = sheet_of(made, by=by)
    made.save()
    record(made, kind="namelist", area=area)
    if {"name", "id_number"} & set(read.columns):
        _take(made, read, read.columns, by=by, at=at)
    else:
        made.sheet, made.head, made.width = read.name, read.head, read.width
        made.save(update_fields=["sheet", "head", "width"])
    return made


@operation("namelists.list.understood")
def set_columns(
    *, by: Actor, at: datetime, name_list: UUID, sheet: str, head: int, columns: Mapping[str, int]
) -> NameList:
    """Say which sheet, which row is its heading and what each column means (确认表头); all rows are matched anew.

    Refuses a list that was sent out already, and one without names.
    """
    found = locked_list(name_list, by=by, draft=True)
    read = sheet_of(found, by=by, name=sheet, head=head)
    told = {key: place for key, place in columns.items() if key in LABELS and 1 <= place <= read.width}
    _take(found, read, told, by=by, at=at)
    record(found, kind="namelist", area=found.area, sheet=found.sheet, columns=sorted(told))
    return found


@operation("namelists.list.sent_out")
def send_out(*, by: Actor, at: datetime, name_list: UUID, community: str = "") -> NameList:
    """Send a list out (下发): each row goes to the grid of its resident's home, the others to ``community``.

    Those who work there find it in their inbox. Refuses an empty list, and rows that have no place to go to.
    """
    found = locked_list(name_list, by=by, draft=True)
    rows = rows_of(found, by=by)
    if not rows.exists():
        raise CannotSendOut("名单里还没有人，请先确认表头。")
    if level(found.area) is not Level.COMMUNITY:
        homeless = rows.filter(area=found.area)
        if community:
            homeless.update(area=_community(community, found))
        elif count := homeless.count():
            sentence = f"还有 {count} 行不知道交给谁：逐行对上，或选一个社区先收着。"
            raise CannotSendOut(sentence, findings=[Finding("namelists.homeless", sentence, "community")])
    found.state, found.begun_at = State.RUNNING, at
    found.save(update_fields=["state", "begun_at"])
    told = tell_workers(found, by=by, at=at, title=f"新的名单任务：{found.title}", areas=_areas(rows))
    record(found, kind="namelist", area=found.area, rows=rows.count(), told=told)
    return found


@operation("namelists.row.settled")
def settle_row(
    *, by: Actor, at: datetime, row: UUID, person: UUID | None = None, community: str = ""
) -> ListRow:
    """Say by hand whom a row means (人工对上), or to which community a row of nobody goes; before a list is sent out.

    Refuses somebody whom this actor may not find, and a community outside the list's area.
    """
    one = get_row(row, by=by)
    found = locked_list(one.name_list.public_id, by=by, draft=True)
    one.by_hand = True
    if person is not None:
        stamp = person_stamps([person], by=by).get(person)
        if stamp is None:
            raise CannotSendOut("这位居民不在您的范围内，请另选。")
        _meant(one, stamp, found)
    else:
        one.person, one.fit, one.outcome = None, Fit.NOBODY, Outcome.WAITING
        one.area = _community(community, found)
    one.save(update_fields=["person", "fit", "area", "outcome", "by_hand"])
    record(one, kind="namelist_row", area=one.area, fit=one.fit, by_hand=True)
    return one


def _take(found: NameList, read: Sheet, columns: Mapping[str, int], *, by: Actor, at: datetime) -> None:
    """Keep how the sheet is read, and find out whom its rows mean; who was told by hand stays."""
    on = day_of(at)
    if not {"name", "id_number"} & set(columns):
        raise CannotUpload("请指出哪一列是姓名或身份证号码，不然不知道每一行是谁。")
    if said := why_not_asked(read.titles.values(), on=on):
        raise CannotUpload("{said}请去掉这一列再上传。", said=said[0])
    if not room_beside(read.width, OURS + len(found.questions["questions"])):
        raise CannotUpload("表格列太多，右边写不下结果，请删去用不到的列再上传。")
    lines = read.lines(columns)
    most = practice(on=on).most_rows
    if not lines:
        raise CannotUpload("表头下面没有读到姓名，请核对表头在第几行、哪一列是姓名。")
    if len(lines) > most:
        raise CannotUpload(
            "一张名单最多 {most} 行，这张有 {count} 行，请分开上传。", most=most, count=len(lines)
        )
    found.sheet, found.head, found.width, found.columns = read.name, read.head, read.width, dict(columns)
    found.save(update_fields=["sheet", "head", "width", "columns"])
    rows = rows_of(found, by=by)
    kept = set(rows.filter(by_hand=True).values_list("number", flat=True)) & {one.number for one in lines}
    rows.exclude(number__in=kept).delete()
    fresh = [one for one in lines if one.number not in kept]
    ListRow.objects.bulk_create(_matched(found, fresh, by=by), batch_size=AT_ONCE)


def _matched(found: NameList, lines: Sequence[Line], *, by: Actor) -> list[ListRow]:
    told = [
        Described(name=clean_name(one.name), id_number=one.id_number, phone=one.phone, address=one.address)
        for one in lines
    ]
    matches = match_people(told, by=by)
    stamps = person_stamps({one.person for one in matches if one.person}, by=by)
    rows = []
    for line, match in zip(lines, matches, strict=True):
        row = ListRow(
            name_list=found,
            number=line.number,
            name=line.name,
            phone=line.phone[:40],
            address=line.address,
            candidates=list(match.candidates),
            fit=Fit.SEVERAL if match.candidates else Fit.NOBODY,
            area=found.area,
        )
        if match.person and (stamp := stamps.get(match.person)):
            _meant(row, stamp, found)
        rows.append(row)
    return rows


def _meant(row: ListRow, stamp: PersonStamp, found: NameList) -> None:
    """The row means this resident and goes to the grid of her home; the dead and the restricted need no work (不用做了)."""
    row.person, row.fit = stamp.public_id, Fit.MATCHED
    row.area = stamp.area if stamp.area.startswith(found.area) else found.area
    row.outcome = Outcome.DROPPED if stamp.died_on or stamp.restricted else Outcome.WAITING


def _community(code: str, found: NameList) -> str:
    inside = code.startswith(found.area) and find_area(code) is not None
    if not inside or level(code) not in (Level.COMMUNITY, Level.GRID):
        raise CannotSendOut("请选这个名单范围内的一个社区。")
    return code


def _areas(rows: Any) -> list[str]:
    return sorted(set(rows.values_list("area", flat=True)))


def _why_not_ask(title: str, questions: Mapping[str, Any], *, on: date) -> list[Finding]:
    """Reasons against the questions (题目不合适): they do not hold together, or ask what nobody may collect."""
    try:
        form = FormGrammar.model_validate({**questions, "title": clean_line(title) or "名单任务"})
    except ValidationError as error:
        told = [one["msg"].removeprefix("Value error, ") for one in error.errors()]
        return [Finding("namelists.questions", f"题目还不能用：{'；'.join(told)}", "questions")]
    if naming := [one.label for one in form.questions if one.is_sensitive or one.type not in ASKED]:
        sentence = f"名单任务不另收身份、电话、住址和附件，请去掉：{'、'.join(naming)}"
        return [Finding("namelists.naming", sentence, "questions")]
    words = [word for one in form.questions for word in (one.label, *(each.label for each in one.options))]
    return [Finding("namelists.not_asked", said, "questions") for said in why_not_asked(words, on=on)]
