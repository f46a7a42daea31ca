"""Two files become one, and two again (并档): papers that wait at windows for the other file are found under the kept one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.work.desk.engine.trays import close_tray
from yimen.work.desk.models import PaperTray


@operation("desk.person.merged", inner=True)
def settle_trays(*, by: Actor, at: datetime, keep: UUID, alias: UUID) -> dict[str, Any]:
    """Papers handed in for the other file wait for the kept one (并档); answers in which trays.

    Where one clerk holds papers for both and the same matter, those of the kept file stay before her, and the others are cleared
    in their time like all that nobody accepts; an empty tray gives way.
    """
    trays = PaperTray.objects.within(by).select_for_update(of=("self",)).filter(closed_at=None, case=None)
    held = {(tray.opened_by, tray.matter): tray for tray in trays.filter(person=keep).order_by("id")}
    goes = []
    for tray in trays.filter(person=alias).order_by("id"):
        hers = held.get((tray.opened_by, tray.matter))
        if hers is not None:
            if hers.pages.exists():
                continue
            close_tray(hers, by=by, at=at, why="并档，改用另一份档案已收的材料")
        tray.person = keep
        tray.save(update_fields=["person"])
        goes.append(tray.id)
    return {"keep": str(keep), "alias": str(alias), "trays": goes}


@operation("desk.merge.undone", inner=True)
def restore_trays(*, by: Actor, at: datetime, state: Mapping[str, Any]) -> None:
    """They were two people (撤销并档): what went over and still waits goes back."""
    keep, alias = UUID(state["keep"]), UUID(state["alias"])
    trays = PaperTray.objects.within(by).select_for_update(of=("self",)).filter(closed_at=None, case=None)
    # For whom a clerk left another tray then, or took one since, has it.
    taken = set(trays.filter(person=alias).values_list("opened_by", "matter"))
    for tray in trays.filter(id__in=state["trays"], person=keep).order_by("id"):
        if (tray.opened_by, tray.matter) not in taken:
            tray.person = alias
            tray.save(update_fields=["person"])
