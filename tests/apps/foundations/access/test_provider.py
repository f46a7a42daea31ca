"""Other systems sign in by ours: over HTTP, as such a system and its user do it."""

import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.apps.foundations.access.conftest import GOOD
from yimen.foundations.access import api
from yimen.foundations.access.gateways.provider import new_key
from yimen.foundations.access.models import SignInCode
from yimen.foundations.access.rules.applications import read_applications
from yimen.foundations.access.views import provider

pytestmark = pytest.mark.django_db
BACK = "https://oa.example.cn/back"
SECRET = "a secret of at least twenty"
VERIFIER = "v" * 50
APPLICATION = {"client_id": "oa", "title": "街道办公系统", "secret": SECRET, "back": [BACK]}
ASKED = {
    "response_type": "code",
    "client_id": "oa",
    "redirect_uri": BACK,
    "scope": "openid profile",
    "state": "s-1",
    "nonce": "n-1",
    "code_challenge": urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode(),
    "code_challenge_method": "S256",
}


@pytest.fixture
def street(settings):
    settings.YIMEN_APPLICATIONS = [APPLICATION]
    settings.YIMEN_SIGNING_KEYS = [new_key()]
    return settings


@pytest.fixture
def account(street, open_account):
    return open_account(at=timezone.now())


@pytest.fixture
def user(account):
    client = Client()
    client.post("/sign-in", {"username": "wang.fang", "password": GOOD})
    return client


def _go_on(user, **other):
    asked = {name: told for name, told in (ASKED | other).items() if told is not None}
    return user.get("/oidc/authorize", asked, secure=True)


def _code(page):
    assert page.status_code == 200, page.content.decode()
    way = unescape(re.search(rf'href="({re.escape(BACK)}[^"]*)"', page.content.decode())[1])
    told = parse_qs(urlsplit(way).query)
    assert told["state"] == ["s-1"]
    return told["code"][0]


def _form(code, /, **other):
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    return form | {"code_verifier": VERIFIER, "client_id": "oa", "client_secret": SECRET} | other


def _fetch(code, /, **other):
    return Client().post("/oidc/token", _form(code, **other), secure=True)


def test_the_other_system_learns_who_it_is_and_nothing_else(user, account):
    page = _go_on(user)
    assert "街道办公系统" in page.content.decode() and "您的姓名" in page.content.decode()
    answer = _fetch(_code(page))
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    keys = KeySet.import_key_set(Client().get("/oidc/keys", secure=True).json())
    claims = jwt.decode(answer.json()["id_token"], keys, algorithms=["ES256"]).claims
    told = Client().get("/.well-known/openid-configuration", secure=True).json()
    assert claims["iss"] == told["issuer"] == "https://testserver"
    assert (claims["sub"], claims["name"]) == (str(account.public_id), "王芳")
    assert (claims["aud"], claims["nonce"]) == (["oa"], "n-1")
    assert claims["exp"] - claims["iat"] <= 3600
    assert set(claims) <= {"iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "name"}
    assert not SignInCode.objects.exists()


def test_without_the_scope_of_the_profile_it_learns_no_name(user):
    answer = _fetch(_code(_go_on(user, scope="openid")))
    keys = KeySet.import_key_set(Client().get("/oidc/keys", secure=True).json())
    assert "name" not in jwt.decode(answer.json()["id_token"], keys, algorithms=["ES256"]).claims


def test_the_published_keys_have_no_secret_half(street):
    (key,) = Client().get("/oidc/keys", secure=True).json()["keys"]
    assert "d" not in key and key["kid"]


def test_a_code_counts_once(user):
    code = _code(_go_on(user))
    assert _fetch(code).status_code == 200
    assert _fetch(code).status_code == 400


@pytest.mark.parametrize(
    "lie",
    [
        {"client_secret": "another secret altogether"},
        {"code_verifier": "w" * 50},
        {"redirect_uri": "https://oa.example.cn/elsewhere"},
        {"code": "never given"},
        {"grant_type": "password"},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_who_fetches_with_a_lie_gets_nothing_and_the_code_is_spoilt_at_most(user, lie):
    code = _code(_go_on(user))
    answer = _fetch(code, **lie)
    assert answer.status_code in (400, 401) and "id_token" not in answer.content.decode()


@pytest.mark.parametrize(("minutes", "status"), [(4, 200), (6, 400)])
def test_a_code_lives_some_minutes(account, acting, system, minutes, status):
    with acting(system):
        api.give_code(
            by=api.actor_of(account.public_id, on=timezone.now().date()),
            at=timezone.now() - timedelta(minutes=minutes),
            code="of a while ago",
            client_id="oa",
            kinds=("staff",),
            back=BACK,
            scope="openid",
            nonce="",
            challenge=ASKED["code_challenge"],
        )
    assert _fetch("of a while ago").status_code == status


@pytest.mark.parametrize(
    "lie",
    [
        {"client_id": "stranger"},
        {"redirect_uri": "https://evil.example.cn/back"},
        {"redirect_uri": BACK + "?more=1"},
        {"response_type": "token"},
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"scope": "everything"},
    ],
    ids=lambda lie: "-".join(lie),
)
def test_a_wrong_question_leads_nowhere(user, lie):
    page = _go_on(user, **lie)
    assert page.status_code == 400 and "没有告诉对方任何事" in page.content.decode()
    assert not SignInCode.objects.exists()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(street):
    answer = Client().get("/oidc/authorize", ASKED, secure=True)
    assert answer.status_code == 302 and answer.headers["Location"].startswith(
        "/sign-in?next=%2Foidc%2Fauthorize"
    )


def test_an_account_of_another_kind_is_refused(street, open_account):
    open_account("xiu", "王秀英", kind="resident", at=timezone.now())
    client = Client()
    client.post("/sign-in", {"username": "xiu", "password": GOOD})
    assert _go_on(client).status_code == 403
    assert not SignInCode.objects.exists()


def test_without_a_signing_key_there_is_no_such_page(street):
    street.YIMEN_SIGNING_KEYS = []
    for page in ("/.well-known/openid-configuration", "/oidc/keys"):
        assert Client().get(page).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"back": ["http://oa.example.cn"]}, "https"),
        ({"secret": "short"}, "20"),
        ({"scopes": "all"}, "scopes"),
    ],
)
def test_an_application_that_is_told_wrongly_is_refused_at_the_start(change, said):
    with pytest.raises(ValueError, match=said):
        read_applications([APPLICATION | change])


def test_who_fails_too_often_waits_and_keeps_no_other_address_out(user, settings, monkeypatch):
    settings.YIMEN_WRONG_TOKENS = 3
    monkeypatch.setattr(provider, "_wrong", api.Guesses())
    code = _code(_go_on(user))
    for number in range(3):
        assert _fetch(f"made-up-{number}").status_code == 400
    stopped = _fetch(code)
    assert stopped.status_code == 429 and stopped["Retry-After"] == "600"
    assert _fetch("made-up", client_id="another").status_code == 400
    form = _form(code)
    assert Client(REMOTE_ADDR="10.1.2.3").post("/oidc/token", form, secure=True).status_code == 200
