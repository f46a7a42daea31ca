"""Accounts through HTTP: what each duty may do, the slip shown once, and nothing of the other street."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.doors.office.cast import CANARY, HERE, PASSWORD, THERE, real_today, sign_in
from yimen.foundations.access import api as access
from yimen.foundations.access.rules.totp import code_at, step_of
from yimen.registers.organisations import api as organisations

pytestmark = pytest.mark.django_db


def _file(client, account):
    return client.get(f"/office/accounts/{account.public_id}/").content.decode()


def test_the_list_shows_posts_roles_and_locks(enter, open_account, post, system, now):
    wang = open_account("wang.min", "王敏")
    organisations.appoint(by=system, at=now, post=post, account=wang.public_id, since=now.date())
    open_account("li.si", "李四", must_change=True)
    client = enter("administrator")
    for _ in range(5):
        access.sign_in(by=access.DOORKEEPER, at=timezone.now(), username="li.si", password="wrong")
    page = client.get("/office/accounts/").content.decode()
    for words in ("王敏", "潘火街道办 民政干事", "科室人员", "李四", "已锁定"):
        assert words in page
    assert "王敏" not in client.get("/office/accounts/?active=False").content.decode()


def test_an_account_is_opened_and_its_first_password_is_shown_once(enter):
    client = enter("administrator")
    typed = {"name": "赵敏", "username": "zhao.min", "kind": "staff", "area": HERE}
    slip = client.post("/office/accounts/new", typed)
    assert slip.status_code == 200
    assert "no-store" in slip.headers["Cache-Control"]
    password = re.search(
        r"<strong class=\"number\">([\w]{4}-[\w]{4}-[\w]{4})</strong>", slip.content.decode()
    )[1]
    made = access.accounts(by=access.actor_of(client.account.public_id, on=real_today())).get(
        username="zhao.min"
    )
    assert password not in _file(client, made)
    again = client.post("/office/accounts/new", typed)
    assert again.status_code == 422
    assert "已被使用" in again.content.decode()
    entered = sign_in(made, password)
    assert entered.get("/").headers["Location"] == "/password"


def test_a_reset_password_works_and_the_old_one_does_not(enter, open_account):
    wang = open_account("wang.min", "王敏")
    client = enter("administrator")
    slip = client.post(f"/office/accounts/{wang.public_id}/reset").content.decode()
    password = re.search(r"([\w]{4}-[\w]{4}-[\w]{4})</strong>", slip)[1]
    sign_in(wang, password)
    with pytest.raises(AssertionError):
        sign_in(wang, PASSWORD)


def test_closing_ends_the_sessions_and_wants_a_reason(enter, open_account):
    wang = open_account("wang.min", "王敏", role="window_clerk")
    working = sign_in(wang)
    client = enter("administrator")
    address = f"/office/accounts/{wang.public_id}/close"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "离职"}).status_code == 302
    assert "停用" in _file(client, wang)
    assert working.get("/").headers["Location"].startswith("/sign-in")
    assert client.post(f"/office/accounts/{wang.public_id}/reopen", {"reason": "返聘"}).status_code == 302
    sign_in(wang)


def test_ending_sessions_puts_a_colleague_out_everywhere(enter, open_account):
    wang = open_account("wang.min", "王敏", role="window_clerk")
    working = sign_in(wang)
    client = enter("administrator")
    client.post(f"/office/accounts/{wang.public_id}/end-sessions", {"reason": "手机遗失"})
    assert working.get("/").headers["Location"].startswith("/sign-in")


def test_the_three_duties_are_in_three_hands_and_each_button_says_why(enter, open_account):
    wang = open_account("wang.min", "王敏")
    administrator, security, auditor = enter("administrator"), enter("security_admin"), enter("auditor")
    page = _file(administrator, wang)
    assert "由安全管理员办理（三权分立）" in page and f"/office/accounts/{wang.public_id}/close" in page
    assert "由安全管理员和审计管理员查看" in page
    page = _file(security, wang)
    assert "由系统管理员办理（三权分立）" in page and f"/office/accounts/{wang.public_id}/appoint" in page
    page = _file(auditor, wang)
    assert "由系统管理员办理" in page and "由安全管理员办理" in page
    for client, name in (
        (security, "reset"),
        (auditor, "close"),
        (administrator, "grant"),
        (auditor, "appoint"),
    ):
        answer = client.post(f"/office/accounts/{wang.public_id}/{name}", {"reason": "试试"})
        assert answer.status_code == 403, name
    assert "自己的账号请另一位管理员办理" in _file(administrator, administrator.account)
    assert "不能给自己授权" in _file(security, security.account)


def test_an_appointment_brings_the_role_and_its_end_takes_it_back(enter, open_account, post):
    wang = open_account("wang.min", "王敏")
    client = enter("security_admin")
    typed = {"post": str(post.public_id), "since": real_today().isoformat()}
    assert client.post(f"/office/accounts/{wang.public_id}/appoint", typed).status_code == 302
    page = _file(client, wang)
    assert "民政干事" in page and "随“潘火街道办 民政干事”岗位" in page
    refused = client.post(f"/office/accounts/{wang.public_id}/appoint", typed)
    assert refused.status_code == 422 and "已担任" in refused.content.decode()
    [holder] = organisations.posts_of(wang.public_id, on=real_today() + timedelta(days=1))
    address = f"/office/appointments/{wang.public_id}/{holder.appointment}/end"
    assert client.post(address).status_code == 302
    assert "还没有任命岗位" in _file(client, wang)
    assert list(access.grants_of(wang.public_id, on=real_today())) == []


def test_a_role_is_granted_and_revoked_and_separate_duties_are_refused(enter, open_account):
    wang = open_account("wang.min", "王敏")
    client = enter("security_admin")
    address = f"/office/accounts/{wang.public_id}/grant"
    today = real_today().isoformat()
    assert client.post(address, {"role": "auditor", "area": HERE, "since": today}).status_code == 302
    refused = client.post(address, {"role": "administrator", "area": HERE, "since": today})
    assert refused.status_code == 422 and "三权分立" in refused.content.decode()
    [grant] = access.grants_of(wang.public_id)
    assert client.post(f"/office/grants/{wang.public_id}/{grant.public_id}/revoke").status_code == 302
    assert "已收回" in _file(client, wang)


def test_a_role_cannot_be_granted_in_the_other_street(enter, open_account, streets):
    wang = open_account("wang.min", "王敏")
    client = enter("security_admin")
    address = f"/office/accounts/{wang.public_id}/grant"
    page = client.get(address).content.decode()
    assert "潘火街道" in page and CANARY not in page
    refused = client.post(address, {"role": "auditor", "area": THERE, "since": "2030-01-01"})
    assert refused.status_code == 422
    assert list(access.grants_of(wang.public_id)) == []


@pytest.mark.parametrize("role", ["administrator", "security_admin", "auditor"])
def test_nothing_of_the_other_streets_accounts_is_seen_or_done(enter, open_account, other_street, role):
    client = enter(role)
    # An account in sight that also holds a role there: the role there is not told.
    wang = open_account("wang.min", "王敏", role="window_clerk", grant_area=THERE)
    for address in ("/office/accounts/", "/office/accounts/?name=钱", "/office/accounts/?export=xlsx"):
        assert CANARY not in _text(client.get(address)), address
    page = _file(client, wang)
    assert CANARY not in page and "还有 1 项授权记录" in page
    base = f"/office/accounts/{other_street.public_id}/"
    assert client.get(base).status_code == 404
    for name in ("reset", "unlock", "close", "reopen", "end-sessions", "appoint", "grant"):
        answer = client.post(base + name, {"reason": "试试"})
        assert answer.status_code in (403, 404), name
        assert CANARY not in answer.content.decode()


def _text(answer) -> str:
    if "spreadsheet" not in answer.headers["Content-Type"]:
        return answer.content.decode()
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(answer.content)).active
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_list_takes_the_same_queries_for_many(enter, open_account, count_queries):
    client = enter("administrator")
    client.get("/office/accounts/")
    with count_queries() as few:
        client.get("/office/accounts/")
    for number in range(20):
        open_account(f"many.{number}", "众人", role="window_clerk")
    with count_queries() as many:
        client.get("/office/accounts/")
    assert len(many) == len(few)
    assert len(many) <= 16


def test_staff_without_the_permission_is_refused(enter):
    client = enter("window_clerk")
    for address in ("/office/", "/office/accounts/", "/office/trail/", "/office/jobs/"):
        assert client.get(address).status_code == 403, address


def _set_up_phone(account):
    client = sign_in(account)
    client.post("/my/second-factor/offer", {"password": PASSWORD})
    secret = re.search(r'data-copy="([A-Z2-7 ]+)"', client.get("/my/second-factor").content.decode())[1]
    code = code_at(secret.replace(" ", ""), step_of(timezone.now()))
    assert "恢复码" in client.post("/my/second-factor/confirm", {"code": code}).content.decode()
    return client


def test_a_lost_phone_is_reset_by_the_security_administrator_of_the_street_only(enter, open_account):
    wang = open_account("wang.min", "王敏", role="window_clerk")
    working = _set_up_phone(wang)
    administrator, security, far = (
        enter("administrator"),
        enter("security_admin"),
        enter("security_admin", THERE),
    )
    assert "动态口令" in administrator.get("/office/accounts/").content.decode()
    assert "恢复码剩 10 个" in _file(administrator, wang)
    address = f"/office/accounts/{wang.public_id}/reset-factor"
    assert administrator.post(address, {"reason": "手机遗失"}).status_code == 403
    assert far.get(address).status_code == far.post(address, {"reason": "手机遗失"}).status_code == 404
    assert security.post(address, {"reason": ""}).status_code == 422
    assert working.get("/my/sessions").status_code == 200
    assert security.post(address, {"reason": "手机遗失"}).status_code == 302
    assert working.get("/my/sessions").headers["Location"].startswith("/sign-in")
    assert "没有设置" in _file(security, wang)
    sign_in(wang)
    own = f"/office/accounts/{security.account.public_id}/reset-factor"
    assert "自己的账号请另一位" in _file(security, security.account)
    assert security.post(own, {"reason": "手机遗失"}).status_code == 422


def test_one_session_of_a_colleague_is_ended_with_a_reason(enter, open_account):
    wang = open_account("wang.min", "王敏", role="window_clerk")
    at_home, at_work = sign_in(wang), sign_in(wang)
    administrator, far = enter("administrator"), enter("administrator", THERE)
    address = re.search(
        rf"/office/accounts/{wang.public_id}/sessions/[0-9a-f-]+/end", _file(administrator, wang)
    )[0]
    assert "/sessions/" not in _file(enter("auditor"), wang)
    assert far.get(address).status_code == far.post(address, {"reason": "误登"}).status_code == 404
    assert administrator.post(address, {"reason": ""}).status_code == 422
    assert administrator.post(address, {"reason": "家里没有退出"}).status_code == 302
    assert sorted([at_home.get("/my/sessions").status_code, at_work.get("/my/sessions").status_code]) == [
        200,
        302,
    ]


def test_the_three_duties_and_their_holders_stand_on_one_page(enter, open_account):
    administrator = enter("administrator")
    page = administrator.get("/office/accounts/duties").content.decode()
    assert "现在没有安全管理员" in page and "现在没有审计管理员" in page
    security = enter("security_admin")
    open_account("ai.shen", "艾审", role="auditor")
    open_account("far.away", f"远{CANARY}", role="auditor", area=THERE)
    page = security.get("/office/accounts/duties").content.decode()
    assert "三员都有人担任" in page and "艾审" in page and CANARY not in page
    assert enter("window_clerk").get("/office/accounts/duties").status_code == 403
    assert "三员分立" in administrator.get("/office/accounts/").content.decode()


def test_nobody_gets_a_second_duty(enter, open_account):
    security, wang = enter("security_admin"), open_account("wang.min", "王敏", role="administrator")
    typed = {"role": "special_auditor", "area": HERE, "since": real_today().isoformat()}
    refused = security.post(f"/office/accounts/{wang.public_id}/grant", typed)
    assert refused.status_code == 422
    assert "审计管理员、系统管理员须由不同的人担任" in refused.content.decode()


def test_a_deputy_is_named_for_a_sick_colleague_and_shown_on_both_accounts(enter, open_account):
    wang = open_account("wang.min", "王敏", role="window_clerk")
    li = open_account("li.si", "李四", role="community_worker")
    far = open_account("far.away", f"远{CANARY}", role="community_worker", area=THERE)
    security, administrator = enter("security_admin"), enter("administrator")
    address = f"/office/accounts/{wang.public_id}/deputy"
    page = security.get(address).content.decode()
    assert "李四" in page and CANARY not in page
    [grant] = access.grants_of(wang.public_id)
    typed = {
        "grant": str(grant.public_id),
        "deputy": str(li.public_id),
        "since": real_today().isoformat(),
        "last": (real_today() + timedelta(days=2)).isoformat(),
        "reason": "突然住院",
    }
    assert administrator.post(address, typed).status_code == 403
    assert enter("security_admin", THERE).post(address, typed).status_code == 404
    assert security.post(address, typed | {"deputy": str(far.public_id)}).status_code == 422
    assert security.post(address, typed).status_code == 302
    assert "临时代理王敏：突然住院" in _file(security, li)
    assert "由谁临时代理" in _file(security, wang) and "李四" in _file(security, wang)
    # A system administrator lends her duty to nobody.
    assert security.get(f"/office/accounts/{administrator.account.public_id}/deputy").status_code == 200
    assert access.deputisable(administrator.account.public_id, on=real_today()) == []
    # The trail tells of it in words.
    trail = enter("auditor").get("/office/trail/").content.decode()
    assert "指定临时代理" in trail
