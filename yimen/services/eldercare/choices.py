"""Enumerations of elder care (养老服务)."""

from django.db import models


class BenefitKind(models.TextChoices):
    """What an elder was granted (待遇). The value is the key of the matter."""

    VOUCHER = "elder_voucher", "养老服务电子消费券"
    HIGH_AGE = "high_age_allowance", "高龄津贴"


class Ability(models.TextChoices):
    """The level an assessment found (能力等级), GB/T 42195-2022; or that there was none yet."""

    NOT_YET = "not_yet", "还没有评估"
    INTACT = "intact", "能力完好"
    MILD = "mild", "轻度失能"
    MODERATE = "moderate", "中度失能"
    SEVERE = "severe", "重度失能"
    COMPLETE = "complete", "完全失能"
