"""What is typed into another system besides (抄录), and the sheets that come back from it."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.transcripts.choices import OPEN, Standing


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
