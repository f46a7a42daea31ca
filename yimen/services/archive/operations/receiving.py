"""The keeper holds the list against the paper, line by line, and signs (核对、接收)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.archive.choices import DIFFERENT, Stage, Verdict
from yimen.services.archive.engine.loading import NoItem, load_list
from yimen.services.archive.models import HandoverItem, HandoverList
from yimen.services.archive.operations.files import take_into_archive
from yimen.services.archive.permissions import KEEP
from yimen.services.archive.rules import why_not_sign_twice


class CannotReceive(NotPossible):
    code = "archive.cannot_receive"


@operation("archive.item.ticked")
def tick_item(
    *, by: Actor, at: datetime, handover: UUID, item: UUID, verdict: Verdict, note: str = ""
) -> HandoverItem:
    """Say of one line what was found (逐件核对): received, missing or incomplete, with a note; until the signature it can be
    said anew."""
    found = _to_receive(handover, by=by)
    row = HandoverItem.objects.filter(list=found, public_id=item).first()
    if row is None:
        raise NoItem
    verdict, note = Verdict(verdict), clean_line(note)[:200]
    if verdict in DIFFERENT and not note:
        raise CannotReceive("请写明差什么，社区要凭它去找。")
    row.verdict, row.note = verdict, note if verdict in DIFFERENT else ""
    row.ticked_at, row.ticked_by_name = (at, by.name) if verdict != Verdict.PENDING else (None, "")
    row.save(update_fields=["verdict", "note", "ticked_at", "ticked_by_name"])
    record(row, kind="handover_item", area=row.area, of=str(found.public_id), verdict=row.verdict)
    return row


@operation("archive.items.ticked")
def tick_rest(*, by: Actor, at: datetime, handover: UUID) -> int:
    """All lines nothing was said of yet are received (其余全部收到), in one statement; answers how many."""
    found = _to_receive(handover, by=by)
    rest = HandoverItem.objects.filter(list=found, verdict=Verdict.PENDING)
    count = rest.update(verdict=Verdict.RECEIVED, ticked_at=at, ticked_by_name=by.name)
    record(found, kind="handover_list", area=found.area, received=count)
    return count


@operation("archive.list.received")
def sign_list(*, by: Actor, at: datetime, handover: UUID) -> HandoverList:
    """The keeper signs (接收人签字): each received case gets its archive number, differences stay open; the list is final.

    Refuses while a line is not ticked, who signed as sender, and when a case on it is under way again.
    """
    found = _to_receive(handover, by=by)
    items = list(HandoverItem.objects.filter(list=found).order_by("line"))
    if open_lines := sum(item.verdict == Verdict.PENDING for item in items):
        raise CannotReceive(f"还有 {open_lines} 件没有核对，核对完再签字。")
    if finding := why_not_sign_twice(sender=found.sent_by, receiver=by.key):
        raise CannotReceive(finding.sentence, findings=[finding])
    received = [item for item in items if item.verdict == Verdict.RECEIVED]
    take_into_archive(by=by, at=at, items=received, note=f"随{found.month_words}移交清单接收")
    found.stage, found.received_at = Stage.RECEIVED, at
    found.received_by, found.received_by_name = by.key, by.name
    found.save(update_fields=["stage", "received_at", "received_by", "received_by_name"])
    record(
        found,
        kind="handover_list",
        area=found.area,
        received=len(received),
        different=len(items) - len(received),
        stage=found.stage,
    )
    return found


def _to_receive(handover: UUID, *, by: Actor) -> HandoverList:
    found = load_list(handover, by=by)
    by.must(KEEP, area=found.area)
    if found.stage == Stage.MADE:
        raise CannotReceive("社区还没有签字移交，先请社区在清单上签字。")
    if found.stage == Stage.RECEIVED:
        raise CannotReceive(f"这张清单已由 {found.received_by_name} 签字接收，不能再改。")
    return found
