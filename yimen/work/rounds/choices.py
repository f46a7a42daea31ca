"""Enumerations of rounds."""

from django.db import models


class State(models.TextChoices):
    """Where a round stands (征询状态)."""

    RUNNING = "running", "进行中"
    CLOSED = "closed", "已结束"


class Secrecy(models.TextChoices):
    """Whether answers are kept with the name (是否记名)."""

    ANONYMOUS = "anonymous", "不记名"
    NAMED = "named", "记名"


class Channel(models.TextChoices):
    """How somebody is asked (怎么问)."""

    LINK = "link", "链接"
    PAPER = "paper", "纸质"
    PHONE = "phone", "电话"
    VISIT = "visit", "上门"


class Subjects(models.TextChoices):
    """Whom a round asks (问谁): residents, or one of each household."""

    PERSON = "person", "居民，一人一份"
    HOUSEHOLD = "household", "住户，一户一份（问户主）"


class Standing(models.TextChoices):
    """How far it is with one on the roll (名单上一位的情况); who died, or wants her data used for little, is not asked."""

    WAITING = "waiting", "还没有问"
    ASKED = "asked", "已发出"
    NOT_REACHED = "not_reached", "没联系上"
    RETURNED = "returned", "已回"
    REFUSED = "refused", "不愿意答"
    DROPPED = "dropped", "不用问了"


OPEN = (Standing.WAITING, Standing.ASKED, Standing.NOT_REACHED)
