"""The table of home visits."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.homevisit.choices import DayPart, SignedHow, VisitOutcome


class HomeVisit(Record):
    """Two members of staff go to a resident who cannot come (上门): planned for a day, then when they came and left, what was
    done, and how she signed. ``outcome`` is empty until it is written down."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="谁去过、几点到、办了什么，双方都说得清")
    scope = Scope(area="area", through="desk.Case", column="case", to="public_id")
    objects = ScopedQuerySet.as_manager()

    case = models.UUIDField()
    person = models.UUIDField()
    person_name = models.CharField(max_length=80)
    area = AreaField()
    address = models.CharField(max_length=200, blank=True)
    wants = models.CharField(max_length=300, blank=True)
    day = models.DateField("上门日期")
    part = models.CharField("时段", max_length=12, choices=DayPart.choices)
    first = models.UUIDField()
    first_name = models.CharField(max_length=80)
    second = models.UUIDField()
    second_name = models.CharField(max_length=80)
    planned_at = models.DateTimeField()
    planned_by = ActorField()
    outcome = models.CharField(max_length=12, choices=VisitOutcome.choices, blank=True)
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=600, blank=True)
    signed_how = models.CharField(max_length=12, choices=SignedHow.choices, blank=True)
    signed_by = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = ActorField(blank=True)

    class Meta:
        verbose_name = "上门"
        indexes = [
            models.Index(fields=["case", "id"], name="visit_case"),
            models.Index(fields=["outcome", "day", "id"], name="visit_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="visit_by_two"),
            models.CheckConstraint(
                condition=Q(outcome="", recorded_at__isnull=True)
                | ~Q(outcome="") & Q(recorded_at__isnull=False),
                name="visit_recorded_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True, left_at__isnull=True) | Q(left_at__gt=F("arrived_at")),
                name="visit_in_before_out",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="visit_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.day}"

    @property
    def staff(self) -> str:
        return f"{self.first_name}、{self.second_name}"
