"""What proves beside the password that it is they (第二因素), and who is half way in."""

from django.db import models
from django.db.models import F, Q

from yimen.foundations.access.fields.sealed import EncryptedTextField
from yimen.foundations.access.models.accounts import Account
from yimen.foundations.bus.fields import Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class Totp(Record):
    """The secret that a phone and the product share (动态口令, RFC 6238); it asks for nothing until it was confirmed.

    ``last_step`` is the newest half-minute whose code was taken: that code and older ones are refused.
    """

    account = models.OneToOneField(Account, models.PROTECT, related_name="+", verbose_name="账号")
    secret = EncryptedTextField("密钥")
    offered_at = models.DateTimeField("开始设置于")
    confirmed_at = models.DateTimeField("启用于", null=True)
    last_step = models.BigIntegerField("用过的最后一格", default=0)

    privacy = Privacy(PrivacyClass.STAFF, keep="到停用或重置为止", why="登录第二因素")

    class Meta:
        verbose_name = "动态口令"


class RecoveryCode(Record):
    """A code that is good once when the phone is not at hand (恢复码); only its keyed hash is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    code_hash = models.CharField("恢复码摘要", max_length=40, db_collation="C")
    made_at = models.DateTimeField("生成于")
    used_at = models.DateTimeField("用于", null=True)

    privacy = Privacy(PrivacyClass.STAFF, keep="到换一批、停用或重置为止", why="手机不在身边时登录")

    class Meta:
        verbose_name = "恢复码"
        constraints = [
            models.UniqueConstraint(F("account"), F("code_hash"), name="access_recoverycode_once"),
        ]


class HalfSignIn(Record):
    """Somebody whose password was right and who still owes the second factor (待验登录); good for a few minutes."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    token_digest = models.CharField("凭证摘要", max_length=64, unique=True)
    at = models.DateTimeField("时间")
    address = models.CharField("地址", max_length=45, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)

    privacy = Privacy(PrivacyClass.STAFF, keep="几分钟，下次登录时清除", why="口令已验、第二步未验之间")

    class Meta:
        verbose_name = "待验登录"
        indexes = [models.Index(F("account"), F("at"), name="access_halfsignin_by_account")]
        constraints = [models.CheckConstraint(condition=~Q(token_digest=""), name="access_halfsignin_token")]
