"""The table of priority service: who asked for priority, by what right, and until when."""

from datetime import date, timedelta

from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.fields import Dated, DatedQuerySet, begins_before_it_ends
from yimen.services.priority.choices import Source


class MarkQuerySet(ScopedQuerySet, DatedQuerySet):
    """Marks within reach, and on a day."""


class PriorityMark(Record, Dated):
    """Somebody is served first (优先标记), because she asked, showed a paper or agreed; it always ends.

    ``ground`` names the definition of why (优先事由), which most posts do not see. The paper itself, its number and what it says
    of her are not kept, only its last day. ``until`` is the first day the mark no longer holds. Withdrawn, it is deleted.
    ``until_before_death`` is when it would have ended, had its person not died; should that turn out an error, it holds again.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE,
        keep="到期后一年删除；本人撤回的，当时删除",
        why="按本人意愿优先服务，并说明依据",
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = MarkQuerySet.as_manager()

    person = models.UUIDField()
    area = AreaField()
    ground = models.CharField(max_length=60)
    source = models.CharField("来源", max_length=12, choices=Source.choices)
    paper_until = models.DateField("证件有效期至", null=True)
    until_before_death = models.DateField("因去世终止前的到期日", null=True)
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()
    recorded_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "优先标记"
        indexes = [
            models.Index(fields=["person", "until"], name="prioritymark_person"),
            models.Index(fields=["area", "until"], name="prioritymark_area"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "ground", "since"], name="prioritymark_once_a_day"),
            models.CheckConstraint(condition=models.Q(until__isnull=False), name="prioritymark_ends"),
            begins_before_it_ends("prioritymark_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.since}"

    @property
    def last_on(self) -> date:
        """The last day it holds (到期日)."""
        return self.until - timedelta(days=1)
