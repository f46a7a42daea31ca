"""Sheets of organisations: register what the good rows say, and take a batch back (导入单位、撤销导入)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.foundations.imports.api import named_elsewhere
from yimen.foundations.imports.ports import SheetRow, Written
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.organisations.engine.sheets import judge_bodies
from yimen.registers.organisations.models import Organisation
from yimen.registers.organisations.operations.units import found_organisation
from yimen.registers.organisations.permissions import KEEP

NOT_FOUND = "不在您的范围内，或已经不在了"
DISSOLVED = "已经撤销登记"


@operation("organisations.sheet.written", inner=True)
def write_organisations(
    *, by: Actor, at: datetime, rows: Sequence[SheetRow], area: str, batch: UUID
) -> Written:
    """Register the organisations of a sheet (导入单位), each with its own trail: they are few."""
    bodies, notes = judge_bodies(rows, on=day_of(at), area=area)
    made = {}
    for one in bodies:
        founded = found_organisation(
            by=by,
            at=at,
            name=one.name,
            short=one.short,
            kind=one.kind,
            area=one.area,
            since=one.since,
            credit_code=one.credit_code,
            phone=one.phone,
            address=one.address,
            tier=one.tier,
        )
        made[one.row] = founded.public_id
    if not bodies:
        unchanged()
    return Written(made=made, refused=notes)


@operation("organisations.organisations.withdrawn", inner=True)
def withdraw_organisations(*, by: Actor, at: datetime, subjects: Sequence[UUID]) -> dict[UUID, str]:
    """Take organisations away that an import made (撤销导入单位); answers those left, each with the reason."""
    rows = list(
        Organisation.objects.known_to(by).filter(public_id__in=list(subjects)).select_for_update(of=("self",))
    )
    for area in sorted({one.area for one in rows}):
        by.must(KEEP, area=area)
    left = dict.fromkeys(set(subjects) - {one.public_id for one in rows}, NOT_FOUND)
    left |= {one.public_id: DISSOLVED for one in rows if one.until is not None}
    asked = {one.public_id: one.id for one in rows if one.public_id not in left}
    left |= named_elsewhere(Organisation, asked, names=("organisation", "unit"))
    gone = [one for one in rows if one.public_id not in left]
    Organisation.objects.filter(id__in=[one.id for one in gone]).delete()
    record_batch(
        [{"organisation": str(one.public_id)} for one in gone],
        kind="organisation",
        area=gone[0].area if len({one.area for one in gone}) == 1 else by.home,
        withdrawn=True,
        left=len(left),
    )
    return left
