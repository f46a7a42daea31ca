"""Submissions within reach: lists, one with its history, and what waits for somebody (呈批件)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yimen.foundations.access.api import names_of
from yimen.foundations.documents.api import files_of
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import Refused
from yimen.work.approvals.choices import BACK, State, StepKind, Verdict
from yimen.work.approvals.engine.grammar import Chain
from yimen.work.approvals.engine.loading import NoSubmission, chain_of, opens
from yimen.work.approvals.engine.seating import my_seat
from yimen.work.approvals.engine.turning import account_of, who_may_sign
from yimen.work.approvals.models import Seat, Sending, Signature, Submission
from yimen.work.approvals.permissions import DRAFT, SIGN, VIEW
from yimen.work.approvals.ports import subjects
from yimen.work.approvals.rules import hold_for

SHOWN = 20


@dataclass(frozen=True)
class Box:
    """One box of the sheet (呈批单的一栏): who signs there, and what was signed, if it was."""

    kind: str
    title: str
    role: str
    signature: Signature | None = None
    waits: bool = False
    due_on: date | None = None
    returns: bool = True
    named: str = ""


@dataclass(frozen=True)
class PastSending:
    """An earlier sending (以前的送审): what it said, what was signed, how it ended."""

    sending: Sending
    signatures: Sequence[Signature]
    files: Sequence[Any]


@dataclass(frozen=True)
class SubmissionView:
    """One submission with all that belongs to it. ``why_not_sign`` is "" for who signs now."""

    submission: Submission
    chain: Chain
    boxes: Sequence[Box]
    files: Sequence[Any]
    scans: Sequence[Any]
    final: Any
    past: Sequence[PastSending]
    seat: Seat | None
    for_whom: str
    why_not_sign: str
    about: str = ""
    about_url: str = ""
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def returns(self) -> bool:
        """May the step that waits send it back (可以退回)?"""
        return bool(self.seat and self.chain.steps[self.seat.step - 1].returns)


def submissions(*, by: Actor) -> QuerySet[Submission]:
    """All that the actor may read: those of the areas in which she views or signs, and her own."""
    areas = tuple({*by.areas_for(VIEW), *by.areas_for(SIGN)})
    mine = Q(drafter=by.key)
    return Submission.objects.within(by).filter(mine | Q(area__begins_with_any=areas) if areas else mine)


def my_submissions(*, by: Actor) -> QuerySet[Submission]:
    """What the actor drafted (我经办的)."""
    return Submission.objects.within(by).filter(drafter=by.key)


def counts(*, by: Actor) -> dict[str, int]:
    """How many of each state (各情况件数), in one query."""
    told = submissions(by=by).order_by().values_list("state").annotate(count=Count("id"))
    return dict.fromkeys(State.values, 0) | dict(told)


def waiting_for(*, by: Actor, most: int = SHOWN) -> list[Submission]:
    """What waits for this actor's signature (待我审签), oldest first, each with its ``seat`` and ``for_whom``; one statement.

    Not what she drafted herself, nor what she signed at another step.
    """
    seats = _my_seats(by)
    if seats is None:
        return []
    found: dict[int, Submission] = {}
    # A countersigning may have two places for one: she signs one of them.
    rows = seats.select_related("submission", "sending").order_by("since", "id")
    for seat in rows[: 2 * most]:
        one = seat.submission
        if one.id in found or len(found) == most:
            continue
        only = f"account:{seat.account}" if seat.account else ""
        asked = {"role": seat.role, "area": seat.area, "permission": SIGN, "key": by.key, "only": only}
        hold = hold_for(by.holds, **asked, without={one.drafter})
        if hold is None:
            continue
        one.seat, one.for_whom = seat, hold.for_whom
        found[one.id] = one
    return list(found.values())


def _my_seats(by: Actor) -> QuerySet[Seat] | None:
    holds: dict[str, set[str]] = {}
    for hold in by.holds:
        if SIGN in hold.permissions:
            holds.setdefault(hold.role, set()).add(hold.area)
    if not holds:
        return None
    fits = Q()
    for role, areas in holds.items():
        fits |= Q(role=role, area__begins_with_any=tuple(areas))
    mine = {account_of(key) for key in (by.key, *(hold.for_key for hold in by.holds))}
    fits &= Q(account__isnull=True) | Q(account__in=[one for one in mine if one])
    drafted = Sending.objects.filter(submission=OuterRef("submission"), drafter=by.key)
    signed = Signature.objects.filter(sending=OuterRef("sending"), signed_by=by.key, twice=False)
    rows = Seat.objects.within(by).filter(fits, closed=False)
    return rows.filter(~Exists(drafted), ~Exists(signed))


def get_submission(public_id: UUID, *, by: Actor) -> Submission:
    """One of them; refuses what is not within reach, and who may not read it."""
    found = Submission.objects.within(by).filter(public_id=public_id).first()
    if found is None or not opens(found, by=by):
        raise NoSubmission
    return found


def view_submission(public_id: UUID, *, by: Actor, on: date) -> SubmissionView:
    """The page of one submission: its boxes, files and history, in a fixed number of queries."""
    found = get_submission(public_id, by=by)
    chain = chain_of(found)
    sendings = list(Sending.objects.within(by).filter(submission=found).order_by("number"))
    seats = list(Seat.objects.within(by).filter(submission=found).order_by("step", "number"))
    signatures = list(Signature.objects.within(by).filter(submission=found).order_by("id"))
    files = {str(one.public_id): one for one in files_of(found.public_id, by=by)}
    now = next(one for one in sendings if one.number == found.sending)
    waiting = [one for one in seats if not one.closed]
    of_now = [one for one in signatures if one.sending_id == now.id]
    seat, hold, why_not = my_seat(
        waiting,
        holds=by.holds,
        key=by.key,
        drafters={one.drafter for one in sendings},
        signers={
            key
            for one in of_now
            if one.verdict == Verdict.AGREED
            for key in (one.signed_by, one.for_key)
            if key
        },
        same_person=chain.same_person,
    )
    about, about_url = _about(found, by=by, on=on)
    scans = dict.fromkeys(str(one.scan) for one in signatures if one.scan)
    return SubmissionView(
        submission=found,
        chain=chain,
        boxes=_boxes(chain, [one for one in seats if one.sending_id == now.id], of_now, now.named),
        named=now.named,
        files=[files[key] for key in now.files if key in files],
        scans=[files[key] for key in scans if key in files],
        final=files.get(str(found.final)) if found.final else None,
        past=[
            PastSending(
                one,
                [each for each in signatures if each.sending_id == one.id],
                [files[key] for key in one.files if key in files],
            )
            for one in reversed(sendings)
            if one.id != now.id
        ],
        seat=seat,
        for_whom=hold.for_whom if hold else "",
        why_not_sign=why_not,
        about=about,
        about_url=about_url,
    )


def _boxes(
    chain: Chain, seats: Iterable[Seat], signatures: Iterable[Signature], named: Mapping[str, str]
) -> list[Box]:
    names = names_of([f"account:{one}" for one in named.values()]) if named else {}
    there = {(one.step, one.number): one for one in seats}
    signed = {one.seat_id: one for one in signatures}
    boxes = []
    for place, step in enumerate(chain.steps, start=1):
        for number, asked in enumerate(step.seats, start=1):
            seat = there.get((place, number))
            boxes.append(
                Box(
                    kind=StepKind(step.kind).label,
                    title=asked.title,
                    role=asked.role,
                    signature=signed.get(seat.id) if seat else None,
                    waits=bool(seat and not seat.closed),
                    due_on=seat.due_on if seat else None,
                    returns=step.returns,
                    named=names.get(f"account:{named.get(asked.title)}", ""),
                )
            )
    return boxes


def _about(found: Submission, *, by: Actor, on: date) -> tuple[str, str]:
    """What it is about in words, and where that is; only the kind for who may not open it."""
    kind, _, thing = found.subject.partition(":")
    subject = subjects.find(kind) if thing else None
    if subject is None:
        return "", ""
    try:
        about = subject.load(UUID(thing), by=by, on=on)
    except Refused:
        return subject.title, ""
    return about.title, about.url


def signers_to_choose(view: SubmissionView, *, on: date) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Who may have signed on paper at each box that is still empty (纸上签署人选): (account, name), by the title of the box."""
    return {
        box.title: [
            (str(one.public_id), one.name)
            for one in who_may_sign(box.role, area=view.submission.area, on=on)
            if one.public_id != account_of(view.submission.drafter)
        ]
        for box in view.boxes
        if box.signature is None
    }


def people_to_name(
    chain: Chain, *, area: str, on: date, without: UUID | None
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Who may be named to sign at each seat (可指定的审签人): (account, name), by its title; only where there is a choice."""
    found = {
        seat.title: [
            (str(one.public_id), one.name)
            for one in who_may_sign(seat.role, area=area, on=on)
            if one.public_id != without
        ]
        for step in chain.steps
        for seat in step.seats
    }
    return {title: people for title, people in found.items() if len(people) > 1}


def may_send_again(found: Submission, *, by: Actor) -> bool:
    """May this actor mend it and send it again (再次送审)?"""
    return found.state in BACK and by.can(DRAFT, area=found.area)


def submissions_about(subject: str, *, by: Actor) -> list[Submission]:
    """The submissions about one thing that the actor may read (关于它的呈批件), newest first."""
    return list(submissions(by=by).filter(subject=subject).order_by("-id"))


def standing_about(subject: str, chain: str, *, by: Actor) -> Submission | None:
    """The submission about one thing by one chain that stands (关于它的呈批件), whoever may read it; None when there is none.

    For who decides: told are its number and how far it is.
    """
    rows = Submission.objects.within(by).filter(subject=subject, chain=chain).exclude(state=State.VOID)
    return rows.order_by("-id").first()


def find_by_code(found: UUID, *, by: Actor) -> Submission | None:
    """The submission of a printed code within reach (扫码找呈批件)."""
    return submissions(by=by).filter(public_id=found).first()
