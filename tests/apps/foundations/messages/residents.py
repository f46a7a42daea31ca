"""Residents whose ways to be reached are told by the tests, as people tells them in the product."""

from uuid import UUID

from yimen.foundations.messages import ports
from yimen.foundations.messages.ports import Reach, Way
from yimen.kernel.ids import uuid7

COMMUNITY = "330212007001"


class Residents:
    """Fills the port with whoever was put in."""

    key = "tests"

    def __init__(self):
        self.reaches: dict[UUID, Reach] = {}
        self.phones: dict[tuple[UUID, str], str] = {}

    def reach_of(self, person, *, by):
        return self.reaches.get(person)

    def phone_of(self, person, *, way, by):
        return self.phones.get((person, way.key), "")

    def add(self, *ways: Way, name="陈阿婆", area=COMMUNITY, died=False, phones=None) -> UUID:
        person = uuid7()
        self.reaches[person] = Reach(person=person, name=name, area=area, ways=ways, died=died)
        for key, number in (phones or {}).items():
            self.phones[person, key] = number
        return person


RESIDENTS = ports.reach_ways.register(Residents())
