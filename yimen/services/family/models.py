"""The table of family support: registrations that were asked to be kept."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.family.choices import Stage


class Registration(Record):
    """A birth registration (生育登记) that its person agreed to have kept, so that she is told what she can get.

    It holds who, when registered and which day; nothing about marriage, other children or health. She may have it
    deleted at any time.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="孩子满三周岁后删除；本人要求删除的，当时删除", why="告知孕产和育儿服务"
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    case = models.UUIDField(unique=True)
    sheet = models.UUIDField(null=True)
    area = AreaField()
    stage = models.CharField(max_length=12, choices=Stage.choices)
    expected_on = models.DateField(null=True)
    born_on = models.DateField(null=True)
    registered_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "生育登记"
        indexes = [models.Index(fields=["person", "-registered_on"], name="registration_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.EXPECTING, born_on__isnull=True)
                | Q(stage=Stage.BORN, expected_on__isnull=True),
                name="registration_one_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.registered_on}"
