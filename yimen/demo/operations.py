"""The only writer of the demo itself: telling a resident that her matter has moved, which no app does by itself yet."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.messages.api import tell_person
from yimen.kernel.actor import Actor


@operation("demo.resident.told")
def tell_resident(*, by: Actor, at: datetime, person: UUID, case: UUID, area: str, text: str) -> None:
    """Tell a resident about her case in the way she is reached (告知办理结果)."""
    tell_person(
        by=by,
        at=at,
        person=person,
        title="您办的事有结果了",
        text=text,
        area=area,
        link=f"/desk/cases/{case}/",
    )
