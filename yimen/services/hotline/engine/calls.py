"""What the writers of calls share: the row held for a deed, its ledger entry, and how a number is kept."""

from datetime import datetime
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.faults import Fault
from yimen.kernel.refusals import NotFound
from yimen.kernel.text import clean_line
from yimen.services.hotline.choices import Result
from yimen.services.hotline.models import Call
from yimen.standards.phone import parse_phone
from yimen.work.ledger.api import SourceKind, record_entry

CALL, INQUIRY = "call", "inquiry"


class NoCall(NotFound):
    code = "hotline.no_call"
    sentence = "没有这条来电，或不在您的范围内。"


def lock_call(public_id: UUID, *, by: Actor) -> Call:
    """The call within reach, held until the deed is done."""
    found = Call.objects.within(by).select_for_update(of=("self",)).filter(public_id=public_id).first()
    if found is None:
        raise NoCall
    return found


def enter_call(call: Call, *, item: str, by: Actor, at: datetime) -> None:
    """The ledger entry of a call (来电记台账); what was answered at once is a question answered, too."""
    items = (CALL, item, INQUIRY) if call.result == Result.ANSWERED else (CALL,)
    record_entry(
        by=by,
        at=at,
        items=items,
        happened_on=day_of(at),
        area=call.area,
        source_kind=SourceKind.INQUIRY,
        source=call.public_id,
    )


def plain_number(typed: str) -> str:
    """A number as it is kept; an odd one is kept as it was typed and blocks nothing."""
    read = parse_phone(typed) if typed.strip() else None
    return clean_line(typed)[:30] if read is None or isinstance(read, Fault) else read.number
