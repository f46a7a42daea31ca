"""Who is served first: by her wish, her paper or her consent, until a day, and what a service week brought her."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.work.desk.conftest import FAR, HOME, OTHER_STREET, on_day
from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions import api as definitions
from yimen.kernel.clock import day_of
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people
from yimen.services.priority import api as priority
from yimen.services.priority.models import PriorityMark
from yimen.services.priority.operations import end_marks_of, resume_marks_of
from yimen.work.ledger import api as ledger

pytestmark = pytest.mark.requirement("S0-39")
AT = on_day(2026, 11, 4)
ON, MONDAY = AT.date(), date(2026, 11, 2)
RIGHTS = (
    "consents.keep", "people.find", "people.view_file",
    "priority.keep", "priority.view", "priority.view_grounds", "priority.view_week",
)  # fmt: skip


@operation("tests.deed.noted")
def note_deed(*, by, at, **told):
    """What an engine of the house records (记台账)."""
    return ledger.record_entry(by=by, at=at, **told)


@pytest.fixture
def worker(make_actor):
    return make_actor(*RIGHTS, area=HOME, name="周社工")


@pytest.fixture
def mark(acting, worker, person):
    """``mark(who)``: a mark of the 4th of November, by her own application."""

    def do(who=None, at=AT, ground="elder", source="application", **told):
        with acting(worker, on=at.date()):
            return priority.mark_person(
                by=worker, at=at, person=who or person, ground=ground, source=source, **told
            )

    return do


@pytest.fixture
def other(street, acting, system):
    """李小花 of the same community."""
    with acting(system):
        return people.register_person(
            by=system, at=on_day(2026, 1, 5), name="李小花", community=HOME, birth_on=date(1948, 3, 1)
        ).public_id


@pytest.fixture
def did(acting, system):
    """``did(person, item, day)``: an entry in the ledger."""

    def do(who, item="visited_home", day=ON, by=system):
        with acting(by, on=day):
            note_deed(
                by=by,
                at=on_day(day.year, day.month, day.day, 11),
                items=(item,),
                happened_on=day,
                area=HOME,
                source_kind="alone",
                about=ledger.about_person(who, by=by),
            )

    return do


def _week(by, monday, acting, on=ON):
    with acting(by, on=on):
        rows = list(priority.week_of_marks(monday, by=by).order_by("got", "id"))
        got = priority.what_they_got([row.person for row in rows], monday, by=by)
    return [(row.person, row.got, got.get(row.person, [])) for row in rows]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"ground": "need", "source": "certificate", "paper_until": date(2027, 1, 1)}, "不能依据这种来源"),
        ({"source": "certificate"}, "证件有效期"),
        ({"source": "certificate", "paper_until": date(2026, 11, 3)}, "已经过期"),
        ({"last_on": date(2026, 11, 3)}, "今天以前"),
        ({"last_on": date(2030, 1, 1)}, "最迟到 2027年11月3日"),
        ({"source": "guess"}, "不能依据这种来源"),
        ({"ground": "poor_looking"}, "请选择一个事由"),
    ],
)
def test_without_a_lawful_source_or_beyond_its_term_there_is_no_mark(mark, told, sentence):
    with pytest.raises(priority.CannotMark, match=sentence):
        mark(**told)


def test_a_paper_bounds_the_mark_and_nothing_else_of_it_is_kept(mark):
    made = mark(ground="disabled", source="certificate", paper_until=date(2027, 3, 31))
    assert (made.last_on, made.paper_until) == (date(2027, 3, 31), date(2027, 3, 31))
    kept = {field.name for field in PriorityMark._meta.get_fields()}
    assert not kept & {"number", "level", "paper", "note", "reason", "illness", "income"}


def test_the_same_mark_is_not_made_twice(mark):
    mark()
    with pytest.raises(priority.CannotMark, match="已经登记过"):
        mark(at=AT + timedelta(hours=1))


def test_a_mark_holds_to_its_last_day_and_is_gone_on_the_next(mark, acting, worker, person):
    made = mark(last_on=ON + timedelta(days=10))
    for days, holds in ((0, True), (10, True), (11, False)):
        on = ON + timedelta(days=days)
        with acting(worker, on=on):
            marks = people.marks_of(person, area=HOME, by=worker, on=on)
            file = people.get_file(person, by=worker, on=on)
        assert bool(marks) is holds and bool(file.marks) is holds
        assert ("priority.marks" in {card.key for card in file.cards}) is holds
    assert "本人申请" in str(mark(at=AT + timedelta(days=11)).get_source_display())
    assert made.last_on == ON + timedelta(days=10)


def test_a_week_lists_who_got_nothing_first_and_what_others_got(acting, worker, mark, person, other, did):
    mark(other)
    mark(person)
    did(person)
    did(person, day=MONDAY - timedelta(days=1))
    assert [(who, got) for who, got, _ in _week(worker, MONDAY, acting)] == [(other, 0), (person, 1)]
    [(_, _, nothing), (_, _, deeds)] = _week(worker, MONDAY, acting)
    assert nothing == [] and [(day, what) for day, what, _ in deeds] == [(ON, "入户走访")]
    assert _week(worker, MONDAY - timedelta(days=7), acting) == []


def test_whose_mark_has_ended_is_on_no_later_list(acting, worker, mark, person):
    mark(last_on=ON + timedelta(days=2))
    later = MONDAY + timedelta(days=7)
    assert _week(worker, later, acting, on=later) == [] and len(_week(worker, MONDAY, acting)) == 1


def test_somebody_with_two_marks_stands_once(acting, worker, mark, person):
    mark()
    mark(ground="need", source="consent")
    assert [who for who, _, _ in _week(worker, MONDAY, acting)] == [person]


def test_what_was_taken_back_was_not_got(acting, system, worker, mark, person, did):
    mark()
    did(person)
    with acting(system, on=ON):
        entry = next(iter(ledger.entries_of_person([person], by=system)))
        ledger.take_back_entry(by=system, at=AT + timedelta(hours=3), entry=entry.public_id, why="记错了人")
    assert [got for _, got, _ in _week(worker, MONDAY, acting)] == [0]


def test_relief_is_told_by_name_to_who_may_see_it_only(acting, worker, make_actor, mark, person, did):
    mark()
    did(person, item="temporary_relief")
    did(person, item="birth_registration")
    [(_, got, deeds)] = _week(worker, MONDAY, acting)
    assert got == 1 and {what for _, what, _ in deeds} == {"其他服务"}
    may = make_actor(*RIGHTS, "aid.view_relief", area=HOME, name="赵科员")
    [(_, _, deeds)] = _week(may, MONDAY, acting)
    assert {what for _, what, _ in deeds} == {"临时救助", "其他服务"}


def test_two_files_of_one_person_are_one_line_and_undone_are_two(
    acting, system, worker, mark, person, other, did
):
    mark(other)
    did(other)
    later = AT + timedelta(hours=2)
    with acting(system, on=ON):
        people.merge_people(by=system, at=later, keep=person, alias=other, reason="同一人，重复建档")
    [(who, got, deeds)] = _week(worker, MONDAY, acting)
    assert who == person and got == 1 and len(deeds) == 1
    with acting(system, on=ON):
        people.undo_merge(by=system, at=later + timedelta(hours=1), alias=other, reason="是两个人")
    assert [who for who, _, _ in _week(worker, MONDAY, acting)] == [other]


def test_who_restricted_her_data_or_died_stands_on_no_list(acting, system, worker, mark, person, other):
    mark()
    mark(other)
    with acting(system, on=ON):
        asked = people.receive_request(
            by=system,
            at=AT,
            person=person,
            kind="restrict",
            wish="不要列入清单",
            asked_by="本人",
            identity="身份证",
        )
        people.answer_request(
            by=system, at=AT + timedelta(minutes=5), asked=asked.public_id, granted=True, reason="同意"
        )
        people.record_death(
            by=system, at=AT + timedelta(hours=1), person=other, died_on=ON, source="家属申报"
        )
    run_pending_jobs()
    assert _week(worker, MONDAY, acting) == []
    tomorrow = day_of(timezone.now()) + timedelta(days=1)  # jobs read the clock
    with acting(worker, on=tomorrow):
        assert priority.marks_on([other], by=worker, on=tomorrow) == []
    with acting(system):
        people.undo_death(by=system, at=AT + timedelta(hours=2), person=other, reason="同名的人")
    run_pending_jobs()
    with acting(worker, on=tomorrow):
        assert len(priority.marks_on([other], by=worker, on=tomorrow)) == 1


def test_a_death_told_twice_and_undone_gives_the_mark_its_day_again(acting, system, worker, mark, person):
    made = mark()
    with acting(system, on=ON):
        told = {"by": system, "at": AT + timedelta(hours=1), "person": person}
        assert [end_marks_of(**told), end_marks_of(**told)] == [1, 0]
        assert resume_marks_of(**told) == 1
        assert [one.last_on for one in PriorityMark.objects.all()] == [made.last_on]


def test_the_neighbouring_street_sees_no_mark_and_no_list(acting, make_actor, mark, person):
    made = mark()
    for area in (OTHER_STREET, FAR):
        stranger = make_actor(*RIGHTS, area=area, name="外街道")
        assert _week(stranger, MONDAY, acting) == []
        with acting(stranger, on=ON):
            assert priority.marks_on([person], by=stranger, on=ON) == []
            with pytest.raises(priority.NoMark):
                priority.get_mark(made.public_id, by=stranger)
            assert not PriorityMark.objects.exists()


def test_the_window_sees_source_and_last_day_and_never_the_reason(signed_in, person):
    clerk = signed_in("li", "window_clerk")
    page = clerk.get(f"/priority/people/{person}/").content.decode()
    assert "残疾人证" in page and "不留复印件" in page
    answer = clerk.post(
        f"/priority/people/{person}/",
        {"ground": "disabled", "source": "certificate", "paper_until": "2099-12-31", "request_key": "k1"},
    )
    assert answer.status_code == 302 and answer.url == f"/people/{person}/"
    file = clerk.get(f"/people/{person}/").content.decode()
    assert "优先服务 · 本人出示的证件 · 到 " in file and "本人撤回" in file and "残疾人" not in file
    for window in (f"/desk/new/?person={person}", f"/desk/new/trial/?person={person}"):
        shown = clerk.get(window).content.decode()
        head = shown[shown.index("person-line") :][:1500]
        assert "优先服务 · 本人出示的证件 · 到 " in head and "残疾" not in head
    assert clerk.get("/priority/week/").status_code == 403
    worker = signed_in("zhou", "community_worker")
    assert "残疾人" in worker.get(f"/people/{person}/").content.decode()
    grid = signed_in("wang", "grid_worker")
    assert "优先服务" not in grid.get(f"/people/{person}/").content.decode()


def test_bad_input_comes_back_with_a_sentence(signed_in, person):
    clerk = signed_in("li", "window_clerk")
    given = {"ground": "need", "source": "certificate", "paper_until": "2099-12-31", "request_key": "k1"}
    answer = clerk.post(f"/priority/people/{person}/", given)
    assert answer.status_code == 422 and "不能依据这种来源" in answer.content.decode()
    empty = clerk.post(f"/priority/people/{person}/", {})
    assert empty.status_code == 422
    assert "请选择。" in empty.content.decode() and "必填项" not in empty.content.decode()


def test_she_takes_it_back_and_nothing_is_left_but_the_trail(signed_in, acting, system, person):
    clerk = signed_in("li", "window_clerk")
    given = {"ground": "need", "source": "application", "request_key": "k1"}
    for _ in range(2):  # a double click
        assert clerk.post(f"/priority/people/{person}/", given).status_code == 302
    with acting(system):
        [made] = PriorityMark.objects.all()
    gone = clerk.post(f"/priority/marks/{made.public_id}/withdraw/", {"request_key": "k2"})
    assert gone.status_code == 302
    with acting(system):
        assert not PriorityMark.objects.exists()
    assert "优先服务 ·" not in clerk.get(f"/people/{person}/").content.decode()
    assert clerk.post(f"/priority/marks/{made.public_id}/withdraw/", {"request_key": "k3"}).status_code == 404


def test_the_list_is_masked_printed_and_taken_out_by_the_rules_of_lists(signed_in, person, other):
    clerk = signed_in("li", "window_clerk")
    for who in (person, other):
        given = {"ground": "elder", "source": "application", "request_key": f"k{who}"}
        assert clerk.post(f"/priority/people/{who}/", given).status_code == 302
    worker = signed_in("zhou", "community_worker")
    page = worker.get("/priority/week/").content.decode()
    assert "王*英" in page and "王桂英" not in page and "本人申请" in page and "没有" in page
    assert worker.get("/priority/week/?week=2020-01-01&got=1").status_code == 200
    assert worker.get("/priority/week/?week=不是日子&after=nobody").status_code == 200
    paper = worker.get("/priority/week/paper/").content.decode()
    assert "王*英" in paper and "王桂英" not in paper and "姓名已脱敏" in paper
    sheet = worker.get("/priority/week/?export=xlsx")
    assert sheet.status_code == 200 and sheet["Content-Disposition"].startswith("attachment")
    far = signed_in("qian", "community_worker", area=FAR)
    assert "王*英" not in far.get("/priority/week/").content.decode()
    assert far.get(f"/priority/people/{person}/").status_code == 404


def test_an_empty_week_that_was_chosen_says_so_and_offers_no_condition_to_clear(signed_in, person):
    worker = signed_in("zhou", "community_worker")
    here = "/priority/week/?week=2020-01-06"
    chosen = worker.get(here).content.decode()
    assert "2020" in chosen and "这一周没有带优先标记的居民" in chosen
    assert "清除" not in chosen and "没有符合条件" not in chosen
    # With a condition there is one to clear, and the week stays when it is.
    narrowed = worker.get(f"{here}&got=1").content.decode()
    assert "没有符合条件的记录" in narrowed
    cleared = set(re.findall(r'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?清除条件', narrowed))
    assert cleared == {here}, narrowed
    # A word that is no week is none.
    assert "清除" not in worker.get("/priority/week/?week=不是日子").content.decode()


def test_a_week_costs_the_same_however_many_stand_on_it(
    signed_in, acting, system, django_assert_max_num_queries, street
):
    clerk = signed_in("li", "window_clerk")

    def add(count, start):
        for number in range(start, start + count):
            with acting(system):
                who = people.register_person(
                    by=system, at=timezone.now() - timedelta(days=1), name=f"张三{number}", community=HOME
                ).public_id
            given = {"ground": "elder", "source": "application", "request_key": f"k{who}"}
            assert clerk.post(f"/priority/people/{who}/", given).status_code == 302

    add(2, 0)
    worker = signed_in("zhou", "community_worker")
    worker.get("/priority/week/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        worker.get("/priority/week/")
    clerk = signed_in("li2", "window_clerk")
    add(6, 2)
    worker = signed_in("zhou2", "community_worker")
    worker.get("/priority/week/")
    with CaptureQueriesContext(connection) as many:
        assert worker.get("/priority/week/").content.decode().count("张*") == 8
    assert len(many) == len(few)


class TestConsent:
    """A mark for which she was asked stands as long as her consent does."""

    @pytest.fixture
    def held(self, acting, worker, person):
        def ask(on=ON):
            with acting(worker, on=on):
                ids = people.person_ids(person, by=worker)
                return {one.ground for one in priority.marks_on(ids, by=worker, on=on)}

        return ask

    def test_she_is_asked_and_what_she_agreed_to_is_kept(self, mark, person, acting, system):
        mark(ground="need", source="consent")
        with acting(system):
            given = consents.standing([person], "served_first", on=ON, by=system)
            assert given.proof == "at_window" and "周社工" in given.proof_note

    def test_taken_back_the_mark_is_gone_at_once_and_that_by_a_wish_stays(
        self, mark, held, person, acting, system, worker
    ):
        mark(ground="need", source="consent")
        mark(ground="elder", source="application")
        assert held() == {"need", "elder"}
        with acting(system):
            consents.withdraw_consent(by=system, at=AT, person=person, purpose="served_first")
            assert [one.ground for one in PriorityMark.objects.filter(person=person)] == ["elder"]
        assert held() == {"elder"}
        with acting(worker, on=ON):
            assert [one.ground for one in priority.week_of_marks(MONDAY, by=worker)] == ["elder"]

    def test_words_that_ask_anew_close_it_until_she_is_asked(
        self, mark, held, person, acting, system, worker
    ):
        given = mark(ground="need", source="consent")
        body = definitions.current("consent_purpose", "served_first", on=ON).body
        words = body.model_dump(mode="json") | {"wording": "优先标记还会告诉区里的大厅，请重新考虑。"}
        changes = (({}, date(2026, 12, 1), {"need"}), ({"anew": True}, date(2026, 12, 8), set()))
        for more, day, there in changes:
            with acting(system):
                definitions.publish(
                    by=system,
                    at=AT,
                    effective_on=day,
                    kind="consent_purpose",
                    key="served_first",
                    body=words | more,
                )
            assert held(on=day) == there
        later = on_day(2026, 12, 9)
        with acting(worker, on=later.date()):
            assert not list(priority.week_of_marks(date(2026, 12, 7), by=worker))
        assert mark(ground="need", source="consent", at=later) == given
        assert held(on=later.date()) == {"need"}

    def test_a_child_is_not_asked_without_her_guardian(self, mark, street, acting, system):
        with acting(system):
            child = people.register_person(
                by=system, at=on_day(2026, 1, 5), name="李小花", community=HOME, birth_on=date(2016, 3, 1)
            ).public_id
        with pytest.raises(consents.CannotAgree, match="监护人"):
            mark(child, ground="need", source="consent")
        assert mark(child, ground="need", source="application")


def test_residents_are_listed_by_a_mark_and_the_condition_is_kept(signed_in, person, other):
    clerk = signed_in("li", "window_clerk")
    given = {"ground": "elder", "source": "application", "request_key": "k1"}
    assert clerk.post(f"/priority/people/{person}/", given).status_code == 302
    page = clerk.get("/people/list/?mark=priority.mark").content.decode()
    assert f"/people/{person}/" in page and f"/people/{other}/" not in page
    kept = clerk.post(
        "/people/list/save", {"mark": "priority.mark", "name": "优先的", "shared": "on"}, follow=True
    )
    assert "优先的" in kept.content.decode() and f"/people/{person}/" in kept.content.decode()
    # Who does not see the mark on a file does not choose by it, nor count by what a colleague kept.
    grid = signed_in("wang", "grid_worker")
    for address in ("/people/list/", "/people/list/?mark=priority.mark"):
        shown = grid.get(address).content.decode()
        assert f"/people/{person}/" not in shown and 'href="/people/list/?mark' not in shown
