"""Agreed work and what is submitted of it (协议服务、服务申报)."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.money import Money
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.services.providers.choices import SubmissionState
from yimen.services.providers.rules import amount_of

_OPEN_OR_ACCEPTED = Q(state__in=(SubmissionState.WAITING, SubmissionState.ACCEPTED))


class AgreedWork(Record):
    """A kind of work that an agreement buys (协议服务): what, counted in what, at which price, under which licence.

    Nothing of it changes: another price is another agreement. It is seen with its agreement.
    """

    agreement = models.ForeignKey("organisations.Agreement", models.PROTECT, related_name="+")
    title = models.CharField("服务项目", max_length=60)
    measure = models.CharField("计量单位", max_length=10)
    price_fen = models.PositiveIntegerField("单价（分）")
    licence = models.CharField("凭哪种证照", max_length=30)
    extent = models.CharField("证照范围要有", max_length=40, blank=True)
    noted_at = models.DateTimeField()
    noted_by = ActorField()

    objects = ScopedQuerySet.as_manager()
    scope = Scope(through="organisations.Agreement", column="agreement_id")
    privacy = Privacy(
        PrivacyClass.STAFF, keep="协议到期后十年", why="向机构买什么服务、什么价，按它申报和验收"
    )

    class Meta:
        verbose_name = "协议服务"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "title"], name="providers_work_once"),
            models.CheckConstraint(condition=Q(price_fen__gte=1), name="providers_work_has_a_price"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def price(self) -> Money:
        return Money(self.price_fen)


class Submission(Record):
    """Work that an organisation says it did under an agreement (服务申报), and what the street says to it.

    ``unit`` is the organisation's public id, by which its own accounts see the row. Heads are counted and nobody is named;
    who they were stands on the proof.
    """

    work = models.ForeignKey(AgreedWork, models.PROTECT, related_name="submissions")
    unit = models.UUIDField("机构")
    unit_name = models.CharField("机构名称", max_length=80)
    area = AreaField("所在区域")
    done_on = models.DateField("服务日期")
    place = models.CharField("服务地点或对象", max_length=60)
    quantity = models.PositiveIntegerField("申报数量")
    note = models.CharField("说明", max_length=200, blank=True)
    proof = models.UUIDField("凭证", null=True)
    state = models.CharField("状态", max_length=10, choices=SubmissionState, default=SubmissionState.WAITING)
    submitted_at = models.DateTimeField("申报时间")
    submitted_by = ActorField()
    submitted_by_name = models.CharField("申报人", max_length=60)
    decided_at = models.DateTimeField("验收时间", null=True)
    decided_by = ActorField(blank=True)
    decided_by_name = models.CharField("验收人", max_length=60, blank=True)
    accepted = models.PositiveIntegerField("验收数量", null=True)
    grade = models.CharField("质量等次", max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField("质量系数（%）", null=True)
    reason = models.CharField("退回原因或验收意见", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area", subject="unit")
    privacy = Privacy(
        PrivacyClass.STAFF, keep="协议到期后十年", why="按量付款的凭据：谁报了多少、认了多少、为什么"
    )

    class Meta:
        verbose_name = "服务申报"
        indexes = [
            models.Index(fields=["area", "-id"], name="providers_sub_area"),
            models.Index(fields=["unit", "-id"], name="providers_sub_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "done_on", "place"],
                condition=_OPEN_OR_ACCEPTED,
                name="providers_submitted_once",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="providers_sub_of_something"),
            models.CheckConstraint(
                condition=Q(
                    state=SubmissionState.ACCEPTED,
                    accepted__isnull=False,
                    accepted__gte=1,
                    accepted__lte=F("quantity"),
                    percent__isnull=False,
                )
                | (~Q(state=SubmissionState.ACCEPTED) & Q(accepted__isnull=True, percent__isnull=True)),
                name="providers_sub_accepted_in_numbers",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.RETURNED) | ~Q(reason=""),
                name="providers_sub_returned_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.done_on} {self.quantity}"

    @property
    def amount(self) -> Money | None:
        """What the accepted volume is worth (结算金额); None while nothing is accepted."""
        if self.accepted is None or self.percent is None:
            return None
        return amount_of(self.accepted, self.work.price, self.percent)
