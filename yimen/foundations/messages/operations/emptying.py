"""Calls follow their area, and are emptied when their time is over (随区域调整、到期抹去)."""

from datetime import datetime

from django.db.models import QuerySet

from yimen.foundations.audit.api import operation
from yimen.foundations.messages.choices import CallState
from yimen.foundations.messages.models import CallTask
from yimen.foundations.messages.queries import CLEARED
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of


@operation("messages.calls.emptied", inner=True)
def empty_calls(*, by: Actor, at: datetime, rows: QuerySet[CallTask]) -> None:
    """Who was told what goes (抹去告知任务); that somebody was called so many times stays, beside the tries."""
    rows.update(name=CLEARED, way_note="", title=CLEARED, text="", link="", closed_why="")


@operation("messages.calls.carried_over", inner=True)
def carry_over_calls(*, by: Actor, at: datetime, old: str, new: str) -> int:
    """Calls that are still to be made go over when areas are reorganised (告知任务随区域调整)."""
    rows = CallTask.objects.within(by).filter(area=old, state=CallState.OPEN)
    return rows.update(area=new, street=street_of(new))
