"""Reads of agreed work and submissions, given the actor."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.money import Money
from yimen.kernel.periods import Period
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations import api as organisations
from yimen.services.providers.choices import SubmissionState
from yimen.services.providers.models import AgreedWork, Submission
from yimen.services.providers.permissions import ACCEPT, VIEW_WORK
from yimen.services.providers.rules import amount_of, why_not_submit

KINDS = ("clinic", "health_centre")


class NoSuchWork(NotFound):
    code = "providers.no_such_work"
    sentence = "没有找到这项服务或这笔申报，或不在您的范围内。"


class NotThisUnit(NotFound):
    code = "providers.not_this_unit"
    sentence = "没有找到这家机构，或您不是它的机构账号。"


@dataclass
class WorkLine:
    """One kind of agreed work as both sides see it: what waits, what was accepted, what it is worth."""

    work: AgreedWork
    why_not: Finding | None
    waiting: int = 0
    accepted: int = 0
    amount: Money = field(default_factory=lambda: Money(0))


@dataclass(frozen=True)
class UnitLine:
    """An organisation in the street's list (机构): its licences, and how its agreed work stands."""

    organisation: Any
    licences: Sequence[tuple[str, Any, bool]]
    lines: Sequence[WorkLine]

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.lines)

    @property
    def amount(self) -> Money:
        return sum((one.amount for one in self.lines), Money(0))


def own_unit(unit: UUID, *, by: Actor, on: date) -> Any:
    """One's own organisation by its public id (本机构); refuses another's."""
    found = next((one for one in organisations.own_units(by=by, on=on) if one.public_id == unit), None)
    if found is None:
        raise NotThisUnit
    return found


def find_unit(unit: UUID, *, by: Actor, on: date) -> Any:
    """An organisation that the actor belongs to, or works with."""
    own = next((one for one in organisations.own_units(by=by, on=on) if one.public_id == unit), None)
    return own or organisations.organisation(unit, by=by)


def submissions(*, by: Actor) -> QuerySet[Submission]:
    """The submissions within reach (服务申报): a street's, or those of one's own organisation."""
    rows = Submission.objects.within(by) if by.can_somewhere(VIEW_WORK) else Submission.objects.none()
    return rows.select_related("work")


def get_submission(submission: UUID, *, by: Actor) -> Submission:
    """One submission."""
    found = submissions(by=by).select_related("work__agreement").filter(public_id=submission).first()
    if found is None:
        raise NoSuchWork
    return found


def get_work(work: UUID, *, by: Actor) -> AgreedWork:
    """One kind of agreed work with its agreement."""
    found = AgreedWork.objects.within(by).select_related("agreement").filter(public_id=work).first()
    if found is None:
        raise NoSuchWork
    return found


def waiting_submissions(*, by: Actor) -> QuerySet[Submission]:
    """What waits for this actor's acceptance (待验收), the oldest first."""
    rows = submissions(by=by).filter(
        state=SubmissionState.WAITING, area__begins_with_any=by.areas_for(ACCEPT) or ("-",)
    )
    return rows.order_by("id")


def returned_to(units: Sequence[Any], *, by: Actor) -> QuerySet[Submission]:
    """What came back to these organisations and was not submitted anew (待改的申报), the latest first."""
    anew = Submission.objects.filter(
        work=OuterRef("work"), done_on=OuterRef("done_on"), pk__gt=OuterRef("pk")
    ).exclude(state=SubmissionState.WITHDRAWN)
    rows = submissions(by=by).filter(
        unit__in=[one.public_id for one in units], state=SubmissionState.RETURNED
    )
    return rows.exclude(Exists(anew)).order_by("-id")


def standing_of(
    work: AgreedWork, *, by: Actor, on: date, done_on: date | None = None, licences: Any = None
) -> Finding | None:
    """Why nothing of this work can be submitted on a day (能否申报), None when it can."""
    held = (
        organisations.credentials_of([work.agreement.organisation_id], by=by)
        if licences is None
        else licences
    )
    fitting = [one for one in held if one.kind == work.licence and work.extent in one.extent]
    title = _licence_title(work.licence, on=on)
    if work.extent:
        title += f"（范围含“{work.extent}”）"
    return why_not_submit(
        done_on=done_on or on,
        on=on,
        agreement=_period(work.agreement),
        licences=[_period(one) for one in fitting],
        licence=title,
    )


def work_lines(units: Sequence[Any], *, by: Actor, on: date) -> list[WorkLine]:
    """The agreed work of organisations with what was submitted and accepted of each; three queries, whatever their number.

    Submissions that were accepted alike are worth alike, so they are counted together: years of them are a few rows.
    """
    ids = [one.pk for one in units]
    works = AgreedWork.objects.within(by).filter(agreement__organisation__in=ids).select_related("agreement")
    held = list(organisations.credentials_of(ids, by=by))
    lines = {}
    for work in works.order_by("-agreement__since", "id"):
        licences = [one for one in held if one.organisation_id == work.agreement.organisation_id]
        lines[work.pk] = WorkLine(work, standing_of(work, by=by, on=on, licences=licences))
    counted = Submission.objects.within(by).filter(
        work__in=list(lines), state__in=(SubmissionState.WAITING, SubmissionState.ACCEPTED)
    )
    alike = (
        counted.values_list("work", "accepted", "percent").annotate(Sum("quantity"), Count("id")).order_by()
    )
    for work, accepted, percent, quantity, times in alike:
        line = lines[work]
        if accepted is None:
            line.waiting += quantity
        else:
            line.accepted += accepted * times
            line.amount += amount_of(accepted, line.work.price, percent) * times
    return list(lines.values())


def licences_of(units: Sequence[Any], *, by: Actor, on: date) -> dict[int, list[tuple[str, Any, bool]]]:
    """The licences of organisations (证照): title, row, and whether it holds on the day; the latest of each kind."""
    found: dict[int, dict[str, tuple[str, Any, bool]]] = {}
    for one in organisations.credentials_of([unit.pk for unit in units], by=by):
        kinds = found.setdefault(one.organisation_id, {})
        if one.kind not in kinds or kinds[one.kind][1].since < one.since:
            kinds[one.kind] = (_licence_title(one.kind, on=on), one, _period(one).contains(on))
    return {unit: list(kinds.values()) for unit, kinds in found.items()}


def unit_lines(*, by: Actor, on: date) -> list[UnitLine]:
    """The clinics and health centres that the actor works with, and every other organisation with agreed work."""
    known = organisations.organisations(by=by, on=on)
    bought = AgreedWork.objects.within(by).values_list("agreement__organisation", flat=True)
    units = list((known.filter(kind__in=KINDS) | known.filter(pk__in=list(bought))).distinct())
    licences = licences_of(units, by=by, on=on)
    lines: dict[int, list[WorkLine]] = {}
    for line in work_lines(units, by=by, on=on):
        lines.setdefault(line.work.agreement.organisation_id, []).append(line)
    return [UnitLine(one, licences.get(one.pk, []), lines.get(one.pk, [])) for one in units]


def agreements_on(unit: Any, *, by: Actor, on: date) -> list[Any]:
    """The agreements of an organisation that have not run out (有效协议)."""
    return [one for one in organisations.agreements_of(unit, by=by) if one.until is None or one.until > on]


def _licence_title(kind: str, *, on: date) -> str:
    known = organisations.practice(on=on).credentials
    return known[kind].title if kind in known else kind


def _period(row: Any) -> Period:
    return Period(row.since, row.until)
