from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from yimen.foundations.bus.fields import AreaField, Record
from yimen.kernel.areas import Level
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.choices import AREA_LEVELS
from yimen.registers.places.fields import Dated, DatedQuerySet, begins_before_it_ends, no_overlap

OPEN_FOREVER = Privacy(
    PrivacyClass.OPEN, keep="长期", why="区域划分是公开的行政事实，旧记录靠它说明当时属于哪里"
)


class AreaQuerySet(DatedQuerySet):
    def inside(self, prefix: str) -> "AreaQuerySet":
        """The area ``prefix`` and everything inside it."""
        return self.filter(code__gte=prefix, code__lt=prefix + ":")


class Area(Record, Dated):
    """An area (区域): county, street, community or grid. Its code is ours, nested, and never used again or re-parented."""

    code = AreaField("区域编码", unique=True)
    level = models.CharField("层级", max_length=12, choices=AREA_LEVELS)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        to_field="code",
        db_column="parent_code",
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField("名称", max_length=60)
    short = models.CharField("简称", max_length=30)

    objects = AreaQuerySet.as_manager()
    privacy = OPEN_FOREVER

    class Meta:
        verbose_name = "区域"
        constraints = [
            models.CheckConstraint(
                name="places_area_code_fits_level",
                condition=Q.create(
                    [
                        Q(level=level.value, code__regex=rf"^[1-9][0-9]{{{level.digits - 1}}}$")
                        for level in Level
                    ],
                    connector=Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="places_area_lies_in_its_parent",
                condition=Q(parent__isnull=True, level=Level.COUNTY.value)
                | Q(Q(code__startswith=F("parent")), parent__isnull=False),
            ),
            begins_before_it_ends("places_area_holds_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaName(Record, Dated):
    """What an area was called in a period (区域名称)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="names")
    name = models.CharField("名称", max_length=60)
    short = models.CharField("简称", max_length=30)

    objects = DatedQuerySet.as_manager()
    privacy = OPEN_FOREVER

    class Meta:
        verbose_name = "区域名称"
        constraints = [
            no_overlap("places_areaname_one_at_a_time", "area"),
            begins_before_it_ends("places_areaname_holds_a_day"),
        ]


class OfficialCode(Record, Dated):
    """The national statistical code of an area in a period (统计用区划代码); a renumbering adds a row."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="official_codes")
    code = AreaField("统计用区划代码")

    objects = DatedQuerySet.as_manager()
    privacy = OPEN_FOREVER

    class Meta:
        verbose_name = "统计用区划代码"
        constraints = [
            no_overlap("places_officialcode_one_at_a_time", "area"),
            no_overlap("places_officialcode_one_bearer", Cast(F("code"), models.BigIntegerField())),
            models.CheckConstraint(
                name="places_officialcode_is_digits", condition=Q(code__regex=r"^[1-9][0-9]{5,14}$")
            ),
            begins_before_it_ends("places_officialcode_holds_a_day"),
        ]


class AreaSuccession(Record):
    """Which area took over from which, on which day (区域承接)."""

    old = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, models.PROTECT, related_name="predecessions")
    on = models.DateField("承接日期")

    privacy = OPEN_FOREVER
    append_only = True

    class Meta:
        verbose_name = "区域承接"
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="places_areasuccession_once"),
            models.CheckConstraint(name="places_areasuccession_two_areas", condition=~Q(old=F("new"))),
        ]


class AreaGeneration(Record):
    """One row with a mark that changes with every change of areas (区域版本): hosts keep names in memory until it does."""

    mark = models.UUIDField()

    privacy = Privacy(PrivacyClass.STAFF, keep="只留最新", why="让各台服务器知道区域名称有没有变过")

    class Meta:
        verbose_name = "区域版本"
        constraints = [models.CheckConstraint(name="places_areageneration_one_row", condition=Q(id=1))]
