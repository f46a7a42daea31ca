"""Write down how an organisation came, changed or went (变更记录)."""

from datetime import date, datetime

from yimen.kernel.actor import Actor
from yimen.kernel.text import clean_line
from yimen.registers.organisations.choices import MilestoneKind
from yimen.registers.organisations.models import Milestone, Organisation
from yimen.registers.organisations.rules import Approval


def note_milestone(
    about: Organisation,
    kind: MilestoneKind,
    on: date,
    approval: Approval,
    *,
    by: Actor,
    at: datetime,
    **more: object,
) -> None:
    """One row within the open operation, with what it rests on."""
    Milestone.objects.create(
        organisation=about,
        kind=kind,
        on=on,
        authority=clean_line(approval.authority),
        number=clean_line(approval.number),
        approved_on=approval.on,
        why=clean_line(approval.why),
        noted_at=at,
        noted_by=by.key,
        **more,
    )
