"""The door over HTTP: one transaction per request, in which the one who is signed in acts."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from config import urls as product
from yimen.foundations.access import api
from yimen.foundations.access.models import Session, SignIn
from yimen.foundations.audit.api import operation, record
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.bus.api import Deed, open_deed
from yimen.foundations.ui.api import guarded, public
from yimen.kernel.actor import system_actor
from yimen.kernel.ids import uuid7

GOOD = "Panhuo-2026-east"
BETTER = "Xiaying*1998west"


@operation("tests.note.made")
def _make_note(*, by, at):
    record(None, kind="note", area=by.home)


@public
def _who(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('yimen.actor', true), current_setting('yimen.reach', true)")
        key, reach = cursor.fetchone()
    return HttpResponse(f"{request.actor.name if request.actor else '无人'}|{key or ''}|{reach or ''}")


@guarded(None)
def _half_done(request):
    _make_note(by=request.actor, at=request.at)
    raise RuntimeError("half way")


@guarded(None)
def _done_with(request, status):
    _make_note(by=request.actor, at=request.at)
    return HttpResponse("办了一半", status=status)


class _Pages(SimpleNamespace):
    __hash__ = object.__hash__  # Django keeps what it made of a URL configuration by its identity


PAGES = _Pages(
    urlpatterns=[
        path("", public(lambda request: HttpResponse("首页"))),
        path("who", _who),
        path("half-done", _half_done),
        path("done-with/<int:status>", _done_with),
        path("for-clerks", guarded("desk.accept_case")(lambda request: HttpResponse("窗口"))),
        *product.urlpatterns,
    ],
    handler403=product.handler403,
    handler404=product.handler404,
    handler500=product.handler500,
)


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.ROOT_URLCONF = PAGES


@pytest.fixture
def account(open_account):
    # The pages read the real clock, so the password is set by it too.
    return open_account(at=timezone.now())


@pytest.fixture
def clerk(account, system, acting, now):
    with acting(system):
        api.grant_role(
            by=system,
            at=now,
            account=account.public_id,
            role="clerk",
            area="330212007001",
            since=date(2000, 1, 1),
        )
    return account


def _sign_in(client, password=GOOD, username="wang.fang", **more):
    return client.post("/sign-in", {"username": username, "password": password, **more})


@pytest.fixture
def inside(client, account):
    assert _sign_in(client).status_code == 302
    return client


def test_the_one_who_signed_in_acts_in_the_database(client, clerk):
    assert client.get("/who").content.decode() == "无人||"
    _sign_in(client)
    assert client.get("/who").content.decode() == f'王芳|{clerk.key}|{{"330212007001"}}'


def test_a_page_for_a_post_opens_to_its_holder_only(client, clerk, open_account):
    assert client.get("/for-clerks").status_code == 302
    _sign_in(client)
    assert client.get("/for-clerks").status_code == 200
    open_account("li.qiang", "李强", at=timezone.now())
    other = Client()
    _sign_in(other, username="li.qiang")
    assert other.get("/for-clerks").status_code == 403


def test_after_signing_in_one_comes_to_the_page_one_wanted(client, account):
    asked = client.get("/for-clerks?tab=2")
    assert asked.url == "/sign-in?next=%2Ffor-clerks%3Ftab%3D2"
    page = client.get(asked.url)
    assert "请先登录" in page.content.decode()
    assert _sign_in(client, next="/for-clerks?tab=2").url == "/for-clerks?tab=2"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "evil", "/\\evil.example"]
)
def test_signing_in_never_leads_to_another_site(client, account, target):
    assert _sign_in(client, next=target).url == "/"


def test_a_wrong_password_keeps_the_name_and_not_the_password(client, account):
    answer = _sign_in(client, password="Wrong-password-1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "登录名或口令不对" in page
    assert "wang.fang" in page
    assert "Wrong-password-1" not in page
    assert SignIn.objects.get().outcome == "wrong_password"


def test_an_empty_form_is_told_what_is_missing(client, db):
    answer = client.post("/sign-in", {})
    assert answer.status_code == 422
    assert "请输入登录名" in answer.content.decode()


def test_a_session_key_from_before_is_worth_nothing_afterwards(client, account):
    client.get("/who")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    _sign_in(client)
    assert client.session.session_key != before
    assert "planted" not in client.session
    assert not client.session.exists(before)


def test_signing_out_ends_the_session_at_once(inside):
    cookies = inside.cookies.copy()
    assert inside.get("/sign-out").status_code == 405
    assert inside.post("/sign-out").url == "/sign-in"
    assert inside.get("/who").content.decode().startswith("无人")
    inside.cookies = cookies
    assert inside.get("/who").content.decode().startswith("无人")
    assert Session.objects.get().ended_why == "signed_out"


def test_a_rested_session_is_forgotten_and_a_used_one_is_kept(inside):
    _age(minutes=29)
    assert inside.get("/who").content.decode().startswith("王芳")
    assert timezone.now() - Session.objects.get().seen_at < timedelta(minutes=1)
    _age(minutes=31)
    assert inside.get("/who").content.decode().startswith("无人")
    assert "signed_in" not in inside.session


def test_one_ends_another_session_and_the_other_browser_is_out(inside, account):
    other = Client()
    _sign_in(other)
    page = inside.get("/my/sessions").content.decode()
    assert page.count("就是这里") == 1
    elsewhere = Session.objects.latest("id")
    assert inside.post(f"/my/sessions/{elsewhere.public_id}/end").url == "/my/sessions"
    assert other.get("/who").content.decode().startswith("无人")


def test_a_session_of_somebody_else_is_not_found(inside, open_account):
    open_account("li.qiang", "李强", at=timezone.now())
    other = Client()
    _sign_in(other, username="li.qiang")
    theirs = Session.objects.latest("id")
    assert inside.post(f"/my/sessions/{theirs.public_id}/end").status_code == 404
    assert other.get("/who").content.decode().startswith("李强")


def test_a_first_password_opens_nothing_but_the_change_of_it(client, open_account):
    open_account("li.qiang", "李强", at=timezone.now(), must_change=True)
    assert _sign_in(client, username="li.qiang").url == "/password"
    assert client.get("/who").url == "/password"
    assert "请先换成" in client.get("/password").content.decode()
    changed = client.post("/password", {"old": GOOD, "new": BETTER, "again": BETTER})
    assert changed.url == "/"
    assert client.get("/who").content.decode().startswith("李强")


def test_a_bad_new_password_is_explained_beside_its_field(inside):
    answer = inside.post("/password", {"old": GOOD, "new": "short", "again": "short"})
    assert answer.status_code == 422
    assert "至少三种" in answer.content.decode()
    answer = inside.post("/password", {"old": GOOD, "new": BETTER, "again": BETTER + "x"})
    assert "不一样" in answer.content.decode()
    answer = inside.post("/password", {"old": "wrong", "new": BETTER, "again": BETTER})
    assert "现在的口令不对" in answer.content.decode()
    assert SignIn.objects.latest("id").outcome == "wrong_password"


def test_a_closed_account_is_out_with_its_next_click(inside, account, keeper, acting, now):
    with acting(keeper):
        api.close_account(by=keeper, at=now, account=account.public_id, reason="调离")
    assert inside.get("/who").content.decode().startswith("无人")


@pytest.mark.parametrize(
    ("address", "kept"), [("/half-done", 0), ("/done-with/503", 0), ("/done-with/422", 1)]
)
def test_a_fault_undoes_the_whole_request_and_a_refusal_does_not(inside, address, kept, acting, system):
    inside.raise_request_exception = False
    inside.get(address)
    with acting(system):
        assert TrailRow.objects.filter(verb="tests.note.made").count() == kept


def test_a_request_finds_out_who_acts_with_one_query(inside, clerk, django_assert_max_num_queries):
    inside.get("/for-clerks")  # definitions and areas are in memory now
    # The session with its account, its grants and the marks; then the reach; the rest is of the test's own transaction.
    with django_assert_max_num_queries(5) as queries:
        inside.get("/for-clerks")
    assert len([query for query in queries if "access_session" in query["sql"]]) == 1
    assert not [query for query in queries if 'FROM "' in query["sql"]]


def test_nothing_is_asked_of_the_database_for_pictures(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/static/none.png")


def test_without_a_session_cookie_nothing_is_looked_up(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(4) as queries:
        client.get("/sign-in")
    assert not [query for query in queries if 'FROM "' in query["sql"]]


def test_the_sign_in_page_is_never_kept_by_a_browser_and_needs_a_csrf_token(account):
    strict = Client(enforce_csrf_checks=True)
    assert "no-store" in strict.get("/sign-in")["Cache-Control"]
    assert _sign_in(strict).status_code == 403


def _age(*, minutes):
    deed = Deed(id=uuid7(), verb="tests.session.aged", by=system_actor("tests"), at=timezone.now())
    with open_deed(deed):
        Session.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))
