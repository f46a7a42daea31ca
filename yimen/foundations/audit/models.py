"""The trail: what was done, who looked, and the seals that make a silent change visible."""

from django.db import models

from yimen.foundations.audit.choices import ReadingState
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass

_KEEP = "不少于 3 年（网络安全法：日志不少于 6 个月；同意、导出、评估 3 年）"


class TrailRow(Record):
    """One thing done to one subject (留痕): ids and a salted digest; what people can read stands in TrailDetail.

    The digest covers the erasable detail, so that a person can be forgotten without breaking a seal.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep=_KEEP, why="谁、何时、对什么、做了什么")
    append_only = True

    deed = models.UUIDField()
    verb = models.CharField(max_length=80)
    inner_verb = models.CharField(max_length=80, blank=True)
    actor = ActorField()
    on_behalf_of = ActorField(blank=True)
    at = models.DateTimeField()
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    area = AreaField()
    digest = models.BinaryField(max_length=65)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="trail_subject"),
            models.Index(fields=["actor", "id"], name="trail_actor"),
            models.Index(fields=["deed"], name="trail_deed"),
            models.Index(fields=["verb", "id"], name="trail_verb"),
            models.Index(fields=["at"], name="trail_at"),
            models.Index(
                fields=["on_behalf_of", "id"], name="trail_on_behalf", condition=~models.Q(on_behalf_of="")
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.subject_kind} {self.subject}"


class TrailDetail(Record):
    """The readable part of a trail row (留痕详情); may be erased by law, the row and its digest stay."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep=_KEEP + "；依法删除后仅留摘要", why="说明改了什么")

    row = models.OneToOneField(TrailRow, on_delete=models.PROTECT, related_name="+")
    salt = models.BinaryField(max_length=16)
    body = models.JSONField()

    def __str__(self):
        return f"detail of {self.row_id}"


class Look(Record):
    """Somebody opened a person's file (查阅): who, when, why; shown to the person."""

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep=_KEEP, why="居民有权知道谁看过自己的档案（个人信息保护法第四十四条）"
    )
    append_only = True

    actor = ActorField()
    actor_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    subject = models.UUIDField()
    area = AreaField()
    why = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="look_subject"),
            models.Index(fields=["actor", "id"], name="look_actor"),
            models.Index(fields=["at"], name="look_at"),
        ]

    def __str__(self):
        return f"{self.actor} looked at {self.subject}"


class Seal(Record):
    """A keyed seal (封印) over trail rows, chained to the one before; the key is kept outside the database."""

    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="发现留痕被改动或删除")
    append_only = True

    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    key_id = models.CharField(max_length=20)
    head = models.BinaryField(max_length=32)

    def __str__(self):
        return f"seal {self.id} over {self.rows} rows"


class SealedRow(Record):
    """Which seal covers a trail row (封印范围)."""

    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="说明一条留痕由哪枚封印覆盖")
    append_only = True

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")
    row = models.OneToOneField(TrailRow, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.row_id} in {self.seal_id}"


class Unsealed(models.Model):
    """A trail row that waits for its seal (待封留痕). A trigger puts it here with the row itself, the seal takes it away.

    So sealing reads what is new and never the whole trail, and a row committed late comes with its place in the queue.
    """

    privacy = Privacy(PrivacyClass.OPEN, keep="封印后即删", why="只封新的留痕，不必每次通读全部")

    row = models.OneToOneField(
        TrailRow, on_delete=models.PROTECT, primary_key=True, db_constraint=False, related_name="+"
    )

    def __str__(self):
        return f"{self.row_id} waits"


class Proving(Record):
    """Every derived number was recomputed from its facts (核对结果): how many were compared, how many differed, line by line."""

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="数字与事实相符，什么时候核对过")
    append_only = True

    made_at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    compared = models.BigIntegerField()
    different = models.BigIntegerField()
    lines = models.JSONField()

    def __str__(self):
        return f"{self.different} of {self.compared} differ"


class Backup(Record):
    """A backup lies complete on a disk (备份): what it holds, and whether it was restored to see that it can be."""

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="什么时候备份过，能不能恢复")
    append_only = True

    made_at = models.DateTimeField()
    file = models.CharField(max_length=200)
    rows = models.BigIntegerField()
    files = models.BigIntegerField()
    bytes = models.BigIntegerField()
    proven = models.BooleanField()
    spoilt = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file"], name="audit_backup_noted_once")]

    def __str__(self):
        return self.file


class UnusualReading(Record):
    """An account read out of the ordinary on one day (异常查阅): by which rule, how much, and what an auditor found out.

    It holds numbers of looks and never whom they were about; who may see a look sees it by its own rules.
    """

    privacy = Privacy(
        PrivacyClass.STAFF, keep="3 年", why="发现超出工作需要的查阅（个人信息保护法第五十一条、第五十四条）"
    )

    actor = ActorField()
    on = models.DateField()
    rule = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    area = AreaField()
    count = models.BigIntegerField()
    usual = models.DecimalField(max_digits=12, decimal_places=1)
    exports = models.BooleanField(default=False)
    rows = models.JSONField()
    found_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ReadingState, default=ReadingState.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    answered_by = ActorField(blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "on", "rule"], name="audit_unusual_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(state=ReadingState.OPEN)
                | models.Q(reason__gt="", answered_by__gt="", answered_at__isnull=False),
                name="audit_unusual_answered_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(answered_by=models.F("actor")), name="audit_unusual_not_by_oneself"
            ),
        ]

    def __str__(self):
        return f"{self.rule} {self.actor} {self.on}"


class Replay(Record):
    """The first answer to a request (重复提交): a double click or a replay from an offline phone gets it again."""

    privacy = Privacy(PrivacyClass.STAFF, keep="90 天", why="同一请求只办一次")

    actor = ActorField()
    request_key = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "request_key"], name="replay_once_per_request_key")
        ]

    def __str__(self):
        return f"{self.verb} {self.request_key}"
