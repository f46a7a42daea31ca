"""What somebody was granted ends with her death by a row of its own, which an error takes back (因去世终止、恢复)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import record, unchanged
from yimen.kernel.actor import Actor


@dataclass(frozen=True)
class EndsWithHer:
    """One kind of grant that is never changed, and the rows that stop it.

    ``granted`` has ``person``, ``area`` and ``running()``; ``stops`` points at it by ``of``, with ended_on, why, noted, lifted.
    Its deeds belong into an operation of the app; ``kind`` is what the trail calls a grant.
    """

    granted: Any
    stops: Any
    of: str
    kind: str
    permission: str

    def end(self, people: Iterable[UUID], *, died_on: date, by: Actor, at: datetime) -> int:
        """Stop what runs for her, all ids that mean her (因去世终止); answers how many."""
        running = list(self.granted.objects.within(by).filter(person__in=people).running())
        for one in running:
            by.must(self.permission, area=one.area)
            self.stop(one, on=died_on, by=by, at=at)
        if not running:
            unchanged()
        return len(running)

    def resume(self, people: Iterable[UUID], *, by: Actor, at: datetime) -> int:
        """The death was an error: what it stopped runs on (恢复); answers how many."""
        rows = self.stops.objects.within(by).select_for_update(of=("self",)).select_related(self.of)
        ended = list(rows.filter(**{f"{self.of}__person__in": people, "lifted_at__isnull": True}))
        for one in ended:
            granted = getattr(one, self.of)
            by.must(self.permission, area=granted.area)
            one.lifted_at, one.lifted_by = at, by.key
            one.save(update_fields=["lifted_at", "lifted_by"])
            record(granted, kind=self.kind, area=granted.area, resumed=one.ended_on.isoformat())
        if not ended:
            unchanged()
        return len(ended)

    def stop(self, one: Any, *, on: date, by: Actor, at: datetime) -> None:
        """Stop one grant, also one that was made while nobody knew yet that she had died."""
        told = {self.of: one, "ended_on": on, "why": "已去世", "noted_at": at, "noted_by": by.key}
        self.stops.objects.create(**told)
        record(one, kind=self.kind, area=one.area, ended_on=on.isoformat(), why="已去世")
