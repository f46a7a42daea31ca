"""The invented people have the structure of the census, families that can be, and are the same for the same day."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from yimen.demo.engine.identity import NO_DIVISION, NO_OPERATOR, Numbers
from yimen.demo.engine.pyramid import Census
from yimen.demo.engine.residents import Maker
from yimen.demo.engine.toml import read
from yimen.kernel.periods import age_on

TODAY = date(2026, 9, 7)
COMMUNITIES = {code: 5000 * one["share"] // 99 for code, one in read("population")["communities"].items()}


def make(seed=330212007):
    return Maker(Random(seed), Numbers(), today=TODAY).houses(COMMUNITIES)


@pytest.fixture(scope="module")
def houses():
    return make()


@pytest.fixture(scope="module")
def people(houses):
    return [member for house in houses for member in house.members]


def test_the_same_day_has_the_same_people(houses):
    assert make() == houses
    assert make(seed=1) != houses


def test_ages_and_sexes_are_those_of_the_census(people):
    census = Census()
    ours = Counter((census.band_of(age_on(one.birth_on, TODAY)), one.sex) for one in people)
    for cell, share in census.people().items():
        assert abs(100 * ours[cell] / len(people) - 100 * share) < 0.6, cell
    men = sum(one.sex == "male" for one in people)
    assert abs(100 * men / (len(people) - men) - read("population")["sex_ratio"]["whole"]) < 6


def test_households_are_as_large_as_in_the_census(houses, people):
    census = Census()
    sizes = Counter(len(house.members) for house in houses)
    for size, share in census.sizes.items():
        assert abs(sizes[size] / len(houses) - share) < 0.02, size
    assert abs(len(people) / len(houses) - census.mean) < 0.08
    assert abs(len(people) - 5000) < 100


def test_nobody_is_a_child_of_someone_too_young_or_too_old(houses):
    mothers = 0
    for house in houses:
        grown = {one.role: age_on(one.birth_on, TODAY) for one in house.members if one.role in ("02", "10")}
        women = [
            age_on(one.birth_on, TODAY)
            for one in house.members
            if one.role in ("02", "10") and one.sex == "female"
        ]
        for child in (one for one in house.members if one.role in ("20", "30")):
            age = age_on(child.birth_on, TODAY)
            mothers += bool(women)
            assert all(17 <= woman - age <= 42 for woman in women), (women, age)
            assert all(elder - age >= 15 for elder in grown.values())
        for parent in (one for one in house.members if one.role in ("51", "52", "55", "56")):
            assert age_on(parent.birth_on, TODAY) - min(grown.values()) >= 14
    assert mothers > 300


def test_wives_keep_their_surname_and_children_have_one_of_their_parents(houses):
    shared, couples = 0, 0
    for house in houses:
        parents = [one for one in house.members if one.role in ("02", "10")]
        if len(parents) < 2:
            continue
        couples += 1
        shared += parents[0].name[0] == parents[1].name[0]
        for child in (one for one in house.members if one.role in ("20", "30")):
            assert child.name[0] in {one.name[0] for one in parents}
    assert shared < couples * 0.1


def test_some_rent_some_live_elsewhere_and_many_old_people_live_alone(houses):
    rented = sum(house.rents for house in houses) / len(houses)
    assert 0.2 < rented < 0.4
    assert {"self", "let", "shared"} == {house.use for house in houses}
    assert {"here", "near", "outside"} == {house.hukou for house in houses}
    assert 0.03 < sum(not house.lives_here for house in houses) / len(houses) < 0.07
    alone = [house for house in houses if len(house.members) == 1]
    assert sum(age_on(house.members[0].birth_on, TODAY) >= 65 for house in alone) > 60


def test_old_communities_are_older_than_new_ones(houses):
    def mean_age(code):
        ages = [
            age_on(one.birth_on, TODAY)
            for house in houses
            if house.community == code
            for one in house.members
        ]
        return sum(ages) / len(ages)

    assert mean_age("330212007017") > mean_age("330212007400") + 8


def test_every_number_is_one_that_nobody_can_have_and_nobody_shares(people):
    numbers = [one.id_number for one in people]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith(NO_DIVISION) for number in numbers)
    phones = [one.phone for one in people if one.phone]
    assert len(set(phones)) == len(phones) and all(phone.startswith(NO_OPERATOR) for phone in phones)


def test_names_are_many_and_some_are_borne_by_several(people):
    names = Counter(one.name for one in people)
    assert len(names) > 2500
    assert sum(number > 1 for number in names.values()) > 200
    assert 0.1 < sum(len(name) == 2 for name in names) / len(names) < 0.25
