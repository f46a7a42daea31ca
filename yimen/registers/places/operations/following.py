"""Rows that simply follow their area (随区域调整)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.registers.places.ports import AreaMove


@dataclass(frozen=True)
class FollowsItsArea:
    """What is open in an area goes over to its successor as it is: ``rows(old)`` answers it. Single buildings take nothing along.

    A `Restamp` for apps in which nothing else hangs on the column ``area`` (and ``street``, where there is one). Of what is
    planned for days (``day``, the column) only days from the change on go over, and where an area has only one of them,
    told apart by the columns ``once``, what the successor has planned itself stays its own.
    """

    key: str
    rows: Callable[[str], QuerySet]
    day: str = ""
    once: tuple[str, ...] = ()

    def carry_over(self, *, by: Actor, at: datetime, move: AreaMove) -> int:
        """Called inside the operation `reorganise_areas`."""
        if move.buildings is not None:
            return 0
        rows = self.rows(move.old)
        if self.day:
            rows = rows.filter(**{f"{self.day}__gte": move.on})
        if self.once:
            there = self.rows(move.new).filter(**{column: OuterRef(column) for column in self.once})
            rows = rows.exclude(Exists(there))
        columns = {"area": move.new}
        if any(field.name == "street" for field in rows.model._meta.get_fields()):
            columns["street"] = street_of(move.new) or ""
        return rows.update(**columns)
