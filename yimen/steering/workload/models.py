"""What was demanded of communities, and of which (准入申请)."""

from datetime import date

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.steering.workload.choices import DemandKind, DemandState, Origin
from yimen.steering.workload.rules import hours_of


class DemandQuerySet(ScopedQuerySet):
    def in_force(self, on: date) -> "DemandQuerySet":
        """What is admitted on a day (准入中)."""
        return self.filter(state=DemandState.ADMITTED, admitted_on__lte=on, admitted_until__gte=on)


class Demand(Record):
    """A task, report or board that communities shall bear (准入申请), what it costs them, and whether it was let in.

    A community sees what concerns it. What a community points out names the work and nobody who gave it.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="5 年", why="社区只做准入的事；为基层减负要有数")
    scope = Scope(area="area", through="workload.DemandPlace", column="id", to="demand_id")
    objects = DemandQuerySet.as_manager()

    area = AreaField()
    origin = models.CharField("来源", max_length=12, choices=Origin.choices)
    unit_name = models.CharField("提出单位", max_length=80)
    title = models.CharField("要社区做什么", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=DemandKind.choices)
    content = models.CharField("内容和做法", max_length=600, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    paper = models.CharField("来文", max_length=100, blank=True)
    money_fen = models.BigIntegerField("经费", default=0)
    since = models.DateField("从")
    until = models.DateField("到")
    hours = models.PositiveIntegerField("每个社区每次几小时")
    times = models.PositiveIntegerField("期间内几次")
    places = models.PositiveSmallIntegerField("几个社区")
    state = models.CharField("状态", max_length=10, choices=DemandState.choices, default=DemandState.WAITING)
    listed = models.CharField(max_length=60, blank=True)
    listed_title = models.CharField("清单事项", max_length=60, blank=True)
    reason = models.CharField("审核理由", max_length=300, blank=True)
    admitted_on = models.DateField("准入自", null=True)
    admitted_until = models.DateField("准入至", null=True)
    asked_at = models.DateTimeField("登记时间")
    asked_by = ActorField()
    decided_at = models.DateTimeField("审核时间", null=True)
    decided_by = ActorField(blank=True)
    decided_by_name = models.CharField("审核人", max_length=60, blank=True)

    class Meta:
        verbose_name = "准入申请"
        indexes = [models.Index(fields=["area", "state", "-id"], name="demand_work")]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gte=1, times__gte=1), name="demand_costs_time"),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="demand_forward"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False) & ~Q(reason=""),
                name="demand_decision_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="admitted", admitted_until__isnull=False)
                | ~Q(state="admitted") & Q(admitted_until__isnull=True),
                name="demand_admitted_until",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def money(self) -> Money:
        return Money(self.money_fen)

    @property
    def all_hours(self) -> int:
        return hours_of(hours=self.hours, times=self.times, communities=self.places)


class DemandPlace(Record):
    """One community of which something is demanded (涉及社区)."""

    privacy = Privacy(PrivacyClass.STAFF, keep="5 年", why="社区看得到与自己有关的准入事项")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="communities")
    area = AreaField()

    class Meta:
        verbose_name = "涉及社区"
        constraints = [models.UniqueConstraint(fields=["demand", "area"], name="demandplace_once")]

    def __str__(self) -> str:
        return self.area
