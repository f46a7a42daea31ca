from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.models.persons import KEEP_FILE, OF_PERSON, Person


class DeathNote(Record):
    """A death as it was noted (死亡登记), with the seat in the household that it ended: an error is taken back exactly.

    ``seat``: number, household, role and first day of the membership, empty when she belonged to none.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    died_on = models.DateField("死亡日期")
    source = models.CharField("依据", max_length=60, blank=True)
    seat = models.JSONField("当时的住户", default=dict)
    noted_at = models.DateTimeField("登记时间")
    noted_by = ActorField("登记人")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = ActorField("撤销人", blank=True)
    undone_why = models.CharField("撤销理由", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="登记错了能原样撤销")

    class Meta:
        verbose_name = "死亡登记"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at__isnull=True), name="people_death_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_by__gt="", undone_why__gt=""),
                name="people_death_undone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"death of {self.person_id}"
