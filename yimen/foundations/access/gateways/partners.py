"""Asks another system who somebody is (外部登录), by OpenID Connect with PKCE; its answer is checked and only the subject kept.

Sources: OpenID Connect Core 1.0 (3.1.2, 3.1.3.7), Discovery 1.0 (4), RFC 7636, RFC 9700 (2.1, 4.4).
"""

import secrets
import time
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from yimen.foundations.access.rules.partners import Partner

WITHIN = 5  # seconds for one answer; somebody waits at the door
KEPT_FOR = 600  # seconds for which what a partner publishes is believed
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA")
LONGEST_SUBJECT = 255


class PartnerSilent(Exception):
    """The partner did not answer, or not in time."""


class PartnerUntrue(Exception):
    """What the partner answered does not prove who somebody is."""


@dataclass(frozen=True)
class Departure:
    """Somebody who was sent to a partner: what must come back with her, and what only we know."""

    partner: str
    url: str
    state: str
    nonce: str
    verifier: str

    @property
    def kept(self) -> dict[str, str]:
        """What the browser's session keeps of it until she is back."""
        return {name: told for name, told in asdict(self).items() if name != "url"}


def departure_to(partner: Partner, *, back: str) -> Departure:
    """Where to send somebody (去外部登录); ``back`` is our own address for her return. Raises PartnerSilent."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with _line_to(partner, back) as line:
        url, _ = line.create_authorization_url(
            _published(partner)["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
    return Departure(partner.key, url, state, nonce, verifier)


def subject_of(partner: Partner, *, code: str, nonce: str, verifier: str, back: str) -> str:
    """Who came back with ``code``: the partner's own lasting name for her (sub).

    Raises PartnerSilent, and PartnerUntrue for a token that is not signed by the partner, meant for somebody else, too old
    or an answer to another question.
    """
    told = _published(partner)
    try:
        with _line_to(partner, back) as line:
            answer = line.fetch_token(told["token_endpoint"], code=code, code_verifier=verifier)
        claims = CodeIDToken(
            jwt.decode(answer.get("id_token", ""), _keys(partner), algorithms=ALGORITHMS).claims,
            {},
            {"iss": {"essential": True, "value": told["issuer"]}, "aud": {"value": partner.client_id}},
            {"nonce": nonce, "client_id": partner.client_id},
        )
        claims.validate(leeway=60)
    except requests.RequestException as silence:
        raise PartnerSilent(str(silence)) from silence
    except (AuthlibBaseError, JoseError, ValueError) as lie:
        raise PartnerUntrue(str(lie)) from lie
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise PartnerUntrue("sub")
    return subject


def _line_to(partner: Partner, back: str) -> OAuth2Session:
    return OAuth2Session(
        client_id=partner.client_id,
        client_secret=partner.secret,
        scope=partner.scope,
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=WITHIN,
    )


def _published(partner: Partner) -> dict[str, Any]:
    """What the partner says of itself (discovery document)."""
    told = _read(f"{partner.issuer.rstrip('/')}/.well-known/openid-configuration", _turn())
    if told.get("issuer") != partner.issuer:
        raise PartnerUntrue("issuer")
    return told


def _keys(partner: Partner) -> KeySet:
    return KeySet.import_key_set(_read(_published(partner)["jwks_uri"], _turn()))


def _turn() -> int:
    return int(time.monotonic() / KEPT_FOR)


@lru_cache(maxsize=32)
def _read(address: str, turn: int) -> dict[str, Any]:
    """A published page, asked for once in each ``turn`` of ten minutes."""
    try:
        answer = requests.get(address, timeout=WITHIN)
        answer.raise_for_status()
        return answer.json()
    except requests.RequestException as silence:
        raise PartnerSilent(str(silence)) from silence
