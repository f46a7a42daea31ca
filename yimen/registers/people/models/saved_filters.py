from django.db import models

from yimen.foundations.bus.fields import AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class SavedFilter(Record):
    """Conditions of the residents' list that somebody keeps under a name (常用筛选): conditions only, and nobody's name.

    Whoever opens it sees her own residents by it, never those of whoever saved it.
    """

    account = models.UUIDField("账号")
    owner_name = models.CharField("保存人", max_length=80)
    street = AreaField("街道", max_length=9)
    name = models.CharField("名称", max_length=20)
    shared = models.BooleanField("本街道都能用", default=False)
    conditions = models.JSONField("条件", default=dict)
    saved_at = models.DateTimeField("保存时间")

    privacy = Privacy(
        PrivacyClass.STAFF, keep="随账号", why="常看的一批人不用每次重新选条件；只有条件，没有人"
    )

    class Meta:
        verbose_name = "常用筛选"
        indexes = [
            models.Index(
                fields=["street", "id"], name="people_filter_shared", condition=models.Q(shared=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="people_filter_name_once"),
            models.CheckConstraint(name="people_filter_has_conditions", condition=~models.Q(conditions={})),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.name}"
