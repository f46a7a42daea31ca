"""The second factor (第二因素): one's own one-time codes, and their reset by who looks after security.

As at the door, a wrong password or code is an answer and not an exception: the attempt must stay on record.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yimen.foundations.access.choices import SecondFactor, SessionEnd
from yimen.foundations.access.engine.attempts import end_all_sessions
from yimen.foundations.access.engine.colleagues import colleague, own_account
from yimen.foundations.access.engine.proving import (
    WRONG_CODE,
    begin_with,
    forget_second_factors,
    go_without_if_none,
    has_second_factor,
    has_totp,
    make_recovery_codes,
    why_not_proven,
    why_not_spent,
)
from yimen.foundations.access.models import Passkey, Totp
from yimen.foundations.access.permissions import RESET_SECOND_FACTORS
from yimen.foundations.access.queries import asks_second_factor, offered_totp
from yimen.foundations.access.rules.totp import as_code, matching_step, new_secret
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotPossible


class AlreadySetUp(Conflict):
    """The account has one-time codes already."""

    code = "access.totp_set_up"
    sentence = "动态口令已经启用。换手机请先停用，再重新设置。"


class NothingOffered(Conflict):
    """There is no secret to confirm."""

    code = "access.totp_not_offered"
    sentence = "设置时间太长，密钥已作废。请重新点“开始设置”，再输入手机上的动态口令。"


class NotSetUp(Conflict):
    """The account has no second factor."""

    code = "access.no_second_factor"
    sentence = "还没有设置第二因素。"


class AskedByRole(NotPossible):
    """A role of the account asks for a second factor, so it cannot be taken off."""

    code = "access.second_factor_asked"
    sentence = "您的角色须有第二因素，最后一个不能停用。请先添加另一个，或联系安全管理员重置。"


@dataclass(frozen=True)
class CodesAnswer:
    """What came of it: why not, or the new recovery codes, which are told this once (恢复码)."""

    findings: tuple[Finding, ...] = ()
    recovery_codes: tuple[str, ...] = ()


@operation("access.totp.offered")
def offer_totp(*, by: Actor, at: datetime, password: str, address: str = "") -> tuple[Finding, ...]:
    """Make a secret for one's phone (开始设置动态口令), once the password is typed again; answers why not, empty when made.

    Until it is confirmed it changes nothing. Asked again, it makes another one.
    """
    account = own_account(by)
    if has_totp(account):
        raise AlreadySetUp()
    if finding := why_not_proven(account, password, at=at, address=address, field="password"):
        return (finding,)
    Totp.objects.filter(account=account).delete()
    Totp.objects.create(account=account, secret=new_secret(), offered_at=at)
    record(account, kind="account", area=account.area)
    return ()


@operation("access.totp.confirmed")
def confirm_totp(*, by: Actor, at: datetime, code: str, session: UUID | None) -> CodesAnswer:
    """Turn one-time codes on (启用动态口令) with a first code from the phone.

    Answers the recovery codes, told this once; none when a passkey brought them already.
    """
    account = own_account(by)
    if has_totp(account):
        raise AlreadySetUp()
    totp = offered_totp(by=by, at=at)
    if totp is None:
        raise NothingOffered()
    step = matching_step(totp.secret, as_code(code), at=at, after=totp.last_step)
    if step is None:
        unchanged()
        return CodesAnswer((Finding("access.wrong_code", WRONG_CODE, field="code"),))
    first = not has_second_factor(account)
    totp.confirmed_at, totp.last_step = at, step
    totp.save(update_fields=["confirmed_at", "last_step"])
    codes = begin_with(account, SecondFactor.TOTP, at=at, session=session) if first else []
    record(account, kind="account", area=account.area)
    return CodesAnswer(recovery_codes=tuple(codes))


@operation("access.recovery_codes.renewed")
def renew_recovery_codes(*, by: Actor, at: datetime, password: str, address: str = "") -> CodesAnswer:
    """New recovery codes in place of the old ones (换一批恢复码), against the password."""
    account = own_account(by)
    if not has_second_factor(account):
        raise NotSetUp()
    if finding := why_not_proven(account, password, at=at, address=address, field="password"):
        return CodesAnswer((finding,))
    codes = make_recovery_codes(account, at=at)
    record(account, kind="account", area=account.area)
    return CodesAnswer(recovery_codes=tuple(codes))


@operation("access.totp.removed")
def remove_totp(
    *, by: Actor, at: datetime, password: str, code: str, address: str = ""
) -> tuple[Finding, ...]:
    """Do without one-time codes again (停用动态口令), against password and code. Refuses the last factor where a role asks."""
    account = own_account(by)
    if not has_totp(account):
        raise NotSetUp()
    if not Passkey.objects.filter(account=account).exists() and asks_second_factor(by, on=day_of(at)):
        raise AskedByRole()
    if finding := why_not_proven(account, password, at=at, address=address, field="password"):
        return (finding,)
    if finding := why_not_spent(account, code, at=at, address=address, field="code"):
        return (finding,)
    Totp.objects.filter(account=account).delete()
    go_without_if_none(account)
    record(account, kind="account", area=account.area)
    return ()


@operation("access.second_factor.reset")
def reset_second_factor(*, by: Actor, at: datetime, account: UUID, reason: str) -> None:
    """Take a colleague's second factor off (重置第二因素), for a lost phone: all sessions end, the password alone opens again.

    Who resets passwords may not do it (三权分立), and nobody does it for himself.
    """
    found = colleague(account, by=by, permission=RESET_SECOND_FACTORS)
    if not forget_second_factors(found):
        raise NotSetUp()
    end_all_sessions(found, at=at, why=SessionEnd.FACTOR)
    record(found, kind="account", area=found.area, reason=reason)
