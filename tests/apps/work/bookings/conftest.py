"""A street with a hall at its service centre, and actors who work there."""

from datetime import date, datetime, time

import pytest

from tests.apps.work.desk.conftest import person, signed_in, street
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.registers.places import api as places
from yimen.work.bookings import api as bookings

__all__ = ["person", "signed_in", "street"]

STREET, HERE, FAR = "330212007", "330212007001", "330212008001"
AREAS = [
    ("330212", "鄞州区"),
    (STREET, "潘火街道"),
    (HERE, "东莺社区"),
    ("330212008", "百丈街道"),
    (FAR, "潜龙社区"),
]
DAY = date(2026, 11, 20)


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=STREET_TIME)


def make_hall(by, *, moment, counters=3, shows=bookings.Shows.NAMES, area=HERE):
    """A site and its hall, and areas where there are none; within an actor's unit of work."""
    if not places.communities_of(STREET):
        rows = [places.AreaRow(*row) for row in AREAS]
        places.import_areas(by=by, at=moment, since=date(2015, 1, 1), rows=rows)
    site = places.open_site(
        by=by, at=moment, area=area, name="东莺便民服务站", kind="community_station", address="试用路 1 号",
        since=date(2026, 1, 5),
    )  # fmt: skip
    week = [places.Hours(day, time(8, 30), time(11, 30)) for day in range(5)]
    places.set_site_hours(by=by, at=moment, site=site, hours=week, since=day_of(moment))
    return bookings.open_hall(by=by, at=moment, site=site.public_id, counters=counters, shows=shows)


@pytest.fixture
def clerk(make_actor):
    return make_actor("bookings.serve", area=HERE)


@pytest.fixture
def hall(acting, system):
    """The id of a hall with three counters that shows surnames."""
    with acting(system):
        return make_hall(system, moment=at(7)).public_id


@pytest.fixture
def take(acting, clerk, hall):
    """``take(9, 5, said=["elder"])``: a ticket taken at that minute."""

    def one(hour, minute=0, *, day=DAY, **told):
        with acting(clerk, on=day):
            return bookings.take_ticket(by=clerk, at=at(hour, minute, day=day), hall=hall, **told)

    return one


@pytest.fixture
def call(acting, clerk, hall):
    """``call(1, 9, 30)``: the number that counter 1 calls at half past nine, None when nobody waits."""

    def one(counter, hour=10, minute=0, *, day=DAY):
        with acting(clerk, on=day):
            found = bookings.call_next(by=clerk, at=at(hour, minute, day=day), hall=hall, counter=counter)
            return found.number if found else None

    return one
