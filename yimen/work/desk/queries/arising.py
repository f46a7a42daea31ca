"""What a case led to, and from which one it was opened (由此另办的件), seen together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.work.desk.choices import StepKind
from yimen.work.desk.engine.steps import NoCase, matter_of, must_be_possible, opens
from yimen.work.desk.models import Case, CaseStep
from yimen.work.desk.ports import Beginning


@dataclass(frozen=True)
class Connected:
    """A case that another led to, or the one it came from; ``case`` is None where it is not the reader's to open, and ``words``
    say whose window took it."""

    came_first: bool
    case: Case | None
    words: str


def connected_cases(steps: Sequence[CaseStep], *, by: Actor) -> list[Connected]:
    """The cases that ``steps`` of one case speak of (由此另办), the one it came from first; one query at most."""
    said = [step for step in steps if step.kind in (StepKind.ARISES, StepKind.LED_ON)]
    if not said:
        return []
    rows = Case.objects.within(by).filter(public_id__in=[step.other for step in said])
    mine = {row.public_id: row for row in rows if opens(row.area, row.desk_area, row.home_area, by=by)}
    in_order = sorted(said, key=lambda step: (step.kind != StepKind.ARISES, step.id))
    return [Connected(step.kind == StepKind.ARISES, mine.get(step.other), step.note) for step in in_order]


def case_as_beginning(case: UUID, *, by: Actor) -> Beginning:
    """What an intake takes over from the case it is opened from (由此另办一件). Refuses who does not work on that one."""
    found = Case.objects.within(by).filter(public_id=case).first()
    if found is None or not opens(found.area, found.desk_area, by=by):
        raise NoCase
    must_be_possible("lead_on", found, matter_of(found))
    told = f"来自办件 {found.spoken_number}"
    return Beginning(found.source, sheet=found.sheet, told=told, person=found.person)
