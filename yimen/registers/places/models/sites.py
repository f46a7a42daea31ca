from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.choices import HolidayHabit, SiteKind, Weekday
from yimen.registers.places.fields import (
    Dated,
    DatedQuerySet,
    begins_before_it_ends,
    no_overlap,
    period_range,
    text_as_number,
    whole_number_point,
)

PUBLISHED = Privacy(PrivacyClass.OPEN, keep="长期", why="服务点和开放时间要公示，并留下每次变更")


class SiteQuerySet(DatedQuerySet):
    def inside(self, prefix: str) -> "SiteQuerySet":
        """Sites that serve the area ``prefix`` or an area inside it."""
        return self.filter(area__gte=prefix, area__lt=prefix + ":")


class Site(Record, Dated):
    """A service site (服务点): where residents are served. Public, with its hours."""

    area = AreaField("服务区域")
    kind = models.CharField("类别", max_length=20, choices=SiteKind)
    name = models.CharField("名称", max_length=60)
    address = models.CharField("地址", max_length=120)
    phone = models.CharField("电话", max_length=30, blank=True)
    holidays = models.CharField("节假日", max_length=12, choices=HolidayHabit, default=HolidayHabit.CALENDAR)
    in_charge = models.CharField("负责人", max_length=40, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    position_source = models.CharField("坐标来源", max_length=60, blank=True)
    size = models.PositiveIntegerField("面积（平方米）", null=True)
    origin = models.CharField("房屋来源", max_length=60, blank=True)

    objects = SiteQuerySet.as_manager()
    privacy = PUBLISHED

    class Meta:
        verbose_name = "服务点"
        indexes = [models.Index(fields=["area", "kind"], name="places_site_area")]
        constraints = [
            begins_before_it_ends("places_site_holds_a_day"),
            models.CheckConstraint(
                name="places_site_position_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in WGS 84 (坐标), None when nobody has measured them."""
        if self.latitude is None or self.longitude is None:
            return None
        return float(self.latitude), float(self.longitude)


def _clock_range() -> Func:
    # A time of day as a range needs a day to stand on; any day does.
    opens, closes = (
        Func(F(name), template="('2000-01-01'::date + %(expressions)s)", output_field=models.DateTimeField())
        for name in ("opens", "closes")
    )
    return Func(opens, closes, function="tsrange", output_field=DateTimeRangeField())


class SiteHours(Record, Dated):
    """One stretch of a weekday in which a site is open (开放时间), for a period: older hours stay readable."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField("星期", choices=Weekday)
    opens = models.TimeField("开始")
    closes = models.TimeField("结束")

    objects = DatedQuerySet.as_manager()
    privacy = PUBLISHED

    class Meta:
        verbose_name = "开放时间"
        ordering = ["weekday", "opens"]
        constraints = [
            ExclusionConstraint(
                name="places_sitehours_no_overlap",
                expressions=[
                    (whole_number_point("site"), RangeOperators.OVERLAPS),
                    (whole_number_point("weekday"), RangeOperators.OVERLAPS),
                    (_clock_range(), RangeOperators.OVERLAPS),
                    (period_range(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="places_sitehours_forwards", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="places_sitehours_weekday", condition=Q(weekday__lte=6)),
            begins_before_it_ends("places_sitehours_holds_a_day"),
        ]


class SiteOffer(Record, Dated):
    """What a site offers in a period (办理内容): a matter, a service or a piece of equipment, as ``<kind>/<key>``."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="offers")
    offer = models.CharField("内容", max_length=80)

    objects = DatedQuerySet.as_manager()
    privacy = PUBLISHED

    class Meta:
        verbose_name = "办理内容"
        indexes = [models.Index(fields=["offer", "site"], name="places_siteoffer_offer")]
        constraints = [
            no_overlap("places_siteoffer_once", "site", text_as_number("offer")),
            begins_before_it_ends("places_siteoffer_holds_a_day"),
        ]


class SiteStaff(Record, Dated):
    """Who serves at a site and for what (服务点人员), as it hangs on the wall; published, without a telephone of one's own."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="staff")
    name = models.CharField("姓名", max_length=40)
    duty = models.CharField("负责什么", max_length=60)

    objects = DatedQuerySet.as_manager()
    privacy = PUBLISHED

    class Meta:
        verbose_name = "服务点人员"
        indexes = [models.Index(fields=["site", "since"], name="places_sitestaff_site")]
        constraints = [begins_before_it_ends("places_sitestaff_holds_a_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.duty}"


def _booked_range() -> Func:
    opens, closes = (
        Func(F(name), template="(day + %(expressions)s)", output_field=models.DateTimeField())
        for name in ("begins", "ends")
    )
    return Func(opens, closes, function="tsrange", output_field=DateTimeRangeField())


class SiteBookingQuerySet(ScopedQuerySet):
    def of_the_street(self, actor: Actor) -> "SiteBookingQuerySet":
        """What is booked in the streets where the actor works (同街道预约): rooms are shared, so all see when they are taken."""
        streets = tuple(street_of(area) or area for area in actor.reach)
        return self.filter(area__begins_with_any=streets) if streets else self.none()


class SiteBooking(Record):
    """A room kept for some hours (用房预约): what for and by which unit, no names of those who come."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="bookings")
    area = AreaField("服务区域")
    day = models.DateField("日期")
    begins = models.TimeField("开始")
    ends = models.TimeField("结束")
    purpose = models.CharField("做什么用", max_length=60)
    booked_at = models.DateTimeField("登记时间")
    booked_by = ActorField("登记人")
    booked_by_name = models.CharField("登记人姓名", max_length=80)
    cancelled_at = models.DateTimeField("取消时间", null=True)

    objects = SiteBookingQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(PrivacyClass.STAFF, keep="三年", why="公共用房不撞期；使用率看得出够不够用")

    class Meta:
        verbose_name = "用房预约"
        indexes = [models.Index(fields=["site", "day"], name="places_sitebooking_day")]
        constraints = [
            models.CheckConstraint(name="places_sitebooking_forwards", condition=Q(ends__gt=F("begins"))),
            ExclusionConstraint(
                name="places_sitebooking_no_overlap",
                expressions=[
                    (whole_number_point("site"), RangeOperators.OVERLAPS),
                    (_booked_range(), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.begins:%H:%M}–{self.ends:%H:%M}"
