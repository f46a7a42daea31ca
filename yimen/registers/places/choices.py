"""Enumerations of places (地点)."""

from django.db import models

from yimen.kernel.areas import Level

AREA_LEVELS = [(level.value, level.label) for level in Level]


class DwellingKind(models.TextChoices):
    """What a door leads to (房屋类别)."""

    HOME = "home", "住宅"
    SHOP = "shop", "商铺"
    COLLECTIVE = "collective", "集体住所"  # dormitory, building site, care home: counted by head


class DwellingUse(models.TextChoices):
    """How a dwelling is used (使用情况), as last seen at the door."""

    SELF = "self", "自住"
    LET = "let", "出租"
    VACANT = "vacant", "空置"
    SHARED = "shared", "群租"
    UNCHECKED = "unchecked", "未核"


class SiteKind(models.TextChoices):
    """Kinds of service site (服务点类别)."""

    STREET_CENTRE = "street_centre", "街道便民服务中心"
    COMMUNITY_STATION = "community_station", "社区服务站"
    SERVICE_POINT = "service_point", "便民服务点"
    HEALTH = "health", "社区卫生服务中心（站）"
    ELDERCARE = "eldercare", "居家养老服务站"
    CULTURE = "culture", "文化活动中心"
    SERVICE_ROOM = "service_room", "社区服务室"
    PUBLIC_ROOM = "public_room", "公共用房"
    OTHER = "other", "其他"


class HolidayHabit(models.TextChoices):
    """What a site does on public holidays and make-up days (节假日安排)."""

    CALENDAR = "calendar", "法定节假日休息，调休补班日照常开放"
    ALWAYS = "always", "节假日照常开放"


class Weekday(models.IntegerChoices):
    """Monday is 0, as in Python's ``date.weekday()``."""

    MONDAY = 0, "周一"
    TUESDAY = 1, "周二"
    WEDNESDAY = 2, "周三"
    THURSDAY = 3, "周四"
    FRIDAY = 4, "周五"
    SATURDAY = 5, "周六"
    SUNDAY = 6, "周日"


class ChangeKind(models.TextChoices):
    """How areas change (调整类别)."""

    CONVERT = "convert", "村改社区（撤村建居）"
    MERGE = "merge", "合并"
    RENUMBER = "renumber", "变更统计用区划代码"
    SPLIT = "split", "拆分"
