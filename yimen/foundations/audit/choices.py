"""What becomes of an alert."""

from django.db import models


class ReadingState(models.TextChoices):
    """How far an alert on unusual reading is (处理情况)."""

    OPEN = "open", "待核实"
    EXPLAINED = "explained", "有正当事由"
    FOLLOWED_UP = "followed_up", "已移交处理"
