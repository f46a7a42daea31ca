"""Make the hand-over lists of a month, and sign one off on the side of the community (移交)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.documents.api import letter_counts
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import Conflict, NotPossible
from yimen.services.archive.choices import Cleared, Stage
from yimen.services.archive.engine.loading import load_list
from yimen.services.archive.models import HandoverItem, HandoverList
from yimen.services.archive.permissions import HAND_OVER
from yimen.services.archive.rules import last_day, month_due, month_of
from yimen.work.desk import api as desk

TOGETHER = 1000


class CannotHandOver(NotPossible):
    code = "archive.cannot_hand_over"


class ListChanged(Conflict):
    code = "archive.list_changed"
    sentence = "清单刚刚有变动（现在 {lines} 件），请看过最新的清单再签字。"


@operation("archive.lists.made")
def make_due_lists(*, by: Actor, at: datetime) -> int:
    """Make every list that must stand by now (月末自动生成移交清单); answers how many lines were written.

    On the last day of a month, by the street's day, those of that month; on any other day those of the month before that
    are still missing, because the machine was off. However often it runs, nothing stands twice.
    """
    month = month_due(day_of(at))
    areas = set(_unlisted(month, by=by).values_list("area", flat=True).distinct())
    written = sum(len(items) for items in _fill(areas, month, by=by, at=at).values())
    unchanged()
    return written


@operation("archive.list.made")
def make_list(*, by: Actor, at: datetime, area: str) -> HandoverList:
    """Make this month's list of one area by hand (提前做清单), or add what was finished since while it is unsigned.

    Refuses when there is nothing to hand over, or when the community has signed this month's list.
    """
    by.must(HAND_OVER, area=area)
    month = month_of(day_of(at))
    standing = HandoverList.objects.within(by).filter(area=area, month=month).first()
    if standing is not None and standing.stage != Stage.MADE:
        raise CannotHandOver("这个月的清单已经签字移交，之后办结的进下个月的清单。")
    unchanged()
    # What is no window's area has nothing finished, and gets no row tried for it.
    if standing is None and not _unlisted(month, by=by).filter(area=area).exists():
        raise CannotHandOver("现在没有要移交的办件。")
    written = _fill({area}, month, by=by, at=at)
    found = HandoverList.objects.within(by).filter(area=area, month=month).first()
    if found is None:
        raise CannotHandOver("现在没有要移交的办件。")
    if not written and standing is None:
        return found
    if not written:
        raise CannotHandOver("清单已经是最新的，没有新办结的件。")
    return found


@operation("archive.list.sent")
def send_list(*, by: Actor, at: datetime, handover: UUID, lines: int) -> HandoverList:
    """The community signs its list off as handed over (移交人签字). ``lines`` is how many the signer saw."""
    found = load_list(handover, by=by)
    by.must(HAND_OVER, area=found.area)
    if found.stage != Stage.MADE:
        raise CannotHandOver(f"这张清单已由 {found.sent_by_name} 签字移交。")
    if lines != found.lines:
        raise ListChanged(lines=found.lines)
    found.stage, found.sent_at, found.sent_by, found.sent_by_name = Stage.SENT, at, by.key, by.name
    found.save(update_fields=["stage", "sent_at", "sent_by", "sent_by_name"])
    record(found, kind="handover_list", area=found.area, lines=found.lines, stage=found.stage)
    return found


def _fill(areas: set[str], month: date, *, by: Actor, at: datetime) -> dict[str, list[HandoverItem]]:
    """Put what is over and on no list onto the unsigned lists of ``areas``, making those that are missing.

    The candidates are read after the lists are locked: whoever waited for a twin sees what the twin has written. The
    index "a case on one list" stands behind that.
    """
    wanted = [HandoverList(area=area, month=month, made_at=at, made_by=by.key) for area in sorted(areas)]
    HandoverList.objects.bulk_create(wanted, ignore_conflicts=True)
    locked = HandoverList.objects.select_for_update().filter(area__in=areas, month=month, stage=Stage.MADE)
    lists = {one.area: one for one in locked.order_by("id")}
    cases: dict[str, list[Any]] = defaultdict(list)
    unlisted = _unlisted(month, by=by).filter(area__in=lists)
    for case in unlisted.order_by("area", "ended_at", "id"):
        cases[case.area].append(case)
    made = {area: _lines(lists[area], found, by=by) for area, found in cases.items()}
    HandoverItem.objects.bulk_create([item for items in made.values() for item in items], batch_size=TOGETHER)
    for area, items in made.items():
        found = lists[area]
        found.lines += len(items)
        record(
            found,
            kind="handover_list",
            area=area,
            month=f"{month:%Y-%m}",
            added=len(items),
            lines=found.lines,
        )
    HandoverList.objects.bulk_update([lists[area] for area in made], ["lines"], batch_size=TOGETHER)
    HandoverList.objects.filter(public_id__in=[one.public_id for one in wanted], lines=0).delete()
    return made


def _unlisted(month: date, *, by: Actor) -> QuerySet[Any]:
    """What was over by the end of the month and stands on no list, or was carried on from one."""
    listed = HandoverItem.objects.filter(case=OuterRef("public_id")).exclude(cleared=Cleared.CARRIED)
    return desk.cases_to_hand_over(until=last_day(month), by=by).filter(~Exists(listed))


def _lines(handover: HandoverList, cases: Sequence[Any], *, by: Actor) -> list[HandoverItem]:
    papers = desk.paper_counts(cases)
    letters = letter_counts([case.public_id for case in cases], by=by)
    carried = HandoverItem.objects.filter(
        case__in=[case.public_id for case in cases], cleared=Cleared.CARRIED, carried_to__isnull=True
    )
    before = {item.case: item for item in carried}
    items = []
    for line, case in enumerate(cases, handover.lines + 1):
        rule, count = desk.archive_rule(case), papers.get(case.pk, desk.PaperCount())
        items.append(
            HandoverItem(
                list=handover,
                line=line,
                area=handover.area,
                case=case.public_id,
                case_number=case.number,
                matter=case.matter,
                matter_title=case.matter_title,
                person=case.person,
                person_name=case.person_name,
                ending=case.get_outcome_display() or case.get_state_display(),
                ended_on=day_of(case.ended_at),
                papers=count.checked,
                on_paper=count.on_paper,
                letters=letters.get(case.public_id, 0),
                category=rule.category,
                keep_years=rule.keep_years,
                carried_from=before.get(case.public_id),
            )
        )
    return items
