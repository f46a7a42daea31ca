"""Dates stated to visitors (限期答复)."""

from django.db import models

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class PromisedAnswer(Record):
    """A visitor could not be answered at once, so a date was stated (限期答复): until when, and what will be done.

    ``promised_on`` is the date that counts now, ``first_on`` the one that was stated first. The answer itself is the
    decision of the case.
    """

    privacy = Privacy(PrivacyClass.PERSONAL, keep="答复后十年，随办件归档", why="来访件件有答复或者有日期")
    scope = Scope(through="desk.Case", column="case", to="public_id")
    objects = ScopedQuerySet.as_manager()

    case = models.UUIDField(unique=True)
    area = AreaField()
    undertaking = models.CharField("接下来做什么", max_length=300)
    first_on = models.DateField()
    promised_on = models.DateField("答复日期")
    put_off_why = models.CharField("延期理由", max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = ActorField()
    account = models.UUIDField(null=True)
    reminded_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        verbose_name = "限期答复"
        indexes = [models.Index(fields=["answered_on", "promised_on"], name="promise_open")]

    def __str__(self) -> str:
        return str(self.promised_on)
