"""Passkeys (通行密钥): made, named, taken off, and coming in with one instead of a password or beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.access.choices import SecondFactor, SignInOutcome
from yimen.foundations.access.engine.attempts import lock_of_address, log_attempt, name_hash_of
from yimen.foundations.access.engine.colleagues import own_account
from yimen.foundations.access.engine.entering import SignInAnswer, half_of, kinds_here, let_in
from yimen.foundations.access.engine.passkeys import (
    Site,
    new_key,
    proven_key,
    question_at_door,
    question_for_new,
    too_many_questions,
)
from yimen.foundations.access.engine.proving import (
    begin_with,
    go_without_if_none,
    has_second_factor,
    has_totp,
    why_not_proven,
)
from yimen.foundations.access.models import HalfSignIn, Passkey
from yimen.foundations.access.operations.second_factors import AskedByRole, CodesAnswer
from yimen.foundations.access.queries import asks_second_factor
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound, NotPossible
from yimen.kernel.text import clean_line

MOST = 10
TOO_OFTEN = "从这里请求得太频繁，请几分钟后再试，或用口令登录。"


class TooManyPasskeys(NotPossible):
    """The account has as many passkeys as it may."""

    code = "access.too_many_passkeys"
    sentence = f"最多 {MOST} 个通行密钥，请先移除不用的。"


class NotMade(NotPossible):
    """The device's answer proves no new key."""

    code = "access.passkey_not_made"
    sentence = "没有添加成功：设备的回答没有通过核对，或等得太久。请再试一次。"


class NoName(NotPossible):
    """A passkey needs a name to be told from others."""

    code = "access.passkey_no_name"
    sentence = "请给这个通行密钥起个名字，如：办公室电脑。"


@dataclass(frozen=True)
class Question:
    """What the browser is to ask the device, or why not (通行密钥质询)."""

    findings: tuple[Finding, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


@operation("access.passkey.offered")
def offer_passkey(*, by: Actor, at: datetime, password: str, site: Site, address: str = "") -> Question:
    """Ask one's device for a new passkey (开始添加通行密钥), once the password is typed again."""
    account = own_account(by)
    if finding := why_not_proven(account, password, at=at, address=address, field="password"):
        return Question((finding,))
    if Passkey.objects.filter(account=account).count() >= MOST:
        raise TooManyPasskeys()
    options = question_for_new(account, site=site, at=at)
    record(account, kind="account", area=account.area)
    return Question(options=options)


@operation("access.passkey.added")
def add_passkey(
    *, by: Actor, at: datetime, name: str, answer: Mapping[str, Any], site: Site, session: UUID | None
) -> CodesAnswer:
    """Keep the key that the device made (添加通行密钥).

    Answers recovery codes, told this once, when it is the account's first second factor. Refuses an answer that was given before,
    to another question or by another site.
    """
    account, called = own_account(by), clean_line(name)
    if not called:
        raise NoName()
    made = new_key(answer, account=account, site=site, at=at)
    if made is None or Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise NotMade()
    first = not has_second_factor(account)
    key = Passkey.objects.create(
        account=account,
        name=called[:40],
        credential_id=made.credential_id,
        credential=made.credential,
        sign_count=made.sign_count,
        host=site.host,
        made_at=at,
    )
    codes = begin_with(account, SecondFactor.PASSKEY, at=at, session=session) if first else []
    record(account, kind="account", area=account.area, passkey=str(key.public_id))
    return CodesAnswer(recovery_codes=tuple(codes))


@operation("access.passkey.renamed")
def rename_passkey(*, by: Actor, at: datetime, passkey: UUID, name: str) -> None:
    """Give one's passkey another name (改名通行密钥)."""
    key, called = _own_key(by, passkey), clean_line(name)
    if not called:
        raise NoName()
    if key.name == called[:40]:
        return unchanged()
    key.name = called[:40]
    key.save(update_fields=["name"])
    record(key.account, kind="account", area=key.account.area, passkey=str(passkey))
    return None


@operation("access.passkey.removed")
def remove_passkey(
    *, by: Actor, at: datetime, passkey: UUID, password: str, address: str = ""
) -> tuple[Finding, ...]:
    """Take one's passkey off (移除通行密钥), against the password. Refuses the last factor where a role asks for one."""
    key = _own_key(by, passkey)
    account = key.account
    others = Passkey.objects.filter(account=account).exclude(pk=key.pk).exists() or has_totp(account)
    if not others and asks_second_factor(by, on=day_of(at)):
        raise AskedByRole()
    if finding := why_not_proven(account, password, at=at, address=address, field="password"):
        return (finding,)
    Passkey.objects.filter(pk=key.pk).delete()
    go_without_if_none(account)
    record(account, kind="account", area=account.area, passkey=str(passkey))
    return ()


@operation("access.passkey.asked_for")
def ask_for_passkey(*, by: Actor, at: datetime, site: Site, token: str = "", address: str = "") -> Question:
    """Ask whoever is at the door for a passkey (请求通行密钥); with the ``token`` of somebody half way in, for hers.

    One address gets so many questions at once and no more, and none while it is locked after wrong answers.
    """
    unchanged()
    until = lock_of_address(address, passkeys=True)
    if (until and at < until) or too_many_questions(address, at=at):
        return Question((Finding("access.passkey_too_often", TOO_OFTEN),))
    half = half_of(token, at=at) if token else None
    account = half.account if half else None
    return Question(options=question_at_door(account, site=site, at=at, address=address))


@operation("access.account.signed_in_by_passkey")
def sign_in_with_passkey(
    *,
    by: Actor,
    at: datetime,
    answer: Mapping[str, Any],
    site: Site,
    address: str = "",
    agent: str = "",
) -> SignInAnswer:
    """Come in with a passkey (通行密钥登录), without a password or as the second step.

    It is two factors by itself, and cannot be guessed: a lock of the name after wrong passwords, which anyone may bring
    about, does not keep its holder out. An address that sends wrong ones again and again is locked for passkeys, as it is
    for passwords. Answers what happened, as `sign_in` does.
    """
    until = lock_of_address(address, passkeys=True)
    if until and at < until:
        told = SignInAnswer(SignInOutcome.LOCKED, locked_until=until)
        log_attempt(None, name_hash_of(""), told.outcome, at=at, address=address)
        return told
    key, proven = proven_key(answer, site=site, at=at)
    account = key.account if key else None
    if account is None or not proven or account.kind not in kinds_here():
        told = SignInAnswer(SignInOutcome.WRONG_PASSKEY)
    elif not account.is_active:
        told = SignInAnswer(SignInOutcome.CLOSED)
    else:
        HalfSignIn.objects.filter(account=account).delete()
        told = let_in(account, at=at, address=address, agent=agent, second=SecondFactor.PASSKEY)
    name_hash = name_hash_of(account.username if account else "")
    log_attempt(account, name_hash, told.outcome, at=at, address=address, second=told.second)
    return told


def _own_key(by: Actor, passkey: UUID) -> Passkey:
    account = own_account(by)
    key = Passkey.objects.select_related("account").filter(public_id=passkey, account=account).first()
    if key is None:
        raise NotFound()
    return key
