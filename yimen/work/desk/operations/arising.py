"""One case leads to another of a different matter (由此另办一件), each with its own clock, window and letters."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.registers.people.api import person_ids
from yimen.registers.places.api import area_name
from yimen.work.desk.choices import StepKind
from yimen.work.desk.engine.steps import (
    CannotDo,
    NoCase,
    leave_step,
    load_case,
    matter_of,
    must_be_possible,
    opens,
)
from yimen.work.desk.models import Case


@operation("desk.case.led_on", inner=True)
def lead_on(*, by: Actor, at: datetime, first: UUID, case: UUID) -> Case:
    """``case`` was opened from ``first`` (由此另办一件), for the same person; both say so in a step, for good.

    Who reads only one of them learns the window of the other and nothing else: not what it is about. Refuses who does not
    open ``first``, another person, and a ``first`` that ended or lies in the archive.
    """
    before = load_case(first, by=by)
    if not opens(before.area, before.desk_area, by=by):
        raise NoCase
    must_be_possible("lead_on", before, matter_of(before))
    new = load_case(case, by=by)
    if new.person not in person_ids(before.person, by=by):
        raise CannotDo("由一件事引出的另一件，要为同一位居民办；换了人，请从她的档案里受理。")
    leave_step(
        new,
        StepKind.ARISES,
        by=by,
        at=at,
        note=f"由{area_name(before.area)}收的另一件引出",
        other=before.public_id,
        first=before.number,
    )
    leave_step(
        before,
        StepKind.LED_ON,
        by=by,
        at=at,
        note=f"由此另办一件，{area_name(new.area)}收件",
        said="由这件事引出的另一件已单独收件，有自己的回执和期限",
        other=new.public_id,
        led_to=new.number,
    )
    return new
