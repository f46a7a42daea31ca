"""Enumerations of messages: English value, Chinese label."""

from django.db import models


class WayKind(models.TextChoices):
    """A way to reach somebody (联系方式), as the person chose it."""

    ACCOUNT = "account", "登录后查看"
    CALL = "call", "打电话"
    RELATIVE = "relative", "找家人转告"
    KNOCK = "knock", "上门告知"
    READ_SMS = "sms", "看短信"


TOLD_BY_WORKER = (WayKind.CALL, WayKind.RELATIVE, WayKind.KNOCK, WayKind.READ_SMS)


class CallState(models.TextChoices):
    """Where a call task (告知任务) stands."""

    OPEN = "open", "待告知"
    TOLD = "told", "已告知"
    REFUSED = "refused", "拒绝接听或不愿听"
    UNREACHED = "unreached", "多次未联系上"
    STOPPED = "stopped", "已停止"
