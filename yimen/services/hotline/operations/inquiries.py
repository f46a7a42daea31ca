"""Count a question, and take the tap back."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.services.hotline.engine.calls import INQUIRY
from yimen.services.hotline.engine.topics import topic
from yimen.services.hotline.permissions import LOG
from yimen.services.hotline.queries.inquiries import NoTopic
from yimen.work.ledger.api import SourceKind, record_entry, undo_entry


@operation("hotline.inquiry.counted")
def count_inquiry(*, by: Actor, at: datetime, area: str, topic_key: str):
    """Count one question at the window (咨询一次): one ledger entry that knows nobody. Answers the entry."""
    found = topic(topic_key, on=day_of(at))
    if found is None:
        raise NoTopic
    by.must(LOG, area=area)
    return record_entry(
        by=by,
        at=at,
        items=(found.body.item, INQUIRY),
        happened_on=day_of(at),
        area=area,
        source_kind=SourceKind.INQUIRY,
    )


@operation("hotline.inquiry.undone")
def undo_inquiry(*, by: Actor, at: datetime, area: str, entry: UUID):
    """Take back a question one counted oneself today (撤销咨询); the pair stays in the ledger, the figure falls."""
    by.must(LOG, area=area)
    return undo_entry(by=by, at=at, entry=entry, item=INQUIRY)
