"""Areas are reorganised, open work goes on (区域调整): with the successor's staff, answers and papers included."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.apps.work.desk.conftest import HOME, STREET, on_day
from yimen.foundations.access.models import Account, Grant
from yimen.foundations.audit import api as audit
from yimen.foundations.documents.models import Letter
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.work.desk import api as desk
from yimen.work.desk.models import Case
from yimen.work.desk.operations import join_case

PAPER = {"authority": "鄞州区人民政府", "number": "鄞政函〔2026〕9号"}


@pytest.fixture
def neighbour(street, acting, system):
    """雅苑社区, which takes over."""
    with acting(system):
        return places.open_area(
            by=system, at=on_day(2026, 1, 5), parent=STREET, name="雅苑社区", since=on_day(2015, 1, 1).date()
        ).code


@pytest.fixture
def cases(asked, clerk, acting):
    """One case that is open, and one that was settled."""
    at = timezone.now() - timedelta(days=2)
    with acting(clerk, day_of(at)):
        open_one = desk.accept_case(by=clerk, at=at, area=HOME, asked=asked())
        settled = desk.accept_case(by=clerk, at=at, area=HOME, asked=asked("trial_notice", papers={}))
        settled = desk.register_case(by=clerk, at=at, case=settled.public_id)
        settled = desk.deliver_case(by=clerk, at=at, case=settled.public_id, way="counter", receiver="本人")
    return open_one.public_id, settled.public_id


def merge(acting, system, into, on=None):
    at = timezone.now()
    with acting(system, day_of(at)):
        places.change_areas(
            by=system, at=at, kind="merge", on=on or day_of(at), old=[HOME], into=into, **PAPER
        )


def areas_of(case, acting, system):
    with acting(system, day_of(timezone.now())):
        row = Case.objects.get(public_id=case)
        return row.area, row.desk_area, row.home_area


def test_after_a_merge_the_successor_works_on_with_answers_and_letters(
    signed_in, cases, neighbour, acting, system
):
    open_one, settled = cases
    browser = signed_in("zhou", "window_clerk", area=neighbour)
    assert browser.get(f"/desk/cases/{open_one}/").status_code == 404
    merge(acting, system, neighbour)
    page = browser.get(f"/desk/cases/{open_one}/").content.decode()
    assert "住院" in page
    assert "区域调整，由东莺社区转到雅苑社区" in page
    assert "雅苑社区" in page
    with acting(system, day_of(timezone.now())):
        letters = list(Letter.objects.filter(subject=open_one).values_list("public_id", "area"))
        with connection.cursor() as cursor:
            assert [one.key for one in audit.prove(cursor, only=["desk"]) if not one.holds] == []
    assert {area for _, area in letters} == {neighbour}
    assert browser.get(f"/documents/letters/{letters[0][0]}/").status_code == 200
    assert areas_of(open_one, acting, system) == (neighbour, neighbour, neighbour)
    # What was settled keeps the area of its day.
    assert areas_of(settled, acting, system)[:2] == (HOME, HOME)


def test_whoever_held_a_role_in_the_old_community_holds_it_in_the_new_one(
    signed_in, cases, neighbour, acting, system
):
    browser = signed_in("li", "window_clerk", area=HOME)
    merge(acting, system, neighbour)
    assert browser.get(f"/desk/cases/{cases[0]}/").status_code == 200
    with acting(system, day_of(timezone.now())):
        holder = Account.objects.get(username="li")
        today = day_of(timezone.now())
        held = Grant.objects.filter(account=holder).in_force(today)
        assert list(held.values_list("area", flat=True)) == [neighbour]
        assert holder.area == neighbour


def test_a_split_takes_the_cases_along_of_those_who_live_in_the_buildings(street, clerk, acting, system):
    at = timezone.now() - timedelta(days=2)
    since = on_day(2026, 1, 5)
    with acting(system):
        estate = places.add_estate(by=system, at=since, community=HOME, name="东方丽都")
        doors = {}
        for number in ("1", "2"):
            house = places.add_building(by=system, at=since, estate=estate, number=number, floors=2)
            doors[house.public_id] = places.add_dwelling(
                by=system, at=since, building=house, floor=1, room="101"
            )
        found = {}
        for house, door in doors.items():
            made = people.register_person(
                by=system, at=since, name="王桂英", community=HOME, phone="13800001234"
            )
            people.move_person(
                by=system, at=since, person=made.public_id, on=since.date(), community=HOME, dwelling=door
            )
            found[house] = made.public_id
    numbers = {}
    with acting(clerk, day_of(at)):
        for house, who in found.items():
            answers = {"reason": "住院", "phone": "13800001234", "sick": False}
            asked = desk.Asked("trial", who, answers, {"identity": "seen"})
            numbers[house] = desk.accept_case(by=clerk, at=at, area=HOME, asked=asked)
        first, second = doors
        # They were to be decided together; from now on two windows answer, each its own.
        join_case(by=clerk, at=at, case=numbers[second].public_id, number=numbers[first].number)
    with acting(system, day_of(timezone.now())):
        east, west = places.reorganise_areas(
            by=system, at=timezone.now(), on=day_of(timezone.now()), old=[HOME],
            new=[places.NewArea(STREET, "东莺东社区"), places.NewArea(STREET, "东莺西社区")],
            rest={HOME: 0}, assign={second: 1},
        )  # fmt: skip
    assert areas_of(numbers[first].public_id, acting, system)[0] == east
    assert areas_of(numbers[second].public_id, acting, system)[0] == west
    with acting(system, day_of(timezone.now())):
        assert Case.objects.get(public_id=numbers[second].public_id).lead_id is None
