"""How far the one electronic ledger of each community is (一本账进度)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from yimen.kernel.actor import Actor
from yimen.kernel.periods import Month
from yimen.registers.people.api import settled_in
from yimen.registers.places.api import communities_of
from yimen.work.ledger.choices import SourceKind
from yimen.work.ledger.engine.items import items_in_force
from yimen.work.ledger.models import Entry
from yimen.work.ledger.queries.figures import persons
from yimen.work.ledger.rules import Ask

_ALL = "all"


@dataclass(frozen=True)
class BookLine:
    """One community (一个社区): who lives there, how many stand in its ledger this year, and what came in from old books."""

    area: str
    name: str
    living: int
    people: int
    imported: int

    @property
    def percent(self) -> int:
        """Of those who live there, how many stand in the ledger, rounded down; who lives elsewhere may stand in it too."""
        return min(100, self.people * 100 // self.living) if self.living else 0


def one_book(street: str, *, by: Actor, on: date) -> list[BookLine]:
    """The communities of a street in the order of their codes, this year so far (一本账进度); three statements."""
    areas = [one for one in communities_of(street, on=on) if by.reaches(one.code)]
    ask = Ask(_ALL, tuple(items_in_force(on=on)))
    there = persons([ask], area=street, first=Month(on.year, 1), last=Month.of(on), by=by)
    living = settled_in([one.code for one in areas], on, by=by)
    rows = Entry.objects.within(by).filter(street=street, source_kind=SourceKind.IMPORT)
    came = dict(rows.values("area").annotate(came=Sum("acts")).values_list("area", "came"))
    return [
        BookLine(
            area=one.code,
            name=one.name,
            living=living.get(one.code, 0),
            people=there.get((_ALL, one.code, None), 0),
            imported=came.get(one.code, 0),
        )
        for one in areas
    ]
