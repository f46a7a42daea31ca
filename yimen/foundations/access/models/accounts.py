"""Accounts, what they may do where, what they are tied to, and how they came in."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.choices import AccountKind, SecondFactor, SessionEnd, SignInOutcome, TieKind
from yimen.foundations.bus.fields import ActorField, AreaField, Record
from yimen.kernel.privacy import Privacy, PrivacyClass


def actor_key(account: UUID) -> str:
    """The actor key of an account."""
    return f"account:{account}"


class PeriodQuerySet(models.QuerySet):
    """Rows with a period ``since`` (included) to ``until`` (excluded, or open)."""

    def in_force(self, on: date):
        """The rows whose period covers the day."""
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class Account(Record):
    """Someone who can sign in (账号). Never deleted: what was done under it stays readable."""

    username = models.CharField("登录名", max_length=40, unique=True, db_collation="C")
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=AccountKind)
    area = AreaField("管理区域", blank=True)
    person = models.UUIDField("本人", null=True, unique=True)
    password = models.CharField("口令", max_length=160)
    password_at = models.DateTimeField("口令设于")
    must_change = models.BooleanField("下次登录须改口令", default=True)
    first_until = models.DateTimeField("首次口令有效至", null=True)
    is_active = models.BooleanField("启用", default=True)
    opened_at = models.DateTimeField("开设于")
    opened_by = ActorField("开设人")

    privacy = Privacy(PrivacyClass.STAFF, keep="停用后随操作留痕保存", why="登录与经办人身份")

    class Meta:
        verbose_name = "账号"
        indexes = [models.Index(F("area"), F("username"), name="access_account_by_area")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AccountKind.values), name="access_account_kind"),
            models.CheckConstraint(condition=~Q(username=""), name="access_account_username"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    @property
    def key(self) -> str:
        """The actor key of this account."""
        return actor_key(self.public_id)


class OldPassword(Record):
    """A password used before (旧口令), hashed, so that it is not taken again."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    password = models.CharField("口令", max_length=160)
    until_at = models.DateTimeField("用到")

    privacy = Privacy(PrivacyClass.STAFF, keep="最近 5 个", why="不得重复使用近期口令")

    class Meta:
        verbose_name = "旧口令"
        indexes = [models.Index(F("account"), F("until_at").desc(), name="access_oldpassword_recent")]


class Grant(Record):
    """A role held over an area for a period (授权).

    With ``deputises`` it is the role of that colleague, held in her place for some days and for a reason (临时代理).
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    role = models.CharField("角色", max_length=40)
    area = AreaField("区域")
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    granted_by = ActorField("授予人")
    revoked_by = ActorField("收回人", blank=True)
    deputises = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="代理谁")
    reason = models.CharField("代理事由", max_length=120, blank=True)

    objects = PeriodQuerySet.as_manager()
    privacy = Privacy(PrivacyClass.STAFF, keep="与账号同", why="谁在何时可以做什么")

    class Meta:
        verbose_name = "授权"
        indexes = [
            models.Index(F("account"), F("since"), name="access_grant_by_account"),
            models.Index(F("role"), F("area"), name="access_grant_by_role"),
            models.Index(
                F("deputises"),
                F("since"),
                condition=Q(deputises__isnull=False),
                name="access_grant_deputised",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_grant_period"
            ),
            models.CheckConstraint(condition=~Q(area=""), name="access_grant_area"),
            models.CheckConstraint(
                condition=Q(deputises=None, reason="")
                | (
                    Q(deputises__isnull=False, until__isnull=False)
                    & ~Q(reason="")
                    & ~Q(deputises=F("account"))
                ),
                name="access_grant_deputy",
            ),
            models.UniqueConstraint(
                F("account"), F("role"), F("area"), condition=Q(until=None), name="access_grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.area}"


class Tie(Record):
    """A named tie of an account to a person or a case outside its areas (关联), with period and reason.

    ``until_at`` ends it within its last day, at a moment of the database's clock (紧急查阅).
    """

    account = models.ForeignKey(
        Account, models.PROTECT, to_field="public_id", related_name="+", db_index=False, verbose_name="账号"
    )  # Found by access_tie_reach; a second index would be one to choose.
    kind = models.CharField("类别", max_length=10, choices=TieKind)
    subject = models.UUIDField("对象")
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    until_at = models.DateTimeField("至（时刻）", null=True)
    reason = models.CharField("事由", max_length=120)
    made_by = ActorField("建立人")

    objects = PeriodQuerySet.as_manager()
    privacy = Privacy(
        PrivacyClass.PERSONAL, keep="与所涉档案同", why="本人、被监护人、签约居民、在办事项可见"
    )

    class Meta:
        verbose_name = "关联"
        indexes = [
            # The policies of all scoped tables read this index, and nothing else of the row.
            models.Index(
                fields=["account", "subject"], include=["since", "until", "until_at"], name="access_tie_reach"
            ),
            models.Index(fields=["subject"], name="access_tie_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_tie_period"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="access_tie_reason"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until__isnull=False), name="access_tie_moment_within_days"
            ),
            models.UniqueConstraint(
                F("account"), F("subject"), F("reason"), condition=Q(until=None), name="access_tie_once"
            ),
        ]


class Session(Record):
    """One place where an account is signed in (登录会话). The token itself is only in the browser's session.

    ``second`` is what proved it beside the password; empty as long as its account has set up nothing.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    token_digest = models.CharField("凭证摘要", max_length=64, unique=True)
    since_at = models.DateTimeField("登录于")
    seen_at = models.DateTimeField("最近使用于")
    address = models.CharField("地址", max_length=45, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    second = models.CharField("第二因素", max_length=10, choices=SecondFactor, blank=True)
    ended_at = models.DateTimeField("结束于", null=True)
    ended_why = models.CharField("结束原因", max_length=12, choices=SessionEnd, blank=True)

    privacy = Privacy(PrivacyClass.STAFF, keep="六个月以上（网络安全法）", why="本人和管理员看见在哪里登录过")

    class Meta:
        verbose_name = "登录会话"
        indexes = [
            models.Index(F("account"), F("since_at"), condition=Q(ended_at=None), name="access_session_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="access_session_end",
            ),
        ]


class SignIn(Record):
    """One attempt to sign in (登录记录). The typed name is kept as a keyed hash: people type passwords there."""

    at = models.DateTimeField("时间")
    name_hash = models.CharField("登录名摘要", max_length=40, db_collation="C")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="账号")
    address = models.CharField("地址", max_length=45, blank=True, db_collation="C")
    outcome = models.CharField("结果", max_length=16, choices=SignInOutcome)

    privacy = Privacy(PrivacyClass.STAFF, keep="六个月以上（网络安全法）", why="发现和阻止猜测口令")
    append_only = True

    class Meta:
        verbose_name = "登录记录"
        indexes = [
            models.Index(F("name_hash"), F("id").desc(), name="access_signin_by_name"),
            models.Index(F("address"), F("id").desc(), name="access_signin_by_address"),
            models.Index(F("account"), F("id").desc(), name="access_signin_by_account"),
        ]
