"""The tables of family support: what people asked to have kept."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.family.choices import Stage


class Registration(Record):
    """A birth registration (生育登记) that its person agreed to have kept, so that she is told what she can get.

    It holds who, when registered and which day; nothing about marriage, other children or health. She may have it
    deleted at any time.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="孩子满三周岁后删除；本人要求删除的，当时删除", why="告知孕产和育儿服务"
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    case = models.UUIDField(unique=True)
    sheet = models.UUIDField(null=True)
    area = AreaField()
    stage = models.CharField(max_length=12, choices=Stage.choices)
    expected_on = models.DateField(null=True)
    born_on = models.DateField(null=True)
    registered_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "生育登记"
        indexes = [models.Index(fields=["person", "-registered_on"], name="registration_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.EXPECTING, born_on__isnull=True)
                | Q(stage=Stage.BORN, expected_on__isnull=True),
                name="registration_one_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.registered_on}"


class OneChildCertificate(Record):
    """An old one-child certificate (独生子女父母光荣证) that its holder showed and agreed to have noted.

    It is noted so that she need not bring it again; nothing about her child or marriage is. None is ever issued here.
    """

    privacy = Privacy(
        PrivacyClass.SENSITIVE,
        keep="本人去世后一年；本人要求删除的，当时删除",
        why="落实继续享受的待遇，免得再带证",
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    case = models.UUIDField(unique=True)
    area = AreaField()
    number = models.CharField(max_length=40, blank=True)
    issuer = models.CharField(max_length=60, blank=True)
    issued_in = models.PositiveSmallIntegerField(null=True)
    shown_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = ActorField()

    class Meta:
        verbose_name = "独生子女父母光荣证"
        indexes = [models.Index(fields=["person", "-shown_on"], name="onechild_person")]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """The certificate in a few words: 证号 0042，潘火乡人民政府，1986年."""
        told = (f"证号 {self.number}" if self.number else "证号不详", self.issuer)
        year = f"{self.issued_in}年" if self.issued_in else ""
        return "，".join(part for part in (*told, year) if part)
