from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.registers.people.models.persons import OF_PERSON, Person


class OwnPage(Record):
    """A slip handed to a resident at the window, and the page of her own file that it opened on one phone (本人页面).

    The slip is worth something for some minutes and once; the page stands until a moment or until somebody ends it. Of slip and
    phone only digests are kept.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    holder = models.CharField("交给谁", max_length=100)
    identity = models.CharField("怎么核验身份", max_length=100)
    slip_digest = models.CharField("凭条摘要", max_length=64, unique=True)
    handed_at = models.DateTimeField("交给的时间")
    handed_by = ActorField("经办人")
    handed_by_name = models.CharField("经办人姓名", max_length=80)
    open_until = models.DateTimeField("凭条有效期")
    opened_at = models.DateTimeField("打开时间", null=True, blank=True)
    page_digest = models.CharField("页面摘要", max_length=64, blank=True)
    until = models.DateTimeField("页面有效期", null=True, blank=True)
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    ended_why = models.CharField("为什么停用", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope = OF_PERSON
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="到期后一年", why="本人不用账号也能看自己的档案；查得到凭条交给了谁"
    )

    class Meta:
        verbose_name = "本人页面"
        indexes = [
            models.Index(fields=["page_digest"], name="people_ownpage_page", condition=~Q(page_digest=""))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="people_ownpage_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, page_digest="", until__isnull=True)
                | Q(opened_at__gte=F("handed_at"), until__gt=F("opened_at"), page_digest__gt=""),
                name="people_ownpage_opened_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_why__gt=""),
                name="people_ownpage_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"page of {self.person_id} {self.handed_at:%Y-%m-%d}"
