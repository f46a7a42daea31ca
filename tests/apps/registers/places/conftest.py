"""Two small streets for the tests of places."""

from datetime import date

import pytest

from yimen.foundations.definitions.api import working_calendar
from yimen.registers.places import api as places

SINCE = date(2023, 6, 30)
ROWS = [
    ("330212", "鄞州区"),
    ("330212007", "潘火街道"),
    ("330212007001", "东莺社区"),
    ("330212007002", "雅苑社区"),
    ("330212008", "百丈街道"),
    ("330212008001", "潜龙社区"),
]


@pytest.fixture
def areas(acting, system, now):
    """鄞州区 with two streets, all acted by the system until the test ends."""
    with acting(system):
        places.import_areas(by=system, at=now, since=SINCE, rows=[places.AreaRow(*row) for row in ROWS])
        yield


@pytest.fixture
def estate(areas, system, now):
    return places.add_estate(by=system, at=now, community="330212007001", name="东方丽都", also="丽都")


@pytest.fixture
def building(estate, system, now):
    return places.add_building(by=system, at=now, estate=estate, number="3", floors=6)


@pytest.fixture
def dwelling(building, system, now):
    return places.add_dwelling(by=system, at=now, building=building, unit="2", floor=5, room="501")


@pytest.fixture
def site(areas, system, now):
    return places.open_site(
        by=system,
        at=now,
        area="330212007001",
        name="东莺社区服务站",
        kind="community_station",
        address="东莺路 1 号",
        phone="0574-8800 0000",
        since=date(2026, 1, 1),
    )


@pytest.fixture
def calendar(db, today):
    return working_calendar(on=today)
