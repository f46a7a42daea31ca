"""The table of consents: to what a resident agreed, in which words, by what proof, and when she took it back."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.consents.choices import Proof


class Consent(Record):
    """One consent of one person to one purpose (同意), from the moment it was given until she takes it back (撤回).

    ``purpose`` names the definition, ``wording`` the version of it that was read to her (告知内容的版本). ``said_by`` is the
    guardian for a child under fourteen. What proves it lies where ``proof_note`` says; no copy is kept here. A consent is never
    changed: withdrawn, it says when and through whom, and a new one is a new row.
    """

    privacy = Privacy(
        PrivacyClass.PERSONAL,
        keep="撤回后三年（证明处理合法）",
        why="处理个人信息的同意要能证明，撤回要立即有效（个人信息保护法第十三至十五条）",
    )
    scope = Scope(area="area", through="people.Person", column="person", to="public_id")
    objects = ScopedQuerySet.as_manager()

    person = models.UUIDField()
    area = AreaField()
    purpose = models.CharField(max_length=60)
    wording = models.BigIntegerField("告知内容的版本")
    proof = models.CharField("证明", max_length=12, choices=Proof.choices)
    proof_note = models.CharField("证明在哪里", max_length=120, blank=True)
    said_by = models.CharField("监护人", max_length=80, blank=True)
    given_at = models.DateTimeField()
    given_by = ActorField()
    given_by_name = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = ActorField(blank=True)
    withdrawn_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "同意"
        indexes = [models.Index(fields=["person", "purpose", "id"], name="consent_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__gte=F("given_at")) & ~Q(withdrawn_by=""),
                name="consent_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"
