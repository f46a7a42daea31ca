"""Cases of the same thing that are decided together (并案办理)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from yimen.kernel.actor import Actor
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.steps import leave_step
from yimen.work.desk.models import Case


def joined_cases(lead: Case, *, by: Actor) -> list[Case]:
    """The running cases that are decided together with this one, locked until commit, in the order in which they came."""
    rows = Case.objects.within(by).select_for_update(of=("self",)).filter(lead=lead, state=State.ACCEPTED)
    return list(rows.order_by("id"))


def part(case: Case, *, by: Actor, at: datetime, why: str) -> None:
    """From now on this case goes its own way (拆开单办)."""
    case.lead = None
    leave_step(case, StepKind.PARTED, by=by, at=at, note=why[:400], said="单独办理，期限不变")


def part_all(lead: Case, *, by: Actor, at: datetime, why: str) -> None:
    """The case that led others ends without a decision: each of them goes its own way."""
    for case in joined_cases(lead, by=by):
        part(case, by=by, at=at, why=why)


def part_separated(moved: Sequence[Case], *, by: Actor, at: datetime) -> None:
    """Of cases that went to another window, those whose leading case stayed behind (or the other way) go their own way."""
    pairs = Case.objects.within(by).filter(Q(id__in=[case.id for case in moved]) | Q(lead__in=moved))
    apart = pairs.filter(state=State.ACCEPTED, lead__isnull=False).exclude(area=F("lead__area"))
    for case in apart.select_for_update(of=("self",)).order_by("id"):
        part(case, by=by, at=at, why="区域调整后不在同一个窗口办")
