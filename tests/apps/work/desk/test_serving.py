"""A person of another street at this window: found by her complete number, served, and out of sight afterwards."""

from datetime import timedelta

import pytest

from tests.apps.work.desk.conftest import FAR, HOME, on_day
from yimen.foundations.access import api as access
from yimen.kernel.actor import Actor, ActorKind, Hold
from yimen.kernel.refusals import NotFound
from yimen.registers.people import api as people
from yimen.standards.citizen_id import check_character
from yimen.work.desk import api as desk

NUMBER = "11010519491231002X"
UNKNOWN = "11010519900307003" + check_character("11010519900307003")
RIGHTS = frozenset(
    {
        "desk.accept_case", "desk.handle_case", "desk.view_cases", "people.find", "people.view_file",
        "documents.issue_letter", "documents.open", "documents.store",
    }
)  # fmt: skip


@pytest.fixture
def stranger(street, acting, system):
    """A resident of the other street."""
    with acting(system):
        return people.register_person(
            by=system,
            at=on_day(2026, 1, 5),
            name="陈远方",
            community=FAR,
            id_number=NUMBER,
            phone="13900001234",
        ).public_id


@pytest.fixture
def window(street, acting, system):
    """A clerk with a real account: ties belong to accounts."""
    with acting(system):
        account = access.create_account(
            by=system,
            at=on_day(2026, 1, 5),
            username="li.min",
            name="李敏",
            password="Panhuo-2026-east",
            area=HOME,
        )
    key = f"account:{account.public_id}"
    holds = (Hold(role="window_clerk", area=HOME, permissions=RIGHTS),)
    return Actor(key=key, name="李敏", kind=ActorKind.STAFF, holds=holds, account=account.public_id)


@pytest.fixture
def served(acting, window, stranger, now):
    with acting(window):
        desk.begin_serving(by=window, at=now, id_number=NUMBER)
        asked = desk.Asked(
            matter="trial",
            person=stranger,
            answers={"reason": "路过遇险", "sick": False},
            papers={"identity": "seen"},
        )
        return desk.accept_case(by=window, at=now, area=HOME, asked=asked).public_id


def test_nobody_is_served_before_her_number_is_shown(acting, window, stranger):
    with acting(window), pytest.raises(NotFound):
        people.person_card(stranger, by=window)


def test_a_number_nobody_bears_opens_nothing(acting, window, now):
    with acting(window):
        assert desk.begin_serving(by=window, at=now, id_number=UNKNOWN) is None


def test_serving_leaves_a_look_with_its_reason_for_the_person_to_read(
    acting, window, system, served, stranger
):
    from yimen.foundations.audit.api import looks_at

    with acting(system):
        whys = [look.why for look in looks_at(stranger, by=system)]
    assert any("窗口受理" in why for why in whys)


def test_the_case_stays_here_and_the_file_is_seen_until_it_is_over(acting, window, served, stranger, now):
    later = now + timedelta(days=3)
    with acting(window, on=later.date()):
        assert desk.get_case(served, by=window).case.area == HOME
        assert people.person_card(stranger, by=window).name == "陈远方"
        desk.withdraw_case(by=window, at=later, case=served, why="本人撤回")
    after = later + timedelta(days=1)
    with acting(window, on=after.date()), pytest.raises(NotFound):
        people.person_card(stranger, by=window)


def test_whose_file_is_put_into_another_one_meanwhile_is_served_to_the_end_and_then_out_of_sight(
    acting, window, served, stranger, system, now
):
    later = now + timedelta(days=3)
    with acting(system, on=later.date()):
        kept = people.register_person(by=system, at=now, name="陈远方", community=FAR).public_id
        people.merge_people(by=system, at=later, keep=kept, alias=stranger, reason="同一人")
    with acting(window, on=later.date()):
        assert people.person_card(stranger, by=window).public_id == kept
        desk.withdraw_case(by=window, at=later, case=served, why="本人撤回")
    after = later + timedelta(days=1)
    for file in (kept, stranger):
        with acting(window, on=after.date()), pytest.raises(NotFound):
            people.person_card(file, by=window)


def test_a_merge_that_is_undone_shows_the_window_the_kept_file_no_longer(
    acting, window, served, stranger, system, now
):
    later = now + timedelta(days=3)
    with acting(system, on=later.date()):
        kept = people.register_person(by=system, at=now, name="陈远方", community=FAR).public_id
        people.merge_people(by=system, at=later, keep=kept, alias=stranger, reason="同一人")
        people.undo_merge(by=system, at=later, alias=stranger, reason="是两个人")
    with acting(window, on=later.date()):
        assert people.person_card(stranger, by=window).public_id == stranger
        with pytest.raises(NotFound):
            people.person_card(kept, by=window)


def test_a_second_application_within_thirty_days_is_hinted_never_barred(
    acting, window, served, stranger, now
):
    from yimen.work.desk.queries import asked_lately

    with acting(window):
        hints = asked_lately(stranger, "trial", days=30, by=window, today=now.date())
        assert [case.public_id for case in hints] == [served]
        assert asked_lately(stranger, "trial_notice", days=30, by=window, today=now.date()) == []


def test_a_double_click_on_serving_is_one_deed_and_leads_to_the_matter(signed_in, stranger):
    browser = signed_in("min", "window_clerk")
    for _ in range(2):
        answer = browser.post("/desk/serve/", {"id_number": NUMBER, "request_key": "k"})
        assert (answer.status_code, answer.url) == (302, f"/desk/new/?person={stranger}")
    assert "陈远方" in browser.get(answer.url).content.decode()
