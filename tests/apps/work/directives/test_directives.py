"""What somebody wants of a colleague by a day: given, answered, returned, closed, chased, and seen by nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.work.colleagues import browser_of
from tests.apps.work.directives.conftest import FAR, HOME
from yimen.foundations.access import api as access
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.messages.api import inbox
from yimen.kernel.clock import day_of
from yimen.work.directives import api as directives
from yimen.work.directives.models import Directive


def text(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def told(acting, account):
    """The titles of an account's inbox, the first one first."""
    reader = access.actor_of(account, on=day_of(timezone.now()))
    with acting(reader):
        return [one.title for one in inbox(by=reader).order_by("id")]


def test_it_is_given_answered_returned_answered_again_and_closed_and_all_of_it_stays_readable(
    give, head, worker, stored, committee, today, acting, system
):
    here = give()
    assert "1 件等您答复" in text(worker, "/")
    assert "逐件联系，报一个数。" in text(worker, here)
    assert worker.post(f"{here}answer/", {"text": "联系了 4 件"}).status_code == 302
    assert "1 件已答复，等您确认" in text(head, "/")
    later = str(today + timedelta(days=6))
    assert head.post(f"{here}return/", {"text": "还差 2 件", "due_on": later}).status_code == 302
    found = stored(here)
    assert (found.standing, str(found.due_on), found.first_due_on) == ("open", later, today + timedelta(3))
    assert worker.post(f"{here}answer/", {"text": "都补了"}).status_code == 302
    assert head.post(f"{here}close/", {"text": ""}).status_code == 302
    page = text(worker, here)
    for words in ("联系了 4 件", "还差 2 件", "都补了", "已办结"):
        assert words in page
    assert stored(here).deeds == ["given", "answered", "returned", "answered", "closed"]
    assert told(acting, committee.accounts["first"]) == [
        "督办：容缺的材料过期没有补", "退回再办：容缺的材料过期没有补", "办结：容缺的材料过期没有补",
    ]  # fmt: skip


def test_who_is_neither_owner_nor_above_sees_nothing_of_it(give, committee, post):
    here = give()
    for browser in (browser_of(committee, "other"), post("far", "section_chief", area=FAR[:9]).browser):
        assert browser.get(here).status_code == 404
        assert "容缺的材料" not in text(browser, "/directives/lists/all/")
    assert "容缺的材料" in text(post("chief", "section_chief").browser, "/directives/lists/all/")


def test_only_the_owner_answers_and_only_who_gives_there_decides(give, head, worker, stored):
    here = give()
    assert head.post(f"{here}answer/", {"text": "我替他答"}).status_code == 403
    for deed, typed in (("close", {}), ("withdraw", {"text": "不办"}), ("return", {"text": "不行"})):
        assert worker.post(f"{here}{deed}/", typed).status_code == 403
    assert stored(here).deeds == ["given"]


def test_an_owner_who_gives_herself_decides_nothing_that_others_gave_and_who_is_above_does(
    committee, head, post, stored, today
):
    chief = post("chief", "section_chief")
    typed = {
        "kind": "remark", "title": "请主任说明", "text": "写明原因", "due_on": str(today),
        "owner": str(committee.accounts["head"]),
    }  # fmt: skip
    here = chief.browser.post(f"/directives/new/?area={HOME}", typed).url
    for deed in ("close", "withdraw", "put_off"):
        answer = head.post(f"{here}{deed}/", {"text": "自己了结", "due_on": str(today)})
        assert answer.status_code == 403, deed
    assert "交办人的操作" not in text(head, here) and "交办人的操作" in text(chief.browser, here)
    above = post("chief2", "section_chief").browser
    assert above.post(f"{here}close/", {"text": "主任来说过了"}).status_code == 302
    assert stored(here).deeds == ["given", "closed"]


def test_a_second_click_and_a_deed_that_is_not_possible_now_change_nothing(give, head, worker, stored):
    here = give()
    refused = head.post(f"{here}return/", {"text": "还没答就退"})
    assert refused.status_code == 422 and "还没有答复" in refused.content.decode()
    for _ in range(2):
        worker.post(f"{here}answer/", {"text": "好了", "request_key": "k1"})
    again = worker.post(f"{here}answer/", {"text": "又好了", "request_key": "k2"})
    assert (
        again.status_code == 422
        and "等交办人确认" in again.content.decode()
        and "又好了" in again.content.decode()
    )
    head.post(f"{here}withdraw/", {"text": "不用了"})
    over = worker.post(f"{here}answer/", {"text": "晚了"})
    assert over.status_code == 422 and "已经了结" in over.content.decode()
    assert stored(here).deeds == ["given", "answered", "withdrawn"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": "2020-01-01"}, "期限不能早于今天"),
        ({"owner": ""}, "请选择交给谁"),
        ({"owner": "00000000-0000-7000-8000-000000000000"}, "请从名单里选"),
        ({"title": ""}, "请写一句什么事"),
    ],
)
def test_what_is_typed_wrongly_comes_back_with_a_sentence_and_what_was_typed(
    head, committee, today, typed, sentence, acting, system
):
    good = {
        "kind": "urge", "title": "什么事", "text": "写了很久的要求", "due_on": str(today),
        "owner": str(committee.accounts["first"]),
    }  # fmt: skip
    answer = head.post("/directives/new/", good | typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "写了很久的要求" in page
    with acting(system):
        assert not Directive.objects.exists()


def test_a_day_is_put_off_only_later_and_the_first_one_stays(give, head, stored, today):
    here = give(days=3)
    earlier = head.post(f"{here}put_off/", {"due_on": str(today + timedelta(1)), "text": "早点"})
    assert earlier.status_code == 422 and "不能早于原定期限" in earlier.content.decode()
    later = today + timedelta(9)
    assert head.post(f"{here}put_off/", {"due_on": str(later), "text": "放假"}).status_code == 302
    assert (stored(here).due_on, stored(here).first_due_on) == (later, today + timedelta(3))
    assert "原定" in text(head, here)


def test_a_case_is_urged_from_its_page_and_shows_how_far_that_is(
    clerk, asked, accept, post, committee, head, worker, stored, today
):
    case = accept()
    page = text(head, f"/desk/cases/{case}/")
    assert f"/directives/new/?case={case}" in page
    typed = {
        "kind": "urge", "title": "这件超期了", "text": "请说明", "due_on": str(today),
        "owner": str(committee.accounts["first"]),
    }  # fmt: skip
    answer = head.post(f"/directives/new/?case={case}", typed)
    assert answer.status_code == 302
    assert str(stored(answer.url).case) == case
    assert "这件超期了" in text(head, f"/desk/cases/{case}/")
    assert "督办这件" not in text(worker, f"/desk/cases/{case}/") and "这件超期了" in text(
        worker, f"/desk/cases/{case}/"
    )
    assert str(case) in text(head, f"/directives/new/?at=/desk/cases/{case}/"), (
        "the tool in the head line knows a case"
    )


def test_an_address_that_leads_elsewhere_is_not_kept(give, stored):
    for at in ("https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"):
        assert stored(give(query=f"?at={at}&what=落后")).about == ""
    kept = stored(give(query="?at=/plans/&what=落后"))
    assert (kept.about, kept.about_title) == ("/plans/", "落后")


def test_the_owner_is_reminded_and_both_are_told_once_when_the_day_has_passed(
    give, committee, acting, system, today, stored
):
    near, here = give(days=1), give(days=0, title="今天就要")
    at = timezone.now()
    for later in (timedelta(0), timedelta(0), timedelta(2), timedelta(2)):
        with acting(system):
            directives.chase_directives(by=system, at=at + later)
    mine = told(acting, committee.accounts["first"])
    assert mine.count("督办快到期：今天就要") == 1 and mine.count("督办超期：今天就要") == 1
    assert told(acting, committee.accounts["head"]).count("督办超期：今天就要") == 1
    assert stored(near).late_told_on and stored(here).standing == "open"


def test_what_a_leaver_had_to_answer_goes_to_who_takes_over(give, committee, acting, system, worker, stored):
    here = give()
    with acting(system):
        access.close_account(
            by=system, at=timezone.now(), account=committee.accounts["first"], reason="离职",
            to=committee.accounts["second"],
        )  # fmt: skip
        run_pending_jobs()
    found = stored(here)
    assert (found.owner, found.deeds[-1]) == (committee.accounts["second"], "handed_over")
    assert "由孙二接手" in text(browser_of(committee, "second"), here)


def test_the_list_and_a_page_take_few_statements_however_many_there_are(give, head):
    here = give()
    head.get("/directives/lists/given/")
    with CaptureQueriesContext(connection) as one:
        head.get("/directives/lists/given/")
    for number in range(4):
        give(title=f"第 {number} 件")
    with CaptureQueriesContext(connection) as many:
        head.get("/directives/lists/given/")
    with CaptureQueriesContext(connection) as page:
        head.get(here)
    assert len(many) == len(one) <= 10 and len(page) <= 12, (len(one), len(many), len(page))


def test_who_owns_is_offered_by_what_she_may_do_where_it_lies(committee, post, acting, system, today):
    far = post("farworker", "community_worker", area=FAR)
    chief = post("chief", "section_chief")
    from yimen.work.directives.queries import owners_in

    with acting(chief.actor):
        offered = {account for account, _ in owners_in(HOME, by=chief.actor, on=today)}
    assert committee.accounts["first"] in offered
    assert far.account not in offered and chief.account not in offered
