"""The second factor over HTTP: set up on a phone, asked at the door, never good twice, taken off by another hand."""

import re
from base64 import b32encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.apps.foundations.access.conftest import GOOD, STREET, TEST_ROLES
from yimen.foundations.access import api
from yimen.foundations.access.models import HalfSignIn, RecoveryCode, Session, SignIn, Totp
from yimen.foundations.access.rules.totp import code_at, matching_step, step_of
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.definitions.plugs import roles_in_force as shipped_roles
from yimen.kernel.refusals import NotAllowed

RFC_SECRET = b32encode(b"12345678901234567890").decode()


@pytest.fixture
def account(open_account):
    return open_account(at=timezone.now())


def _enter(client, password=GOOD, username="wang.fang", **more):
    return client.post("/sign-in", {"username": username, "password": password, **more})


def _code(account, steps=0):
    """The code of this half-minute or of another one."""
    return code_at(Totp.objects.get(account=account).secret, step_of(timezone.now()) + steps)


def _set_up(client, account):
    """Turn one-time codes on; answers the recovery codes as they were shown."""
    assert client.post("/my/second-factor/offer", {"password": GOOD}).status_code == 302
    shown = client.post("/my/second-factor/confirm", {"code": _code(account, -1)})
    assert shown.status_code == 200, shown.content.decode()
    return re.findall(r'<strong class="number">([\d ]+)</strong>', shown.content.decode())


@pytest.fixture
def armed(account):
    """An account with one-time codes; ``armed.codes`` are its recovery codes."""
    client = Client()
    assert _enter(client).status_code == 302
    account.codes = _set_up(client, account)
    account.inside = client
    return account


def test_codes_are_those_of_the_norm():
    """RFC 6238, appendix B, in six digits."""
    for seconds, code in (
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ):
        at = datetime.fromtimestamp(seconds, UTC)
        assert code_at(RFC_SECRET, step_of(at)) == code
        assert matching_step(RFC_SECRET, code, at=at, after=0) == step_of(at)
        assert matching_step(RFC_SECRET, code, at=at, after=step_of(at)) is None
        assert matching_step(RFC_SECRET, code, at=at + timedelta(seconds=90), after=0) is None


def test_a_phone_is_set_up_with_a_drawing_or_a_typed_secret(client, account):
    _enter(client)
    assert "还没有设置" in client.get("/my/sessions").content.decode()
    assert client.post("/my/second-factor/offer", {"password": "Wrong-password-1"}).status_code == 422
    client.post("/my/second-factor/offer", {"password": GOOD})
    page = client.get("/my/second-factor").content.decode()
    secret = Totp.objects.get(account=account).secret
    assert "<svg" in page and secret[:4] in page and secret not in page.replace(f'data-copy="{secret}"', "")
    assert client.post("/my/second-factor/confirm", {"code": "000000"}).status_code == 422
    assert Totp.objects.get(account=account).confirmed_at is None
    codes = client.post("/my/second-factor/confirm", {"code": _code(account)})
    assert len(set(re.findall(r"\d{5} \d{5}", codes.content.decode()))) == 10
    assert "no-store" in codes.headers["Cache-Control"]
    assert "已启用" in client.get("/my/second-factor").content.decode()
    assert client.get("/my/sessions").status_code == 200


def test_the_database_keeps_neither_secret_nor_recovery_codes(armed):
    secret = Totp.objects.get(account=armed).secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM access_totp")
        assert secret.encode() not in bytes(cursor.fetchone()[0])
    digits = [code.replace(" ", "") for code in armed.codes]
    assert len(digits) == 10
    assert not set(RecoveryCode.objects.values_list("code_hash", flat=True)) & set(digits)


def test_an_offered_secret_asks_for_nothing_until_it_is_confirmed(client, account):
    _enter(client)
    client.post("/my/second-factor/offer", {"password": GOOD})
    assert _enter(Client()).headers["Location"] == "/"


def test_a_secret_that_lay_about_is_not_taken_any_more(client, account):
    _enter(client)
    client.post("/my/second-factor/offer", {"password": GOOD})
    totp = Totp.objects.get(account=account)
    late = totp.offered_at + timedelta(minutes=11)
    by = api.actor_of(account.public_id, on=late.date())
    assert api.offered_totp(by=by, at=late) is None


def test_the_door_asks_for_the_code_after_the_password(armed):
    client = Client()
    answer = _enter(client, next="/my/sessions")
    assert answer.headers["Location"] == "/sign-in/second?next=%2Fmy%2Fsessions"
    assert client.get("/my/sessions").headers["Location"].startswith("/sign-in")
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'autocomplete="one-time-code"' in page and 'value="/my/sessions"' in page
    entered = client.post("/sign-in/second", {"code": _code(armed), "next": "/my/sessions"})
    assert entered.headers["Location"] == "/my/sessions"
    assert "口令加动态口令" in client.get("/my/sessions").content.decode()
    assert not HalfSignIn.objects.exists()
    assert SignIn.objects.order_by("-id")[0].outcome == "signed_in"


def test_the_code_may_be_typed_with_blanks_and_full_width(armed):
    client = Client()
    _enter(client)
    code = "".join(chr(ord(digit) + 0xFEE0) for digit in _code(armed))
    assert client.post("/sign-in/second", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302


def test_a_code_is_good_once_at_any_door(armed):
    code = _code(armed)
    for status in (302, 422):
        client = Client()
        _enter(client)
        assert client.post("/sign-in/second", {"code": code}).status_code == status
    # And a code older than the one that was taken is refused too, though its half-minute is still allowed for.
    assert client.post("/sign-in/second", {"code": _code(armed, -1)}).status_code == 422


def test_a_recovery_code_opens_once(armed):
    for status in (302, 422):
        client = Client()
        _enter(client)
        answer = client.post("/sign-in/second", {"code": armed.codes[0]})
        assert answer.status_code == status
    _enter(client)
    client.post("/sign-in/second", {"code": armed.codes[1]})
    page = client.get("/my/second-factor").content.decode()
    assert "还剩 8 个" in page


def test_wrong_codes_lock_like_wrong_passwords_and_a_right_password_clears_nothing(
    armed, settings, acting, system
):
    settings.YIMEN_SIGN_IN_FAILURES = 3
    for _ in range(3):
        client = Client()
        _enter(client)
        assert client.post("/sign-in/second", {"code": "000000"}).status_code == 422
    # The password opens the second step no more, and a step that stood open is shut.
    assert "次数过多" in _enter(Client()).content.decode()
    shut = client.post("/sign-in/second", {"code": _code(armed)})
    assert shut.status_code == 422 and "次数过多" in shut.content.decode()
    with acting(system):
        assert TrailRow.objects.filter(verb="access.account.second_step_tried").count() == 4


def test_a_half_open_door_closes_when_the_password_changes(armed, acting, system):
    client = Client()
    _enter(client)
    with acting(system):
        api.reset_password(by=system, at=timezone.now(), account=armed.public_id, password="Xiaying*1998west")
    answer = client.post("/sign-in/second", {"code": _code(armed)})
    assert answer.status_code == 422 and "从头再登录" in answer.content.decode()


def test_a_half_open_door_closes_after_minutes(armed, acting):
    client = Client()
    _enter(client)
    token = client.session["half_signed_in"]
    with acting(api.DOORKEEPER):
        late = timezone.now() + timedelta(minutes=6)
        assert api.pass_second_step(by=api.DOORKEEPER, at=late, token=token, code=_code(armed, 12)) is None


def test_the_second_step_without_a_first_leads_to_the_door(client, db):
    assert client.get("/sign-in/second").headers["Location"].startswith("/sign-in?")
    assert client.post("/sign-in/second", {"code": "123456"}).headers["Location"].startswith("/sign-in?")


def test_turning_it_on_ends_the_sessions_that_proved_nothing_more(client, account):
    elsewhere = Client()
    _enter(elsewhere)
    _enter(client)
    _set_up(client, account)
    assert client.get("/my/sessions").status_code == 200
    assert elsewhere.get("/my/sessions").headers["Location"].startswith("/sign-in")
    assert Session.objects.filter(ended_why="factor").count() == 1


def test_new_recovery_codes_void_the_old_ones(armed):
    assert armed.inside.post("/my/second-factor/codes", {"password": "Wrong-1"}).status_code == 422
    page = armed.inside.post("/my/second-factor/codes", {"password": GOOD}).content.decode()
    fresh = re.findall(r"\d{5} \d{5}", page)
    assert len(fresh) == 10 and not set(fresh) & set(armed.codes)
    client = Client()
    _enter(client)
    assert client.post("/sign-in/second", {"code": armed.codes[0]}).status_code == 422
    assert client.post("/sign-in/second", {"code": fresh[0]}).status_code == 302


def test_doing_without_it_wants_password_and_code(armed):
    address = "/my/second-factor/remove"
    assert armed.inside.post(address, {"password": "Wrong-1", "code": _code(armed)}).status_code == 422
    assert armed.inside.post(address, {"password": GOOD, "code": "000000"}).status_code == 422
    assert armed.inside.post(address, {"password": GOOD, "code": armed.codes[0]}).status_code == 302
    assert "开始设置" in armed.inside.get("/my/second-factor").content.decode()
    assert _enter(Client()).headers["Location"] == "/"


def _grant(account, role, acting, system):
    with acting(system):
        api.grant_role(
            by=system,
            at=timezone.now(),
            account=account.public_id,
            role=role,
            area=STREET,
            since=timezone.now().date() - timedelta(days=2),
        )


@pytest.fixture
def _clerks_need_one(monkeypatch, settings):
    settings.YIMEN_SECOND_FACTOR_WAIVED = False
    roles = TEST_ROLES | {"clerk": replace(TEST_ROLES["clerk"], second_factor=True)}
    monkeypatch.setattr("yimen.foundations.access.ports._source", lambda *, on: roles)


@pytest.mark.usefixtures("_clerks_need_one")
def test_a_role_may_ask_for_it_before_anything_else(client, account, acting, system):
    _grant(account, "clerk", acting, system)
    _enter(client)
    for path in ("/", "/my/sessions", "/office/accounts/"):
        assert client.get(path).headers["Location"] == "/my/second-factor"
    page = client.get("/my/second-factor").content.decode()
    assert "须有第二因素" in page
    codes = _set_up(client, account)
    assert client.get("/my/sessions").status_code == 200
    assert "最后一个不能停用" in client.get("/my/second-factor").content.decode()
    refused = client.post("/my/second-factor/remove", {"password": GOOD, "code": codes[0]})
    assert refused.status_code == 422 and Totp.objects.get(account=account).confirmed_at


def test_another_hand_takes_it_off_with_a_reason_and_never_ones_own(armed, granter, keeper, acting, system):
    at = timezone.now()
    with acting(keeper), pytest.raises(NotAllowed):
        api.reset_second_factor(by=keeper, at=at, account=armed.public_id, reason="手机遗失")
    guard = replace(granter, account=armed.public_id)
    with acting(guard), pytest.raises(api.OwnAccount):
        api.reset_second_factor(by=guard, at=at, account=armed.public_id, reason="手机遗失")
    with acting(granter):
        api.reset_second_factor(by=granter, at=at, account=armed.public_id, reason="手机遗失")
        with pytest.raises(api.NotSetUp):
            api.reset_second_factor(by=granter, at=at, account=armed.public_id, reason="手机遗失")
    assert armed.inside.get("/my/sessions").headers["Location"].startswith("/sign-in")
    assert not RecoveryCode.objects.exists()
    assert _enter(Client()).headers["Location"] == "/"
    with acting(system):
        [row] = TrailRow.objects.filter(verb="access.second_factor.reset")
    assert row.subject == armed.public_id


@pytest.mark.usefixtures("_clerks_need_one")
def test_on_a_try_out_installation_the_password_is_enough(client, account, acting, system, settings):
    settings.YIMEN_SECOND_FACTOR_WAIVED = True
    _grant(account, "clerk", acting, system)
    _enter(client)
    assert client.get("/my/sessions").status_code == 200


# Who reads medical notes, and whose computers are not the street's.
OUTSIDE = ("provider", "provider_doctor")
HEAVY = {"exports.ask", "exports.approve", "care.record"}


def test_shipped_posts_that_administer_export_or_read_medical_notes_need_one(db):
    known = shipped_roles(on=timezone.now().date())
    heavy = {key for key, role in known.items() if role.duties or role.permissions & HEAVY or key in OUTSIDE}
    assert {"administrator", "security_admin", "auditor", "section_chief", "doctor", "provider"} <= heavy
    assert {key for key, role in known.items() if role.second_factor} == heavy
