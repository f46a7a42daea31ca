"""How areas are outlined (区域轮廓)."""

from django.db import models

from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.registers.places.fields import (
    Dated,
    DatedQuerySet,
    begins_before_it_ends,
    no_overlap,
    text_as_number,
)
from yimen.registers.places.models.areas import OPEN_FOREVER


class AreaOutlineQuerySet(DatedQuerySet):
    def inside(self, prefix: str) -> "AreaOutlineQuerySet":
        """The outlines of the area ``prefix`` and of everything inside it."""
        return self.filter(area__gte=prefix, area__lt=prefix + ":")


class AreaOutline(Record, Dated):
    """The outline of an area in a period (区域轮廓): polygons of longitude and latitude in WGS 84, as GeoJSON writes them."""

    area = AreaField("区域")
    polygons = models.JSONField("轮廓")
    source = models.CharField("来源", max_length=60, blank=True)
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")

    objects = AreaOutlineQuerySet.as_manager()
    privacy = OPEN_FOREVER

    class Meta:
        verbose_name = "区域轮廓"
        indexes = [models.Index(fields=["area", "since"], name="places_areaoutline_area")]
        constraints = [
            no_overlap("places_areaoutline_one_at_a_time", text_as_number("area")),
            begins_before_it_ends("places_areaoutline_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"outline of {self.area} since {self.since}"
