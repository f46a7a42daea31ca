"""How far a full export is."""

from django.db import models


class ExportState(models.TextChoices):
    """How far a request for a full export is (完整导出的进度)."""

    ASKED = "asked", "待批准"
    MAKING = "making", "正在生成"
    READY = "ready", "可以下载"
    REFUSED = "refused", "没有批准"
    FAILED = "failed", "没有生成"
    EXPIRED = "expired", "已到期删除"
    CANCELLED = "cancelled", "已取消"
