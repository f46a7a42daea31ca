"""Watching over one's own work: samples of what was settled on the spot, and answers to bad ratings."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import CheckVerdict, FollowUpVerdict
from yimen.work.desk.models.cases import Case


class SpotCheck(Record):
    """A case settled on the spot that was drawn for a second look the next day (即办件抽查)."""

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="即办不能图快出错")
    scope = Scope(through="desk.Case", column="case_id")
    objects = ScopedQuerySet.as_manager()

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="spot_check")
    drawn_on = models.DateField()
    verdict = models.CharField(max_length=8, choices=CheckVerdict.choices, default=CheckVerdict.OPEN)
    note = models.CharField(max_length=400, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = ActorField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["verdict", "id"], name="spotcheck_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="open", checked_at__isnull=True)
                | ~Q(verdict="open") & Q(checked_at__isnull=False),
                name="spotcheck_verdict_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="faulty") | ~Q(note=""), name="spotcheck_fault_is_named"
            ),
        ]

    def __str__(self):
        return self.verdict


class FollowUpQuerySet(ScopedQuerySet):
    """Bad ratings by what is still to be done about them."""

    def unfinished(self):
        """To be answered, or promised to be mended and not mended yet (待办结); each with its day as ``wanted_by``."""
        waiting = Q(verdict=FollowUpVerdict.OPEN) | Q(verdict=FollowUpVerdict.PLANNED, mended_on__isnull=True)
        return self.filter(waiting).annotate(wanted_by=Coalesce("mend_by", "due_on"))


class FollowUp(Record):
    """A bad rating that must be looked into and answered (差评回应). It knows matter and area, never the case.

    ``mended`` says what was done where mending was promised (整改结果).
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="差评应当核实、整改")
    scope = Scope(area="area")
    objects = FollowUpQuerySet.as_manager()

    rating = models.UUIDField(unique=True)
    matter = models.CharField(max_length=60)
    area = AreaField()
    grade = models.SmallIntegerField()
    tags = models.JSONField(default=list)
    text = models.CharField(max_length=500, blank=True)
    due_on = models.DateField()
    verdict = models.CharField(max_length=10, choices=FollowUpVerdict.choices, default=FollowUpVerdict.OPEN)
    found = models.CharField(max_length=600, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = ActorField(blank=True)
    mend_by = models.DateField(null=True)
    mended_on = models.DateField(null=True)
    mended = models.CharField(max_length=600, blank=True)
    mended_by = ActorField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["area", "verdict", "due_on", "id"], name="followup_work")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="open", answered_on__isnull=True)
                | ~Q(verdict="open") & Q(answered_on__isnull=False) & ~Q(found=""),
                name="followup_answer_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="planned") | Q(mend_by__isnull=False), name="followup_plan_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(mended_on__isnull=True, mended="")
                | Q(mended_on__isnull=False, verdict="planned") & ~Q(mended=""),
                name="followup_mended_says_what_was_done",
            ),
        ]

    def __str__(self):
        return self.verdict

    @property
    def open_until(self) -> date | None:
        """The day by which something is still to be done about it: the answer, or what was promised; None when all is done."""
        if self.verdict == FollowUpVerdict.OPEN:
            return self.due_on
        return self.mend_by if self.verdict == FollowUpVerdict.PLANNED and self.mended_on is None else None
