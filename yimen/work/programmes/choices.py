"""Enumerations of programmes."""

from django.db import models


class State(models.TextChoices):
    """Where a duty stands (待办状态)."""

    OPEN = "open", "待办"
    DONE = "done", "已完成"
    EXCUSED = "excused", "不用办了"


class Excuse(models.TextChoices):
    """Why a duty need not be done (不用办的原因)."""

    DECLINED = "declined", "本人不需要"
    MOVED = "moved", "已搬走"
    UNREACHABLE = "unreachable", "多次联系不上"
    SETTLED = "settled", "事情已经解决"
    DIED = "died", "已去世"
    RESTRICTED = "restricted", "本人要求限制使用"
    SLIP = "slip", "记错了"
    OTHER = "other", "其他"


class Origin(models.TextChoices):
    """What a duty came from (待办来源)."""

    NOTE = "note", "随手记"
    CASE = "case", "办件"
    HAND = "hand", "自己立的"
