"""What is typed into another system besides (抄录), and the sheets that come back from it."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.transcripts.choices import OPEN, Standing, Verdict


class TranscriptQuerySet(ScopedQuerySet):
    """The lists of what is typed into other systems."""

    def open(self):
        return self.filter(standing__in=OPEN)


class Transcript(Record):
    """One case in one other system (抄录): whether it was typed there, its number and state there.

    ``system`` is the key of the definition. What the resident said stays with the case; nothing of it is copied here.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="与办件相同", why="办件还要录入上级系统，知道录了没有、那边办到哪里"
    )
    scope = Scope(area="area", subject=("case", "person"))
    objects = TranscriptQuerySet.as_manager()

    case = models.UUIDField("办件")
    case_number = models.CharField("办件编号", max_length=20)
    matter_title = models.CharField("事项", max_length=80)
    person = models.UUIDField("居民")
    person_name = models.CharField("姓名", max_length=80)
    area = AreaField("区域")
    street = AreaField("街道")
    system = models.CharField("外部系统", max_length=60)
    accepted_on = models.DateField("受理")
    standing = models.CharField("情况", max_length=8, choices=Standing, default=Standing.WAITING)
    outside_number = models.CharField("外部编号", max_length=40, blank=True)
    outside_state = models.CharField("外部状态", max_length=20, blank=True)
    written_at = models.DateTimeField("登记时间", null=True)
    written_by = ActorField("登记人", blank=True)
    written_by_name = models.CharField("登记人姓名", max_length=80, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "抄录"
        indexes = [
            models.Index(fields=["area", "standing", "accepted_on", "id"], name="transcript_area"),
            models.Index(fields=["system", "case_number"], name="transcript_by_case"),
            models.Index(
                fields=["system", "outside_number"],
                name="transcript_by_number",
                condition=~Q(outside_number=""),
            ),
            models.Index(fields=["person", "system"], name="transcript_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "system"], name="transcript_once"),
            models.CheckConstraint(
                condition=Q(standing__in=["waiting", "dropped"])
                | Q(standing__in=["written", "ended"], written_at__isnull=False)
                & ~Q(outside_number="")
                & ~Q(outside_state=""),
                name="transcript_written_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.system}"


class OutsideSheet(Record):
    """The Excel of another system, checked against ours (外部导出表). The file itself is not kept, only what its rows say of
    number and state; ``done_at`` is when somebody confirmed it."""

    privacy = Privacy(PrivacyClass.STAFF, keep="导入后一年", why="谁凭哪张表改了哪些件，事后查得到")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField("区域")
    system = models.CharField("外部系统", max_length=60)
    read_at = models.DateTimeField("上传时间")
    read_by = ActorField("上传人")
    read_by_name = models.CharField("上传人姓名", max_length=80, blank=True)
    done_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "外部导出表"
        indexes = [models.Index(fields=["read_at"], name="outside_sheet_read")]

    def __str__(self) -> str:
        return f"{self.system} {self.read_at:%Y-%m-%d}"


class OutsideRow(Record):
    """One row of such a sheet (导出表的一行): which of ours it means, what it would do, and whether it was done."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="导入后一年", why="逐行看得到改了什么、为什么没有改")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    sheet = models.ForeignKey(OutsideSheet, models.CASCADE, related_name="+")
    area = AreaField("区域")
    number = models.PositiveIntegerField("行")
    verdict = models.CharField("核对", max_length=12, choices=Verdict)
    transcript = models.ForeignKey(Transcript, models.PROTECT, null=True, related_name="+")
    edition = models.PositiveIntegerField(default=0)
    outside_number = models.CharField("外部编号", max_length=40, blank=True)
    outside_state = models.CharField("外部状态", max_length=20, blank=True)
    sentence = models.CharField("说明", max_length=120, blank=True)
    done = models.BooleanField("已改", default=False)

    class Meta:
        verbose_name = "导出表的一行"
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="outside_row_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"
