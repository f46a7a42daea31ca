from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import SuspicionAnswer
from yimen.registers.people.models.persons import OF_PERSON, Person

_ANSWERED = Q(answered_at__isnull=False, answered_by__gt="", answered_by_name__gt="")


class Suspicion(Record):
    """Two files that may be one person (疑似重复), with what was found out. An answer is kept, so that nobody is asked again.

    ``person`` is the older file, ``other`` the younger. Who sees only one of the two sees no name of the other.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    rules = models.JSONField("依据的规则", default=list)
    found_at = models.DateTimeField("发现时间")
    answer = models.CharField(
        "核对结果", max_length=12, choices=SuspicionAnswer, default=SuspicionAnswer.OPEN
    )
    answered_at = models.DateTimeField("核对时间", null=True, blank=True)
    answered_by = ActorField("核对人", blank=True)
    answered_by_name = models.CharField("核对人姓名", max_length=80, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="随两份档案", why="一人一档；核对过不是同一个人的不再反复询问"
    )

    class Meta:
        verbose_name = "疑似重复"
        indexes = [
            models.Index(fields=["-id"], name="people_suspicion_open", condition=Q(answer="open")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="people_suspicion_once"),
            models.CheckConstraint(name="people_suspicion_in_order", condition=Q(person__lt=F("other"))),
            models.CheckConstraint(
                name="people_suspicion_answered_by_someone",
                condition=Q(answer=SuspicionAnswer.OPEN) | _ANSWERED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.other_id}: {self.answer}"
