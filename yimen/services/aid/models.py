"""The table of aid: what relief was given to whom."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.aid.choices import EventKind


class Relief(Record):
    """One temporary relief that was granted (救助记录), with the numbers it was decided by; never changed.

    It follows its person, so that whoever handles her next application sees it, and the street that gave it.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep="救助终止后十年", why="同一事由不重复救助；救助档案")
    append_only = True
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    household = models.UUIDField(null=True)
    case = models.UUIDField(unique=True)
    area = AreaField()
    event = models.CharField(max_length=12, choices=EventKind.choices)
    happened_on = models.DateField(null=True)
    amount_fen = models.BigIntegerField()
    decided_on = models.DateField()
    scheme = models.ForeignKey("definitions.Version", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "救助记录"
        indexes = [models.Index(fields=["person", "-decided_on"], name="relief_person")]
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gte=1), name="relief_gives_something")]

    def __str__(self) -> str:
        return f"{self.event} {self.decided_on}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_fen)
