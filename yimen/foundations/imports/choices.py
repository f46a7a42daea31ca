"""Enumerations of imports."""

from django.db import models


class BatchState(models.TextChoices):
    """How far a batch is (批次状态)."""

    READING = "reading", "正在读表"
    COLUMNS = "columns", "待对应表头"
    CHECKING = "checking", "正在核对"
    CHECKED = "checked", "已核对，待写入"
    WRITING = "writing", "正在写入"
    WRITTEN = "written", "已导入"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"
    DROPPED = "dropped", "已放弃"


AT_WORK = frozenset({BatchState.READING, BatchState.CHECKING, BatchState.WRITING, BatchState.UNDOING})


class ChunkState(models.TextChoices):
    """How far a portion of a batch is (分段状态)."""

    READ = "read", "已读"
    CHECKED = "checked", "已核对"
    WRITTEN = "written", "已写入"
    UNDONE = "undone", "已撤销"


class Way(models.TextChoices):
    """Which rows are brought in (导入方式)."""

    ALL = "all", "全部合格才导入"
    GOOD = "good", "导入全部合格行"
