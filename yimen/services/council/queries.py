"""Reads of community self-government."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations import api as organisations
from yimen.services.council.models import Filing, PromisedAnswer, ReceptionDay
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
    owed = _owed(by)
    if not owed:
        return []
    running = desk.find_cases(by=by).filter(
        public_id__in=[row.case for row in owed], matter=VISIT, state=desk.State.ACCEPTED
    )
    cases = {case.public_id: case for case in running}
    return [(row, cases[row.case]) for row in owed if row.case in cases]


@kept
def _owed(by: Actor) -> QuerySet[PromisedAnswer]:
    return PromisedAnswer.objects.within(by).filter(answered_on__isnull=True).order_by("promised_on", "id")


@dataclass(frozen=True)
class Visit:
    """One visitor of a day (来访): her case, and the date she was given where she was not answered."""

    case: Any
    promise: PromisedAnswer | None

    @property
    def owes_a_word(self) -> bool:
        """She has neither answer nor date."""
        return self.case.state == desk.State.ACCEPTED and self.promise is None


def visits_on(day: date, *, by: Actor) -> list[Visit]:
    """Who came on a day with something to say (当日来访), in the order in which they came."""
    begin = datetime.combine(day, time(), tzinfo=STREET_TIME)
    came = desk.find_cases(by=by).filter(
        matter=VISIT, received_at__gte=begin, received_at__lt=begin + timedelta(days=1)
    )
    cases = list(came.exclude(state=desk.State.VOIDED).order_by("id"))
    rows = PromisedAnswer.objects.within(by).filter(case__in=[case.public_id for case in cases])
    promises = {row.case: row for row in rows}
    return [Visit(case, promises.get(case.public_id)) for case in cases]


def reception_day(area: str, day: date) -> ReceptionDay | None:
    """Who receives in an area on a day (接待安排), as it was announced."""
    return ReceptionDay.objects.filter(area=area, day=day).first()


def reception_days_in(area: str) -> QuerySet[ReceptionDay]:
    """The days of exactly this area (本区域的接待日), for who carries them over."""
    return ReceptionDay.objects.filter(area=area)


def reception_days(area: str, *, on: date) -> list[ReceptionDay]:
    """What is announced from a day on for an area and for all that lies above it (接待安排), the next first."""
    return list(ReceptionDay.objects.filter(area__in=lineage(area), day__gte=on).order_by("day", "-area"))
