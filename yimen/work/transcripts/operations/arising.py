"""A transcript arises with its case, goes over with its area, and waits no longer when the case is over."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, level, street_of
from yimen.kernel.clock import day_of
from yimen.registers.people.api import communities_of_people
from yimen.registers.places.ports import AreaMove
from yimen.work.desk.api import State, find_cases
from yimen.work.transcripts.choices import OPEN, Standing
from yimen.work.transcripts.engine.grammar import systems
from yimen.work.transcripts.models import Transcript

_OVER = (State.DECLINED, State.WITHDRAWN, State.VOIDED)


@operation("transcripts.case.begun")
def begin_transcripts(*, by: Actor, at: datetime, case: UUID, matter: str) -> int:
    """A case was accepted: it waits to be typed into each other system that wants its matter (待抄录); answers how many.

    Once for each case and system, however often it is told.
    """
    wanted = [one.key for one in systems(on=day_of(at)) if matter in one.body.matters]
    found = find_cases(by=by).filter(public_id=case).first() if wanted else None
    if found is None or found.state in _OVER:
        unchanged()
        return 0
    known = set(Transcript.objects.within(by).filter(case=case).values_list("system", flat=True))
    made = [
        Transcript(
            case=case,
            case_number=found.number,
            matter_title=found.matter_title,
            person=found.person,
            person_name=found.person_name,
            area=found.area,
            street=found.street,
            system=key,
            accepted_on=found.accepted_on,
        )
        for key in wanted
        if key not in known
    ]
    Transcript.objects.bulk_create(made, ignore_conflicts=True)
    for one in made:
        record(one, kind="transcript", area=one.area, case=str(case), system=one.system)
    if not made:
        unchanged()
    return len(made)


@operation("transcripts.case.stopped")
def stop_waiting(*, by: Actor, at: datetime, case: UUID) -> int:
    """A case was withdrawn or voided: nobody need type it any more (不用抄录); answers how many.

    What is over in the other system stays over.
    """
    waiting = Transcript.objects.within(by).filter(case=case, standing__in=OPEN)
    found = list(waiting.select_for_update(of=("self",)))
    for one in found:
        one.standing, one.edition = Standing.DROPPED, one.edition + 1
        record(one, kind="transcript", area=one.area, case=str(case), system=one.system)
    Transcript.objects.bulk_update(found, ["standing", "edition"])
    if not found:
        unchanged()
    return len(found)


@operation("transcripts.rows.carried_over", inner=True)
def carry_over_transcripts(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """What still waits goes over with its case when areas are reorganised (随区域调整); what is over keeps its area."""
    part = move.buildings is not None or level(move.old) is Level.GRID
    old, new = (community_of(move.old), community_of(move.new)) if part else (move.old, move.new)
    unchanged()
    if old == new or not old or not new:
        return 0
    rows = Transcript.objects.within(by).open().filter(area=old)
    if part:
        # People were carried over before: her case goes where she lives now.
        homes = communities_of_people(set(rows.values_list("person", flat=True)), by=by)
        rows = rows.filter(person__in=[who for who, home in homes.items() if home == new])
    return rows.update(area=new, street=street_of(new))
