"""Enumerations of the tables that departments want filled (一表通)."""

from django.db import models


class PartState(models.TextChoices):
    """Where the part of a community stands (分表状态)."""

    PREPARING = "preparing", "正在做表"
    SENT = "sent", "待填报"
    RETURNED = "returned", "已退回，待重交"
    HANDED_IN = "handed_in", "已交"
    WITHDRAWN = "withdrawn", "已收回"


class StepKind(models.TextChoices):
    """What happened to a part (分表经过)."""

    SENT = "sent", "下发"
    URGED = "urged", "催报"
    HANDED_IN = "handed_in", "交表"
    RETURNED = "returned", "退回"
    MERGED = "merged", "汇总"
    WITHDRAWN = "withdrawn", "收回"
    TAKEN_OVER = "taken_over", "接手"
