"""Rounds (征询) as a worker begins, asks, types in, ends and reads them, and as a resident answers by her link."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.work.rounds.conftest import FAR, HERE, STREET
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.retention import api as retention
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.work.programmes import api as programmes
from yimen.work.rounds import api as rounds
from yimen.work.rounds.models import NeedTask, Reply, RollLine, Round

OWN = {
    "q1-label": "最想要哪些服务？",
    "q1-type": "multi",
    "q1-options": "理发、量血压，修伞",
    "q1-required": "on",
    "q2-label": "来过社区吗？",
    "q2-type": "yesno",
    "q3-label": "还想说什么",
    "q3-type": "longtext",
}


def text_of(response):
    text = response.content.decode()
    assert "{%" not in text and "{{" not in text
    return text


def at(found, more=""):
    return f"/rounds/{found.public_id}/{more}"


def type_in(browser, found, line, **answers):
    told = {"paper_code": line.word.lower(), "paper_channel": "paper"} | answers
    return browser.post(at(found, "type/"), told)


def replies(acting, system, found):
    with acting(system):
        return list(Reply.objects.filter(round=found))


@pytest.mark.requirement("S0-38")
def test_a_questionnaire_of_ones_own_goes_out_by_link_paper_and_phone_and_the_first_need_becomes_a_task(
    worker, residents, asked, lines, acting, system
):
    residents(6)
    found = asked(survey="own", **OWN)
    first, second, third = lines(found)[:3]
    page = text_of(worker.get(at(found, "papers/")))
    assert first.word in page and "□ 量血压" in page and "自愿回答" in page
    for line, channel in ((second, "link"), (third, "phone")):
        worker.post(at(found, f"roll/{line.public_id}/"), {"standing": "asked", "channel": channel})
    assert second.word in text_of(worker.get(at(found, "slips/")))
    calls = text_of(worker.get(at(found, "roll/?channel=phone")))
    assert third.person_name in calls and second.person_name not in calls
    answer = type_in(worker, found, first, q1=["2", "3"], q2="yes")
    assert answer.status_code == 302
    assert Client().post(f"/r/{second.word}", {"q1": ["2"], "q3": "请找 13800001234"}).status_code == 302
    type_in(
        worker, found, third, q1=["2", "1"], paper_channel="phone", paper_code=f"http://a.b/r/{third.word}"
    )
    page = text_of(worker.get(at(found, "result/")))
    assert page.index("量血压") < page.index("修伞") and "100.0%" in page
    assert "13800001234" not in page and "请找" in page
    made = worker.post(
        at(found, "task/?question=q1&option=2"),
        {"title": "服务周：量血压", "due_on": str(day_of(timezone.now()) + timedelta(days=20))},
    )
    assert made.status_code == 302
    with acting(system):
        task = NeedTask.objects.get(round=found)
        duty = programmes.get_duty(task.duty, by=system)
    assert duty.title == "服务周：量血压" and "3 份（100.0%）" in duty.reason
    assert f"/duties/{task.duty}/" in text_of(worker.get(at(found, "result/")))
    again = worker.post(
        at(found, "task/?question=q1&option=2"),
        {"title": "再来一次", "due_on": str(day_of(timezone.now()) + timedelta(days=20))},
    )
    assert again.status_code == 422 and "已经转成任务" in text_of(again)


@pytest.mark.requirement("S2-21")
def test_a_sample_of_240_says_how_many_came_back_and_refused_and_what_they_said(
    worker, residents, asked, lines, acting, system
):
    residents(250)
    found = asked(size="240", secrecy="anonymous")
    roll = lines(found)
    assert len(roll) == 240 and found.frame == 250
    for line in roll[:8]:
        type_in(worker, found, line, needs=["老人助餐"], at_home="3")
    for line in roll[8:11]:
        worker.post(at(found, f"roll/{line.public_id}/"), {"standing": "refused", "channel": "paper"})
    page = text_of(worker.get(at(found)))
    assert "从 250 中随机抽取" in page and found.seed in page
    assert 'stat-number">240<' in page and 'stat-number">8<' in page and 'stat-number">3<' in page
    assert "结束以后才出结果" in text_of(worker.get(at(found, "result/")))
    assert worker.post(at(found, "close/")).status_code == 302
    page = text_of(worker.get(at(found, "result/")))
    assert "3.3%" in page and "8 份答了这一题" in page
    assert type_in(worker, found, roll[20], needs=["老人助餐"]).status_code == 422
    sheet = worker.get(at(found, "result/?export=xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(sheet.content)).active
    told = [[cell.value for cell in row] for row in book.iter_rows()]
    assert ["您家现在最需要哪些服务？", "老人助餐", 8, "100.0%"] in told
    assert ["不愿意答", "合计", 3, "1.2%"] in told
    assert "8 份答了这一题" in text_of(worker.get(at(found, "result/?print=1")))


def test_an_anonymous_reply_leads_to_nobody(worker, residents, asked, lines, acting, system):
    residents(5)
    found = asked(secrecy="anonymous")
    for line in lines(found):
        type_in(worker, found, line, needs=["老人助餐"])
    kept = replies(acting, system, found)
    assert len(kept) == 5 and {one.line_id for one in kept} == {None}
    assert {one.public_id.version for one in kept} == {4}
    told = {field.name for field in Reply._meta.get_fields()}
    assert told == {"id", "public_id", "round", "area", "line", "answers"}
    assert "回答和姓名分开存" in text_of(worker.get(at(found, f"roll/{lines(found)[0].public_id}/")))


def test_too_few_anonymous_replies_show_no_result(worker, residents, asked, lines):
    residents(6)
    found = asked(secrecy="anonymous")
    for line in lines(found)[:4]:
        type_in(worker, found, line, needs=["老人助餐"])
    worker.post(at(found, "close/"))
    page = text_of(worker.get(at(found, "result/")))
    assert "不到 5 份不出结果" in page and "老人助餐" not in page


def test_a_named_reply_stands_with_its_line(worker, residents, asked, lines):
    residents(1)
    found = asked()
    (line,) = lines(found)
    type_in(worker, found, line, needs=["老人助餐", "上门照护"])
    page = text_of(worker.get(at(found, f"roll/{line.public_id}/")))
    assert "老人助餐、上门照护" in page


def test_a_link_is_answered_once_and_says_who_asks_and_why(worker, residents, asked, lines, acting, system):
    residents(1)
    found = asked()
    (line,) = lines(found)
    phone = Client()
    page = text_of(phone.get(f"/r/{line.word}"))
    assert "东莺社区" in page and "排出需求先后" in page and "不填不影响办事" in page and "1 年删除" in page
    assert line.person_name not in page
    wrong = phone.post(f"/r/{line.word}", {"needs": []})
    assert wrong.status_code == 422 and "您家现在最需要哪些服务" in text_of(wrong)
    assert "谢谢" in text_of(phone.post(f"/r/{line.word}", {"needs": ["老人助餐"]}, follow=True))
    again = phone.post(f"/r/{line.word}", {"needs": ["上门照护"]})
    assert again.status_code == 422 and "已经交过了" in text_of(again)
    typed = type_in(worker, found, line, needs=["上门照护"])
    assert typed.status_code == 422 and "已经交过了" in text_of(typed)
    assert [one.answers for one in replies(acting, system, found)] == [{"needs": ["老人助餐"]}]


def test_who_says_no_is_not_asked_again(worker, residents, asked, lines):
    residents(3)
    found = asked()
    first, second, _ = lines(found)
    worker.post(at(found, "asked/"), {"channel": "paper"})
    assert "这次不再问您" in text_of(Client().post(f"/r/{first.word}", {"decline": "1"}, follow=True))
    worker.post(at(found, "remind/"), {"channel": "phone"})
    told = [(one.standing, one.channel, bool(one.reminded_on)) for one in lines(found)]
    assert told == [("refused", "paper", False), ("asked", "phone", True), ("asked", "phone", True)]
    assert "不再问了" in text_of(Client().get(f"/r/{first.word}"))
    worker.post(at(found, f"roll/{second.public_id}/"), {"standing": "not_reached", "channel": "visit"})
    assert lines(found)[1].standing == "not_reached"


def test_a_wrong_word_opens_nothing(worker, residents, asked, lines):
    residents(2)
    found, other = asked(), asked(title="另一次")
    assert Client().get("/r/AAAAAAAAAAAA").status_code == 404
    answer = type_in(worker, found, lines(other)[0], needs=["老人助餐"])
    assert answer.status_code == 422 and "没有这个问卷码" in text_of(answer)


def test_the_same_seed_draws_the_same_people(worker, residents, acting, system):
    residents(20)
    on = day_of(timezone.now())
    given = {"by": system, "area": HERE, "youngest": 18, "householders": False, "on": on, "most": 7}
    with acting(system):
        count, drawn = people.draw_residents(**given, seed="a")
        assert count == 20 and drawn == people.draw_residents(**given, seed="a")[1]
        assert drawn != people.draw_residents(**given, seed="b")[1]


def test_children_the_dead_and_other_communities_are_not_drawn(
    worker, residents, asked, lines, acting, system
):
    grown = residents(2)
    residents(1, born=date(2020, 3, 1))
    residents(1, community=FAR)
    dead, _ = grown
    with acting(system):
        people.record_death(by=system, at=timezone.now(), person=dead, died_on=day_of(timezone.now()))
    assert [one.person for one in lines(asked())] == [grown[1]]


def test_who_dies_meanwhile_is_not_asked_and_is_again_when_it_was_an_error(
    worker, residents, asked, lines, acting, system
):
    first, second = residents(2)
    found = asked()
    now = timezone.now()
    with acting(system):
        people.record_death(by=system, at=now, person=first, died_on=day_of(now))
    run_pending_jobs()
    told = {one.person: one.standing for one in lines(found)}
    assert told == {first: "dropped", second: "waiting"}
    with acting(system):
        people.undo_death(by=system, at=now, person=first, reason="登记错了")
    run_pending_jobs()
    assert {one.standing for one in lines(found)} == {"waiting"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"size": "40"}, "抽不出 40"),
        ({"closes_on": "2020-01-01"}, "已经过了"),
        ({"why": ""}, "必填"),
        ({"area": FAR}, ""),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(worker, residents, told, said, acting, system):
    residents(1)
    today = day_of(timezone.now())
    given = {
        "title": "调查",
        "why": "安排服务",
        "area": HERE,
        "subjects": "person",
        "youngest": "18",
        "channel": "paper",
        "secrecy": "named",
        "opens_on": str(today),
        "closes_on": str(today + timedelta(days=3)),
    }
    answer = worker.post("/rounds/new/?survey=service_needs", given | told)
    assert answer.status_code == 422 and said in text_of(answer)
    with acting(system):
        assert not Round.objects.exists()


def test_questions_that_ask_who_one_is_or_what_nobody_may_collect_are_refused(
    worker, residents, acting, system
):
    residents(1)
    today = day_of(timezone.now())
    told = {"title": "调查", "why": "安排服务", "area": HERE, "opens_on": today, "closes_on": today}

    def ask(**question):
        asked = {"key": "q1", "label": "电话", "type": "phone", "purpose": "联系"} | question
        return rounds.open_round(by=system, at=timezone.now(), questions={"questions": [asked]}, **told)

    with acting(system):
        with pytest.raises(rounds.CannotOpen, match="不问身份"):
            ask()
        with pytest.raises(rounds.CannotOpen):
            ask(label="末次月经是哪天", type="text")


def test_two_questions_are_too_few(worker, residents):
    residents(1)
    answer = worker.post("/rounds/new/?survey=own", {key: OWN[key] for key in ("q2-label", "q2-type")})
    assert answer.status_code == 422 and "至少出 3 道题" in text_of(answer)


def test_another_street_sees_nothing_of_it(signed_in, residents, asked, lines):
    residents(1)
    found = asked()
    far = signed_in("community_worker", area=FAR)
    for page in ("", "roll/", "result/", "type/", f"roll/{lines(found)[0].public_id}/"):
        assert far.get(at(found, page)).status_code == 404
    assert found.title not in text_of(far.get("/rounds/"))


def test_a_street_asks_all_its_communities_and_sees_the_rate_of_each(signed_in, residents, asked, lines):
    residents(2)
    officer = signed_in("section_officer", area=STREET)
    found = asked(officer, area=STREET)
    type_in(officer, found, lines(found)[0], needs=["老人助餐"])
    page = text_of(officer.get(at(found)))
    assert "东莺社区" in page and "50.0%" in page


def test_pages_cost_as_many_queries_for_many_as_for_few(worker, residents, asked, lines):
    residents(30)
    found = asked()
    roll = lines(found)

    def queries(page):
        worker.get(at(found, page))
        with CaptureQueriesContext(connection) as caught:
            worker.get(at(found, page))
        return len(caught)

    type_in(worker, found, roll[0], needs=["老人助餐"])
    pages = ("", "roll/", "result/", "papers/")
    few = [queries(page) for page in pages]
    for line in roll[1:25]:
        type_in(worker, found, line, needs=["上门照护"], words="好")
    assert [queries(page) for page in pages] == few


def test_a_roll_is_written_in_as_many_statements_for_many_as_for_few(worker, residents, acting, system):
    now = timezone.now()

    def statements():
        on = day_of(now)
        with acting(system), CaptureQueriesContext(connection) as caught:
            rounds.open_round(
                by=system,
                at=now,
                title="调查",
                why="安排服务",
                area=HERE,
                questions={"questions": [{"key": "q1", "label": "好吗", "type": "yesno", "purpose": "改进"}]},
                opens_on=on,
                closes_on=on,
            )
        return len(caught)

    residents(3)
    statements()
    few = statements()
    residents(40, born=date(1980, 1, 1))
    assert statements() == few


def test_papers_come_in_batches(worker, residents, asked, lines):
    residents(63)
    found = asked()
    page = text_of(worker.get(at(found, "papers/")))
    roll = lines(found)
    assert roll[59].word in page and roll[60].word not in page
    page = text_of(worker.get(at(found, f"papers/?after={roll[59].public_id}")))
    assert roll[60].word in page and roll[59].word not in page and "下一批" not in page


def test_a_round_ends_by_itself_and_tells_before_that_what_came_back(
    worker, residents, asked, acting, system
):
    residents(2)
    found = asked()
    soon = timezone.now() + timedelta(days=12)
    with acting(system, on=day_of(soon)):
        assert rounds.keep_up(by=system, at=soon) == 1
        assert rounds.keep_up(by=system, at=soon) == 0
    assert "快结束了" in text_of(worker.get("/messages/"))
    over = timezone.now() + timedelta(days=15)
    with acting(system, on=day_of(over)):
        assert rounds.keep_up(by=system, at=over) == 1
        assert not rounds.get_round(found.public_id, by=system).is_running


def test_replies_and_rolls_are_deleted_after_their_terms_and_the_counts_stay(
    worker, residents, asked, lines, acting, system
):
    residents(1)
    found = asked()
    type_in(worker, found, lines(found)[0], needs=["老人助餐"])
    worker.post(at(found, "close/"))
    later = timezone.now() + timedelta(days=3 * 366)
    with acting(system, on=day_of(later)):
        for key in ("rounds_replies", "rounds_rolls"):
            assert retention.clear_past_term(by=system, at=later, key=key) == 1
        assert not Reply.objects.exists() and not RollLine.objects.exists()
    assert "100.0%" in text_of(worker.get(at(found, "result/")))


def test_her_file_says_in_which_round_she_is_asked(worker, residents, asked):
    (person,) = residents(1)
    found = asked()
    page = text_of(worker.get(f"/people/{person}/?why=征询", follow=True))
    assert at(found) in page
