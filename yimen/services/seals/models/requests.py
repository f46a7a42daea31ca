"""Who asked for which seal on what, what was decided, and what was stamped (用印申请、用印登记)."""

from django.db import models
from django.db.models import Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.seals.choices import ApplicantKind, RequestState, SealKind
from yimen.services.seals.models.seals import OfficialSeal


class SealRequest(Record):
    """A request for a seal (用印申请). What cannot be stamped is kept as well, with the body that was named instead."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="10 年", why="用印逐件登记，可查可追溯")
    scope = Scope(area="area")
    objects = ScopedQuerySet.as_manager()

    area = AreaField()
    use = models.CharField(max_length=60, blank=True)
    use_title = models.CharField("用途", max_length=60, blank=True)
    seal_kind = models.CharField("印章种类", max_length=12, choices=SealKind.choices, blank=True)
    approves = models.CharField(max_length=10, blank=True)
    applicant_kind = models.CharField("申请人类别", max_length=14, choices=ApplicantKind.choices)
    applicant_name = models.CharField("申请人", max_length=80)
    document = models.CharField("文件名称", max_length=120)
    purpose = models.CharField("用来做什么", max_length=200)
    copies = models.PositiveSmallIntegerField("份数")
    case = models.UUIDField(null=True, unique=True)
    state = models.CharField("状态", max_length=12, choices=RequestState.choices)
    sentence = models.CharField("不予用印的答复", max_length=300, blank=True)
    asked_at = models.DateTimeField("申请时间")
    asked_by = ActorField()
    asked_by_name = models.CharField("经办人", max_length=60)
    decided_at = models.DateTimeField("审批时间", null=True)
    decided_by = ActorField(blank=True)
    decided_by_name = models.CharField("审批人", max_length=60, blank=True)
    reason = models.CharField("审批意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "用印申请"
        indexes = [models.Index(fields=["area", "state", "-id"], name="sealrequest_work")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(sentence=""), name="sealrequest_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "stamped", "turned_down")) | Q(decided_at__isnull=False),
                name="sealrequest_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=models.F("asked_by")),
                name="sealrequest_not_by_oneself",
            ),
        ]

    def __str__(self):
        return self.document


class Stamping(Record):
    """One line of the register of a seal (用印登记): gapless number by seal and year. A spoilt sheet is void, its number is not
    used again."""

    privacy = Privacy(PrivacyClass.PERSONAL, keep="10 年", why="印章在什么上盖过")
    scope = Scope(through="seals.OfficialSeal", column="seal_id")
    objects = ScopedQuerySet.as_manager()

    seal = models.ForeignKey(OfficialSeal, on_delete=models.PROTECT, related_name="stampings")
    request = models.ForeignKey(SealRequest, on_delete=models.PROTECT, related_name="stampings")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("登记号")
    copies = models.PositiveSmallIntegerField("份数")
    stamped_at = models.DateTimeField("盖章时间")
    stamped_by = ActorField()
    stamped_by_name = models.CharField("盖章人", max_length=60)
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = ActorField(blank=True)
    voided_why = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "用印登记"
        indexes = [models.Index(fields=["seal", "stamped_at"], name="stamping_period")]
        constraints = [
            models.UniqueConstraint(fields=["seal", "year", "number"], name="stamping_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1, copies__gte=1), name="stamping_counts"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_why="")
                | Q(voided_at__isnull=False) & ~Q(voided_why=""),
                name="stamping_void_says_why",
            ),
        ]

    def __str__(self):
        return self.spoken_number

    @property
    def spoken_number(self) -> str:
        return f"{self.year}-{self.number:04d}"
