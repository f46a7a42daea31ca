from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yimen.foundations.bus.api import defer, run_pending_jobs
from yimen.kernel.periods import age_band, age_on
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people import api as people
from yimen.registers.people import tasks
from yimen.registers.people.models import PopulationDelta
from yimen.registers.people.operations import figures
from yimen.registers.people.rules.population import Life, Stay, cells_of, half_a_year_after

HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
TODAY = date(2026, 11, 20)


@pytest.mark.requirement("S1-94")
def test_half_a_year_counts_her_among_those_who_live_here_whatever_the_hukou(street, register, now):
    register(
        "李小双",
        sex="female",
        birth_on=date(1990, 1, 1),
        hukou_address="安徽省阜阳市",
        since=date(2026, 5, 2),
    )
    register(
        "钱多多", sex="male", birth_on=date(1990, 1, 1), hukou_address="江西省上饶市", since=date(2026, 10, 1)
    )
    register("王秀兰", sex="female", birth_on=date(1950, 1, 1), hukou=HOME)
    october, november = (people.population(HOME, day, by=street) for day in (date(2026, 10, 31), TODAY))
    assert (october.count(), november.count()) == (0, 2)
    assert november.count(sex="female", age_from=18, age_until=60) == 1
    assert november.count(age_from=65) == 1
    assert november.registered == 1
    assert people.population(HOME, date(2027, 4, 30), by=street).count() == 3


def test_figures_stay_the_same_when_they_are_rolled_up(areas, acting, system, register, now, make_actor):
    with acting(system):
        for number in range(12):
            register(
                "王小明",
                community=(HOME, NEXT_DOOR, FAR)[number % 3],
                sex="male",
                birth_on=date(1940 + number * 7, 2, 3),
                since=date(2026, 1 + number % 10, 9),
                hukou="" if number % 2 else HOME,
            )
        scopes = (HOME, "330212007", "330212")
        before = [people.population(area, TODAY, by=system) for area in scopes]
        flows = [people.population_flow(area, date(2026, 1, 1), TODAY, by=system) for area in scopes]
        assert people.roll_up_population(by=system, at=now) > 0
        assert people.roll_up_population(by=system, at=now) == 0
        assert [people.population(area, TODAY, by=system) for area in scopes] == before
        assert [people.population_flow(area, date(2026, 1, 1), TODAY, by=system) for area in scopes] == flows
    leader = make_actor("people.find", area="330212007")
    with acting(leader):
        assert people.population("330212007", TODAY, by=leader) == before[1]
        with pytest.raises(NotAllowed):
            people.population(FAR, TODAY, by=leader)
    with acting(None):
        from yimen.registers.people.models import PopulationTally

        assert not PopulationTally.objects.exists()


def test_more_changes_than_one_bite_are_rolled_up_bite_by_bite_until_none_is_left(
    acting, areas, system, register, monkeypatch
):
    for place in (figures, tasks):
        monkeypatch.setattr(place, "MOST_AT_ONCE", 3)
    with acting(system):
        for number in range(4):
            register("王小明", sex="male", birth_on=date(1950 + number * 9, 2, 3), since=date(2026, 3, 9))
        before = people.population(HOME, TODAY, by=system)
        waiting = PopulationDelta.objects.count()
        assert waiting > 6
        defer(tasks.ROLL_UP_JOB)
        assert run_pending_jobs() >= waiting // 3
        assert not PopulationDelta.objects.exists()
        assert people.population(HOME, TODAY, by=system) == before


def test_births_arrivals_departures_and_deaths_are_counted_in_their_month(street, register, now):
    register("王小宝", birth_on=date(2026, 9, 3), since=date(2026, 9, 3), hukou=HOME)
    gone = register("李小双", birth_on=date(1990, 1, 1), since=date(2026, 2, 1))
    people.move_person(by=street, at=now, person=gone.public_id, on=date(2026, 10, 1), address="杭州市")
    dead = register("王秀兰", birth_on=date(1940, 1, 1), since=date(1999, 1, 1), hukou=HOME)
    people.record_death(by=street, at=now, person=dead.public_id, died_on=date(2026, 11, 2))
    flow = people.population_flow(HOME, date(2026, 1, 1), date(2026, 12, 31), by=street)
    assert flow == {"born": 1, "arrived": 1, "left": 1, "died": 1}
    assert people.population_flow(HOME, date(2026, 1, 1), date(2026, 9, 30), by=street)["died"] == 0


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 5, 2), date(2026, 11, 2)),
        (date(2026, 8, 31), date(2027, 3, 1)),
        (date(2025, 8, 30), date(2026, 3, 1)),
        (date(2026, 12, 31), date(2027, 7, 1)),
        (date(2026, 6, 15), date(2026, 12, 15)),
    ],
)
def test_half_a_year_is_full_on_the_day_or_the_first_after_it(day, expected):
    assert half_a_year_after(day) == expected


@st.composite
def lives(draw):
    start = date(2020, 1, 1)

    def stays():
        days = sorted(draw(st.sets(st.integers(0, 2400), min_size=1, max_size=5)))
        areas = draw(
            st.lists(st.sampled_from([HOME, NEXT_DOOR, FAR, ""]), min_size=len(days), max_size=len(days))
        )
        ends = [*days[1:], None]
        return tuple(
            Stay(start + timedelta(begin), start + timedelta(end) if end is not None else None, area)
            for begin, end, area in zip(days, ends, areas, strict=True)
        )

    home, hukou = stays(), stays()
    birth = draw(st.dates(date(1930, 1, 1), date(2020, 1, 1)))
    died = draw(st.none() | st.dates(date(2022, 1, 1), date(2027, 1, 1)))
    return Life("female", birth, died, home[0].since, home, hukou)


@settings(max_examples=200, deadline=None)
@given(lives(), st.integers(0, 90))
def test_the_sum_up_to_a_month_is_where_she_is_at_its_end(life, months):
    month = date(2020 + months // 12, months % 12 + 1, 1)
    last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    summed = Counter()
    for cell, amount in cells_of(life).items():
        if cell.measure == "stock" and cell.month <= month:
            summed[cell.area, cell.band, cell.kind] += amount
    summed = {cell: count for cell, count in summed.items() if count}
    assert summed == dict.fromkeys(brute_force(life, last), 1)


def brute_force(life, day):
    if day < life.counted_from or (life.died_on and day >= life.died_on):
        return set()
    lives = next((stay for stay in life.lives if stay.holds(day)), None)
    hukou = next((stay for stay in life.hukou if stay.holds(day)), None)
    band = age_band(age_on(life.birth_on, day)).key
    here, registered = (lives.area if lives else ""), (hukou.area if hukou else "")
    found = set()
    if here:
        if registered[:9] == here[:9]:
            found.add((here, band, "local"))
        else:
            since = lives.since
            for stay in reversed([stay for stay in life.lives if stay.since < lives.since]):
                if stay.until != since or stay.area[:9] != here[:9]:
                    break
                since = stay.since
            found.add((here, band, "settled" if half_a_year_after(since) <= day else "short"))
    if registered and registered[:9] != here[:9]:
        found.add((registered, band, "away"))
    return found
