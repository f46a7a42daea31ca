"""Enumerations of the archive."""

from django.db import models


class Verdict(models.TextChoices):
    """What the keeper found when he held the line against the paper (核对结果)."""

    PENDING = "pending", "未核对"
    RECEIVED = "received", "收到"
    MISSING = "missing", "缺件"
    INCOMPLETE = "incomplete", "材料不全"


DIFFERENT = (Verdict.MISSING, Verdict.INCOMPLETE)


class Cleared(models.TextChoices):
    """How a difference was cleared up after all (差异处理)."""

    FOUND = "found", "后来收到"
    CARRIED = "carried", "转下次移交"


class Stage(models.TextChoices):
    """Where a hand-over list stands (移交进度)."""

    MADE = "made", "待社区签字"
    SENT = "sent", "待档案员接收"
    RECEIVED = "received", "已接收"
