"""The papers of a case (申请材料)."""

from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import OriginalPlace, PaperState
from yimen.work.desk.models.cases import Case


class CasePaper(Record):
    """One paper the matter asks for, and what we have of it; ``due_on`` is the day by which one that may follow
    comes (补交期限), as the resident was told: it stays also when the paper is there.

    ``file`` is the PDF of what was handed in (documents.StoredFile), ``original`` where the sheet itself lies.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="随办件归档", why="核对申请材料")
    scope = Scope(through="desk.Case", column="case_id")
    objects = ScopedQuerySet.as_manager()

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=PaperState.choices)
    due_on = models.DateField(null=True)
    file = models.UUIDField(null=True)
    original = models.CharField(max_length=10, choices=OriginalPlace.choices, blank=True)
    checked_at = models.DateTimeField()
    checked_by = ActorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="casepaper_once")]

    def __str__(self):
        return f"{self.title} {self.state}"
