"""A case in the archive (归档档案): where its paper lies, how long it is kept, and who has the original."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.faults import value_of
from yimen.kernel.numbers import parse_case_number
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.archive.models.handover import kept_words
from yimen.services.archive.models.store import ArchiveBox

_KEEP = "按事项规定的档案保管期限，期满鉴定，不自动销毁"


class ArchiveFile(Record):
    """A file of the archive (归档档案). ``place`` says in words where its paper lies; it is kept by whoever moves it or its
    box, so that a community, whose reach ends below the street's archive room, can read it. ``keep_until`` None is for ever.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep=_KEEP, why="档案可查可用，知道原件在哪里")
    scope = Scope(area="area", subject=("case", "person"))
    objects = ScopedQuerySet.as_manager()

    archive_number = models.CharField("档号", max_length=60, unique=True)
    case = models.UUIDField(unique=True)
    case_number = models.CharField("办件编号", max_length=24)
    area = AreaField()
    year = models.PositiveSmallIntegerField("年度")
    category = models.CharField("门类", max_length=12)
    matter = models.CharField(max_length=60)
    matter_title = models.CharField("事项", max_length=80)
    person = models.UUIDField()
    person_name = models.CharField("申请人", max_length=80)
    ended_on = models.DateField("办结日期")
    archived_on = models.DateField("归档日期")
    keep_years = models.PositiveSmallIntegerField("保管年限", null=True)
    keep_until = models.DateField("保管到", null=True)
    papers = models.PositiveIntegerField("材料份数")
    letters = models.PositiveIntegerField("文书份数")
    has_paper = models.BooleanField("有纸质")
    box = models.ForeignKey(ArchiveBox, null=True, on_delete=models.PROTECT, related_name="files")
    place = models.CharField("存放位置", max_length=200, blank=True)

    class Meta:
        verbose_name = "归档档案"
        indexes = [
            models.Index(fields=["area", "-id"], name="archivefile_area"),
            models.Index(fields=["person"], name="archivefile_person"),
            models.Index(fields=["box", "id"], name="archivefile_box"),
            models.Index(fields=["keep_until"], name="archivefile_keep_until"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(keep_years__isnull=True, keep_until__isnull=True)
                | Q(keep_years__isnull=False, keep_until__gte=F("ended_on")),
                name="archivefile_years_end_some_day",
            ),
            models.CheckConstraint(
                condition=Q(box__isnull=True) | Q(has_paper=True) & ~Q(place=""),
                name="archivefile_boxed_is_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.archive_number

    @property
    def spoken_number(self) -> str:
        """The case number as people read it aloud (办件编号): 007-261122-0001-5."""
        return str(value_of(parse_case_number(self.case_number)))

    @property
    def kept(self) -> str:
        """How long it is kept, in words (保管期限)."""
        return kept_words(self.keep_years)


class Placing(Record):
    """The paper of a file was put somewhere (入盒): when, by whom, and where that was then."""

    privacy = Privacy(PrivacyClass.STAFF, keep=_KEEP, why="原件去向可查")
    append_only = True
    scope = Scope(through="archive.ArchiveFile", column="file_id")
    objects = ScopedQuerySet.as_manager()

    file = models.ForeignKey(ArchiveFile, on_delete=models.PROTECT, related_name="placings")
    place = models.CharField("存放位置", max_length=200)
    why = models.CharField("原因", max_length=200, blank=True)
    placed_at = models.DateTimeField("时间")
    placed_by = ActorField()
    placed_by_name = models.CharField("经手人", max_length=80)

    class Meta:
        verbose_name = "入盒"
        indexes = [models.Index(fields=["file", "-id"], name="placing_file")]

    def __str__(self) -> str:
        return self.place


class OriginalLoan(Record):
    """The original is lent out (借阅): who has it, why, until when, and when it came back."""

    privacy = Privacy(PrivacyClass.STAFF, keep=_KEEP, why="原件在谁手里、何时归还")
    scope = Scope(through="archive.ArchiveFile", column="file_id")
    objects = ScopedQuerySet.as_manager()

    file = models.ForeignKey(ArchiveFile, on_delete=models.PROTECT, related_name="loans")
    borrower = models.CharField("借阅人", max_length=80)
    unit = models.CharField("单位", max_length=80)
    why = models.CharField("事由", max_length=200)
    lent_at = models.DateTimeField("借出")
    lent_by = ActorField()
    lent_by_name = models.CharField("经手人", max_length=80)
    due_on = models.DateField("应还")
    returned_at = models.DateTimeField("归还", null=True)
    returned_by = ActorField(blank=True)
    returned_note = models.CharField("归还情况", max_length=200, blank=True)

    class Meta:
        verbose_name = "借阅"
        indexes = [
            models.Index(
                fields=["due_on", "id"], condition=Q(returned_at__isnull=True), name="loan_still_out"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(returned_at__isnull=True), name="loan_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.borrower} {self.lent_at:%Y-%m-%d}"
