"""Other systems that sign in by ours (接入系统): what they ask, and the one page their users see."""

import base64
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any

from authlib.oauth2 import OAuth2Error
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from yimen.foundations.access import api
from yimen.foundations.access.gateways.provider import (
    ALGORITHM,
    SCOPES,
    Code,
    Provider,
    published_keys,
)
from yimen.foundations.access.presenters import GoOnPage
from yimen.foundations.bus.api import act_as
from yimen.foundations.ui.api import client_address, guarded, public, render
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound

_wrong = api.Guesses()
View = Callable[[HttpRequest], HttpResponse]


def _where_systems_sign_in(view: View) -> View:
    """Without a signing key no system signs in by this installation, and there is no such page."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if not settings.YIMEN_SIGNING_KEYS:
            raise NotFound()
        return view(request)

    return wrapped


@public
@require_GET
@_where_systems_sign_in
def discovery(request: HttpRequest) -> JsonResponse:
    """What we say of ourselves (OpenID Connect Discovery 1.0)."""
    told = {
        "issuer": _issuer(request),
        "authorization_endpoint": request.build_absolute_uri(reverse("access:authorize")),
        "token_endpoint": request.build_absolute_uri(reverse("access:token")),
        "jwks_uri": request.build_absolute_uri(reverse("access:signing_keys")),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "scopes_supported": SCOPES,
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "claims_supported": ["sub", "name"],
    }
    return JsonResponse(told)


@public
@require_GET
@_where_systems_sign_in
def keys(request: HttpRequest) -> JsonResponse:
    """The public halves of the signing keys (JWKS)."""
    return JsonResponse(published_keys(settings.YIMEN_SIGNING_KEYS))


@guarded(None)
@never_cache
@require_GET
@_where_systems_sign_in
def authorize(request: HttpRequest) -> HttpResponse:
    """Somebody who is signed in goes on to another system (进入接入系统), told beforehand what it learns.

    The page leads there by a link: a form of ours may be sent nowhere else, and a redirect after signing in would be one.
    """
    provider = _provider(request, by=request.actor, at=request.at)
    try:
        grant = provider.get_consent_grant(request, end_user=request.actor)
        answer = provider.create_authorization_response(request, grant_user=request.actor, grant=grant)
    except OAuth2Error as fault:
        page = GoOnPage("这个链接用不了", fault=fault.description or fault.error)
        return render(request, "access/go_on.html", page, status=400)
    if answer.status_code != 302:
        return render(request, "access/go_on.html", GoOnPage("这个链接用不了", fault="code"), status=400)
    application = provider.applications[grant.client.get_client_id()]
    told = ("您的账号代号", "您的姓名") if "profile" in grant.request.scope.split() else ("您的账号代号",)
    return render(
        request,
        "access/go_on.html",
        GoOnPage(application.title, answer["Location"], told, request.actor.name),
    )


@public
@csrf_exempt
@never_cache
@require_POST
@_where_systems_sign_in
def token(request: HttpRequest) -> HttpResponse:
    """The other system fetches who it is (取身份令牌), with its own secret; no browser is in between.

    What fails too often is answered 429, by system and address: who sends a system's name from elsewhere does not keep it out.
    """
    place, minutes = _place(request), settings.YIMEN_WRONG_WORDS_MINUTES
    if _wrong.too_many(place, at=request.at, limit=settings.YIMEN_WRONG_TOKENS, minutes=minutes):
        told = {"error": "invalid_request", "error_description": "too many failures, try again later"}
        return JsonResponse(told, status=429, headers={"Retry-After": str(60 * minutes)})
    with act_as(api.DOORKEEPER, on=request.today):
        answer = _provider(request, by=api.DOORKEEPER, at=request.at).create_token_response(request)
    if answer.status_code >= 400:
        _wrong.note(place, request.POST.urlencode() + request.headers.get("Authorization", ""), at=request.at)
    return answer


def _place(request: HttpRequest) -> str:
    """Which system asks, by what it says of itself, and from where."""
    name, address = request.POST.get("client_id", ""), client_address(request)
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        with suppress(ValueError):
            name = base64.b64decode(told).decode().partition(":")[0]
    return f"{address} {name[:200]}" if address else ""


class _Codes:
    """Codes kept by operations, in the name of who asks."""

    def __init__(self, kinds: dict[str, tuple[str, ...]], *, by: Actor, at: datetime) -> None:
        self.kinds, self.told = kinds, {"by": by, "at": at}

    def give(self, code: str, *, client_id: str, **more: Any) -> None:
        api.give_code(code=code, client_id=client_id, kinds=self.kinds[client_id], **more, **self.told)

    def take(self, code: str, *, client_id: str) -> Code | None:
        taken = api.take_code(code=code, client_id=client_id, **self.told)
        if taken is None:
            return None
        return Code(taken.account, taken.name, taken.back, taken.scope, taken.nonce, taken.challenge)


def _provider(request: HttpRequest, *, by: Actor, at: datetime) -> Provider:
    applications = api.applications()
    codes = _Codes({one.client_id: one.kinds for one in applications}, by=by, at=at)
    return Provider(applications, settings.YIMEN_SIGNING_KEYS, _issuer(request), codes)


def _issuer(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
