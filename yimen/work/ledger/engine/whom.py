"""Whom or what a note is about (对象): a resident, a door, a household, or a place in words."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.registers.people.api import get_household, person_stamp
from yimen.registers.places.api import building, dwelling
from yimen.work.ledger.models import Entry
from yimen.work.ledger.ports import NoteTold
from yimen.work.ledger.rules import NOWHERE, About, Door

KINDS = ("person", "household", "dwelling", "building")


@dataclass(frozen=True)
class Whom:
    """The object of a note; ``area`` "" when nothing tells it."""

    kind: str = ""
    id: UUID | None = None
    name: str = ""
    area: str = ""
    about: About | None = None
    door: Door = NOWHERE
    born_on: date | None = None
    died_on: date | None = None
    restricted: bool = False


NOBODY = Whom()


def find_whom(kind: str, public_id: UUID | None, *, by: Actor) -> Whom:
    """The object of a note within reach; refuses (not found) what lies beyond."""
    if kind not in KINDS or public_id is None:
        return NOBODY
    return _FIND[kind](public_id, by=by)


def _person(public_id: UUID, *, by: Actor) -> Whom:
    stamp = person_stamp(public_id, by=by)
    about = About(
        person=stamp.public_id,
        sex=stamp.sex,
        birth_on=stamp.birth_on,
        residence=stamp.residence_kind,
        household=stamp.household,
    )
    return Whom(
        "person",
        stamp.public_id,
        stamp.name,
        stamp.area,
        about,
        born_on=stamp.birth_on,
        died_on=stamp.died_on,
        restricted=stamp.restricted,
    )


def _household(public_id: UUID, *, by: Actor) -> Whom:
    house = get_household(public_id, by=by)
    words = f"{house.householder or '未定户主'}户"
    return Whom(
        "household", public_id, words, house.area, door=Door(household=public_id, words=house.address)
    )


def _dwelling(public_id: UUID, *, by: Actor) -> Whom:
    found = dwelling(public_id, by=by)
    door = Door(dwelling=public_id, building=found.building.public_id, words=found.address)
    return Whom("dwelling", public_id, found.address, found.area, door=door)


def _building(public_id: UUID, *, by: Actor) -> Whom:
    found = building(public_id, by=by)
    words = f"{found.estate.name}{found.name}"
    return Whom("building", public_id, words, found.area, door=Door(building=public_id, words=words))


def note_told(entry: Entry, whom: Whom) -> NoteTold:
    """What those who follow a note up are told of it."""
    return NoteTold(
        entry=entry.public_id,
        item=entry.item,
        text=entry.note,
        happened_on=entry.happened_on,
        area=entry.area,
        whom=whom.name or entry.place,
        person=entry.person,
        household=entry.household if whom.kind == "household" else None,
        dwelling=entry.dwelling,
    )


_FIND = {"person": _person, "household": _household, "dwelling": _dwelling, "building": _building}
