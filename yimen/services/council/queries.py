"""Reads of community self-government."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations import api as organisations
from yimen.services.council.models import Filing, PromisedAnswer
from yimen.services.council.permissions import VIEW_FILINGS
from yimen.work.desk import api as desk

VISIT = "reception_visit"


class NoFiling(NotFound):
    code = "council.no_filing"
    sentence = "没有这条备案，或不在您的范围内。"


def find_filings(*, by: Actor) -> QuerySet[Filing]:
    """The community organisations on file within reach (社区社会组织备案)."""
    return Filing.objects.within(by) if by.can_somewhere(VIEW_FILINGS) else Filing.objects.none()


def get_filing(public_id: UUID, *, by: Actor) -> Filing:
    """One filing within reach."""
    found = find_filings(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoFiling
    return found


def filing_of_case(case: UUID, *, by: Actor) -> Filing | None:
    """What was filed in one case."""
    return find_filings(by=by).filter(case=case).first()


def names_taken(area: str, *, by: Actor, on: date) -> list[str]:
    """The names of the social organisations of an area (已有名称)."""
    standing = organisations.organisations(by=by, on=on, kind=organisations.OrganisationKind.SOCIAL)
    return list(standing.filter(area=area).values_list("name", flat=True))


def promise_of_case(case: UUID, *, by: Actor) -> PromisedAnswer | None:
    """The date that was stated in one visit (限期答复)."""
    return PromisedAnswer.objects.within(by).filter(case=case).first()


def open_promises(*, by: Actor) -> list[tuple[PromisedAnswer, Any]]:
    """Every stated date whose answer is still owed, the nearest first, each with its case."""
    running = desk.find_cases(by=by).filter(matter=VISIT, state=desk.State.ACCEPTED)
    cases = {case.public_id: case for case in running}
    rows = PromisedAnswer.objects.within(by).filter(answered_on__isnull=True, case__in=list(cases))
    return [(row, cases[row.case]) for row in rows.order_by("promised_on", "id")]
