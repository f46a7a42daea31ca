import json
from typing import Any

from django.db import models

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class AnswerSheet(Record):
    """A filled form (答卷), never changed: a correction is a new sheet that replaces the old one.

    Answers to a form with any sensitive question are sealed as a whole; otherwise they are readable JSON.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="随所属事项的保管期限", why="办事所需的申报内容，逐题写明用途"
    )
    append_only = True
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

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="answer_sheet_subject")]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, opened."""
        return json.loads(self.sealed_answers) if self.plain_answers is None else self.plain_answers
