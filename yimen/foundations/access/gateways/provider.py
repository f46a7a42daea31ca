"""Says to other systems who somebody is (接入系统登录): the authorization code flow of OpenID Connect, with PKCE always.

The protocol is Authlib's; codes are kept and taken by operations, which whoever builds the server hands in. No access token
is worth anything here: what the other system learns stands in the id token.

Sources: OpenID Connect Core 1.0 (3.1), RFC 6749, RFC 7636, RFC 9700 (2.1.1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from authlib.integrations.django_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import ECKey, KeySet

from yimen.foundations.access.rules.applications import Application

ALGORITHM = "ES256"
SCOPES = ("openid", "profile")
TOKEN_LIVES = 300  # seconds; the other system opens a session of its own at once


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    """A code that was taken back (授权码): for whom and how it was given."""

    account: UUID
    name: str
    back: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str = "S256"

    def get_redirect_uri(self) -> str:
        return self.back

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class Codes(Protocol):
    """Where codes are kept: each is given once and taken once."""

    def give(
        self, code: str, *, client_id: str, back: str, scope: str, nonce: str, challenge: str
    ) -> None: ...

    def take(self, code: str, *, client_id: str) -> Code | None: ...


class _Client(ClientMixin):
    """An application as Authlib asks about it."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def get_client_id(self) -> str:
        return self.application.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in (scope or "").split() if one in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.application.back

    def check_client_secret(self, client_secret: str) -> bool:
        return self.application.has_secret(client_secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in AuthorizationCodeGrant.TOKEN_ENDPOINT_AUTH_METHODS

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class _Grant(AuthorizationCodeGrant):
    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        told = request.payload.data
        self.server.codes.give(
            code,
            client_id=request.client.get_client_id(),
            back=request.payload.redirect_uri,
            scope=request.scope,
            nonce=told.get("nonce", ""),
            challenge=told["code_challenge"],
        )

    def query_authorization_code(self, code: str, client: _Client) -> Code | None:
        return self.server.codes.take(code, client_id=client.get_client_id())

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """It was taken when it was looked for, so that it is worth nothing a second time, whatever follows."""

    def authenticate_user(self, authorization_code: Code) -> Code:
        return authorization_code


class _Challenge(CodeChallenge):
    """PKCE for everybody, hashed only."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: _Grant, redirect_uri: str) -> None:
        told = grant.request.payload.data
        if not told.get("code_challenge") or told.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is needed")
        super().validate_code_challenge(grant, redirect_uri)


class _Told(OpenIDCode):
    def __init__(self, issuer: str, key: ECKey) -> None:
        super().__init__(require_nonce=False)
        self.issuer, self.key = issuer, key

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        # A code is taken once and tells its nonce once.
        return False

    def resolve_client_private_key(self, client: _Client) -> ECKey:
        return self.key

    def get_client_algorithm(self, client: _Client) -> str:
        return ALGORITHM

    def get_encode_header(self, client: _Client) -> dict[str, str]:
        return {"alg": ALGORITHM, "kid": self.key.kid}

    def get_client_claims(self, client: _Client) -> dict[str, Any]:
        return {"iss": self.issuer, "aud": [client.get_client_id()]}

    def generate_user_info(self, user: Code, scope: str) -> UserInfo:
        told = UserInfo(sub=str(user.account))
        if "profile" in scope.split():
            told["name"] = user.name
        return told


class Provider(AuthorizationServer):
    """Our side of the line, for the applications and keys of this installation."""

    def __init__(
        self,
        applications: Iterable[Application],
        keys: Iterable[Mapping[str, str]],
        issuer: str,
        codes: Codes,
    ) -> None:
        super().__init__(None, None)
        self.applications = {one.client_id: one for one in applications}
        self.codes = codes
        self.scopes_supported = list(SCOPES)
        self.config = {"token_expires_in": {"authorization_code": TOKEN_LIVES}}
        told = _Told(issuer, signing_key(keys))
        self.register_grant(_Grant, [told, _Challenge(required=True)])

    def query_client(self, client_id: str) -> _Client | None:
        found = self.applications.get(client_id)
        return _Client(found) if found else None

    def save_token(self, token: Mapping[str, Any], request: OAuth2Request) -> None:
        """Nothing is kept: no page of ours takes an access token."""


def signing_key(keys: Iterable[Mapping[str, str]]) -> ECKey:
    """The key that signs: the first one."""
    return _named(next(iter(keys)))


def published_keys(keys: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """The public halves of all keys, so that what an older one signed is still believed (JWKS)."""
    return KeySet([_named(one) for one in keys]).as_dict(private=False)


def new_key() -> dict[str, str]:
    """A new signing key, with its secret half."""
    key = ECKey.generate_key("P-256")
    key.ensure_kid()
    return dict(key.as_dict(private=True))


def _named(told: Mapping[str, str]) -> ECKey:
    key = ECKey.import_key(dict(told))
    key.ensure_kid()
    return key
