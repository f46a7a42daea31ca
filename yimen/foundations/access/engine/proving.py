"""Is it they? (验证本人): the password again, and codes that are good once. Wrong ones count like failed sign-ins."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db.models import Exists, OuterRef

from yimen.foundations.access.choices import SecondFactor, SessionEnd, SignInOutcome
from yimen.foundations.access.engine.attempts import end_all_sessions, lock_of, log_attempt, name_hash_of
from yimen.foundations.access.fields.sealed import keyed_hash, keyed_hashes
from yimen.foundations.access.models import (
    Account,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    Session,
    Totp,
)
from yimen.foundations.access.rules.totp import (
    DIGITS,
    RECOVERY_DIGITS,
    as_code,
    matching_step,
    new_recovery_codes,
)
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.findings import Finding

CODE_FIELD = "access_recoverycode.code_hash"
WRONG_CODE = "动态口令不对，或者已经用过；请等手机上换出下一个再输。"


def why_not_proven(
    account: Account, password: str, *, at: datetime, address: str, field: str
) -> Finding | None:
    """Why the password typed again does not prove the holder (再验口令); None when it does. A wrong one stays on record."""
    if finding := locked(account, at=at, address=address, field=field):
        return finding
    if not check_password(password, account.password):
        _failed_inside(account, SignInOutcome.WRONG_PASSWORD, at=at, address=address)
        return Finding("access.wrong_password", "现在的口令不对。", field=field)
    return None


def why_not_spent(account: Account, code: str, *, at: datetime, address: str, field: str) -> Finding | None:
    """Why a code does not prove the holder (再验动态口令); None when it does, and then it is used up."""
    if finding := locked(account, at=at, address=address, field=field):
        return finding
    if spend_code(account, code, at=at) is None:
        _failed_inside(account, SignInOutcome.WRONG_CODE, at=at, address=address)
        return Finding("access.wrong_code", WRONG_CODE, field=field)
    return None


def locked(account: Account, *, at: datetime, address: str, field: str) -> Finding | None:
    """Is the login name locked after failures (已锁定)? Then nothing more is looked at, and that stays on record."""
    name_hash = name_hash_of(account.username)
    until = lock_of(account.username)
    if not until or at >= until:
        return None
    log_attempt(account, name_hash, SignInOutcome.LOCKED, at=at, address=address)
    # As at the door: how long it lasts is a setting.
    sentence = f"输错次数过多，请于 {until.astimezone(STREET_TIME):%H:%M} 后再试。"
    return Finding("access.locked", sentence, field=field)


def _failed_inside(account: Account, outcome: SignInOutcome, *, at: datetime, address: str) -> None:
    name_hash = name_hash_of(account.username)
    log_attempt(account, name_hash, outcome, at=at, address=address)
    until = lock_of(account.username)
    if until and at < until:
        # Somebody guesses at a screen that was left open. Failures at the door end nothing: anyone who knows a login name
        # could put its holder out of her work.
        end_all_sessions(account, at=at, why=SessionEnd.LOCKED)


def totp_of(account: Account) -> Totp | None:
    """The confirmed one-time codes of an account, held until the operation ends so that no code is taken twice."""
    return Totp.objects.select_for_update().filter(account=account, confirmed_at__isnull=False).first()


def has_totp(account: Account) -> bool:
    """Has the account one-time codes (动态口令)?"""
    return Totp.objects.filter(account=account, confirmed_at__isnull=False).exists()


def has_second_factor(account: Account) -> bool:
    """Does the account come in with a second factor (第二因素)? One query."""
    totp = Totp.objects.filter(account=OuterRef("pk"), confirmed_at__isnull=False)
    keys = Passkey.objects.filter(account=OuterRef("pk"))
    return Account.objects.filter(Exists(totp) | Exists(keys), pk=account.pk).exists()


def spend_code(account: Account, typed: str, *, at: datetime) -> SecondFactor | None:
    """Take a one-time code or a recovery code (动态口令、恢复码) and use it up; None when it proves nothing."""
    code = as_code(typed)
    if len(code) == DIGITS and (totp := totp_of(account)):
        step = matching_step(totp.secret, code, at=at, after=totp.last_step)
        if step is None:
            return None
        totp.last_step = step
        totp.save(update_fields=["last_step"])
        return SecondFactor.TOTP
    if len(code) == RECOVERY_DIGITS:
        unused = RecoveryCode.objects.filter(account=account, used_at=None)
        hashes = keyed_hashes(_whose(code, account), field=CODE_FIELD)
        if unused.filter(code_hash__in=hashes).update(used_at=at):
            return SecondFactor.RECOVERY
    return None


def make_recovery_codes(account: Account, *, at: datetime) -> list[str]:
    """New recovery codes in place of the old ones (换一批恢复码); told once, kept as keyed hashes."""
    RecoveryCode.objects.filter(account=account).delete()
    codes = new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            account=account, code_hash=keyed_hash(_whose(code, account), field=CODE_FIELD), made_at=at
        )
        for code in codes
    )
    return codes


def forget_second_factors(account: Account) -> bool:
    """Let go of everything beside the password (取消第二因素); answers whether there was anything."""
    RecoveryCode.objects.filter(account=account).delete()
    PasskeyChallenge.objects.filter(account=account).delete()
    keys, _ = Passkey.objects.filter(account=account).delete()
    totp, _ = Totp.objects.filter(account=account).delete()
    return bool(keys or totp)


def begin_with(account: Account, second: SecondFactor, *, at: datetime, session: UUID | None) -> list[str]:
    """What follows when an account gets its first second factor (启用第二因素); answers its recovery codes.

    The session it is done in counts as proven; all others end, as their holders proved nothing beside the password.
    """
    end_all_sessions(account, at=at, why=SessionEnd.FACTOR, but=session)
    Session.objects.filter(public_id=session, account=account).update(second=second)
    return make_recovery_codes(account, at=at)


def go_without_if_none(account: Account) -> None:
    """What follows when a factor was taken off (停用第二因素): after the last one, the password alone opens again."""
    if not has_second_factor(account):
        RecoveryCode.objects.filter(account=account).delete()
        Session.objects.filter(account=account, ended_at=None).update(second="")


def _whose(code: str, account: Account) -> str:
    # Two accounts with one code have two hashes.
    return f"{account.public_id}:{code}"
