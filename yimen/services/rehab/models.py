"""The table of services for disabled persons: which allowance was granted to whom."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.rehab.choices import AllowanceKind, Grade


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
    objects = ScopedQuerySet.as_manager()

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
