"""Coming in by another system (外部登录): bound by oneself against the password, and undone by oneself."""

from datetime import datetime
from uuid import UUID

from yimen.foundations.access.choices import SecondFactor, SignInOutcome
from yimen.foundations.access.engine.attempts import log_attempt, name_hash_of
from yimen.foundations.access.engine.colleagues import own_account
from yimen.foundations.access.engine.entering import SignInAnswer, half_way, kinds_here, let_in
from yimen.foundations.access.engine.proving import has_second_factor, why_not_proven
from yimen.foundations.access.fields.sealed import keyed_hash, keyed_hashes
from yimen.foundations.access.models import OutsideName
from yimen.foundations.access.rules.partners import Partner
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import Conflict, NotFound

_FIELD = "access_outsidename.subject_hash"


class BoundAlready(Conflict):
    """That system's user opens another account, or this account has another user there."""

    code = "access.outside_name_bound"
    sentence = "那边的用户已经绑定了另一个账号，或者这个账号已经绑定了那边的另一个用户。请先解除原来的绑定。"


@operation("access.outside_name.asked_for")
def begin_binding(*, by: Actor, at: datetime, password: str, address: str = "") -> tuple[Finding, ...]:
    """Make sure that it is the holder who binds another system (开始绑定): the password again. Answers why not."""
    finding = why_not_proven(own_account(by), password, at=at, address=address, field="password")
    unchanged()
    return (finding,) if finding else ()


@operation("access.outside_name.bound")
def bind_outside(*, by: Actor, at: datetime, partner: Partner, subject: str) -> OutsideName:
    """Let the user ``subject`` of another system open one's account from now on (绑定外部登录).

    The same again changes nothing. Refuses a user who opens another account (`BoundAlready`).
    """
    account = own_account(by)
    known = OutsideName.objects.filter(partner=partner.key, subject_hash__in=_hashes(subject, partner))
    if found := known.first():
        if found.account_id != account.pk:
            raise BoundAlready()
        unchanged()
        return found
    if OutsideName.objects.filter(account=account, partner=partner.key).exists():
        raise BoundAlready()
    name = OutsideName.objects.create(
        account=account, partner=partner.key, subject_hash=_hash(subject, partner), bound_at=at
    )
    record(account, kind="account", area=account.area, partner=partner.key)
    return name


@operation("access.outside_name.unbound")
def unbind_outside(
    *, by: Actor, at: datetime, name: UUID, password: str, address: str = ""
) -> tuple[Finding, ...]:
    """That system opens one's account no more (解除绑定), against the password. Answers why not."""
    account = own_account(by)
    found = OutsideName.objects.filter(account=account, public_id=name).first()
    if found is None:
        raise NotFound()
    if finding := why_not_proven(account, password, at=at, address=address, field="password"):
        return (finding,)
    OutsideName.objects.filter(pk=found.pk).delete()
    record(account, kind="account", area=account.area, partner=found.partner)
    return ()


@operation("access.account.signed_in_from_outside")
def sign_in_from_outside(
    *, by: Actor, at: datetime, partner: Partner, subject: str, address: str = "", agent: str = ""
) -> SignInAnswer:
    """Come in on another system's word (外部登录). Answers what happened, as `sign_in` does.

    Where that system proves no second factor, an account that has one is half way in. A lock after wrong passwords, which
    anyone may bring about, does not keep its holder out.
    """
    found = (
        OutsideName.objects.select_related("account")
        .filter(partner=partner.key, subject_hash__in=_hashes(subject, partner))
        .first()
    )
    account = found.account if found else None
    if account is None or account.kind not in kinds_here():
        answer = SignInAnswer(SignInOutcome.NOT_BOUND)
    elif not account.is_active:
        answer = SignInAnswer(SignInOutcome.CLOSED)
    else:
        # Nobody but the other system knows the subject, so a change of the index key reaches this hash here.
        OutsideName.objects.filter(pk=found.pk).update(used_at=at, subject_hash=_hash(subject, partner))
        if not partner.second_factor and has_second_factor(account):
            token = half_way(account, at=at, address=address, agent=agent)
            answer = SignInAnswer(SignInOutcome.PASSWORD_RIGHT, account.public_id, token)
        else:
            second = SecondFactor.OUTSIDE if partner.second_factor else ""
            answer = let_in(account, at=at, address=address, agent=agent, second=second)
    name_hash = name_hash_of(account.username if account else "")
    log_attempt(account, name_hash, answer.outcome, at=at, address=address, second=answer.second)
    return answer


def _hash(subject: str, partner: Partner) -> str:
    return keyed_hash(f"{partner.key}:{subject}", field=_FIELD)


def _hashes(subject: str, partner: Partner) -> tuple[str, ...]:
    return keyed_hashes(f"{partner.key}:{subject}", field=_FIELD)
