"""Enumerations of namelists."""

from django.db import models


class State(models.TextChoices):
    """Where a list stands (名单任务状态)."""

    DRAFT = "draft", "准备中"
    RUNNING = "running", "进行中"
    CLOSED = "closed", "已结束"


class Fit(models.TextChoices):
    """Whom a row means (对上情况)."""

    MATCHED = "matched", "对上了"
    SEVERAL = "several", "有相像的"
    NOBODY = "nobody", "没对上"


class Way(models.TextChoices):
    """How a row was worked (怎么核实)."""

    VISIT = "visit", "上门"
    PHONE = "phone", "电话"


class Outcome(models.TextChoices):
    """What came of a row (结果). Who died or wants her data used for little needs no work, and the word does not say why."""

    WAITING = "waiting", "还没有做"
    AGAIN = "again", "没人，改天再去"
    DONE = "done", "办完"
    MOVED = "moved", "已搬走"
    REFUSED = "refused", "不愿配合"
    NOT_FOUND = "not_found", "查无此人"
    DROPPED = "dropped", "不用做了"
    UNDONE = "undone", "撤回"


OPEN = (Outcome.WAITING, Outcome.AGAIN)
# What a worker may say of a row.
SAID = (Outcome.DONE, Outcome.AGAIN, Outcome.MOVED, Outcome.REFUSED, Outcome.NOT_FOUND)
ENDED = (Outcome.DONE, Outcome.MOVED, Outcome.REFUSED, Outcome.NOT_FOUND)
