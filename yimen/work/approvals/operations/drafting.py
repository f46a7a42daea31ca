"""Submit, take back, send again, void (送审、撤回、再次送审、作废)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.foundations.documents.api import OpenedFile, files_of, hand_out_file, store_upload
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed
from yimen.kernel.text import clean_line, clean_text
from yimen.work.approvals.choices import BACK, State
from yimen.work.approvals.engine.grammar import find_chain
from yimen.work.approvals.engine.loading import (
    CannotDo,
    NoSubmission,
    chain_of,
    load_submission,
    opens,
    refuse,
)
from yimen.work.approvals.engine.turning import (
    account_of,
    begin_step,
    close_sending,
    next_sequence,
    why_not_named,
    without_signer,
)
from yimen.work.approvals.events import SubmissionVoided
from yimen.work.approvals.models import Sending, Submission
from yimen.work.approvals.permissions import DRAFT, SIGN
from yimen.work.approvals.ports import About, subject_key, subjects
from yimen.work.approvals.rules import LEAST_WORDS, why_not_draft, written_number

ATTACHMENT = "approvals.attachment"


@operation("approvals.submission.sent")
def submit(
    *,
    by: Actor,
    at: datetime,
    area: str,
    chain: str,
    title: str,
    text: str,
    files: Sequence[File] = (),
    named: Mapping[str, UUID] | None = None,
    kind: str = "",
    thing: UUID | None = None,
) -> Submission:
    """Submit something for signing (送审): it gets the next number of its street and year, and its first step has its turn.

    ``kind`` and ``thing`` name what it is about (a subject of the port), in whose area it lies. Refuses a chain that is not in
    force, one at which nobody but the drafter could sign, and a second one about the same thing by the same chain. ``named`` says
    for some seats, by title, who shall sign there and nobody else (指定审签人).
    """
    about = _about(kind, thing, by=by, at=at) if thing else None
    if about:
        area, chain = about.area, about.chain or chain
    by.must(DRAFT, area=area)
    if by.account is None:
        raise NotAllowed(permission=DRAFT, area=area)
    title, text = clean_line(title)[:120], clean_text(text)
    refuse(why_not_draft(title=title, text=text))
    on = day_of(at)
    definition = find_chain(chain, on=on)
    if definition is None:
        raise CannotDo("这个审签流程已经停用，请另选一个。")
    named = dict(named or {})
    _must_find_signers(definition.body, area=area, drafters=[by.account], on=on)
    refuse(why_not_named(definition.body, named, area=area, drafters=[by.account], on=on))
    subject = subject_key(kind, thing) if about else ""
    if subject and Submission.objects.within(by).filter(_stands(subject, chain)).exists():
        raise CannotDo(_ONE_STANDS)
    sequence = next_sequence(area=area, on=on)
    found = Submission(
        area=area,
        street=street_of(area),
        year=on.year,
        sequence=sequence,
        number=written_number(year=on.year, sequence=sequence),
        chain=chain,
        chain_version_id=definition.id,
        chain_title=definition.body.title,
        subject=subject,
        title=title,
        text=text,
        drafter=by.key,
        drafter_name=by.name[:80],
        sent_at=at,
    )
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError as error:
        raise CannotDo(_ONE_STANDS) from error
    _send(found, definition.body, files=files, keep=(), named=named, by=by, at=at)
    return found


@operation("approvals.submission.sent_again")
def send_again(
    *,
    by: Actor,
    at: datetime,
    submission: UUID,
    title: str,
    text: str,
    files: Sequence[File] = (),
    keep: Sequence[UUID] = (),
    named: Mapping[str, UUID] | None = None,
    edition: int | None = None,
) -> Submission:
    """Send a returned or withdrawn one again (再次送审), mended, under its old number; who does it is its drafter from now on.

    All steps begin anew: what was signed before stays readable and counts no more. ``keep`` are files that still belong to it.
    """
    found = load_submission(submission, by=by, edition=edition)
    by.must(DRAFT, area=found.area)
    if found.state not in BACK:
        raise CannotDo("只有退回或撤回的呈批件可以再次送审。")
    title, text = clean_line(title)[:120], clean_text(text)
    refuse(why_not_draft(title=title, text=text))
    chain, on = chain_of(found), day_of(at)
    before = Sending.objects.within(by).filter(submission=found).values_list("drafter", flat=True)
    drafters = [one for key in {*before, by.key} if (one := account_of(key))]
    named = dict(named or {})
    _must_find_signers(chain, area=found.area, drafters=drafters, on=on)
    refuse(why_not_named(chain, named, area=found.area, drafters=drafters, on=on))
    held = {one.public_id for one in files_of(found.public_id, by=by, purpose=ATTACHMENT)}
    found.title, found.text, found.state, found.settled_at = title, text, State.SIGNING, None
    found.drafter, found.drafter_name, found.sent_at = by.key, by.name[:80], at
    found.sending += 1
    found.edition += 1
    kept = [one for one in keep if one in held]
    _send(found, chain, files=files, keep=kept, named=named, by=by, at=at)
    return found


@operation("approvals.submission.withdrawn")
def withdraw_submission(
    *, by: Actor, at: datetime, submission: UUID, why: str, edition: int | None = None
) -> Submission:
    """Take a submission back while it is being signed (撤回), with a reason; by its drafter and nobody else."""
    found = load_submission(submission, by=by, edition=edition)
    by.must(DRAFT, area=found.area)
    if found.drafter != by.key:
        raise NotAllowed("只有经办人自己能撤回；要退回的请由审签人退回。")
    if found.state != State.SIGNING:
        raise CannotDo("这份呈批件现在不在审签中，不能撤回。")
    told = _reason(why, "请写明为什么撤回。")
    close_sending(found, State.WITHDRAWN, told, by=by, at=at)
    record(found, kind="submission", area=found.area, number=found.number, why=told)
    return found


@operation("approvals.about.stopped")
def stop_about(*, by: Actor, at: datetime, about: str) -> int:
    """What is being signed about a thing that is over without a result is taken back (撤回呈批); answers how many.

    Its drafter is told, and voids it: the number stays used.
    """
    rows = Submission.objects.within(by).select_for_update(of=("self",))
    found = list(rows.filter(subject=about, state=State.SIGNING).order_by("id"))
    for one in found:
        close_sending(one, State.WITHDRAWN, "这件办件已经撤回或作废，不用再审签。", by=by, at=at)
        record(one, kind="submission", area=one.area, number=one.number)
    if not found:
        unchanged()
    return len(found)


@operation("approvals.submission.voided")
def void_submission(
    *, by: Actor, at: datetime, submission: UUID, why: str, edition: int | None = None
) -> Submission:
    """Void a submission (作废), with a reason; its number stays used. By its drafter until it is issued, then by who signs
    there. Refuses one of which the sealed scan is the final version."""
    found = load_submission(submission, by=by, edition=edition)
    if found.state == State.ISSUED:
        by.must(SIGN, area=found.area)
    else:
        by.must(DRAFT, area=found.area)
        if found.drafter != by.key:
            raise NotAllowed("还没有签发的，由经办人自己作废。")
    if found.state == State.VOID:
        raise CannotDo("这份呈批件已经作废。")
    if found.final:
        raise CannotDo("终稿已经存档，不能再作废；要撤销请另行呈批。")
    told = _reason(why, "请写明为什么作废；纸质的要收回。")
    found.void_why, found.voided_by, found.voided_by_name = told[:200], by.key, by.name[:80]
    close_sending(found, State.VOID, told, by=by, at=at)
    record(found, kind="submission", area=found.area, number=found.number, why=told)
    announce(
        SubmissionVoided(
            subject=found.public_id,
            area=found.area,
            chain=found.chain,
            about=found.subject,
            on=day_of(at),
        )
    )
    return found


@operation("approvals.file.opened")
def open_attachment(*, by: Actor, at: datetime, submission: UUID, file: UUID) -> OpenedFile:
    """Open a file of a submission (打开呈批附件), for who may read it; a look is left."""
    found = Submission.objects.within(by).filter(public_id=submission).first()
    if found is None or not opens(found, by=by):
        raise NoSubmission
    return hand_out_file(by=by, at=at, file=file, subject=found.public_id, why=f"查看呈批附件 {found.number}")


_ONE_STANDS = "这件事按这个流程已经呈批过了；原来的作废以后才能另呈。"


def _stands(subject: str, chain: str) -> Q:
    return Q(subject=subject, chain=chain) & ~Q(state=State.VOID)


def _about(kind: str, thing: UUID, *, by: Actor, at: datetime) -> About:
    subject = subjects.find(kind)
    if subject is None:
        raise NoSubmission("没有这种可以呈批的东西。")
    return subject.load(thing, by=by, on=day_of(at))


def _must_find_signers(chain, *, area: str, drafters: Sequence[UUID], on) -> None:
    if seats := without_signer(chain, area=area, drafters=drafters, on=on):
        sentence = f"这个流程走不完：{'、'.join(seats)}现在没有别人能签。请另选流程，或请管理员先授权。"
        raise CannotDo(sentence, findings=[Finding("approvals.nobody_signs", sentence, "chain")])


def _send(
    found: Submission,
    chain,
    *,
    files: Sequence[File],
    keep: Sequence[UUID],
    named: Mapping[str, UUID],
    by: Actor,
    at: datetime,
) -> None:
    """One sending with its files, and the turn of its first step."""
    told = {"by": by, "at": at, "subject": found.public_id, "area": found.area, "purpose": ATTACHMENT}
    stored = [store_upload(**told, file=file).public_id for file in files]
    sending = Sending.objects.create(
        submission=found,
        number=found.sending,
        title=found.title,
        text=found.text,
        files=[str(one) for one in (*keep, *stored)],
        named={title: str(account) for title, account in named.items()},
        drafter=by.key,
        drafter_name=by.name[:80],
        sent_at=at,
    )
    begin_step(found, sending, chain.steps[0], number=1, by=by, at=at)
    found.save()
    record(
        found,
        kind="submission",
        area=found.area,
        number=found.number,
        chain=found.chain,
        about=found.subject,
        sending=found.sending,
    )


def _reason(why: str, otherwise: str) -> str:
    told = clean_line(why)[:200]
    if len(told) < LEAST_WORDS:
        raise CannotDo(otherwise)
    return told
