"""好差评: the slip that lets a resident rate, and the rating, with no way from one to the other."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.desk.choices import Grade, RatingChannel
from yimen.work.desk.models.cases import Case


class RatingSlip(Record):
    """One visit, one review (评价凭据): it says that the case may be rated and whether it was, never what was said."""

    privacy = Privacy(PrivacyClass.STAFF, keep="1 年", why="一事一评，不重复")
    scope = Scope(through="desk.Case", column="case_id")
    objects = ScopedQuerySet.as_manager()

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating_slip")
    open_until = models.DateField()
    used = models.BooleanField(default=False)

    def __str__(self):
        return "used" if self.used else "open"


class Rating(models.Model):
    """One rating (评价), bound to matter, area and month. No case, no person, no time of day: staff never see who rated.

    The key is random, not a sequence, so that its order says nothing either.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="3 年", why="改进服务；不记名")
    append_only = True
    scope = Scope(area="area")

    public_id = models.UUIDField(primary_key=True, editable=False)
    matter = models.CharField(max_length=60)
    area = AreaField()
    month = models.DateField()
    grade = models.SmallIntegerField(choices=Grade.choices)
    tags = models.JSONField(default=list)
    text = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=12, choices=RatingChannel.choices)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "month"], name="rating_area_month")]
        constraints = [
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="rating_five_grades")
        ]

    def __str__(self):
        return str(self.grade)
