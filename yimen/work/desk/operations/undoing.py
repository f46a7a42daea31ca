"""Undo what was a slip of the hand (撤销): a case taken in by mistake, a delivery that did not happen.

Decisions are not undone here: a resident may rely on them, and they are changed by a new decision with its own letter.
"""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import announce
from yimen.foundations.documents.api import letters_of, void_letter
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.following import papers_due
from yimen.work.desk.engine.joining import part_all
from yimen.work.desk.engine.steps import (
    CannotDo,
    end_of_case,
    leave_step,
    load_case,
    matter_of,
    must_be_possible,
)
from yimen.work.desk.events import CaseDropped
from yimen.work.desk.models import Case, CaseStep, Delivery, RatingSlip
from yimen.work.desk.permissions import ACCEPT_CASE, HANDLE_CASE
from yimen.work.desk.rules.undoing import Slip, why_not_undo, why_not_void
from yimen.work.ledger.api import SourceKind, take_back_source


@operation("desk.case.voided")
def void_case(*, by: Actor, at: datetime, case: UUID, why: str, edition: int | None = None) -> Case:
    """Void a case that was taken in by mistake (误收作废): the wrong person, the wrong matter, twice the same.

    Only on the same day, by who took it in, before anybody has worked on it. Its number stays used, its letters are
    void, its ledger entries are taken back, and the word on the receipt says so.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(ACCEPT_CASE, area=found.area)
    must_be_possible("void", found, matter_of(found))
    steps = CaseStep.objects.filter(case=found).values_list("kind", flat=True)
    slip = Slip(on=day_of(found.received_at), by=found.received_by)
    if finding := why_not_void(slip, steps=steps, by=by.key, today=day_of(at)):
        raise CannotDo(finding.sentence, findings=[finding])
    if not why.strip():
        raise CannotDo("请写明录错了什么。")
    take_back_source(
        by=by,
        at=at,
        source_kind=SourceKind.CASE,
        source=found.public_id,
        why=f"误收作废：{why.strip()}"[:400],
    )
    for letter in letters_of(found.public_id, by=by):
        void_letter(by=by, at=at, letter=letter.public_id, why="误收作废")
    found.state, found.due_on, found.legal_due_on, found.papers_due_on = State.VOIDED, None, None, None
    leave_step(found, StepKind.VOIDED, by=by, at=at, note=why.strip(), said="窗口录错，已作废，您不用做什么")
    end_of_case(found, by=by, at=at)
    part_all(found, by=by, at=at, why="一起办的那一件作废了")
    announce(
        CaseDropped(
            subject=found.public_id, area=found.area, matter=found.matter, person=found.person, on=day_of(at)
        )
    )
    return found


@operation("desk.case.undelivered")
def undeliver_case(*, by: Actor, at: datetime, case: UUID, why: str, edition: int | None = None) -> Case:
    """Take back a delivery that did not happen (撤销送达); the result waits for the resident again.

    Only on the same day, by who noted it, and not once the resident has rated. The delivery slip is void.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.area)
    must_be_possible("undeliver", found, matter_of(found))
    delivery = Delivery.objects.filter(case=found).order_by("-id").first()
    slips = RatingSlip.objects.select_for_update(of=("self",)).filter(case=found)
    rated = any(slip.used for slip in slips)
    slip = Slip(on=day_of(delivery.delivered_at), by=delivery.delivered_by, rated=rated)
    if finding := why_not_undo(slip, by=by.key, today=day_of(at), what="送达"):
        raise CannotDo(finding.sentence, findings=[finding])
    if not why.strip():
        raise CannotDo("请写明为什么撤销送达。")
    RatingSlip.objects.filter(case=found).delete()
    step = CaseStep.objects.filter(case=found, kind=StepKind.DELIVERED).order_by("-id").first()
    if step is not None and step.letter:
        void_letter(by=by, at=at, letter=step.letter, why="撤销送达")
    found.state, found.trips, found.metres_spared = State.DECIDED, None, None
    found.papers_due_on = papers_due(found)
    leave_step(found, StepKind.UNDELIVERED, by=by, at=at, note=why.strip(), said="结果还没有交给您，等您来取")
    return found
