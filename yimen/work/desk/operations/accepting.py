"""What accepting an application is made of (受理), whether its papers came at once or followed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import add_rows, announce, leave_rows, update_row
from yimen.foundations.definitions.api import working_calendar
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.following import give_days, nearest
from yimen.work.desk.engine.steps import take_step
from yimen.work.desk.events import CaseAccepted
from yimen.work.desk.models import Case, CasePaper, CaseStep
from yimen.work.desk.operations.ledger import enter_case
from yimen.work.desk.rules.following import in_words


@operation("desk.case.taken_up", inner=True)
def accept_now(
    *,
    by: Actor,
    at: datetime,
    case: Case,
    matter,
    on: date,
    card,
    receipt: UUID,
    to_mind: str = "",
    begun: Sequence[CaseStep] = (),
    papers: Sequence[CasePaper] = (),
) -> None:
    """Accept a received case (受理): its days run from ``on``, it gets its ledger entry, and is announced.

    A case that is only opened now is written as accepted, with its papers and the steps it has ``begun`` with. Papers that
    follow get their day (补交期限). The caller writes the letter named ``receipt`` as her last deed (`write_receipt`).
    """
    calendar = working_calendar(on=day_of(at))
    promised = calendar.add_working_days(on, matter.days.promised)
    legal = calendar.add_working_days(on, matter.days.legal)
    case.state, case.accepted_on, case.accepted_by = State.ACCEPTED, on, by.key
    case.due_on, case.legal_due_on = promised.day, legal.day
    case.due_provisional = bool(promised.provisional_years)
    held = papers if case.pk is None else list(CasePaper.objects.filter(case=case).order_by("id"))
    told = give_days(case, matter, held, on=day_of(at))
    case.papers_due_on = nearest(held)
    said = f"已受理，{promised.day.month}月{promised.day.day}日前{matter.done}{_to_follow(told)}"[:200]
    note = f"请留意：{to_mind}"[:400] if to_mind else ""
    case.edition += 1
    if case.pk:
        update_row(case)
        for paper in told:
            update_row(paper, "due_on")
    else:
        add_rows([case])
    step = take_step(
        case, StepKind.ACCEPTED, by=by, at=at, note=note, said=said, letter=receipt, due_on=promised.day
    )
    leave_rows([*begun, step], papers)
    enter_case(
        case=case,
        items=("case_accepted",),
        by=by,
        at=at,
        on=on,
        late_reason=case.late_reason if on < day_of(at) else "",
        card=card,
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


def _to_follow(papers: Sequence[CasePaper]) -> str:
    """What the resident reads of papers that follow."""
    days = [(paper.title, paper.due_on) for paper in papers if paper.due_on]
    if not days:
        return ""
    last = max(day for _, day in days)
    return f"；请在{last.month}月{last.day}日前补交{in_words(days)}"
