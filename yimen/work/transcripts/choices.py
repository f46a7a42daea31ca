"""Words of transcripts."""

from django.db import models


class Standing(models.TextChoices):
    """How far it is with one case in one other system (抄录情况)."""

    WAITING = "waiting", "未抄录"
    WRITTEN = "written", "外部未办结"
    ENDED = "ended", "外部办结"
    DROPPED = "dropped", "不用抄录"


OPEN = (Standing.WAITING, Standing.WRITTEN)


class Verdict(models.TextChoices):
    """What a row of the other system's sheet would do (核对结果)."""

    CLOSE = "close", "将办结"
    CHANGE = "change", "将更新"
    SAME = "same", "没有变化"
    UNKNOWN = "unknown", "没有对上"
    AMBIGUOUS = "ambiguous", "对不准"
    BAD = "bad", "读不懂"


WRITES = (Verdict.CLOSE, Verdict.CHANGE)
