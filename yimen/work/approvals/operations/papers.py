"""What was signed on paper is entered with its scan, and the sealed scan becomes the final version (纸上审签、终稿)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files import File

from yimen.foundations.access.api import actor_of
from yimen.foundations.audit.api import operation, record
from yimen.foundations.documents.api import bundle_pages, store_upload
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotFound
from yimen.kernel.text import clean_line
from yimen.work.approvals.choices import State, Verdict
from yimen.work.approvals.engine.loading import CannotDo, chain_of, load_submission, refuse
from yimen.work.approvals.engine.seating import drafters_of, must_sit, my_seat, open_seats, sign, signers_of
from yimen.work.approvals.models import Signature, Submission
from yimen.work.approvals.permissions import DRAFT
from yimen.work.approvals.rules import why_not_that_day, why_not_this_verdict

SCAN = "approvals.scan"
FINAL = "approvals.final"


@dataclass(frozen=True)
class PaperLine:
    """One signature on the sheet (纸上的一栏): at which seat, who signed on which day, what she wrote."""

    seat: str
    account: UUID
    on: date
    verdict: Verdict = Verdict.AGREED
    remark: str = ""


@operation("approvals.paper.entered")
def enter_paper(
    *,
    by: Actor,
    at: datetime,
    submission: UUID,
    lines: Sequence[PaperLine],
    files: Sequence[File],
    edition: int | None = None,
) -> Submission:
    """Enter what was signed on the printed sheet (登记纸上审签), in the order of the steps, with the scan of the sheet.

    Who signed must be one who may sign there on that day, and neither the drafter nor somebody who signed another step. Each
    is marked as signed on paper, with who entered it. Refuses when a step before it is still open.
    """
    found = load_submission(submission, by=by, edition=edition)
    by.must(DRAFT, area=found.area)
    if found.state != State.SIGNING:
        raise CannotDo("这份呈批件现在不在审签中，不能登记纸上审签。")
    if not lines:
        raise CannotDo("请至少登记一位在纸上签了字的人。")
    if not files:
        raise CannotDo("请附上签过字的呈批单扫描件或照片。")
    scan = _keep(found, SCAN, files, "呈批单", by=by, at=at)
    chain = chain_of(found)
    for line in lines:
        if found.state != State.SIGNING:
            raise CannotDo("纸上写明退回的，后面的环节不用再登记。")
        signer = _signer(line)
        seats = [seat for seat in open_seats(found, by=by) if seat.title == line.seat]
        if not seats:
            raise CannotDo(f"还没有轮到{line.seat}，请按环节的顺序登记。")
        seat, hold = must_sit(
            my_seat(
                seats,
                holds=signer.holds,
                key=signer.key,
                drafters=drafters_of(found, by=by),
                signers=signers_of(found, by=by),
                same_person=chain.same_person,
                who=signer.name,
            )
        )
        remark, returns = clean_line(line.remark)[:300], line.verdict is Verdict.RETURNED
        may_return = chain.steps[seat.step - 1].returns
        refuse(why_not_this_verdict(returns=returns, may_return=may_return, remark=remark))
        refuse(
            why_not_that_day(on=line.on, not_before=_not_before(found, seat.step, by=by), today=day_of(at))
        )
        sign(
            found,
            seat,
            chain,
            line.verdict,
            remark=remark,
            signer=(signer.key, signer.name),
            hold=hold,
            signed_on=line.on,
            by=by,
            at=at,
            scan=scan,
        )
    return found


@operation("approvals.final.attached")
def attach_final(
    *, by: Actor, at: datetime, submission: UUID, files: Sequence[File], edition: int | None = None
) -> Submission:
    """Keep the sealed scan of what was issued as its final version (上传终稿): from then on nothing of it changes. A better
    scan may follow, the earlier one stays where it is."""
    found = load_submission(submission, by=by, edition=edition)
    by.must(DRAFT, area=found.area)
    if found.state != State.ISSUED:
        raise CannotDo("签发以后才能上传盖章的终稿。")
    if not files:
        raise CannotDo("还没有选文件：请选盖好章的扫描件。")
    found.final = _keep(found, FINAL, files, "终稿", by=by, at=at)
    found.final_at, found.final_by_name = at, by.name[:80]
    found.edition += 1
    found.save()
    record(found, kind="submission", area=found.area, number=found.number, final=str(found.final))
    return found


def _keep(
    found: Submission, purpose: str, files: Sequence[File], what: str, *, by: Actor, at: datetime
) -> UUID:
    told = {"by": by, "at": at, "subject": found.public_id, "area": found.area, "purpose": purpose}
    if len(files) == 1:
        return store_upload(**told, file=files[0]).public_id
    return bundle_pages(**told, files=files, name=f"{found.number}{what}.pdf").public_id


def _signer(line: PaperLine) -> Actor:
    try:
        return actor_of(line.account, on=line.on)
    except NotFound as error:
        raise CannotDo(f"{line.seat}：没有这位同事，或账号已经停用。") from error


def _not_before(found: Submission, step: int, *, by: Actor) -> date:
    """Not before the day on which the step before it was signed, or it was sent."""
    earlier = Signature.objects.within(by).filter(
        submission=found, sending__number=found.sending, seat__step__lt=step
    )
    last = earlier.order_by("-signed_on").values_list("signed_on", flat=True).first()
    return last or day_of(found.sent_at)
