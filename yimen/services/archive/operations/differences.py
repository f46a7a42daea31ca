"""What differed stays open until it is cleared up (差异处理): found after all, or carried on to the next list."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.archive.choices import DIFFERENT, Cleared, Stage
from yimen.services.archive.engine.loading import load_item
from yimen.services.archive.models import HandoverItem
from yimen.services.archive.operations.files import take_into_archive
from yimen.services.archive.permissions import HAND_OVER, KEEP


class CannotClear(NotPossible):
    code = "archive.cannot_clear"


@operation("archive.difference.found")
def found_later(*, by: Actor, at: datetime, item: UUID, note: str = "") -> HandoverItem:
    """What was missing came after all (后来收到): the keeper receives it on the same line, and it gets its archive number."""
    found = _open_difference(item, by=by)
    by.must(KEEP, area=found.area)
    take_into_archive(
        by=by, at=at, items=[found], note=f"{found.list.month_words}移交清单第 {found.line} 条，后来收到"
    )
    return _clear(found, Cleared.FOUND, note, by=by, at=at)


@operation("archive.difference.carried")
def carry_on(*, by: Actor, at: datetime, item: UUID, note: str) -> HandoverItem:
    """It will not come soon (转下次移交): the line is closed with its reason, the case stands on the next list."""
    found = _open_difference(item, by=by)
    if not by.can(KEEP, area=found.area):
        by.must(HAND_OVER, area=found.area)
    if not clean_line(note):
        raise CannotClear("请写明为什么转到下次移交。")
    return _clear(found, Cleared.CARRIED, note, by=by, at=at)


def _open_difference(item: UUID, *, by: Actor) -> HandoverItem:
    found = load_item(item, by=by)
    if found.list.stage != Stage.RECEIVED:
        raise CannotClear("清单还没有签字接收，直接在清单上改核对结果。")
    if found.verdict not in DIFFERENT or found.cleared:
        raise CannotClear("这一条没有未处理的差异。")
    return found


def _clear(item: HandoverItem, how: Cleared, note: str, *, by: Actor, at: datetime) -> HandoverItem:
    item.cleared, item.cleared_at, item.cleared_by_name = how, at, by.name
    item.cleared_note = clean_line(note)[:200]
    item.save(update_fields=["cleared", "cleared_at", "cleared_by_name", "cleared_note"])
    record(item, kind="handover_item", area=item.area, cleared=item.cleared, number=item.archive_number)
    return item
