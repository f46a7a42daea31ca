"""The tables of health services: contracts with family-doctor teams, and offers that were passed."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.fields import Dated, DatedQuerySet
from yimen.services.health.choices import EndReason

_WITH_ITS_PERSON = Scope(area="area", through="people.Person", column="person", to="public_id")


class ContractQuerySet(ScopedQuerySet, DatedQuerySet):
    """Contracts within reach, and on a day."""


class Contract(Record, Dated):
    """A family-doctor contract (家庭医生签约): who chose which team and package, for a year, or until it was ended.

    ``until`` is the first day it no longer holds; ``ended_why`` says why it is earlier than a year after ``since``.
    ``opens_records`` is what she said then about her team reading her health file; whether she agrees now is said by her
    consent (`health.queries.records_open`). The contract holds without it.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="协议终止后三年", why="按协议提供服务；同意和撤回要能说明")
    scope = _WITH_ITS_PERSON
    objects = ContractQuerySet.as_manager()

    person = models.UUIDField()
    person_name = models.CharField(max_length=80)
    case = models.UUIDField()
    area = AreaField()
    team = models.UUIDField()
    team_name = models.CharField(max_length=80)
    package = models.CharField(max_length=60)
    package_title = models.CharField(max_length=40)
    package_version = models.ForeignKey("definitions.Version", on_delete=models.PROTECT, related_name="+")
    opens_records = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    signed_by = ActorField()
    ended_why = models.CharField(max_length=12, choices=EndReason.choices, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = ActorField(blank=True)

    class Meta:
        verbose_name = "家庭医生签约"
        indexes = [models.Index(fields=["person", "-since"], name="contract_person")]
        constraints = [
            models.UniqueConstraint(fields=["case"], name="contract_once_a_case"),
            models.CheckConstraint(
                condition=Q(until__isnull=False, until__gte=F("since")), name="contract_has_a_last_day"
            ),
            models.CheckConstraint(
                condition=Q(ended_why="", ended_at__isnull=True)
                | ~Q(ended_why="") & Q(ended_at__isnull=False),
                name="contract_ended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_name} {self.since}"

    @property
    def last_on(self) -> date:
        """The last day it holds (到期日); the day before ``since`` when it never did."""
        return self.until - timedelta(days=1)


class PassedOffer(Record):
    """Somebody said that she wants no contract this year (谢绝签约); nobody asks her again before the next.

    It holds no reason: none is asked.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="次年年底", why="尊重本人意愿，当年不再动员")
    append_only = True
    scope = _WITH_ITS_PERSON
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    area = AreaField()
    year = models.PositiveSmallIntegerField()
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "谢绝签约"
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="passedoffer_once_a_year")]

    def __str__(self) -> str:
        return str(self.year)
