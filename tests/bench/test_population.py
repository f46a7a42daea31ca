"""The invented county is what it says: shares of names, households, numbers that are right and nobody's twice."""

from collections import Counter
from datetime import date

import pytest

from bench.names import surnames
from bench.population import OF_A_COMMUNITY, OF_A_STREET, Community, Settlement, communities, street_name
from yimen.standards.citizen_id import CitizenId, parse_citizen_id
from yimen.standards.phone import Phone, parse_phone

TODAY = date(2026, 11, 20)
PEOPLE = 10_000


@pytest.fixture(scope="module")
def houses():
    return [house for one in communities(PEOPLE) for house in Settlement(one, today=TODAY).houses()]


@pytest.fixture(scope="module")
def members(houses):
    return [one for house in houses for one in house.members]


def test_there_are_as_many_people_as_were_asked_for(members):
    assert len(members) == PEOPLE


def test_seven_of_a_hundred_are_called_wang_and_one_in_six_has_a_name_of_two_characters(members):
    called_wang = sum(one.name.startswith("王") for one in members) / PEOPLE
    of_two = sum(len(one.name) == 2 for one in members) / PEOPLE
    assert 0.06 < called_wang < 0.085
    assert 0.15 < of_two < 0.19


def test_the_hundred_commonest_surnames_cover_what_was_published():
    shares = list(surnames().values())
    assert sum(shares) == pytest.approx(100)
    assert sum(shares[:100]) == pytest.approx(85.9)
    assert sorted(shares[:100], reverse=True) == pytest.approx(shares[:100])


def test_id_numbers_are_right_and_nobody_has_anybody_elses(members):
    read = [parse_citizen_id(one.id_number, today=TODAY) for one in members]
    assert all(isinstance(one, CitizenId) for one in read)
    assert all(told.birth_date == one.birth_on for told, one in zip(read, members, strict=True))
    assert all(told.sex == one.sex for told, one in zip(read, members, strict=True))
    assert max(Counter(one.id_number for one in members).values()) == 1


def test_telephones_are_right_and_nobody_has_anybody_elses(members):
    phones = [one.phone for one in members if one.phone]
    assert all(isinstance(parse_phone(phone), Phone) for phone in phones)
    assert len(set(phones)) == len(phones) > PEOPLE * 0.8


def test_last_four_digits_are_spread_as_in_life(members):
    """A search for four digits finds one in some thousand, in every community alike."""
    tails = Counter(one.id_number[-4:] for one in members[:OF_A_COMMUNITY])
    assert len(tails) > OF_A_COMMUNITY / 2


def test_ages_are_those_of_the_census(members):
    ages = [(TODAY - one.birth_on).days / 365.25 for one in members]
    assert 0.16 < sum(age < 15 for age in ages) / PEOPLE < 0.20
    assert 0.16 < sum(age >= 60 for age in ages) / PEOPLE < 0.21


def test_each_household_has_a_door_of_its_own_and_some_live_elsewhere(houses):
    doors = [(house.door, house.members[0].id_number[:6]) for house in houses if house.door]
    assert 0.03 < 1 - len(doors) / len(houses) < 0.07
    assert 2 < PEOPLE / len(houses) < 2.8
    for community in communities(PEOPLE):
        homes = [one.door for one in Settlement(community, today=TODAY).houses() if one.door]
        assert len(set(homes)) == len(homes)


def test_the_same_seed_tells_the_same_people():
    one = Community(0, 300)
    assert list(Settlement(one, today=TODAY).houses()) == list(Settlement(one, today=TODAY).houses())


def test_a_million_are_ten_streets_of_twenty_communities_of_five_thousand():
    whole = communities(1_000_000)
    assert {one.people for one in whole} == {OF_A_COMMUNITY}
    streets = Counter(one.street for one in whole)
    assert set(streets.values()) == {OF_A_STREET} and len(streets) == 10
    assert len({one.name for one in whole}) == len({one.code for one in whole}) == 200
    assert len({street_name(street) for street in streets}) == 10


def test_fewer_people_are_fewer_communities_each_as_full():
    assert [one.people for one in communities(10_000)] == [OF_A_COMMUNITY] * 2
    assert [one.people for one in communities(2_000)] == [2_000]
