from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import EncryptedTextField, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import DeclarationState, DeclaredKind
from yimen.registers.people.models.doors import OF_DWELLING


class Declaration(Record):
    """What somebody told of herself by the code on the stairs (住户申报), until a worker confirms or refuses it.

    It changes nothing by itself. Name, telephone and where it came from are emptied some days after the answer.
    """

    dwelling = models.ForeignKey("places.Dwelling", models.PROTECT, related_name="+")
    kind = models.CharField("申报", max_length=8, choices=DeclaredKind)
    name = EncryptedTextField("姓名", blank=True, default="")
    phone = EncryptedTextField("电话", blank=True, default="")
    since = models.DateField("从哪天起")
    use = models.CharField("怎么住", max_length=12, blank=True)
    long = models.BooleanField("打算住满半年", null=True)
    heads = models.PositiveSmallIntegerField("人数", null=True)
    source_hash = models.CharField("来源摘要", max_length=80, blank=True, db_collation="C")
    sent_hash = models.CharField("页面摘要", max_length=80, blank=True, db_collation="C")
    received_at = models.DateTimeField("收到时间")
    state = models.CharField("状态", max_length=10, choices=DeclarationState, default=DeclarationState.OPEN)
    reason = models.CharField("未采纳的原因", max_length=200, blank=True)
    answered_at = models.DateTimeField("处理时间", null=True)
    answered_by = ActorField("处理人", blank=True)
    answered_by_name = models.CharField("处理人姓名", max_length=80, blank=True)
    forgotten_on = models.DateField("抹去日期", null=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_DWELLING
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="办结后按门口规矩的天数抹去", why="本人自愿申报住在哪里，网格员据此核实"
    )

    class Meta:
        verbose_name = "住户申报"
        indexes = [
            models.Index(fields=["-id"], name="people_declaration_open", condition=Q(state="open")),
            models.Index(fields=["dwelling", "received_at"], name="people_declaration_door"),
            models.Index(fields=["source_hash", "received_at"], name="people_declaration_source"),
        ]
        constraints = [
            models.CheckConstraint(
                name="people_declaration_answered_by_someone",
                condition=Q(state="open") | Q(answered_at__isnull=False, answered_by__gt=""),
            ),
            models.UniqueConstraint(
                fields=["sent_hash"], condition=Q(sent_hash__gt=""), name="people_declaration_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.dwelling_id}: {self.state}"
