"""A colleague left: what waited half-done at her window waits at the heir's (离岗交接)."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.access.api import actor_of
from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.messages.api import tell_account
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk.engine.trays import close_tray
from yimen.work.desk.models import PaperTray, ParkedIntake
from yimen.work.desk.permissions import ACCEPT_CASE

_KEY = "account:{}"


@operation("desk.intakes.handed_over")
def hand_over_intakes(*, by: Actor, at: datetime, account: UUID, to: UUID | None) -> int:
    """Parked intakes and waiting papers of a leaver stand before who takes over (挂起的受理、待收材料交接); answers how many.

    Only where the heir may accept cases herself. What nobody takes over is cleared in its time like the rest.
    """
    heir = actor_of(to, on=day_of(at)) if to else None
    if heir is None:
        unchanged()
        return 0
    parked = [row for row in _parked(account, by=by) if heir.can(ACCEPT_CASE, area=row.area)]
    for row in parked:
        row.account = heir.account
        row.save(update_fields=["account"])
    trays = [row for row in _trays(account, by=by) if heir.can(ACCEPT_CASE, area=row.area)]
    trays = [tray for tray in trays if _taken_over(tray, heir=heir, by=by, at=at)]
    if not parked and not trays:
        unchanged()
        return 0
    told = [{"parked_intake": str(row.public_id)} for row in parked]
    told += [{"paper_tray": str(tray.public_id)} for tray in trays]
    area = (parked or trays)[0].area
    record_batch(told, kind="parked_intake", area=area, handed_over=str(account), to=str(heir.account))
    tell_account(
        by=by,
        at=at,
        account=heir.account,
        area=area,
        title="同事离岗，没办完的受理由您接着办",
        text=f"挂起的受理 {len(parked)} 件，待收材料 {len(trays)} 份；挂起的当天晚上自动清除。",
        link="/",
    )
    return len(told)


def _parked(account: UUID, *, by: Actor) -> list[ParkedIntake]:
    rows = ParkedIntake.objects.within(by).select_for_update(of=("self",)).filter(account=account)
    return list(rows.order_by("id"))


def _trays(account: UUID, *, by: Actor) -> list[PaperTray]:
    rows = PaperTray.objects.within(by).select_for_update(of=("self",)).filter(closed_at=None)
    return list(rows.filter(opened_by=_KEY.format(account)).order_by("id"))


def _taken_over(tray: PaperTray, *, heir: Actor, by: Actor, at: datetime) -> bool:
    """Give her the tray. Where she holds papers for the same herself, hers stay before her; an empty one gives way."""
    same = {"case": tray.case_id} if tray.case_id else {"person": tray.person, "matter": tray.matter}
    hers = PaperTray.objects.within(by).select_for_update(of=("self",)).filter(closed_at=None, **same)
    own = hers.filter(opened_by=heir.key, case__isnull=tray.case_id is None).first()
    if own is not None:
        if own.pages.exists():
            return False
        close_tray(own, by=by, at=at, why="离岗交接，改用同事已收的材料")
    tray.opened_by, tray.touched_at = heir.key, at
    tray.save(update_fields=["opened_by", "touched_at"])
    return True
