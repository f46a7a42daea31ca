"""Enumerations of health services."""

from django.db import models


class EndReason(models.TextChoices):
    """Why a contract ended before its day (解约原因)."""

    ASKED = "asked", "本人不想继续"
    CHANGED = "changed", "换团队"
    MOVED = "moved", "搬走了"
    TEAM = "team", "团队不能继续服务"
    DIED = "died", "去世"
    MERGED = "merged", "重复建档已合并"
