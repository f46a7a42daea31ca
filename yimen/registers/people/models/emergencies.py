"""Files that were opened in an emergency (紧急查阅)."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.choices import ReviewState


class EmergencyLook(Record):
    """Somebody opened a file she does not see otherwise, or a special card of it, in an emergency (紧急查阅).

    ``card`` is the card of special data that was opened; empty when it was a file beyond her areas, which a tie of the
    same minutes then opens. Somebody else says afterwards whether it was one.
    """

    person = models.UUIDField("居民")
    area = AreaField("区域")
    card = models.CharField("特殊信息", max_length=60, blank=True)
    kind = models.CharField("紧急情况代号", max_length=40)
    kind_title = models.CharField("紧急情况", max_length=30)
    words = models.CharField("情况", max_length=200)
    account = models.UUIDField("账号")
    looked_by = ActorField("查阅人")
    looked_by_name = models.CharField("查阅人姓名", max_length=80)
    at = models.DateTimeField("时间")
    until_at = models.DateTimeField("到")
    state = models.CharField("复核", max_length=12, choices=ReviewState, default=ReviewState.OPEN)
    answer = models.CharField("复核意见", max_length=300, blank=True)
    answered_by = ActorField("复核人", blank=True)
    answered_by_name = models.CharField("复核人姓名", max_length=80, blank=True)
    answered_at = models.DateTimeField("复核时间", null=True)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(area="area", subject="person")
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="3 年", why="紧急查阅事后逐次复核（个人信息保护法第五十一条、第五十四条）"
    )

    class Meta:
        verbose_name = "紧急查阅"
        indexes = [
            models.Index(fields=["area", "id"], name="people_glass_open", condition=Q(state="open")),
            models.Index(fields=["looked_by", "at"], name="people_glass_of_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("at")), name="people_glass_lasts"),
            models.CheckConstraint(
                condition=~Q(answered_by=F("looked_by")), name="people_glass_not_by_oneself"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(answer__gt="", answered_by__gt="", answered_at__isnull=False),
                name="people_glass_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.looked_by} looked at {self.person} until {self.until_at}"
