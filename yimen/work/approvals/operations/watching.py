"""Remind of steps that wait too long, and follow areas that change (催签、随区域调整)."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.definitions.api import version, working_calendar
from yimen.foundations.messages.api import tell_account, tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.places.ports import AreaMove
from yimen.work.approvals.choices import BACK, State
from yimen.work.approvals.models import Seat, Submission

LINK = "/approvals/waiting/"


@operation("approvals.signers.reminded")
def remind_signers(*, by: Actor, at: datetime) -> int:
    """Remind whoever must sign when a step is older than its days (催签), once; and, the chain's ``late_days`` later, once who
    is above. On working days only; answers how many places wait too long."""
    today = day_of(at)
    calendar = working_calendar(on=today)
    rows = Seat.objects.within(by).filter(closed=False, due_on__lt=today).select_related("submission")
    late = list(rows.order_by("id")) if calendar.is_working_day(today) else []
    signers: dict[tuple[str, str], list[Seat]] = defaultdict(list)
    named: dict[UUID, list[Seat]] = defaultdict(list)
    above: dict[tuple[str, str], list[Seat]] = defaultdict(list)
    for seat in late:
        chain = version(seat.submission.chain_version_id).body
        passed = calendar.working_days_between(seat.due_on, today).count
        if seat.reminded_on is None:
            seat.reminded_on = today
            (named[seat.account] if seat.account else signers[seat.role, seat.area]).append(seat)
        # Who is above and must sign herself was told as a signer.
        above_it = chain.late_role not in ("", seat.role)
        if above_it and seat.told_above_on is None and passed >= chain.late_days:
            seat.told_above_on = today
            above[chain.late_role, seat.area].append(seat)
    told = [*signers.values(), *named.values(), *above.values()]
    if not told:
        unchanged()
        return len(late)
    for (role, area), seats in sorted(signers.items()):
        _tell(role, area, _waits(seats), seats, by=by, at=at)
    for account, seats in sorted(named.items()):
        given = {"title": _waits(seats), "text": _listed(seats), "link": LINK, "area": seats[0].area}
        tell_account(by=by, at=at, account=account, **given)
    for (role, area), seats in sorted(above.items()):
        _tell(role, area, f"{len(seats)} 份呈批件超期没有审签", seats, by=by, at=at)
    Seat.objects.bulk_update(late, ["reminded_on", "told_above_on"], batch_size=500)
    manifest = [{"seat": str(one.public_id)} for seats in told for one in seats]
    record_batch(manifest, kind="submission", area="")
    return len(late)


@operation("approvals.rows.carried_over", inner=True)
def carry_over_submissions(*, by: Actor, at: datetime, move: AreaMove) -> int:
    """What is being signed, or may be sent again, goes over when an area as a whole becomes another (随区域调整); what was
    issued keeps the area of its day. The number stays in the series of the street that gave it."""
    unchanged()
    if move.buildings is not None or not move.new or move.old == move.new:
        return 0
    live = Submission.objects.within(by).filter(area=move.old, state__in=(State.SIGNING, *BACK))
    ids = list(live.values_list("id", flat=True))
    Seat.objects.within(by).filter(submission__in=ids, closed=False).update(area=move.new)
    return Submission.objects.within(by).filter(id__in=ids).update(area=move.new)


def _tell(role: str, area: str, title: str, seats: list[Seat], *, by: Actor, at: datetime) -> None:
    given = {"title": title, "text": _listed(seats), "link": LINK, "area": area}
    tell_role(by=by, at=at, role=role, role_area=area, **given)


def _waits(seats: list[Seat]) -> str:
    return f"{len(seats)} 份呈批件等您审签，已过应签日期"


def _listed(seats: list[Seat]) -> str:
    return "、".join(f"{seat.submission.number}（{seat.title}）" for seat in seats[:20])
