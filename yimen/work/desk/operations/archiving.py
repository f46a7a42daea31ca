"""Take what is over into the archive (归档): a gapless number, one case or a whole hand-over list at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.audit.api import looked_lately, operation, record_look, unchanged
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.numbers import next_archive_numbers
from yimen.work.desk.engine.steps import (
    CannotDo,
    end_of_cases,
    leave_steps,
    load_case,
    matter_of,
    must_be_possible,
)
from yimen.work.desk.events import CaseArchived
from yimen.work.desk.models import Case
from yimen.work.desk.permissions import ARCHIVE_CASE
from yimen.work.desk.rules.states import may_be_handed_over

SAME_LOOK = timedelta(minutes=10)


@operation("desk.case.archived")
def archive_case(*, by: Actor, at: datetime, case: UUID, place: str, edition: int | None = None) -> Case:
    """Take a delivered case into the archive (归档): a gapless archive number, and where the paper lies."""
    found = load_case(case, by=by, edition=edition)
    by.must(ARCHIVE_CASE, area=found.area)
    must_be_possible("archive", found, matter_of(found))
    if not place.strip():
        raise CannotDo("请写明纸质材料放在哪里；没有纸质材料就写“无纸质”。")
    _archive([found], by=by, at=at, note=place.strip(), listed=False)
    return found


@operation("desk.cases.archived")
def archive_cases(*, by: Actor, at: datetime, cases: Sequence[UUID], note: str) -> dict[UUID, str]:
    """Take what is over into the archive (批量归档), in the order given; answers the archive number of each case.

    For the hand-over by list. Who has a number keeps it. What was declined or withdrawn keeps its state besides. If one
    of them is under way again, or out of reach, nothing is archived and all such are named.
    """
    locked = (
        Case.objects.within(by).select_for_update(of=("self",)).filter(public_id__in=cases).order_by("id")
    )
    found = {case.public_id: case for case in locked}
    for area in {case.area for case in found.values()}:
        by.must(ARCHIVE_CASE, area=area)
    if len(found) < len(set(cases)):
        raise CannotDo("清单里有的办件找不到，或不在您的范围内，不能归档。")
    fresh = [found[case] for case in dict.fromkeys(cases) if found[case].archive_number is None]
    if again := [case.spoken_number for case in fresh if not may_be_handed_over(case.state)]:
        raise CannotDo(f"这些办件还没有办完，不能归档：{'、'.join(again)}。")
    _archive(fresh, by=by, at=at, note=note, listed=True)
    unchanged()
    return {public_id: case.archive_number for public_id, case in found.items()}


@operation("desk.case.looked_at")
def note_look_at_archived(*, by: Actor, at: datetime, case: UUID) -> None:
    """Note that somebody opens a case that lies in the archive (查阅归档办件); one under way is work and leaves none."""
    unchanged()
    found = Case.objects.within(by).filter(public_id=case, archive_number__isnull=False).first()
    if found is not None and not looked_lately(case, by=by, since=at - SAME_LOOK, until=at):
        record_look(by=by, at=at, subject=case, area=found.area, why="打开已归档的办件")


def _archive(cases: Sequence[Case], *, by: Actor, at: datetime, note: str, listed: bool) -> None:
    on = day_of(at)
    wanted = [(case.area, matter_of(case).archive.category) for case in cases]
    for case, number in zip(cases, next_archive_numbers(wanted, on=on), strict=True):
        case.archive_number = number
        if case.state == State.DELIVERED:
            case.state = State.ARCHIVED
    leave_steps(cases, StepKind.ARCHIVED, by=by, at=at, note=note)
    end_of_cases(cases, by=by, at=at)
    for case in cases:
        announce(
            CaseArchived(
                subject=case.public_id,
                area=case.area,
                matter=case.matter,
                person=case.person,
                on=on,
                archive_number=case.archive_number,
                listed=listed,
            )
        )
