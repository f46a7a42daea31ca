"""People are told in their own way, and a message nobody reads is not told."""

from datetime import date, timedelta

import pytest

from tests.apps.foundations.messages.residents import COMMUNITY
from yimen.foundations.access.api import create_account, grant_role
from yimen.foundations.audit.api import looks_at, operation, record, trail_of
from yimen.foundations.bus.api import on, run_pending_jobs
from yimen.foundations.definitions.api import run_examples
from yimen.foundations.messages.api import (
    CallClosed,
    CallState,
    CannotMark,
    CannotTell,
    WayKind,
    all_calls,
    calls_to_make,
    inbox,
    mark_told,
    open_call,
    read_message,
    stop_for_person,
    tell,
    unread_count,
)
from yimen.foundations.messages.events import DeathHeard, PersonTold
from yimen.foundations.messages.models import CallTask, CallTry, Message
from yimen.foundations.messages.ports import Way
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed, NotFound

HEARD = []


@on(PersonTold)
def hear_person_told(*, event, by, at):
    HEARD.append((event.name, event.subject, event.state))


@on(DeathHeard)
def hear_death_heard(*, event, by, at):
    HEARD.append((event.name, event.subject, event.area))


@pytest.fixture(autouse=True)
def _nothing_heard():
    HEARD.clear()


def resident(account) -> Actor:
    return Actor(key=f"account:{account}", name="居民", kind=ActorKind.RESIDENT, account=account)


@operation("tests.told")
def tell_all(*, by, at, **given):
    record(None, kind="test", area=by.home)
    return tell(by=by, at=at, **given)


def test_who_signs_in_finds_a_message_and_the_bell_counts_it_once(
    acting, worker, residents, tell_resident, now
):
    account = uuid7()
    person = residents.add(Way(WayKind.ACCOUNT, account=account))
    message = tell_resident(worker, person)
    assert isinstance(message, Message)
    owner = resident(account)
    with acting(owner):
        assert unread_count(by=owner) == 1
        assert [one.title for one in inbox(by=owner)] == ["您的办件有结果了"]
        for _ in range(2):
            assert read_message(by=owner, at=now, message=message.public_id).read_at == now
        assert unread_count(by=owner) == 0


def test_nobody_reads_the_message_of_another(acting, worker, residents, tell_resident, now):
    message = tell_resident(worker, residents.add(Way(WayKind.ACCOUNT, account=uuid7())))
    for other in (worker, resident(uuid7()), None):
        with acting(other):
            if other is not None:
                with pytest.raises(NotFound):
                    read_message(by=other, at=now, message=message.public_id)
            assert not inbox(by=other)
    with acting(resident(uuid7())):
        assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("ways", "kind"),
    [
        ([Way(WayKind.CALL, key="1")], "call"),
        ([Way(WayKind.RELATIVE, key="2", note="找女儿")], "relative"),
        ([Way(WayKind.KNOCK)], "knock"),
        ([Way(WayKind.READ_SMS, key="1")], "sms"),
        ([Way(WayKind.CALL), Way(WayKind.ACCOUNT, account=uuid7())], "call"),
        ([], "knock"),
    ],
)
def test_every_other_way_becomes_a_line_of_the_community_list(
    ways, kind, acting, worker, residents, tell_resident, now
):
    person = residents.add(*ways)
    task = tell_resident(worker, person)
    with acting(worker):
        assert list(calls_to_make(by=worker, on=now.date())) == [task]
    assert (task.way, task.name, task.area, task.street) == (kind, "陈阿婆", COMMUNITY, "330212007")
    assert (task.due_on, task.next_on) == (date(2026, 11, 23), date(2026, 11, 20))


def test_a_person_nobody_knows_is_knocked_for_where_the_matter_is(worker, tell_resident):
    task = tell_resident(worker, uuid7())
    assert (task.way, task.area) == ("knock", COMMUNITY)


def test_a_person_of_another_street_is_called_by_those_who_handle_the_matter(
    worker, residents, tell_resident
):
    person = residents.add(Way(WayKind.CALL), area="330212008003")
    assert tell_resident(worker, person).area == COMMUNITY


def test_nobody_is_sent_to_the_door_of_the_dead(worker, residents, tell_resident):
    assert tell_resident(worker, residents.add(Way(WayKind.CALL), died=True)) is None
    assert not CallTask.objects.exists()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("您的低保申请已批准", "您有一件事项有新进展，请打开查看"),
        ("精神障碍随访提醒", "您有一件事项有新进展，请打开查看"),
        ("张三 330212199001011234 的办件", "您有一件事项有新进展，请打开查看"),
        ("请回电 13800138000", "您有一件事项有新进展，请打开查看"),
        ("您的办件有结果了", "您的办件有结果了"),
    ],
)
def test_a_title_on_a_locked_screen_gives_nothing_away(title, shown, worker, residents, tell_resident):
    for way in (Way(WayKind.ACCOUNT, account=uuid7()), Way(WayKind.CALL)):
        assert tell_resident(worker, residents.add(way), title=title).title == shown


@pytest.mark.parametrize(
    "link", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_link_never_leads_out_of_the_product(link, worker, residents, tell_resident):
    with pytest.raises(CannotTell, match="本系统"):
        tell_resident(worker, residents.add(Way(WayKind.CALL)), link=link)


def test_the_holders_of_a_role_are_those_over_the_area_and_wider_today(acting, system, now, today, worker):
    accounts = {}
    with acting(system):
        for name, area, since, until in (
            ("own", COMMUNITY, today, None),
            ("street", "330212007", today, None),
            ("next", "330212007002", today, None),
            ("past", COMMUNITY, today - timedelta(days=9), today),
            ("later", COMMUNITY, today + timedelta(days=1), None),
        ):
            account = create_account(
                by=system, at=now, username=f"user.{name}", name=name, password="Panhuo-2026-east", area=area
            )
            grant_role(
                by=system,
                at=now,
                account=account.public_id,
                role="section_officer",
                area=area,
                since=since,
                until=until,
            )
            accounts[account.key] = name
        sent = tell_all(
            by=system, at=now, title="请看", area=COMMUNITY, to_role_area=("section_officer", COMMUNITY)
        )
    assert sorted(accounts[message.addressee] for message in sent) == ["own", "street"]


def test_who_hands_a_matter_on_reaches_those_who_sit_above_or_elsewhere(
    acting, system, now, worker, residents
):
    with acting(system):
        officer = create_account(
            by=system, at=now, username="officer", name="科员", password="Panhuo-2026-east", area="330212007"
        )
        grant_role(
            by=system,
            at=now,
            account=officer.public_id,
            role="section_officer",
            area="330212007",
            since=now.date(),
        )
    giver = resident(uuid7())
    person = residents.add(Way(WayKind.CALL))
    for sender in (worker, giver):
        with acting(sender):
            sent = tell_all(
                by=sender,
                at=now,
                title="请签收",
                area="330212007",
                to_role_area=("section_officer", "330212007"),
            )
            assert len(sent) == 1
            assert (
                tell_all(by=sender, at=now, title="请看", area=COMMUNITY, to_person=person)[0].name
                == "陈阿婆"
            )
    reader = resident(officer.public_id)
    with acting(reader):
        assert [one.sent_by for one in inbox(by=reader)] == [giver.key, worker.key]


def test_telling_an_account_a_role_without_holders_or_nobody(acting, worker, now):
    with acting(worker):
        account = uuid7()
        [message] = tell_all(by=worker, at=now, title="请看", area=COMMUNITY, to_account=account)
        assert message.addressee == f"account:{account}"
        assert (
            tell_all(by=worker, at=now, title="请看", area=COMMUNITY, to_role_area=("doctor", COMMUNITY))
            == []
        )
        with pytest.raises(TypeError):
            tell_all(by=worker, at=now, title="请看", area=COMMUNITY)


def test_told_ends_the_task_and_says_so(acting, worker, residents, tell_resident, now):
    person = residents.add(Way(WayKind.CALL))
    task = tell_resident(worker, person)
    with acting(worker):
        done = mark_told(by=worker, at=now, task=task.public_id, outcome="told", note="本人接听")
        assert (done.state, done.closed_by, done.closed_why) == (CallState.TOLD, worker.key, "本人接听")
        assert not calls_to_make(by=worker, on=now.date())
        assert [one.outcome for one in CallTry.objects.all()] == ["told"]
        with pytest.raises(CallClosed, match="已告知"):
            mark_told(by=worker, at=now, task=task.public_id, outcome="no_answer")
        assert [row.verb for row in trail_of(task.public_id, by=worker)] == [
            "messages.call.tried",
            "tests.case.told",
        ]
        run_pending_jobs()
    assert [("messages.person_told", person, "told")] == HEARD


def test_after_three_tries_in_vain_the_task_ends_and_the_street_hears_of_it(
    acting, worker, residents, tell_resident, now, system
):
    person = residents.add(Way(WayKind.CALL))
    task = tell_resident(worker, person)
    with acting(system):
        officer = create_account(
            by=system,
            at=now,
            username="section.officer",
            name="科员",
            password="Panhuo-2026-east",
            area="330212007",
        )
        grant_role(
            by=system,
            at=now,
            account=officer.public_id,
            role="section_officer",
            area="330212007",
            since=now.date(),
        )
    with acting(worker):
        for turn, (outcome, next_on) in enumerate(
            [("no_answer", 21), ("away", 27), ("no_answer", 27)], start=1
        ):
            found = mark_told(by=worker, at=now, task=task.public_id, outcome=outcome)
            assert (found.tries, found.next_on) == (turn, date(2026, 11, next_on))
        assert (found.state, found.closed_why) == (CallState.UNREACHED, "联系 3 次未果")
    reader = resident(officer.public_id)
    with acting(reader):
        [message] = inbox(by=reader)
        assert message.link == f"/messages/calls/{task.public_id}/"
        assert "陈阿婆" in message.text
        assert "陈阿婆" not in message.title


@pytest.mark.parametrize(
    ("outcome", "word"), [("refused", "请写一句说明"), ("died", "请写一句说明"), ("lost", "没有这种")]
)
def test_an_outcome_without_its_word_or_unknown_is_refused(
    outcome, word, acting, worker, residents, tell_resident, now
):
    task = tell_resident(worker, residents.add(Way(WayKind.CALL)))
    with acting(worker):
        with pytest.raises(CannotMark, match=word):
            mark_told(by=worker, at=now, task=task.public_id, outcome=outcome, note=" ")
        assert not CallTry.objects.exists()


def test_hearing_of_a_death_stops_everything_to_this_person_in_every_street(
    acting, worker, residents, tell_resident, now, make_actor
):
    elsewhere = make_actor("messages.work_calls", area="330212008")
    account = uuid7()
    person = residents.add(Way(WayKind.CALL))
    task, twin = tell_resident(worker, person), tell_resident(worker, person)
    far = tell_resident(elsewhere, person, area="330212008001")
    living = tell_resident(worker, residents.add(Way(WayKind.CALL)))
    residents.add()
    with acting(worker):
        tell_all(by=worker, at=now, title="请看", area=COMMUNITY, to_account=account)
        mark_told(by=worker, at=now, task=task.public_id, outcome="died", note="儿子说上月走了")
        run_pending_jobs()
        assert {one.public_id: one.state for one in all_calls(by=worker, on=now.date())} == {
            task.public_id: "stopped",
            twin.public_id: "stopped",
            living.public_id: "open",
        }
    with acting(elsewhere):
        assert CallTask.objects.get(public_id=far.public_id).state == CallState.STOPPED
    assert ("messages.death_heard", person, COMMUNITY) in HEARD
    assert HEARD.count(("messages.person_told", person, "stopped")) == 1


def test_a_death_told_from_above_takes_back_what_was_not_read(acting, worker, residents, tell_resident, now):
    account = uuid7()
    person = residents.add(Way(WayKind.ACCOUNT, account=account))
    read, unread = tell_resident(worker, person), tell_resident(worker, person)
    owner = resident(account)
    with acting(owner):
        read_message(by=owner, at=now, message=read.public_id)

    @operation("tests.person.died")
    def die(*, by, at):
        return stop_for_person(person=person, by=by, at=at, why="登记死亡")

    with acting(worker):
        assert die(by=worker, at=now) == 1
    with acting(owner):
        assert list(inbox(by=owner)) == [read]
        assert unread_count(by=owner) == 0
        with pytest.raises(NotFound):
            read_message(by=owner, at=now, message=unread.public_id)


def test_only_who_works_the_list_sees_it_and_calls(acting, worker, residents, tell_resident, now, make_actor):
    task = tell_resident(worker, residents.add(Way(WayKind.CALL)))
    clerk = make_actor("messages.read_inbox", area=COMMUNITY)
    with acting(clerk):
        assert not all_calls(by=clerk, on=now.date())
        for deed in (open_call, lambda **given: mark_told(outcome="told", **given)):
            with pytest.raises(NotAllowed):
                deed(by=clerk, at=now, task=task.public_id)
    neighbour = make_actor("messages.work_calls", area="330212007002")
    with acting(neighbour):
        assert not all_calls(by=neighbour, on=now.date())
        with pytest.raises(NotFound):
            mark_told(by=neighbour, at=now, task=task.public_id, outcome="told")


def test_the_number_is_shown_to_who_opens_it_with_a_look_and_kept_nowhere(
    acting, worker, residents, tell_resident, now
):
    person = residents.add(
        Way(WayKind.CALL, key="mobile", note="耳背，大声"), phones={"mobile": "13805741234"}
    )
    task = tell_resident(worker, person)
    with acting(worker):
        assert open_call(by=worker, at=now, task=task.public_id).phone == "13805741234"
        assert [look.why for look in looks_at(person, by=worker)] == ["电话告知，显示号码"]
        row = CallTask.objects.values().get(public_id=task.public_id)
    assert "13805741234" not in str(row)


def test_a_double_click_counts_one_try(acting, worker, residents, tell_resident, now):
    task = tell_resident(worker, residents.add(Way(WayKind.CALL)))
    with acting(worker):
        for _ in range(2):
            mark_told(by=worker, at=now, task=task.public_id, outcome="no_answer", request_key="a")
        assert CallTask.objects.get().tries == 1


def test_the_worked_examples_of_telling_hold(db):
    results = run_examples("telling")
    assert len(results) == 5
    assert [result.sentence for result in results if not result.holds] == []
