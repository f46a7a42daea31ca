"""What is wanted of whom by when (督办), and every deed about it."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields import Scope, ScopedQuerySet
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass
from yimen.work.directives.choices import UNDER_WAY, Deed, DirectiveKind, Standing


class DirectiveQuerySet(ScopedQuerySet):
    """The lists of directives."""

    def under_way(self):
        return self.filter(standing__in=UNDER_WAY)

    def late(self, today: date):
        return self.filter(standing=Standing.OPEN, due_on__lt=today)


class Directive(Record):
    """One directive (督办): the owner answers the giver by ``due_on``; ``first_due_on`` is the day that was wanted first.

    ``about`` is the page it is about, an address within the house, ``about_title`` what that page is called; ``case`` is the
    case, where it is one. ``reminded_on`` and ``late_told_on`` are the days on which it was told, once each.
    """

    privacy = Privacy(PrivacyClass.STAFF, keep="办结后三年", why="谁要求、谁答复、什么时候办到，事后查得到")
    scope = Scope(area="area")
    objects = DirectiveQuerySet.as_manager()

    kind = models.CharField("类别", max_length=8, choices=DirectiveKind, default=DirectiveKind.URGE)
    title = models.CharField("什么事", max_length=80)
    text = models.TextField("要求", max_length=1000)
    about = models.CharField("关于", max_length=300, blank=True)
    about_title = models.CharField("关于什么", max_length=120, blank=True)
    case = models.UUIDField("办件", null=True)
    area = AreaField("区域")
    street = AreaField("街道")
    owner = models.UUIDField("责任人")
    owner_name = models.CharField("责任人姓名", max_length=80)
    due_on = models.DateField("期限")
    first_due_on = models.DateField("原定期限")
    standing = models.CharField("办理情况", max_length=10, choices=Standing, default=Standing.OPEN)
    given_at = models.DateTimeField("交办时间")
    given_by = ActorField("交办人")
    giver = models.UUIDField("交办人账号", null=True)
    giver_name = models.CharField("交办人姓名", max_length=80, blank=True)
    ended_at = models.DateTimeField("了结时间", null=True)
    reminded_on = models.DateField("提醒日期", null=True)
    late_told_on = models.DateField("超期通知日期", null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "督办"
        indexes = [
            models.Index(fields=["area", "standing", "due_on", "id"], name="directive_area"),
            models.Index(fields=["owner", "standing", "due_on", "id"], name="directive_owner"),
            models.Index(fields=["giver", "standing", "due_on", "id"], name="directive_giver"),
            models.Index(fields=["case"], name="directive_case", condition=Q(case__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=["open", "answered"], ended_at__isnull=True)
                | Q(standing__in=["closed", "withdrawn"], ended_at__isnull=False),
                name="directive_ended_says_when",
            ),
            models.CheckConstraint(
                condition=Q(first_due_on__lte=F("due_on")), name="directive_put_off_only_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    def is_late(self, today: date) -> bool:
        return self.standing == Standing.OPEN and self.due_on < today


class DirectiveStep(Record):
    """One deed about a directive (督办经过), never changed."""

    privacy = Privacy(PrivacyClass.STAFF, keep="与督办相同", why="每一次要求、答复和改期都留得住")
    scope = Scope(through="directives.Directive", column="directive_id")
    append_only = True
    objects = ScopedQuerySet.as_manager()

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField("第几步")
    deed = models.CharField("做了什么", max_length=12, choices=Deed)
    text = models.TextField("内容", max_length=1000, blank=True)
    due_on = models.DateField("期限", null=True)
    done_at = models.DateTimeField("时间")
    done_by = ActorField("谁")
    done_by_name = models.CharField("姓名", max_length=80, blank=True)

    class Meta:
        verbose_name = "督办经过"
        constraints = [models.UniqueConstraint(fields=["directive", "number"], name="directive_step_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.deed}"
