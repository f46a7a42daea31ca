"""What was changed about areas, and that the numbers agreed (区域调整记录)."""

from django.db import models

from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.registers.places.choices import ChangeKind
from yimen.registers.places.models.areas import OPEN_FOREVER


class AreaChange(Record):
    """One change of areas (区域调整): on what it rests, from which day, and what stood there before and after.

    ``before`` and ``after`` hold a line for each area: code, name, official code, and what was counted in it.
    """

    kind = models.CharField("类别", max_length=10, choices=ChangeKind)
    area = AreaField("街道")
    on = models.DateField("生效日期")
    authority = models.CharField("批准机关", max_length=80)
    number = models.CharField("批准文号", max_length=60)
    assets = models.CharField("集体资产", max_length=300, blank=True)
    before = models.JSONField("调整前")
    after = models.JSONField("调整后")
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    privacy = OPEN_FOREVER
    append_only = True

    class Meta:
        verbose_name = "区域调整"
        indexes = [models.Index(fields=["area", "-on", "-id"], name="places_areachanges")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
