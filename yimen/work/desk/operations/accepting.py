"""What accepting an application is made of (受理), whether its papers came at once or followed."""

from datetime import date, datetime

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import announce
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.letters import write_letter
from yimen.work.desk.engine.steps import leave_step
from yimen.work.desk.events import CaseAccepted
from yimen.work.desk.models import Case, CasePaper
from yimen.work.desk.operations.ledger import enter_case
from yimen.work.desk.rules.acceptance import COUNTED


@operation("desk.case.taken_up", inner=True)
def accept_now(*, by: Actor, at: datetime, case: Case, matter, on: date, card, to_mind: str = "") -> None:
    """Accept a received case (受理): its days run from ``on``, it gets its letter, its ledger entry, and is announced."""
    calendar = working_calendar(on=day_of(at))
    promised = calendar.add_working_days(on, matter.days.promised)
    legal = calendar.add_working_days(on, matter.days.legal)
    case.state, case.accepted_on, case.accepted_by = State.ACCEPTED, on, by.key
    case.due_on, case.legal_due_on = promised.day, legal.day
    case.due_provisional = bool(promised.provisional_years)
    letter = uuid7()
    said = f"已受理，{promised.day.month}月{promised.day.day}日前办结"
    note = f"请留意：{to_mind}"[:400] if to_mind else ""
    leave_step(
        case, StepKind.ACCEPTED, by=by, at=at, note=note, said=said, letter=letter, due_on=promised.day
    )
    enter_case(
        case=case,
        items=("case_accepted",),
        by=by,
        at=at,
        on=on,
        late_reason=case.late_reason if on < day_of(at) else "",
        card=card,
    )
    # Last, because the next letter of this window waits for its number from here on.
    write_letter(
        by=by,
        at=at,
        case=case,
        letter=matter.letters.acceptance,
        public_id=letter,
        papers=_papers_in_hand(case) or ["无需提交材料，以本人承诺为准"],
        days=matter.days.promised,
        due_on=promised.day,
    )
    announce(
        CaseAccepted(
            subject=case.public_id,
            area=case.area,
            matter=case.matter,
            person=case.person,
            on=on,
            due_on=promised.day,
        )
    )


def _papers_in_hand(case: Case) -> list[str]:
    rows = CasePaper.objects.filter(case=case, state__in=COUNTED).order_by("id")
    return [f"{paper.title}（{paper.get_state_display()}）" for paper in rows]
