"""Exports that are not masked: asked for, approved, made, fetched, removed (完整导出)."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.foundations.exports.choices import ExportState
from yimen.kernel.privacy import Privacy, PrivacyClass


class FullExport(Record):
    """One full export (完整导出): who asked for what, for whom and what for, who approved, and until when its file lies here.

    The file is no part of it: it lies sealed beside the database, and is gone when the time is up. This row stays.
    """

    privacy = Privacy(
        PrivacyClass.STAFF, keep="3 年（个人信息保护法第五十六条）", why="向谁提供了什么、为什么、谁批准的"
    )
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    number = models.CharField("编号", max_length=24, unique=True)
    list_key = models.CharField("清单代号", max_length=60)
    list_title = models.CharField("清单", max_length=60)
    conditions = models.JSONField("筛选条件")
    conditions_words = models.JSONField("筛选条件（文字）")
    fields = models.JSONField("列")
    fields_words = models.JSONField("列名")
    private = models.BooleanField("含个人信息")
    receiver = models.CharField("接收人", max_length=80)
    purpose = models.CharField("用途代号", max_length=40)
    purpose_title = models.CharField("用途", max_length=40)
    words = models.CharField("说明", max_length=200, blank=True)
    hours = models.PositiveSmallIntegerField("保留小时")
    area = AreaField("区域")
    rows_asked = models.BigIntegerField("申请时行数")
    account = models.UUIDField("申请账号")
    asked_by = ActorField("申请人")
    asked_by_name = models.CharField("申请人姓名", max_length=60)
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("进度", max_length=10, choices=ExportState, default=ExportState.ASKED)
    decided_by = ActorField("审批人", blank=True)
    decided_by_name = models.CharField("审批人姓名", max_length=60, blank=True)
    decided_at = models.DateTimeField("审批时间", null=True)
    reason = models.CharField("不批准或没有生成的原因", max_length=200, blank=True)
    expires_at = models.DateTimeField("到期", null=True)
    made_at = models.DateTimeField("生成时间", null=True)
    rows = models.BigIntegerField("行数", null=True)
    size = models.BigIntegerField("字节", null=True)
    fetched = models.PositiveIntegerField("下载次数", default=0)

    class Meta:
        verbose_name = "完整导出"
        indexes = [
            models.Index(fields=["asked_by", "-id"], name="export_of_account"),
            models.Index(fields=["area"], name="export_waits", condition=Q(state="asked")),
            models.Index(fields=["expires_at"], name="export_expires", condition=Q(state="ready")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="export_not_by_oneself"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by="") | ~Q(state="asked") & ~Q(decided_by=""),
                name="export_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "failed")) | ~Q(reason=""), name="export_no_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(expires_at__isnull=False, rows__isnull=False, made_at__isnull=False),
                name="export_ready_expires",
            ),
        ]

    def __str__(self) -> str:
        return self.number
