"""The Excel of the other system comes back: checked row by row, then written at one stroke (导入外部导出表)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.foundations.documents.api import discard_files, file_content, store_upload
from yimen.foundations.imports.api import LOST_SENTENCE, lost_digits, rows_under
from yimen.foundations.imports.ports import SheetRow
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.api import Described, match_people
from yimen.work.transcripts.choices import WRITES
from yimen.work.transcripts.engine.grammar import OutsideSystem, find_system
from yimen.work.transcripts.engine.loading import NoSheet
from yimen.work.transcripts.models import OutsideRow, OutsideSheet, Transcript
from yimen.work.transcripts.permissions import WRITE
from yimen.work.transcripts.rules import Judged, Ours, Told, judge_rows, standing_after

PURPOSE = "transcripts.sheet"
MOST_ROWS = 5000
TOGETHER = 500
CHANGED_SINCE = "核对以后有人登记过这一件，没有改。"


class CannotReadSheet(NotPossible):
    code = "transcripts.cannot_read_sheet"


@operation("transcripts.sheet.read")
def read_sheet(*, by: Actor, at: datetime, area: str, system: str, file: File) -> OutsideSheet:
    """Read the Excel of another system and say row by row what it would do (核对导出表); nothing of ours changes yet.

    Refuses what is no plain workbook or table, and one without the columns that the system's definition names. The file is
    not kept.
    """
    by.must(WRITE, area=area)
    body = find_system(system, on=day_of(at))
    if body is None:
        raise CannotReadSheet("这个外部系统已经停用。")
    made = OutsideSheet(area=area, system=system, read_at=at, read_by=by.key, read_by_name=by.name[:80])
    kept = store_upload(by=by, at=at, subject=made.public_id, area=area, purpose=PURPOSE, file=file)
    headings = {"number": body.export.number, "state": body.export.state}
    if body.export.key:
        headings["key"] = body.export.key
    data = file_content(kept.public_id, subject=made.public_id, by=by)
    told = [_told(row, body) for row in rows_under(data, kept.kind, headings, most=MOST_ROWS)]
    discard_files(by=by, at=at, subject=made.public_id, area=area, why="已读出编号和状态，原表不留")
    judged = judge_rows(
        told, _known(told, system, body, by=by), {one.title: one.ended for one in body.states}
    )
    made.save(force_insert=True)
    OutsideRow.objects.bulk_create([_row(made, one) for one in judged], batch_size=TOGETHER)
    record(made, kind="outside_sheet", area=area, system=system, rows=len(judged))
    return made


@operation("transcripts.sheet.confirmed")
def confirm_sheet(*, by: Actor, at: datetime, sheet: UUID) -> OutsideSheet:
    """Write what a checked sheet says, all of it at one stroke (确认导入); each row keeps what came of it.

    What somebody wrote since the check stays as she wrote it. A second time changes nothing.
    """
    found = OutsideSheet.objects.within(by).select_for_update(of=("self",)).filter(public_id=sheet).first()
    if found is None:
        raise NoSheet
    by.must(WRITE, area=found.area)
    if found.done_at:
        unchanged()
        return found
    body = find_system(found.system, on=day_of(at))
    if body is None:
        raise CannotReadSheet("这个外部系统已经停用。")
    rows = list(OutsideRow.objects.within(by).filter(sheet=found, verdict__in=WRITES).order_by("id"))
    # In one order, so that two sheets confirmed at one moment wait for each other instead of locking each other out.
    locked = _ours(by=by).order_by("id").select_for_update(of=("self",))
    ours = locked.in_bulk([row.transcript_id for row in rows])
    manifest = []
    for row in rows:
        one, state = ours.get(row.transcript_id), body.state(row.outside_state)
        if one is None or state is None or one.edition != row.edition:
            row.sentence = CHANGED_SINCE
            continue
        manifest.append(
            {
                "transcript": str(one.public_id),
                "from": [one.outside_number, one.outside_state],
                "to": [row.outside_number, row.outside_state],
            }
        )
        one.outside_number, one.outside_state = row.outside_number, row.outside_state
        one.standing = standing_after(ended=state.ended)
        one.written_at, one.written_by, one.written_by_name = at, by.key, by.name[:80]
        one.edition += 1
        row.done = True
    Transcript.objects.bulk_update(ours.values(), _WRITTEN, batch_size=TOGETHER)
    OutsideRow.objects.bulk_update(rows, ["done", "sentence"], batch_size=TOGETHER)
    found.done_at = at
    found.save(update_fields=["done_at"])
    record_batch(manifest, kind="transcript", area=found.area, sheet=str(found.public_id))
    return found


_WRITTEN = [
    "outside_number", "outside_state", "standing", "written_at", "written_by", "written_by_name", "edition",
]  # fmt: skip


def _ours(*, by: Actor):
    return Transcript.objects.within(by).filter(area__begins_with_any=by.areas_for(WRITE))


def _told(row: SheetRow, body: OutsideSystem) -> Told:
    key = row.get("key") if body.export.key else row.get("number")
    spoilt = any(lost_digits(text) for text in row.values.values())
    if body.export.match == "case_number":
        key = key.replace("-", "").replace(" ", "")
    return Told(
        row.number, key, row.get("number")[:40], row.get("state"), lost=LOST_SENTENCE if spoilt else ""
    )


def _known(
    told: Sequence[Told], system: str, body: OutsideSystem, *, by: Actor
) -> Mapping[str, Sequence[Ours]]:
    """Ours by the key of the rows (对应), in a fixed number of queries."""
    rows = _ours(by=by).filter(system=system)
    keys = sorted({one.key for one in told if one.key and not one.lost})
    if body.export.match == "id_number":
        people = zip(keys, match_people([Described(id_number=key) for key in keys], by=by), strict=True)
        bearers = {match.person: key for key, match in people if match.person}
        pairs = [(bearers[one.person], one) for one in rows.filter(person__in=list(bearers))]
    else:
        column = body.export.match
        pairs = [(getattr(one, column), one) for one in rows.filter(**{f"{column}__in": keys})]
    found: dict[str, list[Ours]] = {}
    for key, one in pairs:
        ours = Ours(one.pk, one.standing, one.outside_number, one.outside_state, one.edition)
        found.setdefault(key, []).append(ours)
    return found


def _row(sheet: OutsideSheet, one: Judged) -> OutsideRow:
    known = one.verdict != "bad"
    return OutsideRow(
        sheet=sheet,
        area=sheet.area,
        number=one.told.row,
        verdict=one.verdict,
        transcript_id=one.ours.id if one.ours else None,
        edition=one.ours.edition if one.ours else 0,
        outside_number=one.told.number if known else "",
        outside_state=one.told.state if known else "",
        sentence=one.sentence[:120],
    )
