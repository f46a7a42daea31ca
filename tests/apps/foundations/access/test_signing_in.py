"""At the door: who comes in, who is kept out, and that every attempt is on record."""

from datetime import timedelta

import pytest

from config import settings as product_settings
from yimen.foundations.access import api
from yimen.foundations.access.choices import SignInOutcome
from yimen.foundations.access.models import Session, SignIn
from yimen.foundations.access.queries import signed_in
from yimen.foundations.audit.models import TrailRow

GOOD = "Panhuo-2026-east"
BETTER = "Xiaying*1998west"


@pytest.fixture
def attempt(now, acting):
    """``attempt("wang.fang", "…", minutes=3)``: one attempt, that many minutes from now."""

    def make(username, password, *, minutes=0.0, address="10.0.0.8"):
        at = now + timedelta(minutes=minutes)
        with acting(api.DOORKEEPER):
            return api.sign_in(
                by=api.DOORKEEPER,
                at=at,
                username=username,
                password=password,
                address=address,
                agent="Firefox/140",
            )

    return make


def test_the_right_password_opens_a_session(account, attempt, now):
    answer = attempt("wang.fang", GOOD)
    assert answer.ok
    assert answer.account == account.public_id
    assert signed_in(answer.token, at=now).actor.account == account.public_id


def test_a_login_name_is_found_however_the_input_method_wrote_it(account, attempt):
    assert attempt(" Ｗａｎｇ．Fang", GOOD).ok


def test_a_password_is_kept_as_the_product_is_set_to_keep_it(settings, request):
    settings.PASSWORD_HASHERS = product_settings.PASSWORD_HASHERS
    account = request.getfixturevalue("account")
    assert account.password.startswith("argon2$argon2id$")


def test_the_database_keeps_no_token_and_no_password(account, attempt):
    token = attempt("wang.fang", GOOD).token
    session = Session.objects.get()
    account.refresh_from_db()
    assert token not in (session.token_digest, str(session.public_id))
    assert GOOD not in account.password


def test_a_failed_attempt_stays_on_record_with_its_trail(account, attempt, acting, system):
    answer = attempt("wang.fang", "wrong")
    assert answer.outcome == SignInOutcome.WRONG_PASSWORD
    kept = SignIn.objects.get()
    assert (kept.outcome, kept.account, kept.address) == ("wrong_password", account, "10.0.0.8")
    with acting(system):
        assert (
            TrailRow.objects.filter(verb="access.account.signed_in", subject=account.public_id).count() == 1
        )


def test_an_unknown_name_is_answered_like_a_wrong_password_and_is_not_kept_in_clear(account, attempt):
    unknown, wrong = attempt("Secret-typed-here-1", "x"), attempt("wang.fang", "x")
    assert unknown.sentence == wrong.sentence == "登录名或口令不对。"
    assert "Secret" not in str(SignIn.objects.filter(account=None).values().get())


def test_an_unknown_name_costs_a_password_hash_too(db, attempt, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "yimen.foundations.access.operations.signing_in.make_password",
        lambda password: hashed.append(password),
    )
    attempt("nobody", "x")
    assert hashed == ["x"]


def test_five_failures_in_a_row_lock_the_account_for_half_an_hour(account, attempt):
    for minute in range(5):
        assert attempt("wang.fang", "wrong", minutes=minute).outcome == SignInOutcome.WRONG_PASSWORD
    locked = attempt("wang.fang", GOOD, minutes=33.9)
    assert locked.outcome == SignInOutcome.LOCKED
    assert "10:34" in locked.sentence
    assert attempt("wang.fang", GOOD, minutes=34).ok


def test_a_change_of_the_index_key_lifts_no_lock(account, attempt, settings):
    settings.YIMEN_INDEX_KEYS = {1: "11" * 32}
    for minute in range(5):
        attempt("wang.fang", "wrong", minutes=minute)
    settings.YIMEN_INDEX_KEYS = {2: "aes:" + "22" * 32, 1: "11" * 32}
    assert attempt("wang.fang", GOOD, minutes=10).outcome == SignInOutcome.LOCKED


def test_after_a_lock_the_next_failure_locks_at_once_and_a_success_clears_all(account, attempt):
    for minute in range(5):
        attempt("wang.fang", "wrong", minutes=minute)
    assert attempt("wang.fang", "wrong", minutes=40).outcome == SignInOutcome.WRONG_PASSWORD
    assert attempt("wang.fang", GOOD, minutes=41).outcome == SignInOutcome.LOCKED
    assert attempt("wang.fang", GOOD, minutes=71).ok
    assert attempt("wang.fang", "wrong", minutes=72).outcome == SignInOutcome.WRONG_PASSWORD
    assert attempt("wang.fang", GOOD, minutes=73).ok


def test_an_unknown_name_locks_like_a_known_one(db, attempt):
    outcomes = [attempt("nobody", "x").outcome for _ in range(6)]
    assert outcomes == [SignInOutcome.UNKNOWN_NAME] * 5 + [SignInOutcome.LOCKED]


def test_a_guesser_who_tries_many_names_from_one_address_is_locked_out(account, attempt, settings):
    settings.YIMEN_SIGN_IN_ADDRESS_FAILURES = 7
    for number in range(7):
        attempt(f"guess{number}", "x")
    assert attempt("wang.fang", GOOD).outcome == SignInOutcome.LOCKED
    assert attempt("wang.fang", GOOD, address="10.0.0.9").ok


def test_an_administrator_lifts_the_lock(account, attempt, keeper, acting, now):
    for _ in range(5):
        attempt("wang.fang", "wrong")
    with acting(keeper):
        api.unlock_account(by=keeper, at=now, account=account.public_id)
    assert attempt("wang.fang", GOOD, minutes=1).ok


def test_a_closed_account_is_told_so_only_with_its_right_password(account, attempt, keeper, acting, now):
    inside = attempt("wang.fang", GOOD)
    with acting(keeper):
        api.close_account(by=keeper, at=now, account=account.public_id, reason="调离")
    assert signed_in(inside.token, at=now) is None
    assert attempt("wang.fang", "wrong").outcome == SignInOutcome.WRONG_PASSWORD
    assert attempt("wang.fang", GOOD).outcome == SignInOutcome.CLOSED


def test_a_session_ends_after_half_an_hour_without_use(account, attempt, now):
    token = attempt("wang.fang", GOOD).token
    assert signed_in(token, at=now + timedelta(minutes=29))
    assert signed_in(token, at=now + timedelta(minutes=30)) is None


def test_the_oldest_session_ends_when_there_are_too_many(account, attempt, now, settings):
    settings.YIMEN_SESSION_MAX = 2
    tokens = [attempt("wang.fang", GOOD, minutes=minute).token for minute in range(3)]
    at = now + timedelta(minutes=3)
    assert [signed_in(token, at=at) is not None for token in tokens] == [False, True, True]
    assert Session.objects.get(ended_why="replaced").since_at == now


def test_a_password_that_is_too_old_must_be_changed(account, attempt, settings):
    assert not attempt("wang.fang", GOOD).must_change
    settings.YIMEN_PASSWORD_DAYS = 90
    assert attempt("wang.fang", GOOD, minutes=90 * 24 * 60).must_change


def test_one_ends_only_ones_own_sessions(account, open_account, attempt, now, today, acting):
    attempt("wang.fang", GOOD)
    other = open_account("li.qiang", "李强")
    intruder = api.actor_of(other.public_id, on=today)
    with acting(intruder), pytest.raises(Exception, match="没有找到"):
        api.end_session(by=intruder, at=now, session=Session.objects.get().public_id)
    owner = api.actor_of(account.public_id, on=today)
    with acting(owner):
        api.end_session(by=owner, at=now, session=Session.objects.get().public_id)
    assert Session.objects.get().ended_why == "ended"


def test_changing_the_password_ends_the_other_sessions_and_forbids_old_passwords(
    account, attempt, now, today, acting
):
    here, elsewhere = attempt("wang.fang", GOOD), attempt("wang.fang", GOOD)
    me = api.actor_of(account.public_id, on=today)
    this = Session.objects.earliest("id").public_id

    def change(old, new):
        with acting(me):
            return [
                finding.code for finding in api.change_password(by=me, at=now, old=old, new=new, session=this)
            ]

    assert change("wrong", BETTER) == ["access.wrong_password"]
    assert change(GOOD, "Wangfang1") == ["access.password.length"]
    assert change(GOOD, GOOD) == ["access.password.used"]
    assert change(GOOD, BETTER) == []
    assert signed_in(here.token, at=now)
    assert signed_in(elsewhere.token, at=now) is None
    assert change(BETTER, GOOD) == ["access.password.used"]
    assert attempt("wang.fang", BETTER).ok


def test_guessing_the_old_password_locks_as_well(account, now, today, acting):
    me = api.actor_of(account.public_id, on=today)
    with acting(me):
        for _ in range(5):
            api.change_password(by=me, at=now, old="wrong", new=BETTER)
        (finding,) = api.change_password(by=me, at=now, old=GOOD, new=BETTER)
    assert finding.code == "access.locked"
    assert "请于 10:30 后再试" in finding.sentence


def test_a_reset_password_must_be_changed_and_ends_all_sessions(account, attempt, keeper, acting, now):
    token = attempt("wang.fang", GOOD).token
    with acting(keeper):
        api.reset_password(by=keeper, at=now, account=account.public_id, password=BETTER)
    assert signed_in(token, at=now) is None
    assert attempt("wang.fang", BETTER).must_change


def test_the_log_of_attempts_is_seen_by_its_owner_and_by_the_security_side_of_its_area(
    account, attempt, granter, keeper, today, acting
):
    attempt("wang.fang", "wrong")
    me = api.actor_of(account.public_id, on=today)
    with acting(me):
        assert api.sign_ins(by=me, account=account.public_id).count() == 1
    with acting(granter):
        assert api.sign_ins(by=granter).count() == 1
    with acting(keeper), pytest.raises(Exception, match="权限"):
        api.sign_ins(by=keeper)
