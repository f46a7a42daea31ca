"""Passkeys (通行密钥): the questions, and what the answers prove. WebAuthn Level 2, by the library fido2.

The device must have made sure of its holder (fingerprint, face, PIN): a passkey is then two factors by itself.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from yimen.foundations.access.choices import PasskeyPurpose
from yimen.foundations.access.models import Account, Passkey, PasskeyChallenge

ANSWER_WITHIN = timedelta(minutes=5)
SITE_NAME = "一门"
VERIFIED = UserVerificationRequirement.REQUIRED
# What parsing and checking an answer may run into when it was made up: the answer proves nothing.
_WORTHLESS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    struct.error,
    UnsupportedAlgorithm,
    NotImplementedError,
)


@dataclass(frozen=True)
class Site:
    """Where the browser is: ``host`` without port, and the whole ``origin`` (网站)."""

    host: str
    origin: str


@dataclass(frozen=True)
class NewKey:
    """What a device answered when a key was made."""

    credential_id: str
    credential: bytes
    sign_count: int


def question_for_new(account: Account, *, site: Site, at: datetime) -> dict[str, Any]:
    """What the browser is asked for a new passkey (添加通行密钥); keys it has already are not made twice."""
    user = PublicKeyCredentialUserEntity(
        id=account.public_id.bytes, name=account.username, display_name=account.name
    )
    options, state = _server(site).register_begin(
        user,
        _known(Passkey.objects.filter(account=account)),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=VERIFIED,
    )
    _keep(state, account, PasskeyPurpose.ADD, at=at)
    return dict(options)


def question_at_door(
    account: Account | None, *, site: Site, at: datetime, address: str = ""
) -> dict[str, Any]:
    """What the browser is asked at the door (登录质询): of an account whose password was right, or of anyone."""
    keys = _known(Passkey.objects.filter(account=account)) if account else None
    options, state = _server(site).authenticate_begin(keys, user_verification=VERIFIED)
    _keep(state, account, PasskeyPurpose.SIGN_IN, at=at, address=address)
    return dict(options)


def too_many_questions(address: str, *, at: datetime) -> bool:
    """Has this address asked more often than a hall at work does (请求过于频繁)?"""
    still_open = PasskeyChallenge.objects.filter(
        purpose=PasskeyPurpose.SIGN_IN, address=address[:45], at__gt=at - ANSWER_WITHIN
    )
    return bool(address) and still_open.count() >= settings.YIMEN_PASSKEY_QUESTIONS


def new_key(answer: Mapping[str, Any], *, account: Account, site: Site, at: datetime) -> NewKey | None:
    """The key that a device made for this account (新通行密钥); None when the answer proves nothing."""
    asked = _take(answer, PasskeyPurpose.ADD, at=at)
    if asked is None or asked.account_id != account.pk:
        return None
    try:
        made = _server(site).register_complete(_state(asked), dict(answer))
    except _WORTHLESS:
        return None
    data = made.credential_data
    if data is None or isinstance(data.public_key, UnsupportedKey):
        return None
    return NewKey(websafe_encode(data.credential_id), bytes(data), made.counter)


def proven_key(answer: Mapping[str, Any], *, site: Site, at: datetime) -> tuple[Passkey | None, bool]:
    """The key that an answer names, if it is known, and whether the answer proves it (通行密钥登录)."""
    asked = _take(answer, PasskeyPurpose.SIGN_IN, at=at)
    try:
        parsed = AuthenticationResponse.from_dict(dict(answer))
        named, handle = websafe_encode(parsed.raw_id), parsed.response.user_handle
    except _WORTHLESS:
        return None, False
    found = Passkey.objects.select_for_update(of=("self",)).select_related("account")
    key = found.filter(credential_id=named).first()
    if key is None or asked is None or asked.account_id not in (None, key.account_id):
        return key, False
    if handle and bytes(handle) != key.account.public_id.bytes:
        return key, False
    try:
        _server(site).authenticate_complete(_state(asked), _data([key]), dict(answer))
        count = parsed.response.authenticator_data.counter
    except _WORTHLESS:
        return key, False
    # A counter that does not grow is a copy of the key; those that never count stay at zero.
    if (count or key.sign_count) and count <= key.sign_count:
        return key, False
    key.sign_count, key.used_at = count, at
    key.save(update_fields=["sign_count", "used_at"])
    return key, True


def _server(site: Site) -> Fido2Server:
    rp = PublicKeyCredentialRpEntity(id=site.host, name=SITE_NAME)
    return Fido2Server(rp, verify_origin=lambda origin: origin == site.origin)


def _keep(
    state: Mapping[str, Any],
    account: Account | None,
    purpose: PasskeyPurpose,
    *,
    at: datetime,
    address: str = "",
) -> None:
    PasskeyChallenge.objects.filter(at__lt=at - ANSWER_WITHIN).delete()
    PasskeyChallenge.objects.create(
        account=account, purpose=purpose, challenge=state["challenge"], at=at, address=address[:45]
    )


def _take(answer: Mapping[str, Any], purpose: PasskeyPurpose, *, at: datetime) -> PasskeyChallenge | None:
    """The question that is answered, used up with it."""
    try:
        told = CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"]))
        challenge = websafe_encode(told.challenge)
    except _WORTHLESS:
        return None
    asked = PasskeyChallenge.objects.select_for_update().filter(
        challenge=challenge, purpose=purpose, at__gt=at - ANSWER_WITHIN
    )
    found = asked.first()
    return found if found and PasskeyChallenge.objects.filter(pk=found.pk).delete()[0] else None


def _state(asked: PasskeyChallenge) -> dict[str, Any]:
    return {"challenge": asked.challenge, "user_verification": VERIFIED}


def _known(keys: Iterable[Passkey]) -> list[AttestedCredentialData] | None:
    return _data(keys) or None


def _data(keys: Iterable[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.credential)) for key in keys]
