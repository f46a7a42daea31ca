"""The hand-over list of a community for a month (移交清单), and its lines."""

from datetime import date

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.faults import value_of
from yimen.kernel.numbers import parse_case_number
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.archive.choices import DIFFERENT, Cleared, Stage, Verdict


class HandoverList(Record):
    """What a community or the street's own window hands over for a month (移交清单): made, signed by both, then final.

    ``month`` is its first day; ``lines`` counts its items and is the number of the last.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="永久", why="档案移交的交接凭据")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField()
    month = models.DateField("月份")
    lines = models.PositiveIntegerField("件数", default=0)
    stage = models.CharField("进度", max_length=10, choices=Stage.choices, default=Stage.MADE)
    made_at = models.DateTimeField("生成时间")
    made_by = ActorField()
    sent_at = models.DateTimeField("移交时间", null=True)
    sent_by = ActorField(blank=True)
    sent_by_name = models.CharField("移交人", max_length=80, blank=True)
    received_at = models.DateTimeField("接收时间", null=True)
    received_by = ActorField(blank=True)
    received_by_name = models.CharField("接收人", max_length=80, blank=True)

    class Meta:
        verbose_name = "移交清单"
        indexes = [models.Index(fields=["stage", "id"], name="handover_stage")]
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="handover_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="handover_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(stage="made", sent_at__isnull=True, received_at__isnull=True)
                | Q(stage="sent", sent_at__isnull=False, received_at__isnull=True)
                | Q(stage="received", sent_at__isnull=False, received_at__isnull=False),
                name="handover_signed_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.month:%Y-%m}"

    @property
    def month_words(self) -> str:
        """2026年11月."""
        return month_words(self.month)


def month_words(month: date) -> str:
    """A month as people write it (月份)."""
    return f"{month.year}年{month.month}月"


class HandoverItem(Record):
    """One line of a hand-over list (移交条目): the case as it was when it was listed, what the keeper found, what became of it.

    ``verdict`` and ``note`` are as signed and stay; ``cleared`` says how a difference ended. A case stands on one list,
    until it is carried on to the next.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="永久", why="逐件交接的凭据，差异可追到人和件")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    list = models.ForeignKey(HandoverList, on_delete=models.PROTECT, related_name="items")
    line = models.PositiveIntegerField("序号")
    area = AreaField()
    case = models.UUIDField()
    case_number = models.CharField("办件编号", max_length=24)
    matter = models.CharField(max_length=60)
    matter_title = models.CharField("事项", max_length=80)
    person = models.UUIDField()
    person_name = models.CharField("申请人", max_length=80)
    ending = models.CharField("办理结果", max_length=40)
    ended_on = models.DateField("办结日期")
    papers = models.PositiveIntegerField("材料份数")
    on_paper = models.PositiveIntegerField("留存纸质")
    letters = models.PositiveIntegerField("文书份数")
    category = models.CharField("门类", max_length=12)
    keep_years = models.PositiveSmallIntegerField("保管年限", null=True)
    verdict = models.CharField("核对", max_length=12, choices=Verdict.choices, default=Verdict.PENDING)
    note = models.CharField("差异说明", max_length=200, blank=True)
    ticked_at = models.DateTimeField(null=True)
    ticked_by_name = models.CharField("核对人", max_length=80, blank=True)
    archive_number = models.CharField("档号", max_length=60, blank=True)
    cleared = models.CharField("差异处理", max_length=10, choices=Cleared.choices, blank=True)
    cleared_at = models.DateTimeField(null=True)
    cleared_by_name = models.CharField(max_length=80, blank=True)
    cleared_note = models.CharField(max_length=200, blank=True)
    carried_from = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    class Meta:
        verbose_name = "移交条目"
        indexes = [
            models.Index(
                fields=["area", "id"],
                condition=Q(verdict__in=DIFFERENT, cleared=""),
                name="item_open_difference",
            ),
            models.Index(fields=["case"], name="item_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["list", "line"], name="item_line_once"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(cleared="carried"), name="item_case_on_one_list"
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=DIFFERENT) | ~Q(note=""), name="item_difference_has_a_note"
            ),
            models.CheckConstraint(
                condition=Q(cleared="") | Q(verdict__in=DIFFERENT), name="item_cleared_was_different"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.case_number}"

    @property
    def spoken_number(self) -> str:
        """The case number as people read it aloud (办件编号): 007-261122-0001-5."""
        return str(value_of(parse_case_number(self.case_number)))

    @property
    def kept(self) -> str:
        """How long it is to be kept, in words (保管期限)."""
        return kept_words(self.keep_years)

    @property
    def is_open_difference(self) -> bool:
        return self.verdict in DIFFERENT and not self.cleared


def kept_words(years: int | None) -> str:
    """A retention in words (保管期限)."""
    return "永久" if years is None else f"{years} 年"
