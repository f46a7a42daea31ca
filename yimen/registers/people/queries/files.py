"""One person, one file (一人一档)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import (
    Doubt,
    ResidentKind,
    Sex,
)
from yimen.registers.people.models import Person
from yimen.registers.people.permissions import VIEW_FILE
from yimen.registers.people.ports import (
    FileCard,
    FileDeed,
    MarkOfPerson,
    TimelineSource,
    file_cards,
    timeline_sources,
)
from yimen.registers.people.queries.emergencies import special_cards, with_card
from yimen.registers.people.queries.facts import source_line
from yimen.registers.people.queries.file_lines import (
    AddressLine,
    DocumentLine,
    GuardianLine,
    ReachLine,
    TieLine,
    address_lines,
    apart_words,
    document_lines,
    guardian_lines,
    reach_lines,
    tie_lines,
)
from yimen.registers.people.queries.households import Member, member_of
from yimen.registers.people.queries.marks import marks_for
from yimen.registers.people.queries.own_deeds import own_deeds
from yimen.registers.people.queries.persons import must_with_person
from yimen.registers.people.queries.rows_on_file import person_with_absorbed, rows_on_file
from yimen.registers.people.rules.population import half_a_year_after
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.places.api import area_name, full_area_name
from yimen.standards.masking import mask_phone

# What the first page of a timeline takes of one source, and one more, which says that there is a next page.
NEWEST = 21


@dataclass(frozen=True)
class CardOnFile:
    key: str
    title: str
    template: str
    card: Any


@dataclass(frozen=True)
class PersonFile:
    """The file as a page needs it (一人一档).

    ``without`` are the tables in which nothing of hers stands, ``newest`` the latest rows of the timeline's sources that a
    card has read already.
    """

    public_id: UUID
    ids: tuple[UUID, ...]
    number: str
    name: str
    former_names: tuple[str, ...]
    sex_label: str
    birth_on: date | None
    died_on: date | None
    phone: str
    phone_masked: str
    phone_source: str
    birth_source: str
    address: str
    area: str
    community: str
    community_name: str
    full_area: str
    householder: str
    residence_label: str
    apart: str
    settles_on: date | None
    doubts: tuple[str, ...]
    verified_on: date | None
    verified_by_name: str
    registered_at: datetime
    version: int
    documents: tuple[DocumentLine, ...]
    addresses: tuple[AddressLine, ...]
    household: UUID | None
    members: tuple[Member, ...]
    guardians: tuple[GuardianLine, ...]
    wards: tuple[GuardianLine, ...]
    ties: tuple[TieLine, ...]
    ways: tuple[ReachLine, ...]
    own_deeds: tuple[FileDeed, ...]
    restricted: bool
    without: frozenset[type[Model]]
    newest: Mapping[str, Sequence[Any]]
    cards: tuple[CardOnFile, ...]
    marks: tuple[MarkOfPerson, ...]


def get_file(
    public_id: UUID, *, by: Actor, on: date, with_cards: bool = True, opened: str = ""
) -> PersonFile:
    """A resident's file (一人一档). What another post's card holds is left out without a word.

    The caller leaves the look (`note_look`). Refuses who is not within reach, and who may not view files; one's own file
    is always open. ``with_cards`` False leaves out what other apps plug in, for a page that changes one thing. ``opened``
    is the key of a special card that an emergency opens for her (紧急查阅); the caller has asked whether it still does.
    """
    person, others = person_with_absorbed(public_id, by=by)
    if by.person != person.public_id:
        must_with_person(person, by=by, permission=VIEW_FILE)
    ids = tuple(each.public_id for each in (person, *others))
    plugs = _cards_for(person, by=by) if with_cards else []
    lent = [plug for plug in special_cards(by=by, area=person.area) if plug.key == opened] if opened else []
    sources = sources_for(ids, area=person.area, by=by) if with_cards else []
    marking = marks_for(area=person.area, by=by) if with_cards else []
    asked = {plug.rows for plug in (*plugs, *sources, *lent, *marking) if plug.rows}
    rows = rows_on_file(person, others, by=by, tables=asked)
    names = [each.name for each in others] + rows.former_names
    newest = _newest(plugs, sources, ids, rows.without, by=by)
    guardians, wards = guardian_lines(rows)
    incomer = person.residence_kind in (ResidentKind.INCOMER, ResidentKind.UNSTATED)
    settling = incomer and person.lives_since and not person.died_on
    settles = half_a_year_after(person.lives_since) if settling else None
    return PersonFile(
        public_id=person.public_id,
        ids=ids,
        number=person.number,
        name=person.name,
        former_names=tuple(dict.fromkeys(name for name in names if name != person.name)),
        sex_label=Sex(person.sex).label if person.sex in (Sex.MALE, Sex.FEMALE) else "",
        birth_on=person.birth_on,
        died_on=person.died_on,
        phone=person.phone,
        phone_masked=mask_phone(person.phone) if person.phone else "",
        phone_source=source_line(person, "phone") if person.phone else "",
        birth_source=source_line(person, "birth_on") if person.birth_on else "",
        address=person.address,
        area=person.area,
        community=person.community,
        community_name=area_name(person.community),
        full_area=full_area_name(person.community),
        householder=person.householder,
        residence_label=ResidentKind(person.residence_kind).label,
        apart=apart_words(person),
        settles_on=settles if settles and settles > on else None,
        doubts=tuple(Doubt(doubt).label for doubt in person.doubts if doubt in Doubt.values),
        verified_on=person.verified_on,
        verified_by_name=person.verified_by_name,
        registered_at=person.registered_at,
        version=person.version,
        documents=document_lines(rows),
        addresses=address_lines(rows),
        household=rows.members[0].household.public_id if rows.members else None,
        members=tuple(member_of(row) for row in rows.members),
        guardians=guardians,
        wards=wards,
        ties=tie_lines(rows, on=on),
        ways=reach_lines(rows),
        own_deeds=own_deeds(rows),
        restricted=Doubt.RESTRICTED in person.doubts,
        without=rows.without,
        newest=newest,
        cards=_cards(plugs, ids, rows.without, newest, by=by)
        + tuple(
            card
            for plug in lent
            for card in _cards([plug], ids, rows.without, {}, by=with_card(by, plug, area=person.area))
        ),
        marks=tuple(
            mark for plug in marking if plug.rows not in rows.without for mark in plug.load(ids, by=by, on=on)
        ),
    )


def _cards_for(person: Person, *, by: Actor) -> list[FileCard]:
    plugs = sorted(file_cards, key=lambda each: (each.order, each.key))
    return [plug for plug in plugs if may_with_person(by, plug.permission, area=person.area)]


def sources_for(ids: Sequence[UUID], *, area: str, by: Actor) -> list[TimelineSource]:
    """Who may tell ``by`` something for the timeline of this person."""
    hers = by.person in ids
    return [one for one in timeline_sources if hers or may_with_person(by, one.permission, area=area)]


def _newest(
    plugs: list[FileCard],
    sources: list[TimelineSource],
    ids: tuple[UUID, ...],
    without: frozenset[type[Model]],
    *,
    by: Actor,
) -> dict[str, Sequence[Any]]:
    shown = {plug.newest for plug in plugs if plug.rows not in without}
    return {
        one.key: one.newest(ids, by=by, limit=NEWEST)
        for one in sources
        if one.newest and one.key in shown and one.rows not in without
    }


def _cards(
    plugs: list[FileCard],
    ids: tuple[UUID, ...],
    without: frozenset[type[Model]],
    newest: Mapping[str, Sequence[Any]],
    *,
    by: Actor,
) -> tuple[CardOnFile, ...]:
    found = []
    for plug in plugs:
        if plug.rows in without:
            continue
        card = plug.load(newest.get(plug.newest, ()) if plug.newest else ids, by=by)
        if card is not None:
            found.append(CardOnFile(plug.key, plug.title, plug.template, card))
    return tuple(found)
