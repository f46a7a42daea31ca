"""Words of transcripts."""

from django.db import models


class Standing(models.TextChoices):
    """How far it is with one case in one other system (抄录情况)."""

    WAITING = "waiting", "未抄录"
    WRITTEN = "written", "外部未办结"
    ENDED = "ended", "外部办结"
    DROPPED = "dropped", "不用抄录"


OPEN = (Standing.WAITING, Standing.WRITTEN)
