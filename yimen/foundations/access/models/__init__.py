"""Tables of access: accounts and what they may do, and what proves that it is they."""

from yimen.foundations.access.models.accounts import (
    Account,
    Grant,
    OldPassword,
    Session,
    SignIn,
    Tie,
    actor_key,
)
from yimen.foundations.access.models.outside import OutsideName, SignInCode
from yimen.foundations.access.models.passkeys import Passkey, PasskeyChallenge
from yimen.foundations.access.models.second_factors import HalfSignIn, RecoveryCode, Totp

__all__ = [
    "Account",
    "Grant",
    "HalfSignIn",
    "OldPassword",
    "OutsideName",
    "Passkey",
    "PasskeyChallenge",
    "RecoveryCode",
    "Session",
    "SignIn",
    "SignInCode",
    "Tie",
    "Totp",
    "actor_key",
]
