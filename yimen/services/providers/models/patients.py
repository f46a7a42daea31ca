"""Whom an organisation cares for (服务对象), and whom it refers to another (转诊)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import EncryptedTextField, Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.providers.choices import NoteKind, ReferralState


class Patient(Record):
    """A resident who signed up with an organisation (服务对象), with her consent, from a day on.

    Only the organisation sees the row, no area opens it; and whoever she was referred to, for the term of the referral.
    ``by_death``: it ended because she died, and comes back when that was an error.
    """

    unit = models.UUIDField("机构")
    unit_name = models.CharField("机构名称", max_length=80)
    person = models.UUIDField("居民")
    name = models.CharField("姓名", max_length=80)
    born_in = models.PositiveSmallIntegerField("出生年")
    phone = EncryptedTextField("联系电话", blank=True)
    consented_on = models.DateField("同意日期")
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    ended_why = models.CharField("结束原因", max_length=120, blank=True)
    by_death = models.BooleanField("因去世结束", default=False)
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = ScopedQuerySet.as_manager()
    scope = Scope(subject="unit", through="providers.Opening", column="id", to="patient_id")
    privacy = Privacy(
        PrivacyClass.SENSITIVE,
        keep="服务关系结束后随机构诊疗记录保存",
        why="机构凭本人同意服务谁；别的机构没有转诊看不到",
    )

    class Meta:
        verbose_name = "服务对象"
        indexes = [models.Index(fields=["unit", "-id"], name="providers_patients")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(until__isnull=True), name="providers_patient_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="providers_patient_forwards"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PatientNote(Record):
    """What was done for a patient, why she was referred, what the other side answered (服务记录). It follows the patient."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="notes")
    unit = models.UUIDField("机构")
    unit_name = models.CharField("机构名称", max_length=80)
    kind = models.CharField("类别", max_length=10, choices=NoteKind)
    on = models.DateField("日期")
    text = EncryptedTextField("内容")
    noted_at = models.DateTimeField()
    noted_by = ActorField()
    noted_by_name = models.CharField("记录人", max_length=60)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(through="providers.Patient", column="patient_id")
    privacy = Privacy(
        PrivacyClass.SENSITIVE, keep="服务关系结束后随机构诊疗记录保存", why="接着服务的人知道做过什么"
    )

    class Meta:
        verbose_name = "服务记录"
        indexes = [models.Index(fields=["patient", "-id"], name="providers_notes")]


class Referral(Record):
    """A patient goes from one organisation to another for a time (转诊), with her consent.

    Both sides see that there was one, and how it ended; neither her name nor the reason stands here.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="referrals")
    source = models.UUIDField("转出机构")
    source_name = models.CharField("转出机构名称", max_length=80)
    target = models.UUIDField("接诊机构")
    target_name = models.CharField("接诊机构名称", max_length=80)
    need = models.CharField("希望做什么", max_length=60)
    consented_on = models.DateField("同意日期")
    until = models.DateField("查阅止日")
    state = models.CharField("状态", max_length=10, choices=ReferralState, default=ReferralState.OFFERED)
    offered_at = models.DateTimeField("转出时间")
    offered_by = ActorField()
    offered_by_name = models.CharField("转出人", max_length=60)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = ActorField(blank=True)
    answered_by_name = models.CharField("答复人", max_length=60, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_by_name = models.CharField("结束人", max_length=60, blank=True)
    why = models.CharField("退回、撤回或结束原因", max_length=120, blank=True)
    by_death = models.BooleanField("因去世结束", default=False)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(subject=("source", "target"))
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="结束后随机构诊疗记录保存", why="谁把人转给谁、凭什么同意、到哪天"
    )

    class Meta:
        verbose_name = "转诊"
        indexes = [
            models.Index(fields=["source", "-id"], name="providers_referred_out"),
            models.Index(fields=["target", "-id"], name="providers_referred_in"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "target"],
                condition=Q(state__in=(ReferralState.OFFERED, ReferralState.ACCEPTED)),
                name="providers_referred_once",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="providers_referred_elsewhere"),
            models.CheckConstraint(
                condition=~Q(state__in=(ReferralState.RETURNED, ReferralState.ENDED)) | ~Q(why=""),
                name="providers_referral_ends_why",
            ),
        ]

    @property
    def last_day(self) -> date:
        """The last day of the term (查阅到哪天)."""
        return self.until - timedelta(days=1)

    def open_on(self, day: date) -> bool:
        """May the receiving organisation look on this day (查阅期内)?"""
        return self.state == ReferralState.ACCEPTED and day < self.until

    def words_on(self, day: date) -> str:
        """The state in words; an accepted one whose term is over says so (已到期)."""
        if self.state == ReferralState.ACCEPTED and not self.open_on(day):
            return "已到期"
        return self.get_state_display()


class Opening(Record):
    """A patient is open to the organisation she was referred to (转诊查阅), for a term; deleted when the referral ends early.

    It is this row that the database asks: no row, or a day outside the term, and the patient is closed.
    """

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="opening")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="openings")
    source = models.UUIDField("转出机构")
    target = models.UUIDField("接诊机构")
    since = models.DateField("起")
    until = models.DateField("止")

    objects = ScopedQuerySet.as_manager()
    scope = Scope(subject="source", lent=("target", "since", "until"))
    privacy = Privacy(PrivacyClass.PERSONAL, keep="转诊结束即删除", why="转诊期内接诊机构能看这一个人")

    class Meta:
        verbose_name = "转诊查阅"
        indexes = [models.Index(fields=["target", "until"], name="providers_lent_to")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="providers_opening_forwards")
        ]
