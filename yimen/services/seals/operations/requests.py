"""Ask for a seal, decide, stamp, and void a spoilt sheet (用印申请、审批、登记)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from yimen.foundations.access.api import names_of
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.seals.choices import ApplicantKind, RequestState, SealState
from yimen.services.seals.engine.grammar import find_use
from yimen.services.seals.models import OfficialSeal, SealRequest, Stamping
from yimen.services.seals.permissions import ACCEPT_CASE, APPROVE_SEAL, ASK_SEAL, KEEP_SEALS
from yimen.services.seals.queries import NoSeal, approval_area, office_of
from yimen.services.seals.rules import Use, why_not_approve, why_not_so_many, why_not_stamp, why_not_use
from yimen.work.desk import api as desk

MATTER = "seal_request"


class CannotStamp(NotPossible):
    code = "seals.cannot_stamp"


@operation("seals.request.made")
def request_seal(
    *,
    by: Actor,
    at: datetime,
    area: str,
    use: str,
    document: str,
    purpose: str,
    copies: int,
    applicant_kind: ApplicantKind = ApplicantKind.STAFF,
    applicant_name: str = "",
) -> SealRequest:
    """Ask for a seal on a document (申请用印). One of the twenty certificates, or what is not on the list, is refused at
    once with the body that can; the refusal is kept in the log as well."""
    by.must(ASK_SEAL, area=area)
    return _ask(
        by=by,
        at=at,
        area=area,
        use=use,
        document=document,
        purpose=purpose,
        copies=copies,
        kind=ApplicantKind(applicant_kind),
        name=applicant_name,
    )


@operation("seals.request.taken_over")
def take_over_case(*, by: Actor, at: datetime, case: UUID) -> SealRequest:
    """What a resident asked at the window becomes a request for the seal (窗口转用印申请); once per case."""
    view = desk.get_case(case, by=by)
    by.must(ACCEPT_CASE, area=view.case.area)
    known = SealRequest.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    if view.case.matter != MATTER or not view.case.sheet:
        raise CannotStamp("这件办件不是用印申请。")
    answers = get_sheet(view.case.sheet, by=by).answers
    return _ask(
        by=by,
        at=at,
        area=view.case.area,
        use=answers.get("use", ""),
        document=answers.get("document", ""),
        purpose=answers.get("purpose", ""),
        copies=int(answers.get("copies") or 1),
        kind=ApplicantKind.RESIDENT,
        name=view.case.person_name,
        case=case,
        asked_by=view.case.accepted_by,
    )


@operation("seals.request.decided")
def decide_seal_request(
    *, by: Actor, at: datetime, request: UUID, approve: bool, reason: str = ""
) -> SealRequest:
    """Approve or turn down a request (审批用印): by who may, where the list says, and never by who asked."""
    found = _load(request, by=by)
    by.must(APPROVE_SEAL, area=approval_area(found))
    finding = why_not_approve(
        state=found.state, asked_by=found.asked_by, approver=by.key, refuses=not approve, reason=reason
    )
    if finding:
        raise CannotStamp(finding.sentence, findings=[finding])
    found.state = RequestState.APPROVED if approve else RequestState.TURNED_DOWN
    found.decided_at, found.decided_by, found.decided_by_name = at, by.key, by.name
    found.reason = reason.strip()
    found.save()
    record(found, kind="seal_request", area=found.area, approved=approve)
    return found


@operation("seals.request.stamped")
def stamp(*, by: Actor, at: datetime, request: UUID, seal: UUID, copies: int) -> Stamping:
    """Enter what was stamped (用印登记) under the next number of this seal and year; by its keeper, who did not approve."""
    found = _load(request, by=by)
    rows = OfficialSeal.objects.within(by).select_for_update(of=("self",))
    held = rows.filter(public_id=seal).first()
    if held is None:
        raise NoSeal
    by.must(KEEP_SEALS, area=held.area)
    finding = why_not_use(
        state=found.state,
        seal_in_use=held.state == SealState.IN_USE,
        same_kind=held.kind == found.seal_kind and found.area.startswith(held.area),
        is_keeper=by.account is not None and held.keeper == by.account,
        approver=found.decided_by,
        by=by.key,
        copies=copies,
        most=found.copies,
    )
    if finding:
        raise CannotStamp(finding.sentence, findings=[finding])
    year = day_of(at).year
    # The row of the seal is locked until commit, so that numbers have no gaps and none is given twice.
    last = Stamping.objects.filter(seal=held, year=year).aggregate(last=Max("number"))["last"] or 0
    made = Stamping.objects.create(
        seal=held,
        request=found,
        year=year,
        number=last + 1,
        copies=copies,
        stamped_at=at,
        stamped_by=by.key,
        stamped_by_name=by.name,
    )
    found.state = RequestState.STAMPED
    found.save(update_fields=["state"])
    record(made, kind="stamping", area=found.area, number=made.spoken_number)
    return made


@operation("seals.stamping.voided")
def void_stamping(*, by: Actor, at: datetime, stamping: UUID, why: str) -> Stamping:
    """Void a spoilt sheet (作废): its number stays used, and the request may be stamped again under a new one."""
    rows = Stamping.objects.within(by).select_for_update(of=("self",)).select_related("seal", "request")
    found = rows.filter(public_id=stamping).first()
    if found is None:
        raise NoSeal
    by.must(KEEP_SEALS, area=found.seal.area)
    if found.voided_at is not None:
        raise CannotStamp("这一号已经作废。")
    if not why.strip():
        raise CannotStamp("请写明作废的原因；作废的纸要收回销毁。")
    found.voided_at, found.voided_by, found.voided_why = at, by.key, why.strip()
    found.save(update_fields=["voided_at", "voided_by", "voided_why"])
    found.request.state = RequestState.APPROVED
    found.request.save(update_fields=["state"])
    record(found, kind="stamping", area=found.request.area, voided=found.spoken_number)
    return found


def _ask(
    *,
    by: Actor,
    at: datetime,
    area: str,
    use: str,
    document: str,
    purpose: str,
    copies: int,
    kind: ApplicantKind,
    name: str,
    case: UUID | None = None,
    asked_by: str = "",
) -> SealRequest:
    on = day_of(at)
    document, purpose = clean_line(document), clean_line(purpose)
    name = clean_line(name) or (by.name if kind is ApplicantKind.STAFF else "")
    if not document or not purpose or not name:
        raise CannotStamp("请写明申请人、文件名称和用来做什么。")
    listed = find_use(use, on=on)
    wanted = Use(listed.title, listed.residents, listed.most_copies) if listed else None
    finding = why_not_stamp(
        document=document,
        purpose=purpose,
        use=wanted,
        by_resident=kind is ApplicantKind.RESIDENT,
        office=office_of(area, by=by, on=on),
    )
    if finding is None and (too_many := why_not_so_many(use=wanted, copies=copies)):
        # A case that was accepted is answered, too: its request is kept with the sentence (the list may be new today).
        if case is None:
            raise CannotStamp(too_many.sentence, findings=[too_many])
        finding = too_many
    made = SealRequest.objects.create(
        area=area,
        use=use if listed else "",
        use_title=listed.title if listed else "",
        seal_kind=listed.seal if listed else "",
        approves=listed.approves if listed else "",
        applicant_kind=kind,
        applicant_name=name,
        document=document,
        purpose=purpose,
        copies=max(copies, 1),
        case=case,
        state=RequestState.REFUSED if finding else RequestState.WAITING,
        sentence=finding.sentence if finding else "",
        asked_at=at,
        asked_by=asked_by or by.key,
        asked_by_name=names_of({asked_by})[asked_by] if asked_by else by.name,
    )
    record(made, kind="seal_request", area=area, use=made.use, state=made.state)
    return made


def _load(request: UUID, *, by: Actor) -> SealRequest:
    found = SealRequest.objects.within(by).select_for_update(of=("self",)).filter(public_id=request).first()
    if found is None:
        raise NoSeal
    return found
