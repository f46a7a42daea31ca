"""Tables that departments want filled (填报表): what was typed or chosen, and never a second copy of the register."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.steering.returns.choices import PartState, StepKind

KEEP = "报送后 2 年，同表格文件"
OF_RETURN = Scope(through="returns.Return", column="table_id")


class Return(Record):
    """One workbook that a department wants back filled (填报表): which sheet, where its heading is, what each column means.

    ``columns`` is column number → key of a heading; ``signature`` stands for the headings, so that the next table with
    the same ones is understood at once. ``is_part``: what one community fills of a table that was sent down (`Part`).
    """

    privacy = Privacy(PrivacyClass.STAFF, keep=KEEP, why="部门要的表由档案自动填，谁要的、几时要心里有数")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField()
    title = models.CharField("表名", max_length=120)
    unit_name = models.CharField("要表单位", max_length=80)
    due_on = models.DateField("要求哪天交", null=True)
    file = models.UUIDField()
    sheet = models.CharField("工作表", max_length=40, blank=True)
    head_first = models.PositiveIntegerField("表头从第几行", default=0)
    head_last = models.PositiveIntegerField("表头到第几行", default=0)
    columns = models.JSONField("各列是什么", default=dict)
    signature = models.CharField(max_length=64, blank=True, db_collation="C")
    asked_at = models.DateTimeField("上传时间")
    asked_by = ActorField()
    asked_by_name = models.CharField("上传人", max_length=60)
    account = models.UUIDField("账号", null=True)
    chosen = models.CharField("填哪些人", max_length=120, blank=True)
    is_part = models.BooleanField("是下发的一份", default=False)
    moved_at = models.DateTimeField("最近进展", null=True)
    problem = models.CharField("停下的原因", max_length=300, blank=True)
    exported_at = models.DateTimeField("最近下载", null=True)

    class Meta:
        verbose_name = "填报表"
        indexes = [
            models.Index(fields=["area", "due_on"], name="return_due"),
            models.Index(fields=["signature", "-id"], name="return_signature"),
        ]
        constraints = [
            models.CheckConstraint(name="return_heading_forward", condition=Q(head_last__gte=F("head_first")))
        ]

    def __str__(self) -> str:
        return self.title


class ReturnRow(Record):
    """One line of the table (表中一行), and whom it means; nobody yet, or several to choose from; or the community it is of.

    ``cells``, ``known``, ``open`` and ``differs`` say how it stood when it was filled last; ``cells`` is empty until then.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP, why="表中一行对应档案里的哪一位")
    scope = OF_RETURN
    objects = ScopedQuerySet.as_manager()

    table = models.ForeignKey(Return, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("第几行")
    person = models.UUIDField(null=True)
    candidates = ArrayField(models.UUIDField(), default=list)
    by_hand = models.BooleanField("人工对上", default=False)
    area = AreaField("社区", blank=True)
    cells = models.PositiveIntegerField("要填几格", null=True)
    known = models.PositiveIntegerField("自动填了几格", default=0)
    open = models.PositiveIntegerField("要人填几格", default=0)
    differs = models.PositiveIntegerField("不同几格", default=0)

    class Meta:
        verbose_name = "填报行"
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="returnrow_once")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.table_id}"


class ReturnCell(Record):
    """One cell that somebody typed, or in which she chose between the sheet and the register (填报格)."""

    privacy = Privacy(PrivacyClass.SENSITIVE, keep=KEEP, why="档案里没有、由人填写的内容；谁填的、几时填的")
    scope = OF_RETURN
    objects = ScopedQuerySet.as_manager()

    table = models.ForeignKey(Return, models.PROTECT, related_name="cells")
    row = models.PositiveIntegerField("第几行")
    column = models.PositiveIntegerField("第几列")
    choice = models.CharField(
        "取哪个",
        max_length=8,
        choices=[("typed", "人工填写"), ("sheet", "原表的"), ("register", "档案的")],
    )
    text = models.CharField("填写内容", max_length=500, blank=True)
    typed_at = models.DateTimeField("填写时间")
    typed_by = ActorField()
    typed_by_name = models.CharField("填写人", max_length=60)

    class Meta:
        verbose_name = "填报格"
        constraints = [models.UniqueConstraint(fields=["table", "row", "column"], name="returncell_once")]

    def __str__(self) -> str:
        return f"cell {self.row}:{self.column} of {self.table_id}"


class Edition(Record):
    """A table as it was filled at one moment (表格版本): what leaves the house, and what the next one is compared with.

    ``titles`` and ``keys`` are column number → words of the heading and key of the fact; made once ``done`` is all ``lines``.
    ``merged_from`` names the editions of the communities' parts that it was put together from (汇总), none otherwise.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep=KEEP, why="哪一版报出去、谁出的，和上次比变了什么")
    scope = OF_RETURN
    objects = ScopedQuerySet.as_manager()

    table = models.ForeignKey(Return, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField("第几版")
    titles = models.JSONField("表头", default=dict)
    keys = models.JSONField("各列是什么", default=dict)
    denied = models.JSONField("看不到的列", default=dict)
    lines = models.PositiveIntegerField("几行")
    done = models.PositiveIntegerField("已填几行", default=0)
    made_at = models.DateTimeField("出表时间")
    made_by = ActorField()
    made_by_name = models.CharField("出表人", max_length=60)
    account = models.UUIDField("账号", null=True)
    moved_at = models.DateTimeField("最近进展")
    problem = models.CharField("停下的原因", max_length=300, blank=True)
    merged_from = models.JSONField("由哪些份汇总", default=list)
    without = models.CharField("缺的份和原因", max_length=300, blank=True)
    signed_at = models.DateTimeField("签发时间", null=True)
    signed_by = ActorField(blank=True)
    signed_by_name = models.CharField("签发人", max_length=60, blank=True)

    class Meta:
        verbose_name = "表格版本"
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.table_id}"

    @property
    def made(self) -> bool:
        return self.done >= self.lines


class EditionPart(Record):
    """A portion of an edition (版本分段), sealed: who stands on each line and what stood in each cell."""

    privacy = Privacy(PrivacyClass.SENSITIVE, keep=KEEP, why="报出去的每一格当时写着什么")
    scope = OF_RETURN
    objects = ScopedQuerySet.as_manager()

    table = models.ForeignKey(Return, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="parts")
    ordinal = models.PositiveIntegerField("第几段")
    content = EncryptedTextField("内容")

    class Meta:
        verbose_name = "版本分段"
        constraints = [models.UniqueConstraint(fields=["edition", "ordinal"], name="editionpart_once")]

    def __str__(self) -> str:
        return f"part {self.ordinal} of {self.edition_id}"


class Part(Record):
    """What one community fills of a table that was sent down to several (分表): until when, on what basis, for whom.

    ``whole`` is the table of the section, ``table`` the one that the community fills, missing until it was laid out. ``numbers``
    are the rows that went down; none when the community chooses itself who is on it. ``of`` is the community it was made
    for, ``area`` the one that has it now. ``asker`` is the colleague to whom answers go; nobody when she left.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep=KEEP, why="一张表下发到哪些社区、谁还没交、退回为什么")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    whole = models.ForeignKey(Return, models.PROTECT, related_name="parts")
    table = models.OneToOneField(Return, models.PROTECT, related_name="+", null=True)
    area = AreaField("社区")
    of = AreaField("下发时的社区")
    numbers = ArrayField(models.PositiveIntegerField(), verbose_name="哪些行", default=list)
    title = models.CharField("表名", max_length=120)
    unit_name = models.CharField("要表单位", max_length=80)
    basis = models.CharField("依据", max_length=200)
    due_on = models.DateField("要求哪天交")
    state = models.CharField("状态", max_length=10, choices=PartState.choices, default=PartState.PREPARING)
    sent_at = models.DateTimeField("下发时间")
    sent_by = ActorField()
    asker = models.UUIDField("跟进人账号", null=True)
    asker_name = models.CharField("跟进人", max_length=60)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", null=True)
    handed_in_at = models.DateTimeField("交表时间", null=True)
    handed_in_by_name = models.CharField("交表人", max_length=60, blank=True)
    said = models.CharField("说明", max_length=200, blank=True)
    urged_on = models.DateField("最近催报", null=True)
    urged_times = models.PositiveIntegerField("催报次数", default=0)
    problem = models.CharField("停下的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "分表"
        indexes = [
            models.Index(fields=["area", "due_on", "id"], name="part_due"),
            models.Index(fields=["asker", "due_on", "id"], name="part_asker"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["whole", "of"], condition=~Q(state="withdrawn"), name="part_once_a_community"
            ),
            models.CheckConstraint(
                name="part_handed_in_by_somebody",
                condition=~Q(state="handed_in") | (Q(handed_in_at__isnull=False) & ~Q(handed_in_by_name="")),
            ),
            models.CheckConstraint(
                name="part_sent_is_laid_out",
                condition=Q(state__in=["preparing", "withdrawn"]) | Q(table__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"part of {self.whole_id} for {self.of}"

    @property
    def waits(self) -> bool:
        """Has the community to do something?"""
        return self.state in (PartState.SENT, PartState.RETURNED)


class PartStep(Record):
    """One thing that happened to a part (分表经过): sent, urged, handed in, returned with the reason."""

    privacy = Privacy(PrivacyClass.STAFF, keep=KEEP, why="催了几次、为什么退回、谁交的，事后说得清")
    scope = Scope(through="returns.Part", column="part_id")
    objects = ScopedQuerySet.as_manager()

    part = models.ForeignKey(Part, models.PROTECT, related_name="steps")
    kind = models.CharField("经过", max_length=10, choices=StepKind.choices)
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    by = ActorField()
    by_name = models.CharField("经手人", max_length=60)
    said = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "分表经过"
        constraints = [
            models.UniqueConstraint(
                fields=["part", "on"], condition=Q(kind="urged"), name="partstep_urged_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} part {self.part_id}"
