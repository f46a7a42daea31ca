"""Sign in, in one step or two (登录).

A failed attempt is an answer, not an exception: what is raised is undone, and the attempt must stay on record.
"""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from yimen.foundations.access.choices import SignInOutcome
from yimen.foundations.access.engine.attempts import lock_of, lock_of_address, log_attempt, name_hash_of
from yimen.foundations.access.engine.entering import (
    SignInAnswer,
    half_of,
    half_way,
    kinds_here,
    let_in,
    one_at_a_time,
)
from yimen.foundations.access.engine.proving import has_second_factor, spend_code
from yimen.foundations.access.models import Account, HalfSignIn
from yimen.foundations.access.rules.usernames import as_username
from yimen.foundations.audit.api import operation, unchanged
from yimen.kernel.actor import Actor, system_actor

KEY_IN_BROWSER = "signed_in"  # under which the browser's session keeps the token
HALF_KEY_IN_BROWSER = "half_signed_in"  # and this the one of somebody who still owes the second factor
DOORKEEPER = system_actor("sign_in")


@operation("access.account.signed_in")
def sign_in(
    *, by: Actor, at: datetime, username: str, password: str, address: str = "", agent: str = ""
) -> SignInAnswer:
    """Try to sign in (登录). Answers what happened and keeps it on record; refuses nothing by exception.

    Who has set up a second factor is only half way in: `pass_second_step` opens the session. The
    time taken does not tell whether the name exists: an unknown name costs one password hash too. On the resident side the
    names of staff are unknown.
    """
    username = as_username(username)
    name_hash = name_hash_of(username)
    one_at_a_time(name_hash)
    account = Account.objects.filter(username=username, kind__in=kinds_here()).first()
    until = lock_of(username) or lock_of_address(address)
    if until and at < until:
        answer = SignInAnswer(SignInOutcome.LOCKED, locked_until=until)
    elif account is None:
        make_password(password)
        answer = SignInAnswer(SignInOutcome.UNKNOWN_NAME)
    elif not check_password(password, account.password):
        answer = SignInAnswer(SignInOutcome.WRONG_PASSWORD)
    elif not account.is_active:
        answer = SignInAnswer(SignInOutcome.CLOSED)
    elif account.first_until and at >= account.first_until:
        answer = SignInAnswer(SignInOutcome.EXPIRED)
    elif has_second_factor(account):
        token = half_way(account, at=at, address=address, agent=agent)
        answer = SignInAnswer(SignInOutcome.PASSWORD_RIGHT, account.public_id, token)
    else:
        answer = let_in(account, at=at, address=address, agent=agent)
    log_attempt(account, name_hash, answer.outcome, at=at, address=address)
    return answer


@operation("access.account.second_step_tried")
def pass_second_step(
    *, by: Actor, at: datetime, token: str, code: str, address: str = "", agent: str = ""
) -> SignInAnswer | None:
    """Prove oneself beside the password (登录第二步) with a one-time code or a recovery code.

    Answers what happened as `sign_in` does, wrong codes counting with wrong passwords; None when the password was typed
    too long ago, was changed since, or the second factor was reset: then it begins again.
    """
    half = half_of(token, at=at)
    if half is None:
        unchanged()
        return None
    account, name_hash = half.account, name_hash_of(half.account.username)
    one_at_a_time(name_hash)
    until = lock_of(account.username) or lock_of_address(address)
    if until and at < until:
        answer = SignInAnswer(SignInOutcome.LOCKED, locked_until=until)
    elif not account.is_active:
        answer = SignInAnswer(SignInOutcome.CLOSED)
    elif second := spend_code(account, code, at=at):
        HalfSignIn.objects.filter(account=account).delete()
        answer = let_in(account, at=at, address=address, agent=agent, second=second)
    else:
        answer = SignInAnswer(SignInOutcome.WRONG_CODE)
    log_attempt(account, name_hash, answer.outcome, at=at, address=address, second=answer.second)
    return answer
