"""The writers of home visits: plan one for two, and write down what came of it."""

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.foundations.messages.api import tell_account, tell_person
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.services.homevisit.choices import DayPart, SignedHow, VisitOutcome
from yimen.services.homevisit.models import HomeVisit
from yimen.services.homevisit.permissions import DO_VISIT
from yimen.services.homevisit.queries import NoVisit, crew
from yimen.services.homevisit.rules import why_not_plan, why_not_record
from yimen.work.desk import api as desk

MATTER = "home_visit"


class CannotPlan(NotPossible):
    code = "homevisit.cannot_plan"


class CannotRecord(NotPossible):
    code = "homevisit.cannot_record"


@operation("homevisit.visit.planned")
def plan_visit(
    *, by: Actor, at: datetime, case: UUID, day: date, part: DayPart, first: UUID, second: UUID
) -> HomeVisit:
    """Plan a visit by two (安排上门). Both get a message, and the resident is told who comes and when.

    Refuses one person twice, somebody who does no visits here, a day gone by, and a second visit while one is planned.
    """
    view = desk.get_case(case, by=by)
    by.must(DO_VISIT, area=view.case.area)
    on = day_of(at)
    may_go = crew(view.case.area, by=by, on=on)
    finding = why_not_plan(
        first=first,
        second=second,
        crew=may_go,
        day=day,
        on=on,
        open_case=view.case.matter == MATTER and view.case.state == desk.State.ACCEPTED,
        pending=HomeVisit.objects.filter(case=case, outcome="").exists(),
    )
    if finding:
        raise CannotPlan(finding.sentence, findings=[finding])
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    visit = HomeVisit.objects.create(
        case=case,
        person=view.case.person,
        person_name=view.case.person_name,
        area=view.case.area,
        address=str(answers.get("address", ""))[:200],
        wants=answers.get("wants", ""),
        day=day,
        part=DayPart(part),
        first=first,
        first_name=may_go[first],
        second=second,
        second_name=may_go[second],
        planned_at=at,
        planned_by=by.key,
    )
    record(visit, kind="visit", area=visit.area, case=str(case), day=day.isoformat())
    _tell(visit, by=by, at=at)
    return visit


@operation("homevisit.visit.recorded")
def record_visit(
    *,
    by: Actor,
    at: datetime,
    visit: UUID,
    outcome: VisitOutcome,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
    result: str = "",
    signed_how: SignedHow | str = "",
    signed_by: str = "",
) -> HomeVisit:
    """Write down a visit (记录上门): when they came and left, what was done, how the resident signed. Once.

    Refuses times of two days, in wrong order or ahead of the clock, a meeting without result or signature, and times of a
    visit that did not take place.
    """
    found = HomeVisit.objects.within(by).select_for_update(of=("self",)).filter(public_id=visit).first()
    if found is None:
        raise NoVisit
    by.must(DO_VISIT, area=found.area)
    if found.outcome:
        raise CannotRecord("这次上门已经记过了。")
    outcome = VisitOutcome(outcome)
    finding = why_not_record(
        outcome=outcome,
        arrived_at=arrived_at,
        left_at=left_at,
        result=result,
        signed_how=signed_how,
        signed_by=signed_by,
        at=at,
    )
    if finding:
        raise CannotRecord(finding.sentence, findings=[finding])
    met = outcome in (VisitOutcome.DONE, VisitOutcome.AGAIN)
    found.outcome, found.result = outcome, result.strip()
    found.arrived_at, found.left_at = arrived_at, left_at
    found.signed_how = SignedHow(signed_how) if met else ""
    found.signed_by = signed_by.strip() if met and signed_how != SignedHow.WITNESSED else ""
    found.recorded_at, found.recorded_by = at, by.key
    found.save()
    record(found, kind="visit", area=found.area, case=str(found.case), outcome=outcome.value)
    return found


@operation("homevisit.visits.called_off")
def call_off_visits(*, by: Actor, at: datetime, case: UUID) -> int:
    """Call off what is planned for a case that ended without a result (取消上门), and tell both who would have gone."""
    planned = HomeVisit.objects.within(by).select_for_update(of=("self",)).filter(case=case, outcome="")
    called_off = list(planned)
    for visit in called_off:
        by.must(DO_VISIT, area=visit.area)
        visit.outcome, visit.result = VisitOutcome.CALLED_OFF, "申请已撤回或作废"
        visit.recorded_at, visit.recorded_by = at, by.key
        visit.save()
        record(visit, kind="visit", area=visit.area, case=str(case), outcome=visit.outcome.value)
        for account in (visit.first, visit.second):
            tell_account(
                by=by,
                at=at,
                account=account,
                title="上门取消了",
                text=f"{visit.day.month}月{visit.day.day}日{visit.get_part_display()}的上门不用去了。",
                link=reverse("desk:case", args=[case]),
                area=visit.area,
                person=visit.person,
            )
    if not called_off:
        unchanged()
    return len(called_off)


def _tell(visit: HomeVisit, *, by: Actor, at: datetime) -> None:
    when = f"{visit.day.month}月{visit.day.day}日{visit.get_part_display()}"
    for account, other in ((visit.first, visit.second_name), (visit.second, visit.first_name)):
        if account != by.account:
            tell_account(
                by=by,
                at=at,
                account=account,
                title=f"{when}上门",
                text=f"和{other}一起去。地址和要办的事点开就有。",
                link=reverse("homevisit:record", args=[visit.public_id]),
                area=visit.area,
                person=visit.person,
            )
    tell_person(
        by=by,
        at=at,
        person=visit.person,
        title="上门时间",
        text=f"{when}，社区工作人员{visit.first_name}、{visit.second_name}两人上门，会出示工作证，不收任何费用。",
        area=visit.area,
        link=reverse("desk:case", args=[visit.case]),
    )
