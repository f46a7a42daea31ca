from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import AreaField
from yimen.kernel.ids import uuid7
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import PopulationKind, Sex

_COUNTS = Privacy(PrivacyClass.STAFF, keep="长期", why="人口数和各项比率的分母；只有数字，没有人")

MEASURES = [
    ("stock", "月末人数变动"),
    ("born", "出生"),
    ("arrived", "迁入"),
    ("left", "迁出"),
    ("died", "死亡"),
]


class _Cell(models.Model):
    area = AreaField("区域")
    month = models.DateField("月份", help_text="该月一日")
    measure = models.CharField("口径", max_length=8, choices=MEASURES)
    sex = models.CharField("性别", max_length=12, choices=Sex)
    band = models.CharField("年龄段", max_length=8, blank=True)
    kind = models.CharField("人口类别", max_length=8, choices=PopulationKind)
    amount = models.IntegerField("增减")

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = _COUNTS

    class Meta:
        abstract = True


class PopulationDelta(_Cell):
    """A change of the population not yet rolled up (人口增减): only inserted, so that no writer waits for another."""

    # Made here and not by the database: a row may be added to a street that its writer cannot read back.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        verbose_name = "人口增减"
        indexes = [models.Index(fields=["area", "month"], name="people_delta_area")]

    def __str__(self) -> str:
        return f"{self.area} {self.month} {self.amount:+d}"


class PopulationTally(_Cell):
    """The changes of a month summed (人口统计), for the community, its street and its county each on a row of their own.

    The stock at the end of a month is the sum of all months up to it; a later birthday or the end of half a year is a
    change written ahead, into its month.
    """

    id = models.BigAutoField(primary_key=True)

    class Meta:
        verbose_name = "人口统计"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "measure", "month", "sex", "band", "kind"], name="people_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.month} {self.amount:+d}"
