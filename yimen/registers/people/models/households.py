from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import HOUSEHOLDER, ROLES
from yimen.registers.people.models.persons import KEEP_FILE, OF_PERSON, OfPersonQuerySet, Person
from yimen.registers.places.fields import Dated, begins_before_it_ends, one_at_a_time


class Household(Record):
    """People who keep house together (住户). Who belongs to it are dated memberships."""

    street = AreaField("街道", max_length=9)
    community = AreaField("社区", max_length=12)
    area = AreaField("网格或社区")
    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField("住址", max_length=200, blank=True)
    householder = models.CharField("户主", max_length=80, blank=True)
    verified_on = models.DateField("核实于", null=True, blank=True)
    verified_by = ActorField("核实人", blank=True)
    verified_by_name = models.CharField("核实人姓名", max_length=80, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area")
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="救助、走访和统计以户为单位")

    class Meta:
        verbose_name = "住户"
        indexes = [models.Index(fields=["community", "id"], name="people_household_community")]
        constraints = [
            models.CheckConstraint(
                name="people_household_in_street",
                condition=Q(street=Left("community", 9))
                & Q(community__regex=r"^[1-9][0-9]{11}$")
                & Q(area__startswith=F("community")),
            ),
            models.CheckConstraint(
                name="people_household_verified_by_someone",
                condition=Q(verified_on__isnull=True) | Q(verified_by__gt="", verified_by_name__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"household {self.pk}"


class Membership(Record, Dated):
    """Someone belongs to a household in a role (家庭成员), for a period; one household at a time."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField("与户主关系", max_length=2, choices=list(ROLES.items()))

    objects = OfPersonQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(PrivacyClass.PERSONAL, keep=KEEP_FILE, why="家庭人口和关系是救助、监护和走访的依据")

    class Meta:
        verbose_name = "家庭成员"
        constraints = [
            one_at_a_time("people_membership_one_household", "person"),
            one_at_a_time("people_membership_one_householder", "household", condition=Q(role=HOUSEHOLDER)),
            models.CheckConstraint(name="people_membership_known_role", condition=Q(role__in=sorted(ROLES))),
            begins_before_it_ends("people_membership_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.household_id}"
