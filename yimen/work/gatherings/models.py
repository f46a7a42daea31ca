"""What brings people together (活动): the gathering, who signed up and came, who helped."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.gatherings.choices import Answer, Seat, State
from yimen.work.gatherings.rules import minutes_between


class Series(Record):
    """Gatherings that belong together (系列): a course, the rehearsals of a club, a weekly duty."""

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="同一门课、同一支队伍的各场放在一起看")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    kind = models.CharField(max_length=60)
    title = models.CharField("名称", max_length=60)
    area = AreaField()
    begun_at = models.DateTimeField()
    begun_by = ActorField()

    class Meta:
        verbose_name = "系列"

    def __str__(self) -> str:
        return self.title


class Gathering(Record):
    """One gathering (活动) with its time, place and seats; ``led_by`` is the account of whoever leads it.

    ``roster`` (名单号) names the list of who comes: whoever leads it is tied to the roster until it is closed, a helper only to
    the gathering. So that a helper reads numbers and no names, ``taken``, ``waiting`` and ``helping`` are kept here with each
    change of a list. ``guests`` came without telling a name; ``heads`` are all who came (人次), kept at closing.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="长期", why="活动要公布，也是工作量的来源")
    scope = Scope(area="area", subject="public_id")
    objects = ScopedQuerySet.as_manager()

    kind = models.CharField(max_length=60)
    title = models.CharField("活动", max_length=60)
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    area = AreaField()
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    place = models.CharField("地点", max_length=120)
    about = models.CharField(max_length=300, blank=True)
    materials = models.CharField(max_length=400, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    led_by = models.UUIDField(null=True)
    led_by_name = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=4, choices=Answer.choices, blank=True, default=Answer.OPEN)
    answer_note = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    roster = models.UUIDField(default=uuid7, unique=True, editable=False)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    helping = models.PositiveIntegerField(default=0)
    guests = models.PositiveIntegerField(default=0)
    heads = models.PositiveIntegerField(null=True)
    changed_why = models.CharField(max_length=200, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    planned_by = ActorField()
    planned_by_name = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "活动"
        indexes = [
            models.Index(fields=["area", "state", "starts_at", "id"], name="gathering_area"),
            models.Index(fields=["led_by", "state", "starts_at"], name="gathering_leader"),
            models.Index(fields=["series", "starts_at"], name="gathering_series"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gathering_forward"),
            models.CheckConstraint(
                condition=Q(state="planned", ended_at__isnull=True, heads__isnull=True)
                | Q(state="held", ended_at__isnull=False, heads__isnull=False)
                | Q(state="cancelled", ended_at__isnull=False, heads__isnull=True) & ~Q(ended_why=""),
                name="gathering_ended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.day}"

    @property
    def day(self) -> date:
        """The day it begins (活动日)."""
        return day_of(self.starts_at)

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)

    def is_today(self, today: date) -> bool:
        return self.state == State.PLANNED and self.day == today

    def waits_for_closing(self, at: datetime) -> bool:
        """It is over and nobody closed it yet (待办结)."""
        return self.state == State.PLANNED and self.ends_at <= at


class SignUp(Record):
    """One resident who wants to come or came (报名、签到): a seat, a place in the waiting line, or withdrawn.

    ``guardian`` agreed for a minor, noted at ``agreed_at``. ``signed_in_at`` is when she was there.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="活动办结后两年", why="知道谁来、给谁留座位，人次有据可查")
    scope = Scope(area="area", subject="roster")
    objects = ScopedQuerySet.as_manager()

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")
    roster = models.UUIDField()
    area = AreaField()
    person = models.UUIDField()
    person_name = models.CharField(max_length=80)
    seat = models.CharField(max_length=12, choices=Seat.choices, default=Seat.IN)
    guardian = models.CharField(max_length=80, blank=True)
    agreed_at = models.DateTimeField(null=True)
    signed_up_at = models.DateTimeField()
    signed_up_by = ActorField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    signed_in_by = ActorField(blank=True)

    class Meta:
        verbose_name = "报名"
        indexes = [
            models.Index(fields=["gathering", "id"], name="signup_gathering"),
            models.Index(fields=["person", "id"], name="signup_person"),
            models.Index(fields=["roster"], name="signup_roster"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"], condition=~Q(seat="withdrawn"), name="signup_once"
            ),
            models.CheckConstraint(
                condition=Q(guardian="", agreed_at__isnull=True)
                | ~Q(guardian="") & Q(agreed_at__isnull=False),
                name="signup_consent_whole",
            ),
            models.CheckConstraint(
                condition=Q(signed_in_at__isnull=True) | Q(seat="in"), name="signup_present_has_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.seat}"


class Helper(Record):
    """Somebody who helps at a gathering (帮手、志愿者): a colleague with an account, or a resident for one day.

    ``minutes`` are the service (服务时长) that closing the gathering confirmed.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="长期（服务时长证明）", why="志愿服务时长要记实（志愿服务条例）"
    )
    scope = Scope(area="area", subject=("roster", "public_id"))
    objects = ScopedQuerySet.as_manager()

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")
    roster = models.UUIDField()
    area = AreaField()
    account = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    added_by = ActorField()
    left_at = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=40, blank=True, default="")
    signed_in_at = models.DateTimeField(null=True)
    signed_in_by = ActorField(blank=True)
    minutes = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "帮手"
        indexes = [
            models.Index(fields=["gathering", "id"], name="helper_gathering"),
            models.Index(fields=["account", "id"], name="helper_account"),
            models.Index(fields=["roster"], name="helper_roster"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, person__isnull=False)
                | Q(account__isnull=False, person__isnull=True),
                name="helper_is_one",
            ),
            models.UniqueConstraint(
                fields=["gathering", "account"], condition=Q(left_at__isnull=True), name="helper_account_once"
            ),
            models.UniqueConstraint(
                fields=["gathering", "person"], condition=Q(left_at__isnull=True), name="helper_person_once"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(signed_in_at__isnull=False),
                name="helper_hours_of_service",
            ),
        ]

    def __str__(self) -> str:
        return self.name
