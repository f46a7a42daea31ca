"""Enumerations of questions, calls and shifts."""

from django.db import models


class Channel(models.TextChoices):
    """How it reached us (渠道)."""

    PHONE = "phone", "来电"
    FORM = "form", "网上留言"


class Result(models.TextChoices):
    """What came of it when it was logged (结果)."""

    ANSWERED = "answered", "当场答复"
    TO_CASE = "to_case", "转办件"
    LEFT = "left", "留待下一班"
    CALL_BACK = "call_back", "需回电"


class Standing(models.TextChoices):
    """Where a call stands (状态), for filters: waiting for an answer, or done with."""

    WAITING = "yes", "等答复"
    DONE = "no", "已答复"


# What still waits for somebody after it was logged; a call that is to become a case waits until it is one.
WAITING = (Result.TO_CASE, Result.LEFT, Result.CALL_BACK)
