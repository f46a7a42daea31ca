"""Keep what was filed as an organisation, and close a filing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import announce
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.organisations import api as organisations
from yimen.services.council.choices import AssociationKind, Tier
from yimen.services.council.events import FilingClosed
from yimen.services.council.models import Filing
from yimen.services.council.permissions import DECIDE_CASE, KEEP_FILINGS
from yimen.services.council.queries import NoFiling
from yimen.work.desk import api as desk


class NotFiled(NotPossible):
    code = "council.not_filed"
    sentence = "这件备案没有同意，不能登记为社区社会组织。"


class CannotClose(NotPossible):
    code = "council.cannot_close"


@operation("council.filing.recorded")
def record_filing(*, by: Actor, at: datetime, case: UUID) -> Filing:
    """Keep what a case filed (登记备案), once per case: the filing, and the organisation in its community.

    One of that name that stands there already is taken for it.
    """
    view = desk.get_case(case, by=by)
    by.must(DECIDE_CASE, area=view.case.area)
    known = Filing.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    if view.case.outcome != desk.Outcome.GRANTED:
        raise NotFiled
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    name = answers.get("name") or f"{view.case.person_name}的社区社会组织"
    filing = Filing.objects.create(
        case=case,
        area=view.case.area,
        organisation=_organisation(
            name, answers, area=view.case.area, since=view.case.settled_on, by=by, at=at
        ),
        name=name,
        kind=answers.get("kind", AssociationKind.OTHER),
        tier=answers.get("tier", Tier.FILED),
        leader=view.case.person,
        leader_name=view.case.person_name,
        members=answers.get("members") or 0,
        purpose=answers.get("purpose", ""),
        place=answers.get("place", ""),
        filed_on=view.case.settled_on,
        recorded_at=at,
        recorded_by=by.key,
    )
    record(filing, kind="filing", area=filing.area, case=str(case))
    return filing


@operation("council.filing.closed")
def close_filing(*, by: Actor, at: datetime, filing: UUID, why: str) -> Filing:
    """Close a filing (注销备案), with the reason; its organisation is dissolved thereupon. Refuses without a reason or twice."""
    found = Filing.objects.within(by).select_for_update(of=("self",)).filter(public_id=filing).first()
    if found is None:
        raise NoFiling
    by.must(KEEP_FILINGS, area=found.area)
    if found.closed_on is not None:
        raise CannotClose("这条备案已经注销。")
    if not why.strip():
        raise CannotClose("请写明注销的原因。")
    found.closed_on, found.closed_why = day_of(at), why.strip()
    found.save(update_fields=["closed_on", "closed_why"])
    record(found, kind="filing", area=found.area, closed_on=str(found.closed_on))
    announce(
        FilingClosed(
            subject=found.public_id,
            area=found.area,
            organisation=found.organisation,
            closed_on=found.closed_on.isoformat(),
        )
    )
    return found


@operation("council.organisation.dissolved")
def dissolve_with_filing(*, by: Actor, at: datetime, organisation: UUID, until: date) -> None:
    """The organisation of a closed filing stands no longer (随注销撤销单位); nothing when it is gone or began that day."""
    found = organisations.organisation(organisation, by=by)
    by.must(KEEP_FILINGS, area=found.area)
    if found.until is not None or until <= found.since:
        unchanged()
        return
    organisations.dissolve_organisation(by=by, at=at, organisation=found, until=until)


def _organisation(
    name: str, answers: Mapping[str, Any], *, area: str, since: date, by: Actor, at: datetime
) -> UUID:
    kind = organisations.OrganisationKind.SOCIAL
    standing = organisations.organisations(by=by, on=since, kind=kind).filter(area=area, name=name).first()
    if standing is None:
        standing = organisations.found_organisation(
            by=by,
            at=at,
            name=name,
            kind=kind,
            area=area,
            since=since,
            field=answers.get("kind", AssociationKind.OTHER),
            tier=answers.get("tier", Tier.FILED),
            address=answers.get("place", ""),
            duty=answers.get("purpose", ""),
        )
    return standing.public_id
