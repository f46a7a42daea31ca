"""Codes for systems that sign in by ours (授权码): given to who is signed in, taken once by the system they are meant for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from yimen.foundations.access.engine.colleagues import own_account
from yimen.foundations.access.models import SignInCode
from yimen.foundations.access.rules.tokens import digest_of
from yimen.foundations.audit.api import operation, record, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotAllowed

CODE_LIVES = timedelta(minutes=5)


class NotForThem(NotAllowed):
    """The other system may not know accounts of this kind."""

    code = "access.application_for_others"
    sentence = "这个系统不接受您这一类账号登录。"


@dataclass(frozen=True)
class TakenCode:
    """What a code stood for (授权码所指)."""

    account: UUID
    name: str
    back: str
    scope: str
    nonce: str
    challenge: str


@operation("access.sign_in_code.given")
def give_code(
    *,
    by: Actor,
    at: datetime,
    code: str,
    client_id: str,
    kinds: tuple[str, ...],
    back: str,
    scope: str,
    nonce: str,
    challenge: str,
) -> None:
    """Let another system learn who one is (发放授权码). Refuses an account of another kind than it may know (`NotForThem`)."""
    account = own_account(by)
    if account.kind not in kinds:
        raise NotForThem()
    SignInCode.objects.filter(at__lt=at - CODE_LIVES).delete()
    SignInCode.objects.create(
        account=account,
        code_digest=digest_of(code),
        client_id=client_id,
        back=back,
        asked=scope,
        nonce=nonce,
        challenge=challenge,
        at=at,
    )
    record(account, kind="account", area=account.area, client=client_id)


@operation("access.sign_in_code.taken")
def take_code(*, by: Actor, at: datetime, code: str, client_id: str) -> TakenCode | None:
    """Take a code back (取用授权码), which then is worth nothing any more; None for one that was taken, is too old or was given
    for another system.
    """
    found = (
        SignInCode.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(code_digest=digest_of(code), client_id=client_id)
        .first()
    )
    if found is None:
        unchanged()
        return None
    account = found.account
    SignInCode.objects.filter(pk=found.pk).delete()
    record(account, kind="account", area=account.area, client=client_id)
    if found.at < at - CODE_LIVES or not account.is_active:
        return None
    return TakenCode(account.public_id, account.name, found.back, found.asked, found.nonce, found.challenge)
