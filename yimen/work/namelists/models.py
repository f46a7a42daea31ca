"""A list of names that is worked off (名单任务): the list with its sheet, its rows, and what was done with each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.namelists.choices import ENDED, OPEN, Fit, Outcome, State, Way

KEEP = "名单任务结束后一年"
ROW_AREA = "namelists.ListRow"


class NameList(Record):
    """One list of names to work off (名单任务): what for, by what right, which questions, until when, and its sheet.

    The workbook itself is a private file of documents; ``sheet``, ``head`` and ``columns`` (what → number of the column) say
    how it is read, ``width`` is its last column. ``questions`` is a form in the grammar of forms; it does not change once the
    list is sent out. Whoever has a row of it in her area sees the list too.
    """

    privacy = Privacy(
        PrivacyClass.STAFF, keep="随街道工作档案", why="谁凭什么要核实什么，核实了多少，事后说得清"
    )
    scope = Scope(area="area", through=ROW_AREA, column="id", to="name_list_id")
    objects = ScopedQuerySet.as_manager()

    title = models.CharField("名称", max_length=60)
    purpose = models.CharField("目的", max_length=120)
    basis = models.CharField("依据", max_length=120)
    area = AreaField("范围")
    file = models.UUIDField("原表")
    kind = models.CharField("文件类型", max_length=8)
    sheet = models.CharField("工作表", max_length=120, blank=True)
    head = models.PositiveIntegerField("表头第几行", default=0)
    width = models.PositiveIntegerField("原表几列", default=0)
    columns = models.JSONField("各列是什么", default=dict)
    questions = models.JSONField("题目")
    due_on = models.DateField("最后一天")
    extensions = models.JSONField("延期", default=list)
    state = models.CharField("状态", max_length=8, choices=State, default=State.DRAFT)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = ActorField("上传人")
    uploaded_by_name = models.CharField("上传人姓名", max_length=80, blank=True)
    begun_at = models.DateTimeField("下发时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    reminded_on = models.DateField("催办于", null=True)

    class Meta:
        verbose_name = "名单任务"
        indexes = [models.Index(fields=["area", "-id"], name="namelist_area")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", begun_at__isnull=True, closed_at__isnull=True)
                | Q(state="running", begun_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="namelist_state_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING


class ListRow(Record):
    """One row of a list (名单行): whom it means, who is to work it, and what came of it.

    Of the sheet only what a worker needs at the door stands here: name, telephone (sealed), address. An id number is
    read from the file when rows are matched and kept nowhere else.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP, why="逐户核实名单上的人，核实到谁、结果怎样")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    name_list = models.ForeignKey(NameList, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("第几行")
    name = models.CharField("姓名", max_length=80, blank=True)
    phone = EncryptedTextField("电话", blank=True, default="")
    address = models.CharField("地址", max_length=200, blank=True)
    fit = models.CharField("对上情况", max_length=8, choices=Fit, default=Fit.NOBODY)
    person = models.UUIDField("居民", null=True)
    candidates = ArrayField(models.UUIDField(), default=list)
    by_hand = models.BooleanField("人工指定", default=False)
    area = AreaField("区域")
    outcome = models.CharField("结果", max_length=10, choices=Outcome, default=Outcome.WAITING)
    way = models.CharField("怎么核实", max_length=8, choices=Way, blank=True)
    answers = models.JSONField("回答", null=True)
    worked_on = models.DateField("办理日期", null=True)
    worked_by = ActorField("办理人", blank=True)
    worked_by_name = models.CharField("办理人姓名", max_length=80, blank=True)

    class Meta:
        verbose_name = "名单行"
        indexes = [
            models.Index(fields=["name_list", "area", "outcome"], name="listrow_progress"),
            models.Index(fields=["area", "id"], name="listrow_open", condition=Q(outcome__in=OPEN)),
            models.Index(fields=["person", "id"], name="listrow_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["name_list", "number"], name="listrow_once"),
            models.CheckConstraint(
                condition=~Q(outcome__in=ENDED) | Q(worked_on__isnull=False), name="listrow_ended_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(fit="matched") | Q(person__isnull=False), name="listrow_matched_to_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of {self.name_list_id}"


class RowDeed(Record):
    """What was done with a row (名单行经过), one after the other; a correction and a withdrawal are deeds of their own."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP, why="改过、撤回过的结果也说得清")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    row = models.ForeignKey(ListRow, models.PROTECT, related_name="+")
    area = AreaField("区域")
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    way = models.CharField("怎么核实", max_length=8, choices=Way, blank=True)
    answers = models.JSONField("回答", null=True)
    at = models.DateTimeField("时间")
    on = models.DateField("日期")
    by = ActorField("办理人")
    by_name = models.CharField("办理人姓名", max_length=80, blank=True)

    class Meta:
        verbose_name = "名单行经过"
        indexes = [models.Index(fields=["row", "id"], name="rowdeed_row")]

    def __str__(self) -> str:
        return f"{self.outcome} of row {self.row_id}"
