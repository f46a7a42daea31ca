"""The seals themselves, and from whose hands into whose they went (印章、保管交接)."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.seals.choices import SealKind, SealState


class OfficialSeal(Record):
    """One seal (印章): what it is, who keeps it, and how it ended. Lost and destroyed seals stay on the register."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="印章由谁保管、何时停用要说得清")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    name = models.CharField("印章名称", max_length=80)
    kind = models.CharField("种类", max_length=12, choices=SealKind.choices)
    area = AreaField("区域")
    since = models.DateField("启用日期")
    keeper = models.UUIDField("保管人")
    keeper_name = models.CharField("保管人姓名", max_length=60)
    state = models.CharField("状态", max_length=10, choices=SealState.choices, default=SealState.IN_USE)
    ended_on = models.DateField("停用日期", null=True)
    ended_why = models.CharField("停用情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "印章"
        indexes = [models.Index(fields=["area", "id"], name="seal_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(state="in_use"), name="seal_once_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state="in_use", ended_on__isnull=True)
                | ~Q(state="in_use") & Q(ended_on__isnull=False) & ~Q(ended_why=""),
                name="seal_end_is_told",
            ),
        ]

    def __str__(self):
        return self.name


class SealHandover(Record):
    """A seal went from one keeper to another (保管交接); both signed the sheet whose number stands here."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="每一天由谁保管")
    append_only = True
    scope = Scope(through="seals.OfficialSeal", column="seal_id")
    objects = ScopedQuerySet.as_manager()

    seal = models.ForeignKey(OfficialSeal, on_delete=models.PROTECT, related_name="handovers")
    from_name = models.CharField("移交人", max_length=60)
    to_account = models.UUIDField("接收人账号")
    to_name = models.CharField("接收人", max_length=60)
    signed = models.CharField("签字凭据", max_length=100)
    on = models.DateField("交接日期")
    recorded_by = ActorField()

    class Meta:
        verbose_name = "印章交接"
        indexes = [models.Index(fields=["seal", "-id"], name="seal_handover")]

    def __str__(self):
        return f"{self.from_name}→{self.to_name}"
