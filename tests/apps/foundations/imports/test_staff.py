"""Colleagues come in by two sheets: their accounts, without any password, and their roles; each by whose duty it is."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.apps.foundations.imports.sheets import xlsx
from tests.apps.work.desk.conftest import HOME, OTHER_STREET, STREET
from yimen.foundations.access import api as access
from yimen.foundations.access.models import Account, Grant, OldPassword
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.clock import day_of

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "登录名", "区域", "角色", "起始日期", "联系电话"]
WORD = "Panhuo-2026-east"
OWN = "Donghu-2027-river"


@pytest.fixture
def security(enter, acting, system):
    at = timezone.now() - timedelta(hours=1)
    with acting(system, on=day_of(at)):
        made = access.create_account(
            by=system,
            at=at,
            username="security",
            name="安全员",
            password=WORD,
            area=STREET,
            must_change=False,
        )
        access.grant_role(
            by=system, at=at, account=made.public_id, role="security_admin", area=STREET, since=day_of(at)
        )
    return made


def sheet(*rows):
    return xlsx(("职工", [HEAD, *rows]))


STAFF = (
    ["王敏", "wang.min", "东莺社区", "社工", "2026-01-05", "13800000001"],
    ["李 强", "Li.Qiang", "", "窗口人员", "", "13800000002"],
)


def opened(here, *rows, way="all"):
    page = here.batch(sheet(*rows), kind="office.accounts", area=STREET)
    here.write(page, way)
    return page


def slips(here):
    waiting = here.text("/office/accounts/slips")
    chosen = re.findall(r'name="account" value="([0-9a-f-]+)"', waiting)
    answer = here.browser.post("/office/accounts/slips", {"account": chosen})
    assert answer.status_code == 200
    return dict(
        re.findall(
            r'登录名.*?<strong class="number">(.*?)</strong>.*?首次口令.*?<strong class="number">(.*?)</strong>',
            answer.content.decode(),
            re.DOTALL,
        )
    )


def enters(browser, username, password):
    browser.post("/sign-out")
    with act_as(access.DOORKEEPER, on=day_of(timezone.now())):
        return browser.post("/sign-in", {"username": username, "password": password})


def test_accounts_come_in_without_a_password_and_open_with_a_slip_that_is_shown_once(desk):
    here = desk("admin")
    page = opened(here, *STAFF)
    text = here.text(page)
    assert "已导入 2 个账号" in text and "有 2 个新账号还没有首次口令" in text
    made = {one.username: one for one in Account.objects.filter(username__in=["wang.min", "li.qiang"])}
    assert (made["wang.min"].name, made["wang.min"].area) == ("王敏", HOME)
    assert (made["li.qiang"].name, made["li.qiang"].area) == ("李强", STREET)
    assert all(one.must_change and one.password.startswith("!") for one in made.values())
    assert not Grant.objects.filter(account__in=made.values()).exists()
    words = slips(here)
    assert set(words) == {"wang.min", "li.qiang"}
    assert "没有账号在等口令条" in here.text("/office/accounts/slips")
    assert not OldPassword.objects.filter(account__in=made.values()).exists()
    answer = enters(here.browser, "wang.min", words["wang.min"])
    assert answer.status_code == 302 and answer.url.endswith("password")
    assert here.browser.get("/").status_code == 302


def test_a_first_password_that_nobody_used_in_time_is_worth_nothing_and_another_is_given(desk):
    here = desk("admin")
    opened(here, *STAFF)
    with override_settings(YIMEN_FIRST_PASSWORD_DAYS=0):
        words = slips(here)
    answer = enters(here.browser, "wang.min", words["wang.min"])
    assert "首次口令已过期" in answer.content.decode()
    here = desk("admin")
    again = slips(here)
    assert set(again) == {"wang.min", "li.qiang"}
    assert enters(here.browser, "wang.min", words["wang.min"]).status_code != 302
    assert enters(here.browser, "wang.min", again["wang.min"]).status_code == 302


def test_an_account_that_exists_is_told_and_not_doubled(desk):
    here = desk("admin")
    opened(here, STAFF[0])
    page = here.batch(
        sheet(
            STAFF[0],
            STAFF[1],
            ["赵一", "li.qiang", "", "", "", ""],
            ["钱二", "a b", "", "", "", ""],
            ["孙三", "sun.san", "天边社区", "", "", ""],
            ["周四", "farhead", "", "", "", ""],
        ),
        kind="office.accounts",
        area=STREET,
    )
    text = here.text(page)
    assert "1 行合格，5 行要改" in text
    for sentence in (
        "已有这个登录名的账号（王敏）",
        "的登录名相同",
        "登录名应为 2 至 40 个字符",
        "没有这个区域",
        "已有这个登录名的账号，没有再开",
    ):
        assert sentence in text
    assert "farhead员" not in text
    here.write(page, "good")
    assert Account.objects.filter(username="wang.min").count() == 1
    assert Account.objects.filter(username="li.qiang").count() == 1


def test_undo_ends_the_accounts_that_nobody_has_used(desk, security):
    here = desk("admin")
    page = opened(here, *STAFF, ["钱二", "qian.er", "", "", "", ""])
    words = slips(here)
    enters(here.browser, "wang.min", words["wang.min"])
    guard = desk("security")
    roles = guard.batch(sheet(STAFF[1]), kind="office.roles", area=STREET)
    guard.write(roles)
    here = desk("admin")
    here.post(f"{page}undo/")
    run_pending_jobs()
    text = here.text(page)
    assert "留下 2 个账号" in text and "已经登录过" in text and "已经授予角色" in text
    active = dict(
        Account.objects.filter(username__in=["wang.min", "li.qiang", "qian.er"]).values_list(
            "username", "is_active"
        )
    )
    assert active == {"wang.min": True, "li.qiang": True, "qian.er": False}


def test_roles_come_in_by_the_security_administrator_from_the_same_sheet(desk, security):
    opened(desk("admin"), *STAFF)
    here = desk("security")
    page = here.batch(
        sheet(
            *STAFF,
            ["王敏", "wang.min", "东莺社区", "审计管理员", "", ""],
            ["王敏", "wang.min", "", "没有的角色", "", ""],
            ["别人", "wang.min", "", "窗口人员", "", ""],
            ["安全员", "security", "", "窗口人员", "", ""],
            ["谁", "nobody", "", "窗口人员", "", ""],
            ["admin员", "admin", "", "审计管理员", "", ""],
        ),
        kind="office.roles",
        area=STREET,
    )
    text = here.text(page)
    assert "3 行合格，5 行要改" in text
    for sentence in (
        "没有这个角色",
        "这个登录名是王敏的账号",
        "不能给自己授予角色",
        "没有这个登录名的账号",
        "须由不同的人担任",
    ):
        assert sentence in text
    here.write(page, "good")
    held = set(
        Grant.objects.filter(account__username__in=["wang.min", "li.qiang"]).values_list(
            "account__username", "role", "area"
        )
    )
    assert held == {
        ("wang.min", "community_worker", HOME),
        ("wang.min", "auditor", HOME),
        ("li.qiang", "window_clerk", STREET),
    }
    again = here.batch(sheet(STAFF[1]), kind="office.roles", area=STREET)
    assert "已有这个角色，没有重复授予" in here.text(again)
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert "全部撤回" in here.text(page)
    assert not Grant.objects.in_force(day_of(timezone.now())).filter(account__username="wang.min").exists()


def test_each_sheet_is_for_whose_duty_it_is(desk, security):
    told = {"area": STREET, "request_key": str(uuid4())}
    for username, hers, not_hers in (
        ("admin", "office.accounts", "office.roles"),
        ("security", "office.roles", "office.accounts"),
    ):
        here = desk(username)
        offered = here.text("/imports/new/")
        assert hers in offered and not_hers not in offered
        assert here.send(sheet(*STAFF), kind=not_hers, area=STREET).status_code == 422
    assert desk("window").browser.get("/office/accounts/slips").status_code == 403
    assert desk("security").browser.post("/office/accounts/slips", told).status_code == 403


def test_whoever_brings_accounts_in_opens_no_list_of_residents(desk):
    page = desk("head").batch(xlsx(("名册", [["姓名"], ["王一"]])))
    here = desk("admin")
    assert here.browser.get(page).status_code == 404
    assert page not in here.text("/imports/")
    accounts = opened(here, *STAFF)
    assert desk("head").browser.get(accounts).status_code == 404


def test_accounts_of_another_street_are_neither_opened_nor_told(desk, acting, system):
    here = desk("admin")
    assert here.send(sheet(*STAFF), kind="office.accounts", area=OTHER_STREET).status_code == 422
    with acting(system):
        far = access.create_account(
            by=system, at=timezone.now(), username="far.one", name="远方", area=OTHER_STREET
        )
    assert "far.one" not in here.text("/office/accounts/slips")
    answer = here.browser.post("/office/accounts/slips", {"account": [str(far.public_id)]})
    assert answer.status_code in (302, 403)
    far.refresh_from_db()
    assert far.password.startswith("!")
