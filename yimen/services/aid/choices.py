"""Enumerations of aid (救助)."""

from django.db import models


class EventKind(models.TextChoices):
    """What happened to the family (困难事由): sudden hardship (急难型), or living costs that cannot be borne (支出型)."""

    FIRE = "fire", "火灾等意外灾祸"
    ACCIDENT = "accident", "交通事故等意外伤害"
    ILLNESS = "illness", "突发重大疾病"
    SPENDING = "spending", "教育、医疗等生活必需支出突然增加"
    OTHER = "other", "其他特殊困难"

    @property
    def is_emergency(self) -> bool:
        return self in (EventKind.FIRE, EventKind.ACCIDENT, EventKind.ILLNESS)
