"""The table of services for disabled persons: which allowance was granted to whom."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.rehab.choices import AllowanceKind, Grade


class AllowanceQuerySet(ScopedQuerySet):
    """Allowances within reach, with the day on which each ended."""

    def with_end(self):
        stops = AllowanceStop.objects.filter(allowance=OuterRef("pk"), lifted_at__isnull=True)
        return self.annotate(ended_on=Subquery(stops.values("ended_on")[:1]))

    def running(self):
        return self.with_end().filter(ended_on__isnull=True)


class Allowance(Record):
    """One disability allowance that was granted (补贴资格): from which month, how much a month; never changed.

    No category of disability and no number of the certificate stand here: grade and end of the certificate are what the
    yearly review needs.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="停发后十年", why="按月发放、不重复发放，每年复核残疾人两项补贴"
    )
    append_only = True
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = AllowanceQuerySet.as_manager()

    person = models.UUIDField()
    case = models.UUIDField(unique=True)
    area = AreaField()
    kind = models.CharField(max_length=40, choices=AllowanceKind.choices)
    grade = models.CharField(max_length=8, choices=Grade.choices)
    certificate_until = models.DateField(null=True)
    amount_fen = models.BigIntegerField()
    from_month = models.DateField()
    decided_on = models.DateField()
    scheme = models.ForeignKey("definitions.Version", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "残疾人两项补贴"
        indexes = [models.Index(fields=["person", "-decided_on"], name="allowance_person")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gte=1), name="allowance_gives_something"),
            models.CheckConstraint(condition=Q(from_month__day=1), name="allowance_from_a_first"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_month:%Y-%m}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)


class AllowanceStop(Record):
    """An allowance is paid no longer (补贴终止), since when and why; taken back when that was an error.

    What was granted is never changed.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="停发后十年", why="去世后不再发放；登记错了能恢复")
    scope = Scope(through="rehab.Allowance", column="allowance_id")
    objects = ScopedQuerySet.as_manager()

    allowance = models.ForeignKey(Allowance, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("终止日期")
    why = models.CharField("为什么", max_length=40)
    noted_at = models.DateTimeField()
    noted_by = ActorField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = ActorField(blank=True)

    class Meta:
        verbose_name = "补贴终止"
        constraints = [
            models.UniqueConstraint(
                fields=["allowance"], condition=Q(lifted_at__isnull=True), name="allowance_stopped_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ended_on}"
