"""Enumerations of access."""

from django.db.models import TextChoices


class AccountKind(TextChoices):
    """Whose account it is (账号类别)."""

    STAFF = "staff", "工作人员"
    RESIDENT = "resident", "居民"


class TieKind(TextChoices):
    """What a tie leads to (关联类别)."""

    PERSON = "person", "居民"
    CASE = "case", "办件"
    GATHERING = "gathering", "活动"
    UNIT = "unit", "单位"


class SignInOutcome(TextChoices):
    """How an attempt to sign in ended (登录结果)."""

    SIGNED_IN = "signed_in", "登录成功"
    WRONG_PASSWORD = "wrong_password", "口令不对"
    UNKNOWN_NAME = "unknown_name", "没有这个账号"
    LOCKED = "locked", "已锁定"
    CLOSED = "closed", "账号已停用"
    EXPIRED = "expired", "首次口令过期"
    UNLOCKED = "unlocked", "解除锁定"
    PASSWORD_RIGHT = "password_right", "口令已验，待第二步"
    WRONG_CODE = "wrong_code", "第二步不对"
    WRONG_PASSKEY = "wrong_passkey", "通行密钥不对"
    NOT_BOUND = "not_bound", "外部登录未绑定"


class SecondFactor(TextChoices):
    """What proved a sign-in beside the password (第二因素)."""

    TOTP = "totp", "动态口令"
    RECOVERY = "recovery", "恢复码"
    PASSKEY = "passkey", "通行密钥"
    OUTSIDE = "outside", "统一身份认证"


class PasskeyPurpose(TextChoices):
    """What a passkey is asked for (通行密钥质询的用途)."""

    ADD = "add", "添加"
    SIGN_IN = "sign_in", "登录"


class SessionEnd(TextChoices):
    """Why a session ended (会话结束原因)."""

    SIGNED_OUT = "signed_out", "本人退出"
    ENDED = "ended", "在别处结束"
    REPLACED = "replaced", "登录处过多"
    PASSWORD = "password", "口令已改"
    CLOSED = "closed", "账号已停用"
    FACTOR = "factor", "第二因素已变"
    LEFT = "left", "不再任职"
    LOCKED = "locked", "输错次数过多"


def proof_words(second: str) -> str:
    """What proved a sign-in (验证方式): 口令加动态口令, or a passkey or another system, which are both."""
    if second in ("", SecondFactor.PASSKEY, SecondFactor.OUTSIDE):
        return SecondFactor(second).label if second else ""
    return f"口令加{SecondFactor(second).label}"
