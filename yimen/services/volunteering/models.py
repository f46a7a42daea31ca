"""The table of volunteering: who is registered under her real name."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class Volunteer(Record):
    """A person registered as a volunteer (志愿者), what she is willing to do and when; until she asks to end it.

    Name, birth date and telephone stay with the person. When she ends it what she can and wants is emptied; that she was
    registered, and from when to when, stays for the record of her service.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="本人注销时清空意愿和特长，其余随志愿服务记录保存", why="组织志愿服务"
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    case = models.UUIDField(unique=True)
    area = AreaField()
    wishes = models.JSONField(default=list)
    times = models.JSONField(default=list)
    skills = models.CharField(max_length=200, blank=True)
    minor = models.BooleanField(default=False)
    registered_on = models.DateField()
    renewed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "志愿者"
        indexes = [models.Index(fields=["area", "id"], name="volunteer_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="volunteer_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(wishes=[], times=[], skills=""),
                name="volunteer_ended_is_emptied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registered_on}"
