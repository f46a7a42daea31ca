"""Half-done intakes that wait while somebody else is served (挂起的受理)."""

from django.db import models

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class ParkedIntake(Record):
    """One unfinished intake of one clerk (挂起的受理): person, matter and everything typed so far, right or wrong.

    It is nobody's application yet: no case, no clock, no entry. ``kept`` is the form as it was posted, sealed;
    ``surname`` is all of the name that stands on the chip, because a window's screen is seen by others; ``page_key`` tells
    the page it was parked from, so that two clicks on it are one.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="当天，晚上自动清除；受理后立即删除", why="窗口临时接待别人，先放一放"
    )
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    account = models.UUIDField()
    area = AreaField()
    person = models.UUIDField()
    surname = models.CharField(max_length=12)
    matter = models.CharField(max_length=60)
    matter_title = models.CharField(max_length=80)
    kept = EncryptedTextField()
    page_key = models.CharField(max_length=64)
    parked_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["account", "id"], name="parkedintake_mine")]
        constraints = [
            models.UniqueConstraint(fields=["account", "page_key"], name="parkedintake_once_a_page")
        ]

    def __str__(self):
        return self.surname
