"""Keys that live in a phone, a computer or a security key (通行密钥, WebAuthn), and the questions they answer."""

from django.db import models
from django.db.models import F

from yimen.foundations.access.choices import PasskeyPurpose
from yimen.foundations.access.models.accounts import Account
from yimen.foundations.bus.fields import Record
from yimen.kernel.privacy import Privacy, PrivacyClass


class Passkey(Record):
    """The public half of a passkey (通行密钥); the secret half never leaves the device.

    ``host`` is the name of the site it was made for: under another one the browser does not offer it.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="账号")
    name = models.CharField("名称", max_length=40)
    credential_id = models.CharField("密钥编号", max_length=1400, unique=True, db_collation="C")
    credential = models.BinaryField("公钥")
    sign_count = models.BigIntegerField("签名计数", default=0)
    host = models.CharField("网站", max_length=255)
    made_at = models.DateTimeField("添加于")
    used_at = models.DateTimeField("最近用于", null=True)

    privacy = Privacy(PrivacyClass.STAFF, keep="到移除或重置为止", why="登录第二因素，或代替口令")

    class Meta:
        verbose_name = "通行密钥"
        indexes = [models.Index(F("account"), F("made_at"), name="access_passkey_by_account")]


class PasskeyChallenge(Record):
    """A random question that a passkey must sign (通行密钥质询); answered once, within minutes.

    ``account`` is who must answer; empty at the door, where the key itself says whose it is.
    """

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="账号")
    purpose = models.CharField("用途", max_length=10, choices=PasskeyPurpose)
    challenge = models.CharField("质询", max_length=64, unique=True, db_collation="C")
    at = models.DateTimeField("时间")
    address = models.CharField("来自", max_length=45, blank=True, default="", db_default="")

    privacy = Privacy(
        PrivacyClass.STAFF, keep="几分钟，下次质询时清除", why="一次签名只用一次；一处不能无休止地请求"
    )

    class Meta:
        verbose_name = "通行密钥质询"
        indexes = [models.Index(F("at"), name="access_passkeychallenge_by_at")]
