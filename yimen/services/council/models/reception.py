"""Who receives people on which day (接待安排)."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class ReceptionDay(Record):
    """A day on which somebody who can decide receives whoever comes (接待日): who, where, when. Public, so that people come."""

    privacy = Privacy(PrivacyClass.OPEN, keep="三年", why="接待安排要提前公布")

    area = AreaField("区域")
    day = models.DateField("日期")
    host_name = models.CharField("接待人", max_length=40)
    host_post = models.CharField("职务", max_length=40)
    place = models.CharField("地点", max_length=120)
    opens = models.TimeField("开始")
    closes = models.TimeField("结束")
    set_at = models.DateTimeField()
    set_by = ActorField()

    class Meta:
        verbose_name = "接待日"
        constraints = [
            models.UniqueConstraint(fields=["area", "day"], name="receptionday_once"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="receptionday_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.day}"
