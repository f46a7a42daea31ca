import json
from typing import Any

from django.db import models

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class AnswerSheet(Record):
    """A filled form (答卷), never changed: a correction is a new sheet that replaces the old one.

    Answers to a form with any sensitive question are sealed as a whole; otherwise they are readable JSON. When their
    person has them erased (个人信息保护法第四十七条) the sheet stays, empty.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="随所属事项的保管期限", why="办事所需的申报内容，逐题写明用途"
    )
    append_only = True
    erasable = ("plain_answers", "sealed_answers", "sources", "erased_at")
    follows = ("area",)
    scope = Scope(area="area", subject="subject")

    version = models.ForeignKey("definitions.Version", on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    area = AreaField()
    plain_answers = models.JSONField(null=True)
    sealed_answers = EncryptedTextField(blank=True)
    sources = models.JSONField(default=dict)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = ActorField()
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="answer_sheet_subject")]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, opened; none once they were erased."""
        if self.erased_at:
            return {}
        return json.loads(self.sealed_answers) if self.plain_answers is None else self.plain_answers


class FormDraft(Record):
    """A form that is being made from a workbook (表单稿): looked at, tried, and published or dropped."""

    privacy = Privacy(
        PrivacyClass.STAFF, keep="发布或放弃为止", why="发布前供核对、试填的空白表单，没有居民信息"
    )
    scope = Scope(area="area")

    area = AreaField("区域")
    key = models.CharField("编号", max_length=40)
    title = models.CharField("表名", max_length=60)
    file = models.UUIDField("工作簿")
    file_name = models.CharField("文件名", max_length=130)
    body = models.JSONField("内容")
    remarks = models.JSONField("读入说明", default=list)
    version = models.ForeignKey("definitions.Version", null=True, on_delete=models.PROTECT, related_name="+")
    made_by = ActorField("制作人")
    made_by_name = models.CharField("制作人", max_length=80)
    made_at = models.DateTimeField("上传时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "表单稿"
        indexes = [models.Index(fields=["area", "id"], name="form_draft_area")]

    def __str__(self) -> str:
        return self.title
