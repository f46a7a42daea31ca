"""Enumerations of home visits."""

from django.db import models


class DayPart(models.TextChoices):
    """When on the day (时段)."""

    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"


class VisitOutcome(models.TextChoices):
    """What came of a visit (上门结果)."""

    DONE = "done", "办好了"
    AGAIN = "again", "还要再去一次"
    ABSENT = "absent", "没有见到人"
    CALLED_OFF = "called_off", "没有去成"


class SignedHow(models.TextChoices):
    """How the resident signed that we were there (签字方式)."""

    PHONE = "phone", "在手机上写名字"
    PAPER = "paper", "在纸上签字"
    PRINT = "print", "按手印"
    KIN = "kin", "家属代签"
    WITNESSED = "witnessed", "不便签字，两人作证"
