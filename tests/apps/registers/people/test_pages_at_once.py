"""Two clerks press the same button at the same moment: it happens once, and what they left agrees (同时办理)."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.apps.registers.people.conftest import HOME, NEXT_DOOR, ROWS, SINCE, STREET
from yimen.foundations.access import api as access
from yimen.foundations.audit.api import prove
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.bus.api import act_as, run_pending_jobs
from yimen.kernel.actor import system_actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.people.models import (
    Alias,
    DeathNote,
    Guardianship,
    Household,
    Membership,
    ReachWay,
    Residence,
)
from yimen.registers.places import api as places

SYSTEM = system_actor("tests")
PASSWORD = "Papaya-Street-77"


@pytest.fixture
def at():
    return timezone.now() - timedelta(hours=1)


@pytest.fixture
def clerks(committed_db, at):
    """Two heads of the street's community, each with a browser of her own."""
    on, browsers = day_of(at), []
    with act_as(SYSTEM, on=on):
        rows = [places.AreaRow(*row) for row in ROWS]
        places.import_areas(by=SYSTEM, at=at, since=SINCE, rows=rows)
        for name in ("zhou", "wu"):
            made = access.create_account(
                by=SYSTEM, at=at, username=name, name=name, password=PASSWORD, area=STREET, must_change=False
            )
            for role in ("community_head", "section_chief"):
                access.grant_role(by=SYSTEM, at=at, account=made.public_id, role=role, area=STREET, since=on)
    for name in ("zhou", "wu"):
        browsers.append(Client())
        answer = browsers[-1].post("/sign-in", {"username": name, "password": PASSWORD})
        assert answer.status_code == 302
    connection.close()
    return browsers


@pytest.fixture
def put(clerks, at):
    """``put("王秀兰", role="02")``: the public id of somebody on file since spring."""

    def make(name, **told):
        given = {"community": HOME, "since": date(2026, 3, 1)} | told
        with act_as(SYSTEM, on=day_of(at)):
            return people.register_person(by=SYSTEM, at=at, name=name, **given).public_id

    return make


def at_once(*deeds):
    """Let each deed begin in the same moment, on a connection of its own; the status of each answer, in order."""
    return [answer.status_code for answer in answers_at_once(*deeds)]


def answers_at_once(*deeds):
    """The same, with what each answer says."""
    gate, answers = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait()
            answers[place] = deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=told) for told in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run_pending_jobs()
    with act_as(SYSTEM, on=day_of(timezone.now())), connection.cursor() as cursor:
        found = {one.key: one.found for one in prove(cursor, only=["people"])}
    assert {key: one.different for key, one in found.items() if one.different} == {}
    return answers


def told(model, *columns, **where):
    with act_as(SYSTEM, on=day_of(timezone.now())):
        return list(model.objects.filter(**where).order_by("id").values_list(*columns or ("id",)))


def trail(verb):
    """How often it was done."""
    return len(set(told(TrailRow, "deed", verb=verb)))


def posting(browser, path, **given):
    return lambda: browser.post(path, given)


def test_the_same_two_files_merged_by_two_clerks_become_one_once(clerks, put):
    one, other = put("王秀兰"), put("王秀兰", community=NEXT_DOOR)
    page = f"/people/{one}/merge/{other}"
    answers = at_once(*(posting(each, page, reason="当面核对身份证") for each in clerks))
    assert 302 in answers and 500 not in answers, answers
    assert told(Alias, "person__public_id", "alias__public_id") == [(one, other)]
    assert trail("people.people.merged") == 1


@pytest.mark.parametrize("days", [(0, 0), (0, 1)], ids=["the same day", "two days"])
def test_a_death_noted_by_two_clerks_is_one_death(clerks, put, days):
    head = put("王建国", role="02")
    child = put("王小明", birth_on=date(2015, 5, 5))
    today = day_of(timezone.now())
    with act_as(SYSTEM, on=today):
        house = people.household_of(head, by=SYSTEM)
        people.join_household(
            by=SYSTEM,
            at=timezone.now(),
            on=today - timedelta(days=30),
            person=child,
            household=house,
            role="20",
        )
    deeds = [
        posting(
            each, f"/people/{head}/death", died_on=str(today - timedelta(days=back)), source="死亡医学证明"
        )
        for each, back in zip(clerks, days, strict=True)
    ]
    answers = answers_at_once(*deeds)
    # The second is told that it is noted already, whatever she saw of the family before.
    [late] = [answer for answer in answers if answer.status_code != 302]
    sentence = "王建国的死亡已经登记"
    assert late.status_code == 422 and sentence in late.content.decode(), late.content.decode()
    assert len(told(DeathNote, undone_at=None)) == 1
    assert len(told(DeathNote, undone_at=None)) == trail("people.person.died") == 1
    assert told(Membership, "person__public_id", until=None) == [(child,)]


def test_a_way_to_reach_her_noted_by_two_clerks_at_once_stands_once_and_both_are_in_the_trail(clerks, put):
    her = put("王秀兰")
    page = f"/people/{her}/reach"
    for way, notes in (("knock", ("敲门要响", "下午在家")), ("phone", ("找女儿", "耳背，慢慢说"))):
        deeds = [posting(each, page, way=way, note=note) for each, note in zip(clerks, notes, strict=True)]
        assert at_once(*deeds) == [302, 302]
        [(note,)] = told(ReachWay, "note", person__public_id=her, way=way)
        assert note in notes
    assert at_once(
        posting(clerks[0], page, way="knock", drop="on"), posting(clerks[1], page, way="child", note="找儿子")
    ) == [302, 302]
    assert told(ReachWay, "way", person__public_id=her) == [("phone",), ("child",)]
    assert trail("people.person.reach_set") == 6


def test_an_error_undone_by_two_clerks_brings_her_back_once(clerks, put):
    ward, guardian = (
        put("王小美", birth_on=date(2015, 5, 5)),
        put("李秀英", birth_on=date(1980, 5, 5), role="02"),
    )
    today = day_of(timezone.now())
    with act_as(SYSTEM, on=today):
        people.set_guardian(
            by=SYSTEM, at=timezone.now(), on=date(2026, 4, 1), person=ward, guardian=guardian, kind="parent",
            basis="户口簿",
        )  # fmt: skip
        people.record_death(by=SYSTEM, at=timezone.now(), person=guardian, died_on=today)
    run_pending_jobs()
    assert told(Guardianship, "until") == [(today,)]
    page = f"/people/{guardian}/death/undo"
    answers = at_once(*(posting(each, page, reason="同名的人") for each in clerks))
    assert 302 in answers and 500 not in answers, answers
    assert trail("people.death.undone") == 1
    assert len(told(Membership, person__public_id=guardian, until=None)) == 1
    assert told(Guardianship, "until") == [(None,)]


def test_one_person_moved_to_two_places_lives_at_one_of_them(clerks, put):
    her = put("王秀兰", role="02")
    today = str(day_of(timezone.now()))
    answers = at_once(
        *(
            posting(
                each, f"/people/{her}/move", kind="lives", community=where, address=f"{where[-1]}号", on=today
            )
            for each, where in zip(clerks, (NEXT_DOOR, HOME), strict=True)
        )
    )
    assert 302 in answers and set(answers) <= {302, 409, 422}, answers
    assert len(told(Residence, person__public_id=her, kind="lives", until=None)) == 1


def test_two_households_that_each_take_the_same_man_in_do_not_both_have_him(clerks, put):
    first, second, man = put("王建国", role="02"), put("陈志强", role="02"), put("王小明")
    today = str(day_of(timezone.now()))
    with act_as(SYSTEM, on=day_of(timezone.now())):
        houses = [people.household_of(one, by=SYSTEM) for one in (first, second)]
    pages = [f"/people/households/{house}/join" for house in houses]
    seen = clerks[0].get(f"{pages[0]}?q=王小明").content.decode()
    assert str(man) in seen, re.sub(r"\s+", " ", seen)[-2000:]
    answers = at_once(
        *(
            posting(each, f"{page}?q=王小明", person=str(man), role="20", on=today)
            for each, page in zip(clerks, pages, strict=True)
        )
    )
    assert 302 in answers and set(answers) <= {302, 409, 422}, answers
    [(house,)] = told(Membership, "household__public_id", person__public_id=man, until=None)
    assert house in houses


def test_a_household_that_two_clerks_take_apart_the_same_way_is_parted_once(clerks, put):
    first, second = put("王建国", role="02"), put("李秀英")
    today = day_of(timezone.now())
    with act_as(SYSTEM, on=today):
        house = people.household_of(first, by=SYSTEM)
        people.join_household(
            by=SYSTEM,
            at=timezone.now(),
            on=today - timedelta(days=30),
            person=second,
            household=house,
            role="10",
        )
    answers = at_once(*(posting(each, f"/people/{second}/household", on=str(today)) for each in clerks))
    assert 302 in answers and set(answers) <= {302, 409, 422}, answers
    assert len(told(Membership, person__public_id=second, until=None)) == 1
    # No household is left that nobody ever belonged to.
    with act_as(SYSTEM, on=today):
        assert not Household.objects.exclude(id__in=Membership.objects.values("household")).exists()


def test_an_account_closed_by_two_administrators_is_closed_once_with_one_heir(clerks, put, at):
    with act_as(SYSTEM, on=day_of(at)):
        known = {one.username: one.public_id for one in access.accounts(by=SYSTEM)}
        for name in ("guan", "li"):
            made = access.create_account(
                by=SYSTEM, at=at, username=name, name=name, password=PASSWORD, area=STREET, must_change=False
            )
            access.grant_role(
                by=SYSTEM, at=at, account=made.public_id, role="administrator", area=STREET, since=day_of(at)
            )
    admins = [Client(), Client()]
    for browser, name in zip(admins, ("guan", "li"), strict=True):
        assert browser.post("/sign-in", {"username": name, "password": PASSWORD}).status_code == 302
    answers = at_once(
        posting(admins[0], f"/office/accounts/{known['zhou']}/close", reason="调离", to=str(known["wu"])),
        posting(admins[1], f"/office/accounts/{known['zhou']}/close", reason="离职", to=""),
    )
    assert 302 in answers and set(answers) <= {302, 409, 422}, answers
    assert trail("access.account.closed") == 1
