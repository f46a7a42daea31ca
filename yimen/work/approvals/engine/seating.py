"""At which open place somebody signs, and what follows when she has (签署)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import record
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor, Hold
from yimen.kernel.clock import day_of
from yimen.work.approvals.choices import State, Verdict
from yimen.work.approvals.engine.grammar import Chain
from yimen.work.approvals.engine.loading import CannotDo, sending_of
from yimen.work.approvals.engine.turning import account_of, begin_step, close_sending, tell, waiting_words
from yimen.work.approvals.events import SubmissionIssued, SubmissionReturned
from yimen.work.approvals.models import Seat, Sending, Signature, Submission
from yimen.work.approvals.permissions import SIGN
from yimen.work.approvals.rules import hold_for, why_not_sign


def open_seats(found: Submission, *, by: Actor) -> list[Seat]:
    """The places at which somebody must sign now (轮到的签位), in their order."""
    seats = Seat.objects.within(by).filter(submission=found, closed=False)
    return list(seats.order_by("step", "number"))


def drafters_of(found: Submission, *, by: Actor) -> set[str]:
    """Who ever drafted it (历次经办人)."""
    return set(Sending.objects.within(by).filter(submission=found).values_list("drafter", flat=True))


def signers_of(found: Submission, *, by: Actor) -> set[str]:
    """Who signed in this sending, and in whose place (本次已签的人)."""
    rows = Signature.objects.within(by).filter(
        submission=found, sending__number=found.sending, verdict=Verdict.AGREED
    )
    told = rows.values_list("signed_by", "for_key")
    return {key for pair in told for key in pair if key}


def my_seat(
    seats: Sequence[Seat],
    *,
    holds: Sequence[Hold],
    key: str,
    drafters: Collection[str],
    signers: Collection[str],
    same_person: bool,
    who: str = "您",
) -> tuple[Seat | None, Hold | None, str]:
    """At which of the open seats somebody signs, by which hold; else (None, None, why not)."""
    without = {*drafters, *(() if same_person else signers)}
    fitting = []
    for seat in seats:
        only = f"account:{seat.account}" if seat.account else ""
        asked = {"role": seat.role, "area": seat.area, "permission": SIGN}
        if hold := hold_for(holds, **asked, without=without, key=key, only=only):
            fitting.append((seat, hold))
    finding = why_not_sign(
        signing=bool(seats),
        drafted=key in drafters,
        signed_before=bool(fitting) and key in signers and not same_person,
        fits=bool(fitting),
        seats=[seat.title for seat in seats],
        who=who,
    )
    if finding:
        return None, None, finding.sentence
    # Her own place before one at which she stands in.
    seat, hold = min(fitting, key=lambda pair: bool(pair[1].for_key))
    return seat, hold, ""


def sign(
    found: Submission,
    seat: Seat,
    chain: Chain,
    verdict: Verdict,
    *,
    remark: str,
    signer: tuple[str, str],
    hold: Hold | None,
    signed_on: date,
    by: Actor,
    at: datetime,
    scan: UUID | None = None,
) -> Signature:
    """Write one signature and what follows: the next step, the issue, or the way back to the drafter."""
    sending = sending_of(found, by=by)
    made = Signature.objects.create(
        submission=found,
        sending=sending,
        seat=seat,
        verdict=verdict,
        remark=remark,
        signed_by=signer[0],
        signed_by_name=signer[1][:80],
        for_whom=hold.for_whom if hold else "",
        for_key=hold.for_key if hold else "",
        drafter=sending.drafter,
        twice=chain.same_person,
        signed_on=signed_on,
        signed_at=at,
        on_paper=scan is not None,
        entered_by=by.key if scan else "",
        entered_by_name=by.name[:80] if scan else "",
        scan=scan,
    )
    seat.closed = True
    seat.save(update_fields=["closed"])
    told = {"number": found.number, "step": seat.step, "seat": seat.title, "verdict": str(verdict)}
    record(made, kind="submission", area=found.area, of=str(found.public_id), paper=scan is not None, **told)
    if verdict is Verdict.RETURNED:
        _go_back(found, seat, signer[1], remark, by=by, at=at)
    else:
        _go_on(found, sending, chain, by=by, at=at)
    return made


def _go_back(found: Submission, seat: Seat, who: str, why: str, *, by: Actor, at: datetime) -> None:
    close_sending(found, State.RETURNED, f"{seat.title}{who}：{why}", by=by, at=at)
    announce(SubmissionReturned(subject=found.public_id, area=found.area, **_facts(found, at)))


def _go_on(found: Submission, sending: Sending, chain: Chain, *, by: Actor, at: datetime) -> None:
    waiting = open_seats(found, by=by)
    if waiting:
        found.step_title = waiting_words(seat.title for seat in waiting)
    elif found.step < len(chain.steps):
        begin_step(found, sending, chain.steps[found.step], number=found.step + 1, by=by, at=at)
    else:
        sending.ended_at, sending.ended_as = at, State.ISSUED
        sending.save(update_fields=["ended_at", "ended_as"])
        found.state, found.step, found.step_title, found.settled_at = State.ISSUED, 0, "", at
        tell(found, account_of(found.drafter), f"已签发：{found.number}", by=by, at=at)
        announce(SubmissionIssued(subject=found.public_id, area=found.area, **_facts(found, at)))
    found.edition += 1
    found.save()


def _facts(found: Submission, at: datetime) -> dict:
    return {"chain": found.chain, "about": found.subject, "on": day_of(at)}


def must_sit(told: tuple[Seat | None, Hold | None, str]) -> tuple[Seat, Hold]:
    """The seat and the hold, or the refusal that says why not."""
    seat, hold, why_not = told
    if seat is None or hold is None:
        raise CannotDo(why_not)
    return seat, hold
