from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.actor import Actor
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.choices import DwellingKind, DwellingUse

ADDRESS = Privacy(PrivacyClass.OPEN, keep="长期", why="小区和楼幢是公开的地址，办事时要选")


class AddressQuerySet(models.QuerySet):
    """Public rows: the database shows them to everybody, our pages only to those who work there."""

    def within(self, actor: Actor | None) -> "AddressQuerySet":
        """What stands in the actor's areas; none when nobody acts."""
        return self.filter(area__begins_with_any=actor.reach) if actor and actor.reach else self.none()

    def inside(self, prefix: str) -> "AddressQuerySet":
        """What stands in the area ``prefix`` or inside it."""
        return self.filter(area__gte=prefix, area__lt=prefix + ":")


class DwellingQuerySet(ScopedQuerySet):
    def inside(self, prefix: str) -> "DwellingQuerySet":
        """What stands in the area ``prefix`` or inside it."""
        return self.filter(area__gte=prefix, area__lt=prefix + ":")


class Estate(Record):
    """A residential estate (小区). Public: residents choose theirs from a list."""

    area = AreaField("所在社区")
    name = models.CharField("名称", max_length=60)
    also = models.CharField("别名", max_length=120, blank=True, help_text="口头叫法，用空格分开")
    address = models.CharField("地址", max_length=120, blank=True)

    objects = AddressQuerySet.as_manager()
    privacy = ADDRESS

    class Meta:
        verbose_name = "小区"
        indexes = [models.Index(fields=["area", "name"], name="places_estate_area")]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="places_estate_name_once")]

    def __str__(self) -> str:
        return self.name


class Building(Record):
    """A building (楼幢). ``area`` is its grid when it has one, else its community."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="buildings")
    area = AreaField("所在社区或网格")
    community = AreaField("所在社区", max_length=12)
    number = models.CharField("幢号", max_length=8, help_text="只写号码，例如 3 或 12A")
    name = models.CharField("名称", max_length=30)
    address = models.CharField("门牌地址", max_length=120, blank=True)
    floors = models.PositiveSmallIntegerField("地上层数")
    floors_below = models.PositiveSmallIntegerField("地下层数", default=0)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)

    objects = AddressQuerySet.as_manager()
    privacy = ADDRESS

    class Meta:
        verbose_name = "楼幢"
        indexes = [models.Index(fields=["area", "id"], name="places_building_area")]
        constraints = [
            models.UniqueConstraint(fields=["estate", "number"], name="places_building_number_once"),
            models.CheckConstraint(
                name="places_building_has_floors", condition=Q(floors__gte=1, floors__lte=200)
            ),
            models.CheckConstraint(
                name="places_building_in_community", condition=Q(area__startswith=F("community"))
            ),
            models.CheckConstraint(
                name="places_building_position_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Dwelling(Record):
    """A dwelling (房屋): one door. Its use is what was last seen there, and says nothing about who lives behind it."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings")
    area = AreaField("所在社区或网格")
    community = AreaField("所在社区", max_length=12)
    unit = models.CharField("单元", max_length=8, blank=True)
    floor = models.SmallIntegerField("楼层")
    room = models.CharField("室号", max_length=8)
    kind = models.CharField("类别", max_length=12, choices=DwellingKind, default=DwellingKind.HOME)
    use = models.CharField("使用情况", max_length=12, choices=DwellingUse, default=DwellingUse.UNCHECKED)
    verified_on = models.DateField("核实日期", null=True, blank=True)
    verified_by = ActorField("核实人", blank=True)
    visit_in_pairs = models.BooleanField("上门须两人", default=False)

    objects = DwellingQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(
        PrivacyClass.STAFF, keep="房屋存在期间，拆除后十年", why="上门服务、核对住址；空置和出租情况不对外"
    )

    class Meta:
        verbose_name = "房屋"
        indexes = [
            models.Index(fields=["community", "use"], name="places_dwelling_community"),
            models.Index(fields=["area", "id"], name="places_dwelling_area"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["building", "unit", "room"], name="places_dwelling_door_once"),
            models.CheckConstraint(
                name="places_dwelling_in_community", condition=Q(area__startswith=F("community"))
            ),
            models.CheckConstraint(
                name="places_dwelling_use_was_seen",
                condition=Q(use=DwellingUse.UNCHECKED) | Q(verified_on__isnull=False, verified_by__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.door

    @property
    def door(self) -> str:
        """The door as people write it (门牌): 3幢2单元501室. Load with the building."""
        from_unit = f"{self.unit}单元" if self.unit else ""
        return f"{self.building.name}{from_unit}{self.room}室"

    @property
    def address(self) -> str:
        """Estate and door (住址): 东方丽都3幢2单元501室. Load with building and estate."""
        return f"{self.building.estate.name}{self.door}"


class DwellingCheck(Record):
    """A day on which somebody looked at a dwelling (核实记录): kept so that the freshness of a day long past can be told."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="checks")
    checked_on = models.DateField("核实日期")
    noted_by = ActorField("核实人")

    objects = ScopedQuerySet.as_manager()
    scope = Scope(through="places.Dwelling", column="dwelling_id")
    privacy = Privacy(PrivacyClass.STAFF, keep="三年", why="过去某天的核实新鲜度；只记哪天看过，不记看到什么")

    class Meta:
        verbose_name = "核实记录"
        constraints = [
            models.UniqueConstraint(fields=["dwelling", "checked_on"], name="places_dwellingcheck_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.dwelling_id} on {self.checked_on}"


class HeadCount(Record):
    """How many live in a collective dwelling on a day (集体住所人数): heads, no names."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="head_counts")
    counted_on = models.DateField("清点日期")
    heads = models.PositiveSmallIntegerField("人数")
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")
    noted_by_name = models.CharField("登记人姓名", max_length=80)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(through="places.Dwelling", column="dwelling_id")
    privacy = Privacy(
        PrivacyClass.STAFF, keep="三年", why="工地、宿舍、养老院里的人流动快，只登人数，不登姓名"
    )

    class Meta:
        verbose_name = "集体住所人数"
        constraints = [
            models.UniqueConstraint(fields=["dwelling", "counted_on"], name="places_headcount_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.heads} at {self.dwelling_id} on {self.counted_on}"
