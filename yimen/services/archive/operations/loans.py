"""Lend the original, and take it back (借阅、归还)."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, record_look
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line
from yimen.services.archive.engine.loading import load_file
from yimen.services.archive.engine.practice import archive_practice
from yimen.services.archive.models import OriginalLoan
from yimen.services.archive.permissions import KEEP
from yimen.services.archive.rules import why_not_lend


class CannotLend(NotPossible):
    code = "archive.cannot_lend"


class NoLoan(NotFound):
    code = "archive.no_loan"
    sentence = "没有这笔未还的借阅，或不在您的范围内。"


@operation("archive.original.lent")
def lend_original(
    *, by: Actor, at: datetime, file: UUID, borrower: str, unit: str, why: str, due_on: date
) -> OriginalLoan:
    """Lend the paper original (借出原件): to whom, why and until when; the borrower stands among those who looked."""
    found = load_file(file, by=by)
    by.must(KEEP, area=found.area)
    borrower, unit, why = clean_line(borrower)[:80], clean_line(unit)[:80], clean_line(why)[:120]
    if not (borrower and unit and why):
        raise CannotLend("借阅人、单位和事由都要写。")
    today = day_of(at)
    lent = OriginalLoan.objects.filter(file=found, returned_at__isnull=True).exists()
    longest = archive_practice(today).longest_loan_days
    finding = why_not_lend(
        has_paper=found.has_paper, lent=lent, due_on=due_on, today=today, longest_days=longest
    )
    if finding:
        raise CannotLend(finding.sentence, findings=[finding])
    loan = OriginalLoan.objects.create(
        file=found,
        borrower=borrower,
        unit=unit,
        why=why,
        lent_at=at,
        lent_by=by.key,
        lent_by_name=by.name,
        due_on=due_on,
    )
    reason = f"借出原件给{unit}{borrower}：{why}"
    record_look(by=by, at=at, subject=found.case, area=found.area, why=reason[:200])
    record(loan, kind="original_loan", area=found.area, file=str(found.public_id), due_on=str(due_on))
    return loan


@operation("archive.original.returned")
def return_original(*, by: Actor, at: datetime, loan: UUID, note: str = "") -> OriginalLoan:
    """The original came back (归还原件), with a word on what it looks like."""
    rows = OriginalLoan.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=loan, returned_at__isnull=True).first()
    if found is None:
        raise NoLoan
    by.must(KEEP, area=found.file.area)
    found.returned_at, found.returned_by, found.returned_note = at, by.key, clean_line(note)[:200]
    found.save(update_fields=["returned_at", "returned_by", "returned_note"])
    record(found, kind="original_loan", area=found.file.area, file=str(found.file.public_id))
    return found
