"""Stored files and issued letters. The bytes of a file lie in the file store, found by their digest."""

from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.foundations.documents.choices import MEDIA_TYPES, FileKind
from yimen.kernel.privacy import Privacy, PrivacyClass


class StoredFileQuerySet(ScopedQuerySet):
    def kept(self):
        """Not discarded."""
        return self.filter(discarded_at=None)

    def about(self, subject, purpose=""):
        """The files of one subject, oldest first."""
        files = self.kept().filter(subject=subject).order_by("id")
        return files.filter(purpose=purpose) if purpose else files


class StoredFile(Record):
    """A file that was handed in (材料附件): what it is, whose it is, and under which digest its bytes lie."""

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="随所属办件或档案；移除后内容于次日清除", why="办事所凭的材料"
    )
    scope = Scope(area="area", subject="subject")

    subject = models.UUIDField()
    area = AreaField()
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=130)
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)
    notes = models.JSONField(default=list)
    stored_at = models.DateTimeField()
    stored_by = ActorField()
    discarded_at = models.DateTimeField(null=True)
    discarded_by = ActorField(blank=True)
    discarded_why = models.CharField(max_length=200, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "purpose", "id"], name="file_subject"),
            models.Index(fields=["digest"], name="file_digest"),
        ]

    def __str__(self):
        return f"{self.purpose} {self.public_id}"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[FileKind(self.kind)]


class LetterCounter(Record):
    """The last number given (文号计数): one row per kind of number, unit and year, locked while a number is taken."""

    privacy = Privacy(PrivacyClass.STAFF, keep="永久", why="文号连续不断号")

    number_kind = models.CharField(max_length=40)
    unit_area = AreaField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_kind", "unit_area", "year"], name="counter_once")
        ]

    def __str__(self):
        return f"{self.number_kind} {self.unit_area} {self.year}: {self.last}"


class Letter(Record):
    """An issued letter (文书), as it was put together that day; it is never changed, only voided."""

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="随办件档案，不少于 10 年", why="对当事人作出的书面告知和决定"
    )
    append_only = True
    follows = ("area",)
    scope = Scope(area="area", subject="subject")

    key = models.CharField(max_length=80)
    version = models.ForeignKey("definitions.Version", on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField()
    area = AreaField()
    number_kind = models.CharField(max_length=40)
    unit_area = AreaField()
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=40)
    sheet = models.JSONField()
    tracking_url = models.CharField(max_length=300, blank=True)
    issued_at = models.DateTimeField()
    issued_by = ActorField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_kind", "unit_area", "year", "sequence"], name="letter_number_once"
            )
        ]
        indexes = [models.Index(fields=["subject", "id"], name="letter_subject")]

    def __str__(self):
        return self.number


class LetterVoiding(Record):
    """A letter was spoilt (文书作废): its sheet is void and its number is not given again."""

    privacy = Privacy(PrivacyClass.STAFF, keep="随文书", why="说明某个文号为何作废")
    append_only = True
    scope = Scope(through="documents.Letter", column="letter_id")

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="voiding")
    why = models.CharField(max_length=200)
    voided_at = models.DateTimeField()
    voided_by = ActorField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self):
        return f"void {self.letter_id}"
