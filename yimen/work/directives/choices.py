"""Words of directives."""

from django.db import models


class DirectiveKind(models.TextChoices):
    """What it is (类别): urging something that is late, or an instruction of the leader."""

    URGE = "urge", "督办"
    REMARK = "remark", "批示"


class Standing(models.TextChoices):
    """How far it is (办理情况)."""

    OPEN = "open", "待答复"
    ANSWERED = "answered", "已答复，待确认"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤销"


UNDER_WAY = (Standing.OPEN, Standing.ANSWERED)
TONES = {
    Standing.OPEN: "info",
    Standing.ANSWERED: "warn",
    Standing.CLOSED: "good",
    Standing.WITHDRAWN: "neutral",
}


class Deed(models.TextChoices):
    """What was done about it (经过)."""

    GIVEN = "given", "交办"
    ANSWERED = "answered", "答复"
    RETURNED = "returned", "退回再办"
    PUT_OFF = "put_off", "改期"
    CLOSED = "closed", "办结"
    WITHDRAWN = "withdrawn", "撤销"
    HANDED_OVER = "handed_over", "换人接手"
