"""Who is on duty when, and how shifts are handed over (值班、交接班)."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class Shift(Record):
    """One shift and who stands it (班): an account, from when to when, for one area."""

    privacy = Privacy(PrivacyClass.STAFF, keep="三年（值班考勤和责任追溯）", why="任何时候都知道找谁")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField()
    street = AreaField()
    on = models.DateField("日期")
    part = models.CharField(max_length=20)
    title = models.CharField("班次", max_length=20)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    account = models.UUIDField()
    account_name = models.CharField("值班员", max_length=80)
    made_by = ActorField()
    made_at = models.DateTimeField()
    swapped_why = models.CharField("换班原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "值班"
        indexes = [models.Index(fields=["area", "ends"], name="shift_ends")]
        constraints = [
            models.UniqueConstraint(fields=["area", "on", "part"], name="shift_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.title}"


class HandOver(Record):
    """A shift handed over and signed for (交接班签收): from whom, to whom, what was open, and the remarks of both."""

    privacy = Privacy(PrivacyClass.STAFF, keep="三年", why="上一班留下的事有人接")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="+")
    area = AreaField()
    street = AreaField()
    given_at = models.DateTimeField(null=True)
    given_note = models.CharField("交班说明", max_length=400, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = ActorField(blank=True)
    signed_by_name = models.CharField(max_length=80, blank=True)
    signed_note = models.CharField("接班说明", max_length=400, blank=True)
    calls = models.JSONField(default=list)
    escalated_on = models.DateField(null=True)

    class Meta:
        verbose_name = "交接班"
        indexes = [models.Index(fields=["street", "-id"], name="handover_street")]

    def __str__(self) -> str:
        return str(self.shift_id)
