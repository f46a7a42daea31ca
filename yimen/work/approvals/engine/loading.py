"""What every deed on a submission shares: load it within reach, locked; refuse what changed meanwhile."""

from uuid import UUID

from yimen.foundations.definitions.api import version
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.work.approvals.engine.grammar import Chain
from yimen.work.approvals.models import Sending, Submission
from yimen.work.approvals.permissions import SIGN, VIEW


class NoSubmission(NotFound):
    code = "approvals.no_submission"
    sentence = "没有这份呈批件，或不在您的范围内。"


class SubmissionChanged(Conflict):
    code = "approvals.changed"
    sentence = "这份呈批件刚刚有了变化，请看一下最新情况再办。"


class CannotDo(NotPossible):
    code = "approvals.cannot_do"


def refuse(finding: Finding | None) -> None:
    """Refuse with the sentence of a rule, if it found something."""
    if finding:
        raise CannotDo(finding.sentence, findings=[finding])


def opens(found: Submission, *, by: Actor) -> bool:
    """May this actor read it (能否打开)? Who views or signs in its area, and who drafted it."""
    return found.drafter == by.key or by.can(VIEW, area=found.area) or by.can(SIGN, area=found.area)


def load_submission(submission: UUID, *, by: Actor, edition: int | None = None) -> Submission:
    """The submission within reach, locked until commit; refuses when it changed since the page was shown (``edition``)."""
    rows = Submission.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=submission).first()
    if found is None or not opens(found, by=by):
        raise NoSubmission
    if edition is not None and edition != found.edition:
        raise SubmissionChanged
    return found


def chain_of(found: Submission) -> Chain:
    """The chain as it read when the submission was sent (当时的流程)."""
    return version(found.chain_version_id).body


def sending_of(found: Submission, *, by: Actor) -> Sending:
    """The sending that counts (本次送审)."""
    return Sending.objects.within(by).get(submission=found, number=found.sending)
