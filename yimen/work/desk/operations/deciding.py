"""Bring a case to its end (办结、送达)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import announce
from yimen.foundations.definitions.api import working_calendar
from yimen.foundations.documents.api import letters_of
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.registers.people import api as people
from yimen.work.desk.choices import DeliveryWay, Outcome, State, StepKind
from yimen.work.desk.engine.asking import law_of
from yimen.work.desk.engine.following import must_not_owe
from yimen.work.desk.engine.gates import must_be_through
from yimen.work.desk.engine.joining import joined_cases
from yimen.work.desk.engine.letters import write_letter
from yimen.work.desk.engine.shares import answers_in_words, close_shares, open_shares
from yimen.work.desk.engine.steps import (
    CannotDo,
    leave_step,
    load_case,
    matter_of,
    must_be_a_stranger,
    must_be_possible,
)
from yimen.work.desk.engine.trips import reckon_trips
from yimen.work.desk.events import CaseDecided, CaseDelivered
from yimen.work.desk.models import Case, Decision, Delivery, RatingSlip
from yimen.work.desk.operations.ledger import enter_case
from yimen.work.desk.permissions import DECIDE_CASE, HANDLE_CASE
from yimen.work.desk.rules.deciding import why_not_this_amount
from yimen.work.desk.rules.rating import OPEN_WORKING_DAYS
from yimen.work.desk.rules.shares import why_not_decide_yet


@operation("desk.case.decided")
def decide_case(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    outcome: Outcome,
    result: str = "",
    reason: str = "",
    investigated: str = "",
    amount: Money | None = None,
    without: str = "",
    without_papers: str = "",
    edition: int | None = None,
) -> Case:
    """Grant or refuse (作出决定). A refusal needs the reason and what was found, and its letter names the remedies.

    Impossible for notices: they are registered. A matter decided by the street is decided where the street holds it.
    Where the matter grants money (``result_amount``), a grant says how much, and nothing else may. While units that were
    asked have not answered (协办), ``without`` says why it is decided without them; while papers that follow have not come
    (容缺), ``without_papers`` says why it is granted without them. A matter that names a chain of signatures is decided when
    they are there (审签). Cases that were joined to it (并案) are decided alike, each with its own letter.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(DECIDE_CASE, area=found.desk_area)
    matter = matter_of(found)
    must_be_possible("decide", found, matter, on=day_of(at))
    signed = must_be_through(found.public_id, matter, by=by)
    told = {"outcome": Outcome(outcome), "result": result, "reason": reason, "investigated": investigated}
    told |= {"amount": amount, "without": without, "without_papers": without_papers, "signed": signed}
    for one in (found, *joined_cases(found, by=by)):
        _decide(one, matter_of(one), by=by, at=at, **told)
    return found


def _decide(
    found: Case,
    matter,
    *,
    by: Actor,
    at: datetime,
    outcome: Outcome,
    result: str,
    reason: str,
    investigated: str,
    amount: Money | None,
    without: str,
    without_papers: str,
    signed: str,
) -> None:
    """Grant or refuse one case, whether it leads or goes along (并案)."""
    must_be_a_stranger(by, found.person)
    awaited = [share.unit_name for share in open_shares(found.public_id, by=by)]
    if finding := why_not_decide_yet(awaited=awaited, without=without):
        raise CannotDo(finding.sentence, findings=[finding])
    note = _joined(signed, f"没有等{'、'.join(awaited)}的答复：{without.strip()}" if awaited else "")
    if outcome is Outcome.REFUSED:
        if not reason.strip() or not investigated.strip():
            raise CannotDo("不予办理要写明查明的情况和理由，申请人凭它申请复议或起诉。")
        letter = write_letter(
            by=by,
            at=at,
            case=found,
            letter=matter.letters.refusal,
            accepted_on=found.accepted_on,
            findings=investigated.strip(),
            law=law_of(matter),
            reason=reason.strip(),
        )
        said = "不予办理，理由和救济途径见决定书"
    elif outcome is Outcome.GRANTED:
        if finding := why_not_this_amount(asked=matter.result_amount, fen=amount.fen if amount else None):
            raise CannotDo(finding.sentence, findings=[finding])
        note = _joined(note, must_not_owe(found, without=without_papers, deed="决定"))
        money = {"amount": str(amount), "amount_in_capitals": amount.capitals} if amount else {}
        letter = _write_result(found, matter, result or matter.result, by=by, at=at, **money)
        said = f"已办结：{result or matter.result}"[:200]
    else:
        raise CannotDo("决定只有“同意”和“不予办理”两种。")
    granted = amount if outcome is Outcome.GRANTED else None
    _settle(
        found,
        matter,
        outcome,
        by=by,
        at=at,
        reason=reason,
        letter=letter,
        said=said,
        amount=granted,
        note=note,
    )


@operation("desk.case.registered")
def register_case(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    result: str = "",
    without_papers: str = "",
    edition: int | None = None,
) -> Case:
    """Complete the registration of a notice (完成登记). Nobody approves it and nobody can refuse it.

    While papers that follow have not come (容缺), ``without_papers`` says why it is registered without them.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    matter = matter_of(found)
    must_be_possible("register", found, matter)
    for one in (found, *joined_cases(found, by=by)):
        of_one = matter_of(one)
        note = must_not_owe(one, without=without_papers, deed="登记")
        letter = _write_result(one, of_one, result or of_one.result, by=by, at=at)
        said = f"已登记：{result or of_one.result}"[:200]
        told = {"reason": "", "letter": letter, "said": said, "note": note}
        _settle(one, of_one, Outcome.REGISTERED, by=by, at=at, **told)
    return found


@operation("desk.case.delivered")
def deliver_case(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    way: DeliveryWay,
    receiver: str,
    without_papers: str = "",
    edition: int | None = None,
) -> Case:
    """The result reached the resident (送达): how, and who took it. From now on she can rate, for five working days.
    For a decision a delivery slip (送达回证) is issued, on which the receiver signs. How often somebody came for it and what
    way was spared is reckoned now (跑动次数).

    While papers that follow have not come (容缺), ``without_papers`` says why it is handed over without them.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.area)
    must_be_possible("deliver", found, matter_of(found))
    if not receiver.strip():
        raise CannotDo("请写明由谁签收。")
    owed = found.outcome != Outcome.REFUSED
    note = must_not_owe(found, without=without_papers, deed="送达") if owed else ""
    on = day_of(at)
    Delivery.objects.create(
        case=found, way=DeliveryWay(way), receiver=receiver.strip(), delivered_at=at, delivered_by=by.key
    )
    open_until = working_calendar(on=on).add_working_days(on, OPEN_WORKING_DAYS).day
    RatingSlip.objects.create(case=found, open_until=open_until)
    found.state, found.papers_due_on = State.DELIVERED, None
    found.trips, found.metres_spared = reckon_trips(found, way=DeliveryWay(way), on=on)
    said = f"结果已送达，欢迎在{open_until.month}月{open_until.day}日前评价"
    slip = _write_slip(found, DeliveryWay(way), by=by, at=at)
    leave_step(
        found,
        StepKind.DELIVERED,
        by=by,
        at=at,
        note=note[:400],
        said=said,
        letter=slip,
        way=DeliveryWay(way).value,
    )
    announce(
        CaseDelivered(
            subject=found.public_id, area=found.area, matter=found.matter, person=found.person, on=on
        )
    )
    return found


_PLACES = {
    DeliveryWay.HOME: "受送达人住处",
    DeliveryWay.POST: "邮寄送达",
    DeliveryWay.PHONE: "电话告知",
    DeliveryWay.ELECTRONIC: "电子送达",
}


def _write_slip(case: Case, way: DeliveryWay, *, by: Actor, at: datetime) -> UUID | None:
    """The sheet on which the receiver signs for a decision (送达回证); a registration has none."""
    decision = Decision.objects.filter(case=case).exclude(outcome=Outcome.REGISTERED).first()
    result = next(
        (one for one in letters_of(case.public_id, by=by) if decision and one.public_id == decision.letter),
        None,
    )
    if result is None:
        return None
    told = {"document": result.title, "document_number": result.number, "way": way.label}
    if way in _PLACES:
        told["address"] = _PLACES[way]
    return write_letter(by=by, at=at, case=case, letter="delivery_slip", **told)


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)


def _write_result(case: Case, matter, result: str, *, by: Actor, at: datetime, **money: str) -> UUID:
    told = matter.passed_on.model_dump() if matter.passed_on else {}
    return write_letter(
        by=by,
        at=at,
        case=case,
        letter=matter.letters.decision,
        decided_on=day_of(at),
        result=result,
        answers=answers_in_words(case.public_id, by=by),
        **told,
        **money,
    )


def _settle(
    case: Case,
    matter,
    outcome: Outcome,
    *,
    by: Actor,
    at: datetime,
    reason: str,
    letter: UUID,
    said: str,
    amount: Money | None = None,
    note: str = "",
) -> None:
    Decision.objects.create(
        case=case,
        outcome=outcome,
        reason=reason.strip(),
        basis=law_of(matter)[:200],
        amount_fen=amount.fen if amount else None,
        decided_at=at,
        decided_by=by.key,
        letter=letter,
    )
    case.state, case.outcome, case.settled_on = State.DECIDED, outcome, day_of(at)
    if outcome is Outcome.REFUSED:
        case.papers_due_on = None
    close_shares(case, by=by, at=at, why=note)
    leave_step(
        case,
        StepKind.DECIDED,
        by=by,
        at=at,
        note=note[:400],
        said=said,
        letter=letter,
        outcome=outcome.value,
    )
    items = ("case_settled",) if outcome is Outcome.REFUSED else (*matter.items, "case_settled")
    enter_case(case=case, items=items, by=by, at=at, card=people.person_stamp(case.person, by=by))
    announce(
        CaseDecided(
            subject=case.public_id,
            area=case.area,
            matter=case.matter,
            person=case.person,
            on=day_of(at),
            outcome=outcome.value,
            sheet=case.sheet,
        )
    )
