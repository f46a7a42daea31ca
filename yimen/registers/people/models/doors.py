from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import DoorDeedKind
from yimen.registers.people.models.persons import Person
from yimen.registers.places.fields import Dated, DatedQuerySet, begins_before_it_ends, no_overlap

OF_DWELLING = Scope(through="places.Dwelling", column="dwelling_id")


class OfDwellingQuerySet(ScopedQuerySet, DatedQuerySet):
    """Rows that follow their dwelling."""


class Landlord(Record, Dated):
    """Who lets a dwelling (房东), for a period. ``person`` when she is on file within reach of whoever noted it."""

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    name = models.CharField("房东姓名", max_length=80)
    phone = EncryptedTextField("房东电话", blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")

    objects = OfDwellingQuerySet.as_manager()
    scope = OF_DWELLING
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="不再出租后三年", why="出租房屋出了事要找得到房东；换租客由房东报来"
    )

    class Meta:
        verbose_name = "房东"
        constraints = [
            no_overlap("people_landlord_one_at_a_time", "dwelling"),
            models.CheckConstraint(name="people_landlord_has_name", condition=Q(name__gt="")),
            begins_before_it_ends("people_landlord_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"landlord of {self.dwelling_id}"


class DoorDeed(Record):
    """What was noted at a door in one go (门口登记), with what stood there before and after, so that a slip can be undone.

    ``before`` and ``after`` are emptied on the next day: then nothing can be undone any more.
    """

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    kind = models.CharField("做了什么", max_length=12, choices=DoorDeedKind)
    happened_on = models.DateField("发生日期")
    people = models.JSONField("有关的人", default=list)
    before = models.JSONField("之前", default=dict)
    after = models.JSONField("之后", default=dict)
    noted_on = models.DateField("登记日期")
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")
    noted_by_name = models.CharField("登记人姓名", max_length=80)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_DWELLING
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="三年", why="谁在哪天核实、登记了搬入搬出；点错了当天能撤销"
    )

    class Meta:
        verbose_name = "门口登记"
        indexes = [
            models.Index(fields=["dwelling", "-id"], name="people_doordeed_door"),
            models.Index(fields=["noted_on"], name="people_doordeed_kept", condition=~Q(before={})),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"
