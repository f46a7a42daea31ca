"""Enumerations of gatherings."""

from django.db import models


class State(models.TextChoices):
    """Where a gathering stands (活动状态)."""

    PLANNED = "planned", "已安排"
    HELD = "held", "已办结"
    CANCELLED = "cancelled", "已取消"


class Answer(models.TextChoices):
    """What the one who leads it said (讲师确认)."""

    OPEN = "", "还没有回复"
    YES = "yes", "能来"
    NO = "no", "来不了"


class Seat(models.TextChoices):
    """Where a sign-up stands (报名状态)."""

    IN = "in", "已报名"
    WAITING = "waiting", "候补"
    WITHDRAWN = "withdrawn", "已退出"
