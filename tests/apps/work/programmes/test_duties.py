"""Duties (待办) as workers owe them, do them, put them off and are told of them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.apps.work.ledger.conftest import FAR, HERE, STREET
from yimen.foundations.audit.api import operation, record
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.retention import api as retention
from yimen.kernel.clock import day_of, spoken_day
from yimen.kernel.periods import Month
from yimen.registers.people import api as people
from yimen.work.ledger import api as ledger
from yimen.work.ledger.models import Entry
from yimen.work.programmes.models import Duty

NOTE = "/ledger/notes/new"


@pytest.fixture
def worker(signed_in):
    return signed_in("community_worker")


def today():
    return day_of(timezone.now())


def text_of(response):
    return response.content.decode()


def duties(acting, system):
    with acting(system):
        return list(Duty.objects.order_by("id"))


def owe(browser, her="", **told):
    given = {"title": "送防滑垫", "due_on": str(today() + timedelta(days=3))} | told
    return browser.post(f"/duties/new?person={her}" if her else "/duties/new", given)


def again(browser, her, **told):
    given = {
        "item": "visited_home",
        "text": "一个人住，腿脚不便",
        "sequel": "again",
        "again-title": "再上门看看",
        "again-due_on": str(today() + timedelta(days=7)),
    } | told
    return browser.post(f"{NOTE}?person={her}", given)


def test_a_note_gives_birth_to_a_duty_with_a_date(worker, wang, acting, system):
    her = wang()
    page = text_of(worker.get(again(worker, her).url))
    assert "待办：再上门看看" in page
    [duty] = duties(acting, system)
    assert (duty.title, duty.due_on, duty.person, duty.way, duty.origin) == (
        "再上门看看",
        today() + timedelta(days=7),
        her,
        "visited_home",
        "note",
    )
    assert duty.debtor_name == "周敏"
    assert "再上门看看" in text_of(worker.get(f"/people/{her}/"))
    assert "再上门看看" in text_of(worker.get("/duties/"))
    shown = text_of(worker.get(f"/duties/{duty.public_id}/"))
    assert "看那条随手记" in shown
    assert "王桂英" in shown


def test_a_duty_without_a_day_or_in_the_past_stops_the_whole_note(worker, wang, acting, system):
    her = wang()
    for due, sentence in (("", "必填"), (str(today() - timedelta(days=1)), "已经过了")):
        answer = again(worker, her, **{"again-due_on": due})
        assert answer.status_code == 422
        assert sentence in text_of(answer) or not due
    assert duties(acting, system) == []
    with acting(system):
        assert not Entry.objects.exists()


def test_the_next_note_about_her_offers_itself_as_the_duty(worker, wang, acting, system, make_actor):
    her = wang()
    again(worker, her)
    [duty] = duties(acting, system)
    page = text_of(worker.get(f"{NOTE}?person={her}"))
    assert "算作这次待办？" in page
    answer = worker.post(
        f"{NOTE}?person={her}",
        {"item": "called_by_phone", "text": "女儿回来了", "sequel": "", "claim-duty": str(duty.public_id)},
    )
    [duty] = duties(acting, system)
    assert duty.state == "done"
    assert str(duty.entry) in answer.url
    assert "算作这次待办" not in text_of(worker.get(f"{NOTE}?person={her}"))
    leader = make_actor("ledger.view", area=STREET)
    month = Month.of(today())
    with acting(leader):
        asks = [ledger.Ask("calls", ("called_by_phone",)), ledger.Ask("done", ("duty_done",))]
        found = ledger.totals(asks, area=STREET, first=month, last=month, by=leader)
    assert {(one.key, one.acts) for one in found} == {("calls", 1), ("done", 1)}
    # The note was a slip: the duty is owed again.
    assert worker.post(f"{answer.url}undo").status_code == 302
    [duty] = duties(acting, system)
    assert (duty.state, duty.entry) == ("open", None)


def test_a_note_taken_back_takes_its_duty_along(worker, wang, acting, system):
    her = wang()
    address = again(worker, her).url
    worker.post(f"{address}undo")
    [duty] = duties(acting, system)
    assert (duty.state, duty.excuse, duty.ended_why) == ("excused", "slip", "随手记撤回")


def test_a_duty_done_leaves_its_entry_and_is_done_once(worker, wang, acting, system):
    her = wang()
    owe(worker, her)
    [duty] = duties(acting, system)
    here = f"/duties/{duty.public_id}/"
    assert worker.post(f"{here}done", {"item": "visited_home", "text": ""}).status_code == 422
    assert worker.post(f"{here}done", {"item": "visited_home", "text": "已送到"}).status_code == 302
    assert "已完成" in text_of(worker.get(here))
    again_done = worker.post(f"{here}done", {"item": "visited_home", "text": "已送到"})
    assert again_done.status_code == 422
    assert "已经了结" in text_of(again_done)
    with acting(system):
        [entry] = Entry.objects.all()
    assert (entry.source_kind, entry.source, entry.person) == ("duty", duty.public_id, her)
    assert "已送到" in text_of(worker.get(f"/people/{her}/"))


def test_it_is_put_off_with_a_reason_and_only_before_it_ends(worker, wang, acting, system):
    owe(worker, wang())
    [duty] = duties(acting, system)
    here = f"/duties/{duty.public_id}/put_off"
    later = str(today() + timedelta(days=10))
    assert worker.post(here, {"to": later, "why": ""}).status_code == 422
    assert "晚于现在" in text_of(worker.post(here, {"to": str(today()), "why": "她出门了"}))
    assert "最多推迟 30 天" in text_of(
        worker.post(here, {"to": str(today() + timedelta(days=99)), "why": "她出门了"})
    )
    assert worker.post(here, {"to": later, "why": "她去女儿家了"}).status_code == 302
    [duty] = duties(acting, system)
    assert (str(duty.due_on), duty.first_due_on, duty.put_off_times) == (
        later,
        today() + timedelta(days=3),
        1,
    )
    page = text_of(worker.get(f"/duties/{duty.public_id}/"))
    assert "她去女儿家了" in page and spoken_day(duty.first_due_on, today=today()) in page


def test_it_is_excused_with_a_reason(worker, wang, acting, system):
    owe(worker, wang())
    [duty] = duties(acting, system)
    here = f"/duties/{duty.public_id}/excuse"
    assert "写明原因" in text_of(worker.post(here, {"excuse": "other", "why": ""}))
    assert worker.post(here, {"excuse": "declined", "why": "说不用了"}).status_code == 302
    assert "本人不需要" in text_of(worker.get(f"/duties/{duty.public_id}/"))
    assert "送防滑垫" in text_of(worker.get("/duties/lists/ended/"))
    assert "送防滑垫" not in text_of(worker.get("/duties/"))


@pytest.mark.parametrize("title", ["重精随访", "hiv 复查", "低保户走访"])
def test_a_title_that_tells_too_much_is_refused(worker, wang, acting, system, title):
    answer = owe(worker, wang(), title=title)
    assert answer.status_code == 422
    assert "改成中性的说法" in text_of(answer)
    assert duties(acting, system) == []


def test_what_is_due_stands_on_the_first_page_and_in_the_head_line(worker, wang, acting, system):
    her = wang()
    owe(worker, her, due_on=str(today()), way="visited_home")
    owe(worker, her, title="问一声", due_on=str(today() + timedelta(days=5)))
    page = text_of(worker.get("/"))
    assert "送防滑垫" in page
    assert "1 个上门" in page
    assert "问一声" not in page
    assert "送防滑垫" in text_of(worker.get("/duties/week"))
    assert "送防滑垫" in text_of(worker.get("/duties/lists/today/"))


@operation("tests.duty.aged")
def age(*, by, at):
    """Time goes by for the only duty there is."""
    duty = Duty.objects.get()
    duty.due_on = duty.first_due_on = today() - timedelta(days=2)
    duty.save()
    record(duty, kind="duty", area=duty.area)


def test_what_is_late_says_so(worker, wang, acting, system):
    her = wang()
    owe(worker, her, due_on=str(today()))
    with acting(system):
        age(by=system, at=timezone.now())
    assert "送防滑垫" in text_of(worker.get("/duties/lists/late/"))
    [duty] = duties(acting, system)
    page = text_of(worker.get(f"/duties/{duty.public_id}/"))
    assert "已过期" in page
    late = worker.post(
        f"/duties/{duty.public_id}/put_off", {"to": str(today() + timedelta(days=3)), "why": "忙"}
    )
    assert "已经过期的不能推迟" in text_of(late)


def test_a_death_ends_what_was_owed_to_her(worker, wang, acting, system):
    her = wang()
    owe(worker, her)
    with acting(system):
        people.record_death(by=system, at=timezone.now(), person=her, died_on=today(), source="死亡证明")
    run_pending_jobs()
    [duty] = duties(acting, system)
    assert (duty.state, duty.excuse) == ("excused", "died")
    refused = owe(worker, her)
    assert refused.status_code == 422
    assert "不再立待办" in text_of(refused)
    with acting(system):
        people.undo_death(by=system, at=timezone.now(), person=her, reason="同名的人")
    run_pending_jobs()
    [again] = duties(acting, system)
    assert (again.state, again.excuse, again.ended_at, again.due_on) == ("open", "", None, duty.due_on)
    assert "送防滑垫" in text_of(worker.get("/duties/"))


def test_a_note_taken_back_after_her_death_owes_her_nothing(worker, wang, acting, system):
    her = wang()
    owe(worker, her)
    [duty] = duties(acting, system)
    told = {"item": "called_by_phone", "text": "电话没人接", "sequel": "", "claim-duty": str(duty.public_id)}
    note = worker.post(f"{NOTE}?person={her}", told).url
    with acting(system):
        people.record_death(by=system, at=timezone.now(), person=her, died_on=today(), source="死亡证明")
    run_pending_jobs()
    assert worker.post(f"{note}undo").status_code == 302
    [duty] = duties(acting, system)
    assert (duty.state, duty.excuse, duty.entry) == ("excused", "died", None)


def test_a_duty_of_everybody_is_on_the_list_of_each_colleague(signed_in, worker, acting, system):
    owe(worker, account="")
    [duty] = duties(acting, system)
    assert (duty.account, duty.area) == (None, HERE)
    grid = signed_in("grid_worker", name="陈网格")
    assert "送防滑垫" in text_of(grid.get("/duties/"))


def test_a_colleague_of_elsewhere_cannot_be_made_the_debtor(signed_in, worker, wang, acting, system):
    answer = owe(worker, wang(), account="0190a0f0-0000-7000-8000-000000000000")
    assert answer.status_code == 422
    assert duties(acting, system) == []


def test_another_street_sees_none_of_it_and_the_leader_reads_masked_names(
    signed_in, worker, wang, acting, system
):
    her = wang()
    owe(worker, her)
    [duty] = duties(acting, system)
    stranger = signed_in("community_worker", area=FAR, name="外街道")
    assert stranger.get(f"/duties/{duty.public_id}/").status_code == 404
    assert stranger.post(f"/duties/{duty.public_id}/excuse", {"excuse": "moved"}).status_code == 404
    assert stranger.get(f"/duties/new?person={her}").status_code == 404
    assert "送防滑垫" not in text_of(stranger.get("/duties/lists/area/"))
    leader = signed_in("leader", area=STREET, name="王书记")
    listed = text_of(leader.get("/duties/lists/area/"))
    assert "送防滑垫" in listed
    assert not re.search("王桂英", listed)
    assert leader.post(f"/duties/{duty.public_id}/excuse", {"excuse": "moved"}).status_code == 403


def test_three_years_after_it_ended_a_duty_goes_and_an_open_one_stays(worker, wang, acting, system):
    her = wang()
    owe(worker, her)
    owe(worker, her, title="再打电话")
    done = duties(acting, system)[0]
    assert worker.post(f"/duties/{done.public_id}/excuse", {"excuse": "settled"}).status_code == 302
    late = timezone.now() + timedelta(days=1200)
    with acting(system, on=day_of(late)):
        assert retention.clear_past_term(by=system, at=late, key="programmes_duties") == 1
    assert [one.title for one in duties(acting, system)] == ["再打电话"]


def test_what_is_owed_to_her_goes_along_when_she_moves(signed_in, worker, wang, acting, system):
    her, there = wang(), "330212007002"
    owe(worker, her)
    owe(worker, her, title="到另一处看看", account="")
    owe(worker, account="", title="与她无关的")
    with acting(system):
        people.move_person(
            by=system, at=timezone.now(), person=her, on=today(), community=there, address="雅苑1幢101室"
        )
    run_pending_jobs()
    moved = {(duty.title, duty.area, duty.account) for duty in duties(acting, system)}
    assert moved == {("送防滑垫", there, None), ("到另一处看看", there, None), ("与她无关的", HERE, None)}
    assert "送防滑垫" not in text_of(worker.get("/duties/"))
