"""The table of the grid: issues seen in the street."""

from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class Issue(Record):
    """Something seen in public space that is out of order (街面问题): what kind, where, seen when, closed when.

    It has no column for a person, neither for who reported it nor for whom it concerns: it is about a place. Who asked stands on
    the case, under the rights of the case.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="办结后三年", why="处置公共空间的问题；地点的文字可能涉及某一户"
    )
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    case = models.UUIDField(unique=True)
    area = AreaField()
    kind = models.CharField(max_length=40)
    place = models.CharField(max_length=200)
    seen_on = models.DateField()
    closed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "街面问题"
        indexes = [models.Index(fields=["area", "kind", "-seen_on"], name="issue_area_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seen_on}"
