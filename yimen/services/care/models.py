"""The tables of care data: what its person agreed to, and what the clinician wrote."""

from django.db import models

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.places.fields import Dated, DatedQuerySet, begins_before_it_ends

_WITH_ITS_PERSON = Scope(area="area", through="people.Person", column="person", to="public_id")
KEEP = "这一项最后一次就诊后十五年（门诊病历），精神卫生三十年；撤回同意的，当时删除"


class ConsentQuerySet(ScopedQuerySet, DatedQuerySet):
    """Consents within reach, and on a day."""


class CareConsent(Record, Dated):
    """She agreed that one kind of care data of hers is recorded (专项同意), from a day on, until she takes it back.

    ``said_by`` is the guardian who agreed for a child under fourteen.
    ``by_death``: it ended because she died, and holds again when that was an error. What was written under it stays as long as
    other records of care.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="撤回后三年（证明当时有同意）", why="敏感个人信息要有单独同意"
    )
    scope = _WITH_ITS_PERSON
    objects = ConsentQuerySet.as_manager()

    person = models.UUIDField()
    area = AreaField()
    kind = models.CharField("专项", max_length=60)
    said_by = models.CharField("监护人", max_length=80, blank=True)
    given_to = ActorField()
    given_to_name = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    by_death = models.BooleanField("因去世终止", default=False)

    class Meta:
        verbose_name = "专项同意"
        indexes = [models.Index(fields=["person", "kind"], name="careconsent_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(until__isnull=True), name="careconsent_once"
            ),
            begins_before_it_ends("careconsent_holds_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"


class CareRecord(Record):
    """What a clinician wrote down about her patient (专项健康记录), in one kind; sealed, and joined by the person alone.

    There is no column for any illness, period or pregnancy: what it says stands in words that only holders of the permission
    of its kind read. No list, search, export, timeline or figure is made of it.
    """

    privacy = Privacy(PrivacyClass.SENSITIVE, keep=KEEP, why="接诊医生为本人诊疗和随访")
    scope = _WITH_ITS_PERSON
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    area = AreaField()
    kind = models.CharField("专项", max_length=60)
    seen_on = models.DateField("就诊日期")
    words = EncryptedTextField("记录", default="")
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()
    recorded_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "专项健康记录"
        indexes = [models.Index(fields=["person", "kind", "-seen_on"], name="carerecord_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seen_on}"
