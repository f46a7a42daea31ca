"""Enter a demand, point one out, and decide (准入登记、反映、审核)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.money import Money
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.places.api import standing_area
from yimen.steering.workload.choices import DemandKind, DemandState, Origin
from yimen.steering.workload.engine.grammar import find_entry
from yimen.steering.workload.models import Demand, DemandPlace
from yimen.steering.workload.permissions import DECIDE, ENTER, POINT_OUT
from yimen.steering.workload.queries import SPARED, NoDemand, against, places_of
from yimen.steering.workload.rules import why_not_decide
from yimen.work.ledger.api import SourceKind, record_entry

UNKNOWN = "社区反映，单位待查"


class CannotAdmit(NotPossible):
    code = "workload.cannot_admit"


@operation("workload.demand.entered")
def enter_demand(
    *,
    by: Actor,
    at: datetime,
    area: str,
    unit_name: str,
    title: str,
    kind: DemandKind,
    communities: Sequence[str],
    since: date,
    until: date,
    hours: int,
    times: int,
    content: str = "",
    basis: str = "",
    paper: str = "",
    money: Money | None = None,
) -> Demand:
    """Put what a department demands of communities into the queue (登记准入申请): title, basis, money, period, hours."""
    by.must(ENTER, area=area)
    if not clean_line(unit_name):
        raise CannotAdmit("请写明是哪个部门提出的。")
    if not communities or not all(code.startswith(area) for code in communities):
        raise CannotAdmit("请选择本街道的社区。")
    return _put(
        by=by,
        at=at,
        area=area,
        origin=Origin.DEPARTMENT,
        unit_name=clean_line(unit_name),
        title=title,
        kind=kind,
        communities=communities,
        since=since,
        until=until,
        hours=hours,
        times=times,
        content=content,
        basis=basis,
        paper=paper,
        money=money,
    )


@operation("workload.demand.pointed_out")
def point_out(
    *, by: Actor, at: datetime, area: str, title: str, kind: DemandKind, content: str, hours: int, times: int
) -> Demand:
    """Point to work that was never let in (反映未准入的事). It names the work and nobody; whoever decides looks into it."""
    by.must(POINT_OUT, area=area)
    on = day_of(at)
    return _put(
        by=by,
        at=at,
        area=area,
        origin=Origin.COMMUNITY,
        unit_name=UNKNOWN,
        title=title,
        kind=kind,
        communities=[area],
        since=on,
        until=date(on.year, 12, 31),
        hours=hours,
        times=times,
        content=content,
    )


@operation("workload.demand.decided")
def decide_demand(
    *,
    by: Actor,
    at: datetime,
    demand: UUID,
    admit: bool,
    listed: str,
    reason: str,
    until: date | None = None,
) -> Demand:
    """Let it in until a day, or refuse it (审核准入), held against the lists and never by who entered it.

    What is refused is counted as hours spared, community by community, in the ledger.
    """
    rows = Demand.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=demand).first()
    if found is None:
        raise NoDemand
    by.must(DECIDE, area=found.area)
    on = day_of(at)
    finding = why_not_decide(
        state=found.state,
        entered_by=found.asked_by,
        by=by.key,
        admits=admit,
        reason=reason,
        until=until,
        on=on,
        findings=against(found, listed=listed, on=on),
    )
    if finding:
        raise CannotAdmit(finding.sentence, findings=[finding])
    entry = find_entry(listed, on=on)
    found.state = DemandState.ADMITTED if admit else DemandState.REFUSED
    found.listed, found.listed_title = (listed, entry.title) if entry else ("", "")
    found.reason = reason.strip()
    if admit:
        found.admitted_on, found.admitted_until = on, until
    found.decided_at, found.decided_by, found.decided_by_name = at, by.key, by.name
    found.save()
    if not admit:
        for place in places_of(found, by=by):
            record_entry(
                by=by,
                at=at,
                items=(SPARED,),
                happened_on=on,
                area=place,
                source_kind=SourceKind.DEMAND,
                source=found.public_id,
                quantity=found.hours * found.times,
                note=found.title,
            )
    record(found, kind="demand", area=found.area, state=found.state, listed=found.listed)
    return found


def _put(
    *,
    by: Actor,
    at: datetime,
    area: str,
    origin: Origin,
    title: str,
    kind: DemandKind,
    communities: Sequence[str],
    since: date,
    until: date,
    hours: int,
    times: int,
    unit_name: str,
    content: str = "",
    basis: str = "",
    paper: str = "",
    money: Money | None = None,
) -> Demand:
    title = clean_line(title)
    if not title:
        raise CannotAdmit("请写明要社区做什么。")
    if until < since:
        raise CannotAdmit("结束日期不能早于开始日期。")
    if hours < 1 or times < 1:
        raise CannotAdmit("请估一估每个社区每次要几小时、要做几次，不足一小时按一小时算。")
    codes = list(dict.fromkeys(communities))
    for code in codes:
        standing_area(code, by=by)
    made = Demand.objects.create(
        area=area,
        origin=origin,
        unit_name=unit_name,
        title=title,
        kind=DemandKind(kind),
        content=content.strip(),
        basis=clean_line(basis),
        paper=clean_line(paper),
        money_fen=money.fen if money else 0,
        since=since,
        until=until,
        hours=hours,
        times=times,
        places=len(codes),
        asked_at=at,
        asked_by=by.key,
    )
    DemandPlace.objects.bulk_create(DemandPlace(demand=made, area=code) for code in codes)
    record(made, kind="demand", area=area, origin=made.origin)
    return made
