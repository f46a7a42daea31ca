"""The national list of areas (全国区划清单), as published: what an official code means, and since when."""

from django.db import models
from django.db.models import Q

from yimen.foundations.bus.fields import AreaField, Record
from yimen.registers.places.fields import Dated, begins_before_it_ends
from yimen.registers.places.models.areas import OPEN_FOREVER, AreaQuerySet


class NationalArea(Record, Dated):
    """One line of the national list in a period (区划清单条目): province, city, county, street, or village and community.

    It is looked up and adopted from; nothing points at it. ``since`` is the day from which our copy knows the line, so
    two lists loaded on two days tell what was new, renamed and gone between them. That no code stands twice is held by a unique
    index over the standing lines, which costs a tenth of an exclusion constraint over six hundred thousand rows.
    """

    code = AreaField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=80)

    objects = AreaQuerySet.as_manager()
    privacy = OPEN_FOREVER

    class Meta:
        verbose_name = "区划清单条目"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(until__isnull=True), name="places_nationalarea_once"
            ),
            models.CheckConstraint(
                name="places_nationalarea_is_digits",
                condition=Q(code__regex=r"^[1-9][0-9]([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$"),
            ),
            begins_before_it_ends("places_nationalarea_holds_a_day"),
        ]
        indexes = [models.Index(fields=["code", "since"], name="places_nationalarea_by_code")]

    def __str__(self) -> str:
        return self.name
