"""One-child certificates: note one that was shown, forget it, and pass a replacement on to the office that does it."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.services.family.models import OneChildCertificate
from yimen.services.family.operations.registrations import NotRegistered
from yimen.services.family.permissions import HANDLE_CASE, WITHDRAW_REGISTRATION
from yimen.services.family.queries import NoCertificate
from yimen.services.family.rules import why_not_transfer
from yimen.work.desk import api as desk

LETTER = "transfer"


class CannotTransfer(NotPossible):
    code = "family.cannot_transfer"


@operation("family.certificate.kept")
def keep_certificate(*, by: Actor, at: datetime, case: UUID) -> OneChildCertificate | None:
    """Note the certificate that was shown in a finished case (登记光荣证), if its holder agreed; else nothing. Once per case."""
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.area)
    if view.case.outcome != desk.Outcome.REGISTERED:
        raise NotRegistered
    known = OneChildCertificate.objects.filter(case=case).first()
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    if known is not None or not (answers.get("has_paper") and answers.get("remember")):
        unchanged()
        return known
    kept = OneChildCertificate.objects.create(
        person=view.case.person,
        case=case,
        area=view.case.area,
        number=answers.get("number", ""),
        issuer=answers.get("issuer", ""),
        issued_in=answers.get("issued_in"),
        shown_on=view.case.settled_on,
        recorded_at=at,
        recorded_by=by.key,
    )
    record(kept, kind="one_child_certificate", area=kept.area, case=str(case))
    return kept


@operation("family.certificate.forgotten")
def forget_certificate(*, by: Actor, at: datetime, certificate: UUID) -> None:
    """Delete the note of a certificate because its holder asks (删除光荣证登记), no reason needed."""
    rows = OneChildCertificate.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=certificate).first()
    if found is None:
        raise NoCertificate
    by.must(WITHDRAW_REGISTRATION, area=found.area)
    record(found, kind="one_child_certificate", area=found.area, case=str(found.case))
    found.delete()


@operation("family.replacement.transferred")
def transfer_replacement(*, by: Actor, at: datetime, case: UUID, receiver: str) -> UUID:
    """Issue the letter that passes a replacement on to the office that does it (补领转送函); answers the letter.

    Refuses when no replacement was asked for, when nobody is named, and when there is such a letter already.
    """
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.desk_area)
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    receiver = clean_line(receiver)
    issued = any(letter.key == LETTER for letter in view.letters)
    if finding := why_not_transfer(want=answers.get("want", ""), receiver=receiver, issued=issued):
        raise CannotTransfer(finding.sentence, findings=[finding])
    known = [answers.get("issuer", ""), f"{answers['issued_in']}年" if answers.get("issued_in") else ""]
    stub = "、".join(part for part in known if part) or "不详"
    letter = desk.write_letter(
        by=by,
        at=at,
        case=view.case,
        letter=LETTER,
        receiver=receiver,
        papers=[
            "独生子女父母光荣证查询单（1 份）",
            f"当年发证：{stub}；证号：{answers.get('number') or '不详'}",
        ],
    )
    record(case, kind="case", area=view.case.area, letter=str(letter))
    return letter
