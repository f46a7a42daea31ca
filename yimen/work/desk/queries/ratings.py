"""好差评 as figures by matter; small numbers are withheld so that nobody can be guessed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.periods import Month
from yimen.work.desk.models import Rating
from yimen.work.desk.permissions import VIEW_RATINGS

TOO_FEW = 3


@dataclass(frozen=True)
class GradeCount:
    """Ratings of one matter in one area: how many of each grade, or only that there are too few to show."""

    area: str
    matter: str
    total: int
    grades: dict[int, int]

    @property
    def withheld(self) -> bool:
        return self.total < TOO_FEW

    @property
    def good_share(self) -> int:
        good = sum(self.grades.get(grade, 0) for grade in (5, 4, 3))
        return round(100 * good / self.total) if self.total else 0


def rating_counts(*, first: Month, last: Month, by: Actor) -> list[GradeCount]:
    """Counts of grades by area and matter over the months, within reach; one query."""
    if not by.can_somewhere(VIEW_RATINGS):
        return []
    found: dict[tuple[str, str], dict[int, int]] = {}
    for area, matter, grade, number in _counted(by, first.first_day, last.first_day):
        found.setdefault((area, matter), {})[grade] = number
    return [
        GradeCount(area, matter, sum(grades.values()), grades) for (area, matter), grades in found.items()
    ]


@kept
def _counted(by: Actor, first: date, last: date) -> QuerySet:
    rows = Rating.objects.within(by).filter(month__range=(first, last)).values("area", "matter", "grade")
    counted = rows.annotate(number=Count("public_id")).order_by("area", "matter")
    return counted.values_list("area", "matter", "grade", "number")
