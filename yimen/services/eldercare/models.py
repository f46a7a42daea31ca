"""The table of elder care: which benefit was granted to whom."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.eldercare.choices import Ability, BenefitKind


class ElderBenefitQuerySet(ScopedQuerySet):
    """ElderBenefits within reach, with the day on which each ended."""

    def with_end(self):
        stops = BenefitStop.objects.filter(benefit=OuterRef("pk"), lifted_at__isnull=True)
        return self.annotate(ended_on=Subquery(stops.values("ended_on")[:1]))

    def running(self):
        return self.with_end().filter(ended_on__isnull=True)


class ElderBenefit(Record):
    """Vouchers or an allowance that an elder was granted (养老待遇), with the level it rests on; never changed.

    ``monthly_fen`` is the allowance of a month; of vouchers the ceiling that held on that day. Which vouchers were issued
    and spent is in the programme's own system and not here.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="待遇停止后五年", why="不重复发放，评估到期前提醒")
    append_only = True
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ElderBenefitQuerySet.as_manager()

    person = models.UUIDField()
    case = models.UUIDField(unique=True)
    area = AreaField()
    kind = models.CharField(max_length=24, choices=BenefitKind.choices)
    level = models.CharField(max_length=12, choices=Ability.choices, blank=True)
    assessed_on = models.DateField(null=True)
    monthly_fen = models.BigIntegerField(null=True)
    decided_on = models.DateField()
    scheme = models.ForeignKey("definitions.Version", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "养老待遇"
        indexes = [models.Index(fields=["person", "-decided_on"], name="elder_benefit_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_fen__isnull=True) | Q(monthly_fen__gte=1), name="elder_benefit_amount"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.decided_on}"

    @property
    def monthly(self) -> Money | None:
        return None if self.monthly_fen is None else Money(self.monthly_fen)


class BenefitStop(Record):
    """A benefit is given no longer (养老待遇终止), since when and why; taken back when that was an error.

    What was granted is never changed.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="待遇停止后五年", why="去世后不再发放；登记错了能恢复")
    scope = Scope(through="eldercare.ElderBenefit", column="benefit_id")
    objects = ScopedQuerySet.as_manager()

    benefit = models.ForeignKey(ElderBenefit, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("终止日期")
    why = models.CharField("为什么", max_length=40)
    noted_at = models.DateTimeField()
    noted_by = ActorField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = ActorField(blank=True)

    class Meta:
        verbose_name = "养老待遇终止"
        constraints = [
            models.UniqueConstraint(
                fields=["benefit"], condition=Q(lifted_at__isnull=True), name="benefit_stopped_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ended_on}"
