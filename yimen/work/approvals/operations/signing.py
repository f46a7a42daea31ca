"""Sign on the screen: agree, or send it back (同意、退回)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.text import clean_line
from yimen.work.approvals.choices import Verdict
from yimen.work.approvals.engine.loading import chain_of, load_submission, refuse
from yimen.work.approvals.engine.seating import drafters_of, must_sit, my_seat, open_seats, sign, signers_of
from yimen.work.approvals.models import Submission
from yimen.work.approvals.permissions import SIGN
from yimen.work.approvals.rules import why_not_this_verdict


@operation("approvals.submission.agreed")
def agree(
    *, by: Actor, at: datetime, submission: UUID, remark: str = "", edition: int | None = None
) -> Submission:
    """Sign where it is one's turn (同意), with a remark if one likes; the last signature of a step gives the next its turn, the
    last step issues. Refuses who drafted it, who signed another step of it, and whose turn it is not."""
    return _sign(Verdict.AGREED, submission, remark, edition, by=by, at=at)


@operation("approvals.submission.sent_back")
def send_back(
    *, by: Actor, at: datetime, submission: UUID, remark: str, edition: int | None = None
) -> Submission:
    """Send it back to its drafter with the reason (退回), where the step allows it; what was signed counts no more."""
    return _sign(Verdict.RETURNED, submission, remark, edition, by=by, at=at)


def _sign(
    verdict: Verdict, submission: UUID, remark: str, edition: int | None, *, by: Actor, at: datetime
) -> Submission:
    found = load_submission(submission, by=by, edition=edition)
    by.must(SIGN, area=found.area)
    chain, remark = chain_of(found), clean_line(remark)[:300]
    seat, hold = must_sit(
        my_seat(
            open_seats(found, by=by),
            holds=by.holds,
            key=by.key,
            drafters=drafters_of(found, by=by),
            signers=signers_of(found, by=by),
            same_person=chain.same_person,
        )
    )
    returns = verdict is Verdict.RETURNED
    may_return = chain.steps[seat.step - 1].returns
    refuse(why_not_this_verdict(returns=returns, may_return=may_return, remark=remark))
    if hold.for_key and hold not in by.stood_in:
        # Which role this step is owed to is known here only; the trail says for whom it was done (代).
        by.stood_in.append(hold)
    sign(
        found,
        seat,
        chain,
        verdict,
        remark=remark,
        signer=(by.key, by.name),
        hold=hold,
        signed_on=day_of(at),
        by=by,
        at=at,
    )
    return found
