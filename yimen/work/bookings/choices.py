"""Enumerations of the queue."""

from django.db import models


class Shows(models.TextChoices):
    """What the call board tells of who is called (叫号屏显示)."""

    NAMES = "names", "号码和姓（王*）"
    NUMBERS = "numbers", "只有号码"


class Kept(models.TextChoices):
    """What became of a promised time."""

    BOOKED = "booked", "已约"
    CAME = "came", "已到"
    MISSED = "missed", "没有来"
    CANCELLED = "cancelled", "已取消"


class State(models.TextChoices):
    """Where a ticket stands."""

    WAITING = "waiting", "等候"
    CALLED = "called", "办理中"
    FINISHED = "finished", "办完"
    MISSED = "missed", "过号"
    CLOSED = "closed", "当天未叫到"
