"""The tables of the queue: where tickets are called, how far the numbers of a day are, the tickets, and times promised."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.bookings.choices import Kept, Shows, State
from yimen.work.bookings.rules import MOST_COUNTERS, spoken_number


class Hall(Record):
    """A service site in which tickets are called (叫号大厅): how many counters it has, and what its board shows.

    ``board_hash`` is what is kept of the word in the board's address; ``board_edition`` counts how often that was renewed.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="随服务点长期", why="知道一个大厅有几个窗口、叫号屏怎么显示")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    site = models.OneToOneField("places.Site", models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    area = AreaField()
    counters = models.PositiveSmallIntegerField("窗口数")
    shows = models.CharField("叫号屏显示", max_length=12, choices=Shows.choices, default=Shows.NUMBERS)
    board_hash = models.CharField(max_length=64, unique=True)
    board_edition = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = ActorField()

    class Meta:
        verbose_name = "叫号大厅"
        constraints = [
            models.CheckConstraint(
                condition=Q(counters__gte=1, counters__lte=MOST_COUNTERS), name="hall_has_counters"
            )
        ]

    def __str__(self) -> str:
        return self.name


class DayNumbers(Record):
    """How far the numbers of one day are (当日号序). Its lock lets tickets be numbered without a gap."""

    privacy = Privacy(PrivacyClass.STAFF, keep="二年", why="号码每天从一号起，不跳号")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="days")
    area = AreaField()
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "当日号序"
        constraints = [models.UniqueConstraint(fields=["hall", "day"], name="daynumbers_once")]


class Ticket(Record):
    """A number that waits to be called (号票). It tells of nobody why she goes first, and keeps no more than a surname.

    ``place`` is its moment in the line: when she came, earlier for who goes first. ``waits_from`` is when waiting began.
    ``for_counter`` is the counter it was handed to, 0 for any; ``counter`` where it is or was called, ``calls`` how often,
    ``misses`` how often nobody came.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="二年后删除", why="按先来后到叫号，知道等了多久")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="tickets")
    area = AreaField()
    day = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    goes_first = models.BooleanField("优先", default=False)
    shown = models.CharField("叫号屏上的姓", max_length=4, blank=True)
    about = models.CharField("办什么", max_length=60, blank=True)
    place = models.DateTimeField()
    waits_from = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = ActorField()
    for_counter = models.PositiveSmallIntegerField(default=0)
    counter = models.PositiveSmallIntegerField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    misses = models.PositiveSmallIntegerField(default=0)
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    called_by = ActorField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "号票"
        indexes = [
            models.Index(
                fields=["hall", "day", "place", "number"], name="ticket_line", condition=Q(state="waiting")
            ),
            models.Index(fields=["hall", "day", "called_at"], name="ticket_called"),
            models.Index(
                fields=["day"], name="ticket_open_day", condition=Q(state__in=("waiting", "called"))
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["hall", "day", "number"], name="ticket_number_once"),
            models.UniqueConstraint(
                fields=["hall", "day", "counter"], name="ticket_one_at_a_counter", condition=Q(state="called")
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | Q(state="called", ended_at__isnull=True, counter__isnull=False, called_at__isnull=False)
                | Q(state__in=("finished", "missed", "closed"), ended_at__isnull=False),
                name="ticket_state_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """The number as it is shown and read: 012 (号码)."""
        return spoken_number(self.number)


class Appointment(Record):
    """A time promised to a resident at the window (窗口预约): which day and slot, any counter (0) or one, what for.

    ``seat`` numbers those of one slot, so that no more are promised than it takes. ``ticket`` is the one she got when she came.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="二年后删除", why="约好的时间有人记得，来了不用再排")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="appointments")
    area = AreaField()
    day = models.DateField("日期")
    begins = models.TimeField("时间")
    seat = models.PositiveSmallIntegerField()
    counter = models.PositiveSmallIntegerField("窗口", default=0)
    person = models.UUIDField()
    person_name = models.CharField("居民", max_length=80)
    about = models.CharField("办什么", max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=Kept.choices, default=Kept.BOOKED)
    booked_at = models.DateTimeField()
    booked_by = ActorField()
    booked_by_name = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    ticket = models.UUIDField(null=True)

    class Meta:
        verbose_name = "窗口预约"
        indexes = [
            models.Index(fields=["hall", "day", "begins"], name="appointment_day"),
            models.Index(fields=["person", "day"], name="appointment_person"),
            models.Index(fields=["day"], name="appointment_open_day", condition=Q(state="booked")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "day", "begins", "seat"],
                name="appointment_seat_once",
                condition=Q(state="booked"),
            ),
            models.UniqueConstraint(
                fields=["hall", "day", "begins", "counter"],
                name="appointment_counter_once",
                condition=Q(state="booked", counter__gt=0),
            ),
            models.UniqueConstraint(
                fields=["hall", "day", "person"], name="appointment_once_a_day", condition=Q(state="booked")
            ),
            models.CheckConstraint(
                condition=Q(state="booked", ended_at__isnull=True, ticket__isnull=True)
                | Q(state="came", ended_at__isnull=False, ticket__isnull=False)
                | Q(state__in=("missed", "cancelled"), ended_at__isnull=False, ticket__isnull=True),
                name="appointment_state_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.begins:%H:%M}"
