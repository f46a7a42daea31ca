"""Community organisations on file (社区社会组织备案)."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.council.choices import AssociationKind, Tier


class Filing(Record):
    """A community organisation that was filed (备案): what it is for, who answers for it, and which organisation it became."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="注销后十年", why="备案管理和指导；负责人的联系")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    case = models.UUIDField(unique=True)
    area = AreaField()
    organisation = models.UUIDField()
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=AssociationKind.choices)
    tier = models.CharField("管理方式", max_length=12, choices=Tier.choices)
    leader = models.UUIDField()
    leader_name = models.CharField("负责人", max_length=80)
    members = models.PositiveIntegerField("成员")
    purpose = models.CharField("宗旨", max_length=300)
    place = models.CharField("活动地点", max_length=120, blank=True)
    filed_on = models.DateField("备案日期")
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()
    closed_on = models.DateField("注销日期", null=True)
    closed_why = models.CharField("注销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "社区社会组织备案"
        indexes = [models.Index(fields=["area", "-id"], name="filing_area")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_why="")
                | Q(closed_on__isnull=False) & ~Q(closed_why=""),
                name="filing_closed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.name
