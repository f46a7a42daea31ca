"""Areas change, open cases go on (办件随区域调整): to the window that took over."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from yimen.foundations.audit.api import operation, unchanged
from yimen.foundations.documents.api import carry_over_papers
from yimen.foundations.forms.api import carry_over_sheets
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, level, street_of
from yimen.registers.people.api import communities_of_people
from yimen.registers.places.ports import AreaMove
from yimen.work.desk.choices import ShareState, StepKind
from yimen.work.desk.engine.joining import part_separated
from yimen.work.desk.engine.steps import leave_step
from yimen.work.desk.models import Case, FollowUp, PaperTray, ParkedIntake, Share
from yimen.work.desk.models.cases import OPEN_STATES

_WHERE = ("area", "desk_area", "home_area")


@operation("desk.cases.carried_over", inner=True)
def carry_over_cases(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """Open cases go over when areas are reorganised (办件随区域调整), with their answers and papers; what was settled keeps
    the area of its day. A move of single buildings, or of a grid to another community, takes the cases along of those
    who live there.
    """
    part = move.buildings is not None or level(move.old) is Level.GRID
    old, new = (community_of(move.old), community_of(move.new)) if part else (move.old, move.new)
    if old == new or not old or not new:
        unchanged()
        return 0
    at_old = Q(area=old) | Q(desk_area=old) | Q(home_area=old)
    rows = Case.objects.within(by).filter(at_old, state__in=OPEN_STATES)
    cases = list(rows.order_by("id").select_for_update(of=("self",)))
    if part:
        cases = _of_those_who_moved(cases, move, by=by)
    said = f"区域调整，由{move.old_name}转到{move.new_name}"
    taken = [case for case in cases if case.area == old]
    for case in cases:
        for where in _WHERE:
            if getattr(case, where) == old:
                setattr(case, where, new)
        case.street = street_of(case.area)
        leave_step(case, StepKind.CARRIED, by=by, at=at, said=said[:200], old=old)
    part_separated(taken, by=by, at=at)
    carry_over_sheets(by=by, at=at, sheets=[case.sheet for case in taken if case.sheet], area=new)
    carry_over_papers(by=by, at=at, subjects=[case.public_id for case in taken], area=new)
    numbers = [case.public_id for case in taken]
    Share.objects.filter(case__in=numbers, state=ShareState.OPEN).update(area=new)
    if not part:
        for model in (PaperTray, ParkedIntake, FollowUp):
            model.objects.within(by).filter(area=old).update(area=new)
        Share.objects.filter(unit_area=old, state=ShareState.OPEN).update(unit_area=new)
    if not cases:
        unchanged()
    return len(cases)


def _of_those_who_moved(cases: Iterable[Case], move: AreaMove, *, by: Actor) -> list[Case]:
    """People were carried over before: whoever's file lies in the successor now lived in those buildings."""
    homes = communities_of_people([case.person for case in cases], by=by)
    return [case for case in cases if homes.get(case.person) == community_of(move.new)]
