"""Accounts that may come in by another system (外部登录)."""

from django.db import models
from django.db.models import F

from yimen.foundations.access.models.accounts import Account
from yimen.foundations.bus.fields import Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class OutsideName(Record):
    """Who an account is to another system (外部登录绑定). That system's name for her is kept as a keyed hash only."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    partner = models.CharField("系统", max_length=40)
    subject_hash = models.CharField("外部标识摘要", max_length=34, db_collation="C")
    bound_at = models.DateTimeField("绑定于")
    used_at = models.DateTimeField("最近用于", null=True)

    privacy = Privacy(PrivacyClass.STAFF, keep="到解除绑定或账号停用为止", why="用统一身份认证登录")

    class Meta:
        verbose_name = "外部登录绑定"
        constraints = [
            models.UniqueConstraint(F("partner"), F("subject_hash"), name="access_outsidename_once"),
            models.UniqueConstraint(F("account"), F("partner"), name="access_outsidename_of_account"),
        ]


class SignInCode(Record):
    """A code with which another system fetches, once and within minutes, who somebody is (授权码). Kept as its digest."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    code_digest = models.CharField("授权码摘要", max_length=64, unique=True, db_collation="C")
    client_id = models.CharField("接入系统", max_length=100)
    back = models.CharField("返回地址", max_length=500)
    asked = models.CharField("范围", max_length=100)
    nonce = models.CharField("一次性数", max_length=500, blank=True)
    challenge = models.CharField("核验码", max_length=128)
    at = models.DateTimeField("时间")

    privacy = Privacy(PrivacyClass.STAFF, keep="几分钟，取用或下次发放时清除", why="让接入系统知道是谁在登录")

    class Meta:
        verbose_name = "授权码"
        indexes = [models.Index(F("at"), name="access_signincode_by_at")]
