"""The writers of the grid: an issue is noted when its report is taken in, and closed when it was handled."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotPossible
from yimen.services.grid.models import Issue
from yimen.services.grid.permissions import ACCEPT_CASE, HANDLE_CASE
from yimen.work.desk import api as desk

MATTER = "street_issue"


class NoReport(NotPossible):
    code = "grid.no_report"
    sentence = "这不是一件已受理的街面问题上报，不能登记问题。"


class NotHandled(NotPossible):
    code = "grid.not_handled"
    sentence = "这件街面问题还没有办结，不能关闭。"


@operation("grid.issue.noted")
def note_issue(*, by: Actor, at: datetime, case: UUID) -> Issue:
    """Note what an accepted report says of a place (登记问题); once per case. Who reported it is not noted."""
    view = desk.get_case(case, by=by)
    by.must(ACCEPT_CASE, area=view.case.area)
    if view.case.matter != MATTER or not view.case.accepted_on or not view.case.sheet:
        raise NoReport
    known = Issue.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    answers = get_sheet(view.case.sheet, by=by).answers
    issue = Issue.objects.create(
        case=case,
        area=view.case.area,
        kind=answers["kind"],
        place=answers["place"],
        seen_on=date.fromisoformat(answers["seen_on"]),
        recorded_at=at,
        recorded_by=by.key,
    )
    record(issue, kind="issue", area=issue.area, case=str(case))
    return issue


@operation("grid.issue.closed")
def close_issue(*, by: Actor, at: datetime, case: UUID) -> Issue:
    """Close the issue of a case that was handled (关闭问题), on the day it was settled; noted first if that came late."""
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.area)
    if view.case.matter != MATTER or view.case.outcome != desk.Outcome.REGISTERED:
        raise NotHandled
    issue = Issue.objects.filter(case=case).first() or note_issue(by=by, at=at, case=case)
    if issue.closed_on:
        unchanged()
        return issue
    issue.closed_on = view.case.settled_on
    issue.save(update_fields=["closed_on"])
    record(issue, kind="issue", area=issue.area, case=str(case))
    return issue


@operation("grid.issue.dropped")
def drop_issue(*, by: Actor, at: datetime, case: UUID, closed_on: date) -> Issue | None:
    """Close the issue of a report that was withdrawn or a slip (撤下问题); None where none was noted."""
    issue = Issue.objects.within(by).select_for_update(of=("self",)).filter(case=case).first()
    if issue is None or issue.closed_on:
        unchanged()
        return issue
    by.must(HANDLE_CASE, area=issue.area)
    issue.closed_on = closed_on
    issue.save(update_fields=["closed_on"])
    record(issue, kind="issue", area=issue.area, case=str(case), dropped=True)
    return issue
