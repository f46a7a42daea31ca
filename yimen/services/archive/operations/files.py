"""Keep what came into the archive, and note who opens it (归档、查阅)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import looked_lately, operation, record, record_look, unchanged
from yimen.foundations.documents.api import letter_counts
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.archive.engine.loading import NoFile
from yimen.services.archive.models import ArchiveFile, HandoverItem, Placing
from yimen.services.archive.permissions import KEEP, VIEW_FILES
from yimen.services.archive.rules import keep_until
from yimen.work.desk import api as desk

SAME_LOOK = timedelta(minutes=10)
TOGETHER = 500


class NoReason(NotPossible):
    code = "archive.no_reason"
    sentence = "查阅档案要说明事由。"


@operation("archive.items.taken", inner=True)
def take_into_archive(*, by: Actor, at: datetime, items: Sequence[HandoverItem], note: str) -> None:
    """Take the cases of received lines into the archive (接收入档): numbers without gaps, a file each, in a few statements."""
    numbers = desk.archive_cases(by=by, at=at, cases=[item.case for item in items], note=note)
    for item in items:
        item.archive_number = numbers[item.case]
    HandoverItem.objects.bulk_update(items, ["archive_number"], batch_size=TOGETHER)
    on = day_of(at)
    ArchiveFile.objects.bulk_create(
        [
            ArchiveFile(
                archive_number=item.archive_number,
                case=item.case,
                case_number=item.case_number,
                area=item.area,
                year=on.year,
                category=item.category,
                matter=item.matter,
                matter_title=item.matter_title,
                person=item.person,
                person_name=item.person_name,
                ended_on=item.ended_on,
                archived_on=on,
                keep_years=item.keep_years,
                keep_until=keep_until(item.ended_on, item.keep_years),
                papers=item.papers,
                letters=item.letters,
                has_paper=item.on_paper > 0,
            )
            for item in items
        ],
        batch_size=TOGETHER,
        ignore_conflicts=True,
    )
    unchanged()


@operation("archive.case.kept")
def keep_archived_case(*, by: Actor, at: datetime, case: UUID) -> ArchiveFile:
    """A case that was archived by itself, without a list, stands in the register too (单件归档入册); once per case."""
    known = ArchiveFile.objects.within(by).filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    view = desk.get_case(case, by=by)
    found, rule = view.case, desk.archive_rule(view.case)
    by.must(KEEP, area=found.area)
    step = next(one for one in view.steps if one.kind == "archived")
    count = desk.paper_counts([found]).get(found.pk, desk.PaperCount())
    file = ArchiveFile.objects.create(
        archive_number=found.archive_number,
        case=case,
        case_number=found.number,
        area=found.area,
        year=int(found.archive_number[:4]),
        category=rule.category,
        matter=found.matter,
        matter_title=found.matter_title,
        person=found.person,
        person_name=found.person_name,
        ended_on=found.settled_on,
        archived_on=day_of(step.at),
        keep_years=rule.keep_years,
        keep_until=keep_until(found.settled_on, rule.keep_years),
        papers=count.checked,
        letters=letter_counts([case], by=by).get(case, 0),
        has_paper=count.on_paper > 0,
        place=step.note[:200],
    )
    Placing.objects.create(
        file=file,
        place=file.place,
        why="归档时写明",
        placed_at=step.at,
        placed_by=step.done_by,
        placed_by_name=step.done_by_name,
    )
    record(file, kind="archive_file", area=file.area, archive_number=file.archive_number, case=str(case))
    return file


@operation("archive.file.opened")
def open_archive_file(*, by: Actor, at: datetime, file: UUID, why: str) -> None:
    """Note that somebody opens an archived file, and why (查阅登记). The look belongs to the case, as those at its letters and
    scans do. Coming back for the same reason within a few minutes is the same look."""
    unchanged()
    found = ArchiveFile.objects.within(by).filter(public_id=file).first()
    if found is None:
        raise NoFile
    by.must(VIEW_FILES, area=found.area)
    reason = clean_line(why)[:150]
    if not reason:
        raise NoReason
    if not looked_lately(found.case, by=by, since=at - SAME_LOOK, until=at, why=reason):
        record_look(by=by, at=at, subject=found.case, area=found.area, why=reason)
