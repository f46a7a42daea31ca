"""What people and machines are told when something is refused or broken."""

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.apps.foundations.ui import pages
from yimen.foundations.audit.models import Look
from yimen.foundations.ui import middleware

STATUS = {"forbidden": 403, "missing": 404, "conflict": 409, "late": 422}


@pytest.mark.parametrize(("kind", "status"), STATUS.items())
def test_a_refusal_is_a_page_with_its_status_a_sentence_and_what_to_do(site, make_actor, kind, status):
    site.acts_as(make_actor())
    response = site.get(f"/refuse/{kind}")
    text = response.content.decode()
    assert response.status_code == status
    assert "trouble-sentence" in text
    assert "trouble-hint" in text
    assert "shell-nav" in text


def test_a_refusal_names_its_findings(site):
    text = site.get("/refuse/late").content.decode()
    assert "这件办件已经办结，不能再改。" in text
    assert "缺少户口簿。" in text


def test_a_stranger_gets_the_plain_page_without_navigation(site):
    assert "shell-nav" not in site.get("/refuse/missing").content.decode()


def test_an_htmx_request_gets_a_notice_and_keeps_the_work_on_the_page(site):
    response = site.get("/refuse/conflict", headers={"HX-Request": "true", "HX-Target": "card"})
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#notice"
    assert "<html" not in response.content.decode()


def test_a_machine_gets_problem_json_without_the_facts(site):
    response = site.get("/refuse/late", headers={"Accept": "application/json"})
    problem = response.json()
    assert response["Content-Type"].startswith("application/problem+json")
    assert problem["code"] == "tests.too_late"
    assert problem["findings"] == [
        {"code": "tests.paper", "detail": "缺少户口簿。", "field": "papers", "severity": "refuse"}
    ]
    assert "facts" not in problem


def test_what_was_rightly_written_before_a_refusal_stays(site, make_actor, acting):
    actor = make_actor()
    site.acts_as(actor)
    assert site.get("/look-then/refusal").status_code == 403
    with acting(actor):
        assert Look.objects.filter(why="先查阅").count() == 1


def test_a_bug_undoes_the_whole_request_and_answers_without_the_database(site, make_actor, acting):
    actor = make_actor()
    site.acts_as(actor)
    with transaction.atomic():
        response = site.get("/look-then/bug")
    assert response.status_code == 500
    assert "没有保存" in response.content.decode()
    with acting(actor):
        assert not Look.objects.filter(why="先查阅").exists()


@pytest.mark.parametrize(
    ("kind", "says"), [("slow", "系统繁忙"), ("full", "存储空间已满"), ("away", "数据库正在恢复")]
)
def test_trouble_that_passes_undoes_the_request_and_says_when_to_try_again(
    site, make_actor, acting, kind, says
):
    actor = make_actor()
    site.acts_as(actor)
    with transaction.atomic():
        read = site.get(f"/trouble/{kind}")
    with transaction.atomic():
        written = site.post(f"/trouble/{kind}")
    for response in (read, written):
        assert response.status_code == 503 and int(response["Retry-After"]) > 0
        assert says in response.content.decode()
    assert "没有保存" not in read.content.decode()
    assert "没有保存" in written.content.decode() and "再提交一次" in written.content.decode()
    with acting(actor):
        assert not Look.objects.filter(why="先查阅").exists()


def test_trouble_is_told_to_a_part_of_a_page_and_to_a_machine(site, make_actor):
    site.acts_as(make_actor())
    part = site.get("/trouble/full", headers={"HX-Request": "true", "HX-Target": "card"})
    assert part.status_code == 503 and part["HX-Retarget"] == "#notice"
    problem = site.get("/trouble/full", headers={"Accept": "application/json"})
    assert (problem.status_code, problem.json()["code"]) == (503, "full")


def test_a_statement_that_cannot_ever_run_is_a_bug(site, make_actor):
    site.acts_as(make_actor())
    assert site.get("/trouble/bug").status_code == 500


def test_writers_who_are_held_up_leave_a_place_for_readers_and_are_told(rf, settings, monkeypatch):
    settings.YIMEN_WRITERS_AT_ONCE = 1
    monkeypatch.setattr(middleware, "WAITS_FOR_A_PLACE", 0.05)
    others = []

    def held_up(request):
        if request.path == "/held-up":
            others.extend((door(rf.get("/read")), door(rf.post("/write"))))
        return HttpResponse("好了")

    door = middleware.WritersAtOnce(held_up)
    assert door(rf.post("/held-up")).content.decode() == "好了"
    read, refused = others
    assert (read.status_code, refused.status_code) == (200, 503)
    assert "系统繁忙" in refused.content.decode() and "没有保存" in refused.content.decode()
    assert door(rf.post("/write")).status_code == 200  # the place is free again


def test_an_unknown_address_and_a_stale_form_speak_chinese(site):
    site.handler.enforce_csrf_checks = True
    assert "没有这个页面" in site.get("/nowhere").content.decode()
    stale = site.post("/ui/text-size", {"size": "large"})
    assert stale.status_code == 403
    assert "页面放得太久了" in stale.content.decode()


def test_pages_allow_no_script_or_style_of_their_own(site, make_actor):
    site.acts_as(make_actor("ui.view_gallery"))
    response = site.get("/ui/gallery")
    text = response.content.decode()
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "style=" not in text
    assert "<style" not in text
    assert text.count("<script") == text.count("<script src=")
    assert " onclick" not in text


def test_a_part_is_answered_from_the_same_address(site):
    whole = site.get("/parted").content.decode()
    part = site.get("/parted", headers={"HX-Request": "true", "HX-Target": "card"})
    assert "整页" in whole
    assert part.content.decode().strip() == '<div id="card">王秀兰</div>'
    assert "HX-Target" in part["Vary"]
    unknown = site.get("/parted", headers={"HX-Request": "true", "HX-Target": "other"})
    assert "整页" in unknown.content.decode()


def test_pages_of_the_tests_are_marked():
    from yimen.foundations.ui.api import access_of

    assert access_of(pages.kept).permission == "tests.open"
    assert access_of(pages.refuse).public
