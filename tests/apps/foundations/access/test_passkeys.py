"""Passkeys over HTTP, with a device in software: made, used, and every lie about them refused."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.access.conftest import GOOD, STREET, TEST_ROLES
from tests.apps.foundations.access.device import Device
from yimen.foundations.access import api
from yimen.foundations.access.models import Passkey, PasskeyChallenge, RecoveryCode, Session, SignIn

OTHER = "li.qiang"


@pytest.fixture
def account(open_account):
    return open_account(at=timezone.now())


def _enter(client, username="wang.fang"):
    return client.post("/sign-in", {"username": username, "password": GOOD})


def _asked_for_new(client, password=GOOD):
    return client.post("/my/passkeys/offer", {"name": "手机", "password": password})


def _add(client, device, name="办公室电脑", **lies):
    asked = _asked_for_new(client).json()
    answer = device.make(asked, **lies)
    return client.post("/my/passkeys/add", {"name": name, "password": GOOD, "answer": answer})


def _at_door(client, device, **lies):
    asked = client.post("/sign-in/passkey/ask").json()
    return client.post("/sign-in/passkey", {"answer": device.sign(asked, **lies), "next": "/my/sessions"})


@pytest.fixture
def keyed(account):
    """An account with one passkey; ``keyed.device`` holds it, ``keyed.codes`` are the recovery codes."""
    client, account.device = Client(), Device()
    _enter(client)
    shown = _add(client, account.device)
    assert shown.status_code == 200, shown.content.decode()
    account.codes = re.findall(r"\d{5} \d{5}", shown.content.decode())
    account.inside = client
    return account


def test_a_key_is_made_named_and_shown(keyed):
    assert len(keyed.codes) == 10
    page = keyed.inside.get("/my/second-factor").content.decode()
    assert "办公室电脑" in page and "还没有用过" in page
    assert "1 个通行密钥" in keyed.inside.get("/my/sessions").content.decode()
    key = Passkey.objects.get()
    address = f"/my/passkeys/{key.public_id}/name"
    assert keyed.inside.post(address, {"name": "  "}).status_code == 422
    assert keyed.inside.post(address, {"name": "家里  电脑"}).status_code == 302
    assert "家里 电脑" in keyed.inside.get("/my/second-factor").content.decode()


def test_a_key_opens_without_a_password_and_counts_as_two_factors(keyed):
    client = Client()
    answer = _at_door(client, keyed.device)
    assert answer.headers["Location"] == "/my/sessions"
    assert "通行密钥" in client.get("/my/sessions").content.decode()
    assert Session.objects.filter(second="passkey", ended_at=None).count() == 2
    assert SignIn.objects.order_by("-id")[0].outcome == "signed_in"


def test_after_the_password_the_key_or_a_recovery_code_is_asked_for(keyed):
    client = Client()
    assert _enter(client).headers["Location"].startswith("/sign-in/second")
    asked = client.post("/sign-in/passkey/ask").json()
    [named] = asked["publicKey"]["allowCredentials"]
    assert named["id"] in keyed.device.keys
    entered = client.post("/sign-in/passkey", {"answer": keyed.device.sign(asked)})
    assert entered.status_code == 302
    other = Client()
    _enter(other)
    assert other.post("/sign-in/second", {"code": "123456"}).status_code == 422
    assert other.post("/sign-in/second", {"code": keyed.codes[0]}).status_code == 302


def test_at_the_door_nobody_is_told_whose_keys_there_are(keyed, client):
    asked = client.post("/sign-in/passkey/ask").json()["publicKey"]
    assert "allowCredentials" not in asked or not asked["allowCredentials"]
    assert asked["userVerification"] == "required"


def test_an_answer_is_good_once(keyed):
    client = Client()
    answer = keyed.device.sign(client.post("/sign-in/passkey/ask").json())
    assert client.post("/sign-in/passkey", {"answer": answer}).status_code == 302
    again = Client().post("/sign-in/passkey", {"answer": answer})
    assert again.status_code == 422 and "没有通过核对" in again.content.decode()
    assert not PasskeyChallenge.objects.filter(purpose="sign_in").exists()


def test_a_question_grows_old(keyed, client, acting):
    asked = client.post("/sign-in/passkey/ask").json()
    late = timezone.now() + timedelta(minutes=6)
    with_answer = json.loads(keyed.device.sign(asked))
    site = api.Site("testserver", "http://testserver")
    with acting(api.DOORKEEPER):
        told = api.sign_in_with_passkey(by=api.DOORKEEPER, at=late, answer=with_answer, site=site)
    assert not told.ok


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://yimen.example"},
        {"verifies": False},
        {"handle": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=["another site", "nobody made sure of the holder", "another account"],
)
def test_a_device_that_lies_does_not_open(keyed, client, lie):
    assert _at_door(client, replace(keyed.device, **lie)).status_code == 422
    assert SignIn.objects.order_by("-id")[0].outcome == "wrong_passkey"
    assert client.get("/my/sessions").status_code == 302


def test_a_signature_for_another_host_or_by_another_key_does_not_open(keyed, client):
    assert _at_door(client, keyed.device, host="yimen.example").status_code == 422
    stranger = Device()
    asked = client.post("/sign-in/passkey/ask").json()
    stranger.make({"publicKey": {**asked["publicKey"], "rp": {"id": "testserver"}, "user": {"id": ""}}})
    [secret] = stranger.keys.values()
    forged = Device(keys=dict.fromkeys(keyed.device.keys, secret), handle=keyed.device.handle)
    assert _at_door(client, forged).status_code == 422


def test_a_copy_of_a_key_is_found_out_by_its_counter(keyed, client):
    keyed.device.count = 5
    assert _at_door(client, keyed.device).status_code == 302
    keyed.device.count = 4
    assert _at_door(Client(), keyed.device).status_code == 422


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"response": {"clientDataJSON": "AA"}}',
        '{"response": 5}',
        "9" * 5_000,
        "[" * 19_000,
        "9" * 30_000,
    ],
)
def test_what_is_no_answer_is_told_so(keyed, client, answer):
    assert client.post("/sign-in/passkey", {"answer": answer}).status_code == 422
    added = keyed.inside.post("/my/passkeys/add", {"name": "手机", "password": GOOD, "answer": answer})
    assert added.status_code == 422
    assert Passkey.objects.count() == 1


def test_a_new_key_wants_the_password_and_its_own_question(client, account, open_account):
    _enter(client)
    refused = _asked_for_new(client, "Wrong-password-1")
    assert refused.status_code == 422 and "口令不对" in refused.json()["detail"]
    # A question that somebody else was asked is not answered for her.
    open_account(OTHER, "李强", at=timezone.now())
    stranger = Client()
    _enter(stranger, OTHER)
    asked = _asked_for_new(stranger).json()
    answer = Device().make(asked)
    assert (
        client.post("/my/passkeys/add", {"name": "手机", "password": GOOD, "answer": answer}).status_code
        == 422
    )
    assert _add(client, Device(origin="https://yimen.example")).status_code == 422
    assert _add(client, Device(verifies=False)).status_code == 422
    assert _add(client, Device(), host="yimen.example").status_code == 422
    assert not Passkey.objects.exists()


def test_the_keys_of_others_are_not_there(keyed, open_account):
    open_account(OTHER, "李强", at=timezone.now())
    stranger = Client()
    _enter(stranger, OTHER)
    key = Passkey.objects.get()
    for name in ("name", "remove"):
        address = f"/my/passkeys/{key.public_id}/{name}"
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"name": "我的", "password": GOOD}).status_code == 404


def test_removing_the_last_key_leaves_the_password_alone(keyed):
    key = Passkey.objects.get()
    address = f"/my/passkeys/{key.public_id}/remove"
    assert keyed.inside.post(address, {"password": "Wrong-password-1"}).status_code == 422
    assert keyed.inside.post(address, {"password": GOOD}).status_code == 302
    assert not RecoveryCode.objects.exists()
    assert _enter(Client()).headers["Location"] == "/"
    assert _at_door(Client(), keyed.device).status_code == 422


def test_a_role_that_asks_for_a_factor_keeps_the_last_one(keyed, acting, system, monkeypatch, settings):
    settings.YIMEN_SECOND_FACTOR_WAIVED = False
    roles = TEST_ROLES | {"clerk": replace(TEST_ROLES["clerk"], second_factor=True)}
    monkeypatch.setattr("yimen.foundations.access.ports._source", lambda *, on: roles)
    since = timezone.now().date() - timedelta(days=2)
    with acting(system):
        api.grant_role(
            by=system, at=timezone.now(), account=keyed.public_id, role="clerk", area=STREET, since=since
        )
    second = Device()
    assert _add(keyed.inside, second, "手机").status_code == 302
    first, other = Passkey.objects.order_by("made_at")
    assert keyed.inside.post(f"/my/passkeys/{first.public_id}/remove", {"password": GOOD}).status_code == 302
    refused = keyed.inside.post(f"/my/passkeys/{other.public_id}/remove", {"password": GOOD})
    assert refused.status_code == 422 and "最后一个不能停用" in refused.content.decode()
    assert _at_door(Client(), second).status_code == 302


def test_a_locked_name_still_opens_to_its_key_and_a_closed_account_does_not(keyed, settings, acting, system):
    settings.YIMEN_SIGN_IN_FAILURES = 3
    for _ in range(3):
        Client().post("/sign-in", {"username": "wang.fang", "password": "Wrong-password-1"})
    assert "次数过多" in _enter(Client()).content.decode()
    assert _at_door(Client(), keyed.device).status_code == 302
    with acting(system):
        api.close_account(by=system, at=timezone.now(), account=keyed.public_id, reason="离职")
    closed = _at_door(Client(), keyed.device)
    assert closed.status_code == 422 and "已停用" in closed.content.decode()


def test_a_reset_takes_keys_off_too(keyed, granter, acting):
    with acting(granter):
        api.reset_second_factor(by=granter, at=timezone.now(), account=keyed.public_id, reason="手机遗失")
    assert not Passkey.objects.exists() and not PasskeyChallenge.objects.exists()
    assert _enter(Client()).headers["Location"] == "/"


def test_one_address_gets_so_many_questions_and_no_more(keyed, client, settings):
    settings.YIMEN_PASSKEY_QUESTIONS = 3
    assert [client.post("/sign-in/passkey/ask").status_code for _ in range(3)] == [200] * 3
    refused = client.post("/sign-in/passkey/ask")
    assert refused.status_code == 429 and "太频繁" in refused.json()["detail"]
    assert PasskeyChallenge.objects.filter(purpose="sign_in").count() == 3
    # Another hall is not kept waiting, and neither is a password from here.
    assert client.post("/sign-in/passkey/ask", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert _enter(Client()).status_code == 302


def test_an_address_that_sends_wrong_passkeys_is_locked_for_passkeys_alone(keyed, settings):
    settings.YIMEN_SIGN_IN_ADDRESS_FAILURES = 3
    for _ in range(3):
        assert _at_door(Client(), keyed.device, host="elsewhere.example").status_code == 422
    assert Client().post("/sign-in/passkey/ask").status_code == 429
    locked = Client().post("/sign-in/passkey", {"answer": "{}"})
    assert locked.status_code == 422
    assert SignIn.objects.order_by("-id")[0].outcome == "locked"
    assert _enter(Client()).headers["Location"].startswith("/sign-in/second")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert _at_door(elsewhere, keyed.device).status_code == 302
