"""Agree on work under an agreement; submit, take back, accept or return what was done of it."""

from datetime import date, datetime
from uuid import UUID

from django.core.files import File

from yimen.foundations.audit.api import operation, record
from yimen.foundations.documents.api import store_upload
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations import api as organisations
from yimen.services.providers.choices import SubmissionState
from yimen.services.providers.engine.practice import practice
from yimen.services.providers.models import AgreedWork, Submission
from yimen.services.providers.permissions import ACCEPT, ARRANGE, SUBMIT
from yimen.services.providers.queries.works import NoSuchWork, own_unit, standing_of
from yimen.services.providers.rules import why_not_accept

PROOF = "providers.proof"
_HELD = (SubmissionState.WAITING, SubmissionState.ACCEPTED)


class CannotAgree(NotPossible):
    code = "providers.cannot_agree"
    sentence = "不能约定这项服务：{why}。"


class CannotSubmit(NotPossible):
    code = "providers.cannot_submit"
    sentence = "不能申报：{why}。"


class SubmittedAlready(NotPossible):
    code = "providers.submitted_already"
    sentence = "{day}在“{place}”的“{title}”已经申报过，不要重复申报；数量报错的，先撤回再报。"


class CannotDecide(NotPossible):
    code = "providers.cannot_decide"
    sentence = "不能办理：{why}。"


@operation("providers.work.agreed")
def agree_work(
    *,
    by: Actor,
    at: datetime,
    organisation: UUID,
    agreement: UUID,
    title: str,
    measure: str,
    price: Money,
    licence: str,
    extent: str = "",
) -> AgreedWork:
    """Agree on a kind of work under an agreement that holds (约定服务项目): counted in what, at which price, by which licence.

    Refuses an agreement that has run out, a price of nothing, a licence the practice does not know, a second of one name.
    """
    unit = organisations.organisation(organisation, by=by)
    found = next(
        (one for one in organisations.agreements_of(unit, by=by) if one.public_id == agreement), None
    )
    if found is None:
        raise NoSuchWork
    by.must(ARRANGE, area=found.area)
    on, title, measure = day_of(at), clean_line(title), clean_line(measure)
    if found.until is not None and found.until <= on:
        raise CannotAgree(why="协议已经到期")
    if not title or not measure or price.fen < 1:
        raise CannotAgree(why="要写明项目、计量单位和大于零的单价")
    if licence not in organisations.practice(on=on).credentials:
        raise CannotAgree(why="没有这种证照，请刷新页面再选")
    # Two officers at once: the second finds the row of the first.
    made, is_new = AgreedWork.objects.get_or_create(
        agreement_id=found.pk,
        title=title,
        defaults={
            "measure": measure,
            "price_fen": price.fen,
            "licence": licence,
            "extent": clean_line(extent),
            "noted_at": at,
            "noted_by": by.key,
        },
    )
    if not is_new:
        raise CannotAgree(why=f"这份协议里已有“{title}”")
    record(made, kind="agreed_work", area=found.area, agreement=agreement, price_fen=price.fen)
    return made


@operation("providers.work.dropped")
def drop_work(*, by: Actor, at: datetime, work: UUID) -> UUID:
    """A kind of work was agreed in error (删去服务项目); refused once something was submitted. Answers its organisation."""
    found = _held_work(work, by=by)
    by.must(ARRANGE, area=found.agreement.area)
    if Submission.objects.filter(work=found).exists():
        raise CannotAgree(why="机构已经申报过这项服务，留着说明以前的申报")
    unit = found.agreement.unit
    record(found, kind="agreed_work", area=found.agreement.area, title=found.title)
    found.delete()
    return unit


@operation("providers.submission.made")
def submit_work(
    *,
    by: Actor,
    at: datetime,
    work: UUID,
    done_on: date,
    place: str,
    quantity: int,
    proof: File,
    note: str = "",
) -> Submission:
    """Submit work of one's own organisation with its proof (申报服务).

    Refuses after licence or agreement have run out, a day on which they did not hold, and the same work twice.
    """
    found = _held_work(work, by=by)
    agreement = found.agreement
    by.must(SUBMIT, area=agreement.area)
    unit = own_unit(agreement.unit, by=by, on=day_of(at))
    if finding := standing_of(found, by=by, on=day_of(at), done_on=done_on):
        raise CannotSubmit(why=finding.sentence, findings=[finding])
    place = clean_line(place)
    if not place or quantity < 1:
        raise CannotSubmit(why="要写明服务地点或对象，数量至少是 1")
    if Submission.objects.filter(work=found, done_on=done_on, place=place, state__in=_HELD).exists():
        raise SubmittedAlready(day=f"{done_on.month}月{done_on.day}日", place=place, title=found.title)
    kept = store_upload(by=by, at=at, subject=unit.public_id, area=agreement.area, purpose=PROOF, file=proof)
    made = Submission.objects.create(
        work=found,
        unit=unit.public_id,
        unit_name=unit.name,
        area=agreement.area,
        done_on=done_on,
        place=place,
        quantity=quantity,
        note=clean_line(note),
        proof=kept.public_id,
        submitted_at=at,
        submitted_by=by.key,
        submitted_by_name=by.name,
    )
    record(made, kind="submission", area=made.area, work=work, quantity=quantity)
    return made


@operation("providers.submission.withdrawn")
def withdraw_submission(*, by: Actor, at: datetime, submission: UUID) -> Submission:
    """The organisation takes back what it submitted wrongly (撤回申报), while nobody has decided on it."""
    found = _waiting(submission, by=by)
    by.must(SUBMIT, area=found.area)
    own_unit(found.unit, by=by, on=day_of(at))
    return _decide(found, SubmissionState.WITHDRAWN, by=by, at=at)


@operation("providers.submission.accepted")
def accept_submission(
    *, by: Actor, at: datetime, submission: UUID, accepted: int, grade: str, note: str = ""
) -> Submission:
    """Accept what was verified of a submission, with its grade of quality (验收); less than submitted only with the reason."""
    found = _waiting(submission, by=by)
    _must_be_another(found, by=by)
    grades, note = practice(on=day_of(at)).grades, clean_line(note)
    if grade not in grades:
        raise CannotDecide(why="没有这个质量等次，请刷新页面再选")
    if finding := why_not_accept(quantity=found.quantity, accepted=accepted, note=note):
        raise CannotDecide(why=finding.sentence, findings=[finding])
    found.accepted, found.grade, found.percent = accepted, grades[grade].title, grades[grade].percent
    return _decide(found, SubmissionState.ACCEPTED, by=by, at=at, reason=note)


@operation("providers.submission.returned")
def return_submission(*, by: Actor, at: datetime, submission: UUID, reason: str) -> Submission:
    """Send a submission back with the reason (退回申报); the organisation mends it and submits anew."""
    found = _waiting(submission, by=by)
    _must_be_another(found, by=by)
    reason = clean_line(reason)
    if not reason:
        raise CannotDecide(why="请写明退回原因，机构看得到")
    return _decide(found, SubmissionState.RETURNED, by=by, at=at, reason=reason)


def _decide(
    found: Submission, state: SubmissionState, *, by: Actor, at: datetime, reason: str = ""
) -> Submission:
    found.state, found.reason = state, reason
    found.decided_at, found.decided_by, found.decided_by_name = at, by.key, by.name
    found.save()
    record(found, kind="submission", area=found.area, state=state, accepted=found.accepted)
    return found


def _must_be_another(found: Submission, *, by: Actor) -> None:
    by.must(ACCEPT, area=found.area)
    if found.submitted_by == by.key:
        raise CannotDecide(why="这是您自己申报的，要由别人验收")


def _waiting(submission: UUID, *, by: Actor) -> Submission:
    rows = Submission.objects.within(by).select_for_update(of=("self",)).select_related("work")
    found = rows.filter(public_id=submission).first()
    if found is None:
        raise NoSuchWork
    if found.state != SubmissionState.WAITING:
        raise CannotDecide(why=f"这笔申报{found.get_state_display()}")
    return found


def _held_work(work: UUID, *, by: Actor) -> AgreedWork:
    """The kind of work, locked: two submissions of it wait for each other."""
    rows = AgreedWork.objects.within(by).select_for_update(of=("self",)).select_related("agreement")
    found = rows.filter(public_id=work).first()
    if found is None:
        raise NoSuchWork
    return found
