"""Coming in by another system, over HTTP, with such a system beside us: bound once, honest ones let in, liars kept out."""

import pytest
from django.test import Client
from django.utils import timezone
from joserfc.jwk import ECKey

from tests.apps.foundations.access.conftest import GOOD
from tests.apps.foundations.access.partner import CLIENT, SECRET, Partner
from yimen.foundations.access.gateways import partners as gateway
from yimen.foundations.access.models import OutsideName, Session, SignIn, Totp
from yimen.foundations.access.rules.partners import read_partners
from yimen.foundations.access.rules.totp import code_at, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(settings):
    made = Partner()
    settings.YIMEN_PARTNERS = [_told(made)]
    gateway._read.cache_clear()
    yield made
    made.close()


def _told(partner, **more):
    told = {"key": "county", "title": "鄞州区统一身份认证", "issuer": partner.issuer}
    return told | {"client_id": CLIENT, "secret": SECRET} | more


@pytest.fixture
def account(open_account):
    return open_account(at=timezone.now())


def _inside(username="wang.fang"):
    client = Client()
    assert client.post("/sign-in", {"username": username, "password": GOOD}).status_code == 302
    return client


def _bind(client, partner):
    way = client.post("/my/outside/county/bind", {"password": GOOD})
    assert way.status_code == 200 and "/sign-in/with/county" in way.content.decode()
    away = client.get("/sign-in/with/county")
    return client.get(partner.sign_in(away.headers["Location"]))


def _come_in(client, partner, next_page="/my/sessions"):
    away = client.get(f"/sign-in/with/county?next={next_page}")
    assert away.status_code == 302, away.content.decode()
    return client.get(partner.sign_in(away.headers["Location"]))


def test_once_bound_the_other_system_opens_the_account(account, partner):
    client = _inside()
    assert _bind(client, partner).headers["Location"] == "/my/sessions"
    assert "鄞州区统一身份认证" in client.get("/my/sessions").content.decode()
    newcomer = Client()
    assert "用鄞州区统一身份认证登录" in newcomer.get("/sign-in").content.decode()
    assert _come_in(newcomer, partner).headers["Location"] == "/my/sessions"
    assert newcomer.get("/my/sessions").status_code == 200
    kept = OutsideName.objects.get()
    assert kept.used_at and partner.subject not in kept.subject_hash


def test_a_binding_follows_the_index_key_at_the_next_sign_in(account, partner, settings):
    settings.YIMEN_INDEX_KEYS = {1: "11" * 32}
    _bind(_inside(), partner)
    settings.YIMEN_INDEX_KEYS = {2: "aes:" + "22" * 32, 1: "11" * 32}
    assert _come_in(Client(), partner).headers["Location"] == "/my/sessions"
    assert OutsideName.objects.get().subject_hash.startswith("02")
    settings.YIMEN_INDEX_KEYS = {2: "aes:" + "22" * 32}
    assert _come_in(Client(), partner).headers["Location"] == "/my/sessions"


def test_who_is_not_bound_is_told_what_to_do_and_stays_outside(account, partner):
    client = Client()
    answer = _come_in(client, partner)
    assert answer.status_code == 422 and "先用口令登录" in answer.content.decode()
    assert client.get("/my/sessions").status_code == 302
    assert SignIn.objects.filter(outcome="not_bound").count() == 1


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another-street"},
        {"nonce": "of another day"},
        {"exp": 1_000_000_000},
        {"sub": ""},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_a_token_that_lies_opens_nothing(account, partner, lie):
    _bind(_inside(), partner)
    partner.lies = lie
    client = Client()
    answer = _come_in(client, partner)
    assert answer.status_code == 422 and "没有通过核对" in answer.content.decode()
    assert client.get("/my/sessions").status_code == 302


def test_a_token_signed_by_somebody_else_opens_nothing(account, partner):
    _bind(_inside(), partner)
    partner.key = ECKey.generate_key("P-256", {"kid": "one"})
    partner.published = ECKey.generate_key("P-256", {"kid": "one"})
    gateway._read.cache_clear()
    assert _come_in(Client(), partner).status_code == 422


def test_an_answer_counts_once_and_only_for_who_asked(account, partner):
    _bind(_inside(), partner)
    victim, thief = Client(), Client()
    back = partner.sign_in(victim.get("/sign-in/with/county").headers["Location"])
    assert thief.get(back).status_code == 422
    assert victim.get(back).status_code == 302
    assert victim.get(back).status_code == 422


def test_a_partner_that_is_silent_is_said_so(account, partner):
    partner.silent = True
    answer = Client().get("/sign-in/with/county")
    assert answer.status_code == 422 and "没有回应" in answer.content.decode()


def test_binding_asks_for_the_password_and_goes_nowhere_without(account, partner):
    client = _inside()
    wrong = client.post("/my/outside/county/bind", {"password": "Falsches-9-mima"})
    assert wrong.status_code == 422 and "口令不对" in wrong.content.decode()
    away = client.get("/sign-in/with/county")
    client.get(partner.sign_in(away.headers["Location"]))
    assert not OutsideName.objects.exists()


def test_one_user_there_opens_one_account_here(account, partner, open_account):
    open_account(username="li.qiang", name="李强", at=timezone.now())
    _bind(_inside(), partner)
    other = _inside("li.qiang")
    _bind(other, partner)
    assert "已经绑定了另一个账号" in other.get("/my/sessions").content.decode()
    assert OutsideName.objects.count() == 1


def test_binding_the_same_user_again_changes_nothing(account, partner):
    client = _inside()
    _bind(client, partner)
    assert _bind(client, partner).headers["Location"] == "/my/sessions"
    assert OutsideName.objects.count() == 1


def test_who_has_a_second_factor_is_asked_for_it_unless_the_partner_proves_one(account, partner, settings):
    client = _inside()
    _bind(client, partner)
    client.post("/my/second-factor/offer", {"password": GOOD})
    code = code_at(Totp.objects.get(account=account).secret, step_of(timezone.now()))
    client.post("/my/second-factor/confirm", {"code": code})
    assert _come_in(Client(), partner).headers["Location"] == "/sign-in/second"
    settings.YIMEN_PARTNERS = [_told(partner, second_factor=True)]
    assert _come_in(Client(), partner).headers["Location"] == "/my/sessions"
    assert Session.objects.filter(second="outside").count() == 1


def test_what_is_unbound_opens_nothing_more(account, partner):
    client = _inside()
    _bind(client, partner)
    name = OutsideName.objects.get().public_id
    assert client.post(f"/my/outside/{name}/unbind", {"password": GOOD}).status_code == 302
    assert _come_in(Client(), partner).status_code == 422


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"issuer": "http://sso.example.cn"}, "https"),
        ({"secret": None}, "secret"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_partner_that_is_told_wrongly_is_refused_at_the_start(change, said):
    told = {"key": "a", "title": "甲", "issuer": "https://sso.example.cn", "client_id": "x", "secret": "y"}
    told = {name: value for name, value in (told | change).items() if value is not None}
    with pytest.raises(ValueError, match=said):
        read_partners([told])
