"""Tables of imports: the batch, its portions, what its rows became, and how headings were understood."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.foundations.imports.choices import BatchState, ChunkState, Way
from yimen.kernel.privacy import Privacy, PrivacyClass

KEPT = "导入、撤销或放弃后按设定的天数（默认三十天）清除原表和各行内容，只留批次和数目"


class Batch(Record):
    """A spreadsheet that is brought in (导入批次): what it is, how its columns are understood, how far it is."""

    number = models.CharField("批次号", max_length=20, unique=True)
    importer = models.CharField("种类", max_length=40)
    area = AreaField("区域")
    file = models.UUIDField("原表", null=True)
    file_name = models.CharField("文件名", max_length=130)
    sheets = models.JSONField("工作表", default=list)
    sheet = models.CharField("工作表", max_length=80, blank=True)
    head_row = models.PositiveIntegerField("表头行", default=0)
    head = models.JSONField("表头", default=list)
    columns = models.JSONField("列对应", default=dict)
    signature = models.CharField("表头组合", max_length=64, blank=True)
    cut_by = models.JSONField("分段所依的列", default=list)
    state = models.CharField("状态", max_length=8, choices=BatchState)
    way = models.CharField("方式", max_length=4, choices=Way, blank=True)
    problem = models.CharField("停下的原因", max_length=300, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    skipped = models.PositiveIntegerField("跳过的重复表头", default=0)
    account = models.UUIDField("账号", null=True)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = ActorField("上传人")
    uploaded_by_name = models.CharField("上传人", max_length=80)
    moved_at = models.DateTimeField("最近进展")
    checked_at = models.DateTimeField("核对完成", null=True)
    written_at = models.DateTimeField("导入完成", null=True)
    undone_at = models.DateTimeField("撤销完成", null=True)
    ended_at = models.DateTimeField("结束", null=True)
    scrubbed_at = models.DateTimeField("内容已清除", null=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="说明一批档案从哪张表来，谁在什么时候导入、撤销")

    class Meta:
        verbose_name = "导入批次"
        indexes = [models.Index(fields=["area", "id"], name="imports_batch_area")]

    def __str__(self) -> str:
        return self.number


class Chunk(Record):
    """A portion of the sheet (分段): written whole or not at all, in one transaction with how far it is.

    ``content`` are the rows as they stood, ``notes`` what was found; both sealed. The keys are keyed hashes that say which
    rows have the same number, without the number.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="chunks")
    area = AreaField("区域")
    ordinal = models.PositiveIntegerField("第几段")
    first_row = models.PositiveIntegerField("首行")
    last_row = models.PositiveIntegerField("末行")
    rows = models.PositiveIntegerField("行数")
    state = models.CharField("状态", max_length=8, choices=ChunkState, default=ChunkState.READ)
    content = EncryptedTextField("各行内容", blank=True, default="")
    notes = EncryptedTextField("批注", blank=True, default="")
    bad = models.PositiveIntegerField("不合格行", default=0)
    warned = models.PositiveIntegerField("有提示的行", default=0)
    written = models.PositiveIntegerField("已写入行", default=0)
    left = models.PositiveIntegerField("撤销时留下的行", default=0)
    by_column = models.JSONField("各列问题数", default=dict)
    moved_at = models.DateTimeField("最近进展", null=True)
    key_rows = ArrayField(models.PositiveIntegerField(), verbose_name="号码所在行", default=list)
    key_hashes = ArrayField(models.BigIntegerField(), verbose_name="号码摘要", default=list)
    group_hashes = ArrayField(models.BigIntegerField(), verbose_name="同组摘要", default=list)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(PrivacyClass.SENSITIVE, keep=KEPT, why="先整表核对，再分段写入；中断后接着写，不重不漏")

    class Meta:
        verbose_name = "导入分段"
        constraints = [models.UniqueConstraint(fields=["batch", "ordinal"], name="imports_chunk_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.ordinal}"


class ImportedRow(models.Model):
    """What a row of a sheet became (导入行): which record, and why it stayed when the batch was undone."""

    # How the file of a resident asks whether it has such a row (people.ports.TimelineSource).
    names_person_by = "subject"

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    chunk = models.ForeignKey(Chunk, models.PROTECT, related_name="+", db_index=False)
    area = AreaField("区域")
    row = models.PositiveIntegerField("行号")
    subject = models.UUIDField("所成的记录")
    undone = models.BooleanField("已撤销", default=False)
    left_why = models.CharField("留下的原因", max_length=120, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area", subject="subject")
    privacy = Privacy(PrivacyClass.PERSONAL, keep="随所成的档案", why="每份档案说得出来自哪一批、哪一行")

    class Meta:
        verbose_name = "导入行"
        indexes = [models.Index(fields=["subject"], name="imports_row_subject")]
        constraints = [models.UniqueConstraint(fields=["chunk", "row"], name="imports_row_once")]

    def __str__(self) -> str:
        return f"row {self.row} of {self.batch_id}"


class ColumnMemory(Record):
    """How somebody told what a set of headings means (列对应记忆); proposed again for the same headings."""

    account = models.UUIDField("账号")
    importer = models.CharField("种类", max_length=40)
    signature = models.CharField("表头组合", max_length=64)
    columns = models.JSONField("列对应", default=dict)
    told_at = models.DateTimeField("最近一次")

    privacy = Privacy(PrivacyClass.STAFF, keep="随账号", why="同样的表头不用再对一遍；只有列名，没有人")

    class Meta:
        verbose_name = "列对应记忆"
        constraints = [
            models.UniqueConstraint(fields=["account", "importer", "signature"], name="imports_memory_once")
        ]

    def __str__(self) -> str:
        return f"columns of {self.account}"
