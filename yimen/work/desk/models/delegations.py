"""The delegation (下放): a matter of the street that a community takes in, and perhaps decides, for a time."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.areas import lineage
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.fields import (
    Dated,
    DatedQuerySet,
    begins_before_it_ends,
    no_overlap,
    text_as_number,
)
from yimen.work.desk.choices import DelegatedPower


class DelegationQuerySet(DatedQuerySet):
    """Delegations that were not taken back before they began."""

    def standing(self):
        return self.filter(cancelled=False)

    def asked_on(self, day):
        """The rows know the day on which they are read, so that each can say how it stands."""
        return self.annotate(asked_on=models.Value(day, output_field=models.DateField()))

    def standing_now(self):
        """Those in force on the day they are read."""
        return self.standing().filter(since__lte=F("asked_on"), until__gt=F("asked_on"))

    def at_window(self, area: str):
        """Those for this window: of its community (a grid works at the window of its community)."""
        return self.standing().filter(area__in=lineage(area))


class Delegation(Record, Dated):
    """One matter given by a street to one community (事项下放): on which basis, with which powers, how long, which seal.

    ``until`` is the first day on which it no longer holds, as everywhere; people read and type the last day. A row ends by
    itself. Ended early, ``until`` moves forward and says why; taken back before it began, it is ``cancelled`` and stays
    readable. Public: residents read in the catalogue where a matter can be handled.
    """

    privacy = Privacy(PrivacyClass.OPEN, keep="长期", why="哪些事项下放到哪个社区、到哪天，要向居民公开")
    objects = DelegationQuerySet.as_manager()

    matter = models.CharField(max_length=60)
    street = AreaField()
    area = AreaField()
    powers = models.CharField(max_length=10, choices=DelegatedPower)
    document = models.CharField(max_length=120)
    article = models.CharField(max_length=60, blank=True)
    seal_rule = models.CharField(max_length=200)
    given_by = ActorField()
    given_by_name = models.CharField(max_length=80)
    given_at = models.DateTimeField()
    cancelled = models.BooleanField(default=False)
    ended_why = models.CharField(max_length=200, blank=True)
    ended_by = ActorField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["area", "matter"], name="desk_delegation_area"),
            models.Index(fields=["street", "-id"], name="desk_delegation_street"),
        ]
        constraints = [
            no_overlap(
                "desk_delegation_once",
                text_as_number("matter"),
                Cast(F("area"), models.BigIntegerField()),
                condition=Q(cancelled=False),
            ),
            begins_before_it_ends("desk_delegation_holds_a_day"),
            models.CheckConstraint(name="desk_delegation_has_an_end", condition=Q(until__isnull=False)),
            models.CheckConstraint(
                name="desk_delegation_ended_says_why",
                condition=Q(ended_at__isnull=True, ended_why="", cancelled=False)
                | Q(ended_at__isnull=False) & ~Q(ended_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} → {self.area}"

    @property
    def last_day(self) -> date:
        """The last day on which it holds (截止日)."""
        return self.until - timedelta(days=1)

    def standing_on(self, day: date) -> tuple[str, str]:
        """How it stands on a day, in words and as a tone."""
        if self.cancelled:
            return "已取消", "neutral"
        if self.until <= day:
            return ("提前收回" if self.ended_at else "已到期"), "late"
        if self.since > day:
            return "未开始", "info"
        return ("明天起收回", "warn") if self.ended_at else ("有效", "good")

    @property
    def standing(self) -> str:
        return self.standing_on(self.asked_on)[0]

    @property
    def tone(self) -> str:
        return self.standing_on(self.asked_on)[1]
