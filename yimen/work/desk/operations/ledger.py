"""The mark a case leaves in the ledger."""

from datetime import date, datetime

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.models import Case
from yimen.work.ledger.api import About, SourceKind, record_entry


@operation("desk.case.entered", inner=True)
def enter_case(
    *,
    case: Case,
    by: Actor,
    at: datetime,
    items: tuple[str, ...],
    card,
    on: date | None = None,
    late_reason: str = "",
) -> None:
    """Record what was done for this case (记台账), with the person as she stands today; ``on`` another day than today's
    makes it an entry made late."""
    record_entry(
        by=by,
        at=at,
        items=items,
        happened_on=on or day_of(at),
        late_reason=late_reason,
        area=case.area,
        source_kind=SourceKind.CASE,
        source=case.public_id,
        about=About(
            person=case.person,
            sex=card.sex,
            birth_on=card.birth_on,
            residence=card.residence_kind,
            household=card.household,
        ),
    )
