"""The lines of a file (档案各行): papers, addresses, who answers for whom, how she is reached; each as a page shows it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.clock import day_of
from yimen.registers.people.choices import (
    AddressKind,
    DocumentKind,
    GuardianGround,
    GuardianKind,
    LocalTieKind,
    ReachKind,
    ResidentKind,
)
from yimen.registers.people.models import GuardianBeyond, Guardianship, Person
from yimen.registers.people.queries.rows_on_file import RowsOnFile
from yimen.registers.people.rules.guardians import comes_of_age_on
from yimen.registers.people.rules.showing import masked_number
from yimen.registers.places.api import area_name, full_area_name
from yimen.standards.masking import mask_phone


@dataclass(frozen=True)
class DocumentLine:
    """A paper with its number masked: neither birth date nor last four show (the file shows the birth date)."""

    public_id: UUID
    kind: str
    label: str
    masked: str
    since: date
    until: date | None


@dataclass(frozen=True)
class AddressLine:
    public_id: UUID
    kind: str
    label: str
    area: str
    area_name: str
    address: str
    since: date
    until: date | None
    noted_on: date
    noted_by: str


@dataclass(frozen=True)
class GuardianLine:
    """Who answers for whom (监护); of one whose file is beyond reach a masked name, and ``kept_in`` says where it lies."""

    person: UUID
    name: str
    label: str
    since: date
    ends_on: date | None = None
    kept_in: str = ""


@dataclass(frozen=True)
class TieLine:
    """Where she works or learns (工作、就学地); ``over`` when it ended or its last day is past."""

    public_id: UUID
    label: str
    place: str
    area_name: str
    basis: str
    since: date
    until: date | None
    over: bool


@dataclass(frozen=True)
class ReachLine:
    way: str
    label: str
    masked: str
    note: str


def apart_words(person: Person) -> str:
    """人户分离 in words, or ""."""
    if person.residence_kind == ResidentKind.AWAY:
        return "人户分离：户口在这里，人住在别处"
    if person.residence_kind == ResidentKind.INCOMER and person.hukou_area:
        return f"人户分离：户口在{area_name(person.hukou_area)}"
    if person.residence_kind == ResidentKind.LOCAL and person.hukou_area != person.community:
        return f"户口在本街道{area_name(person.hukou_area)}"
    return ""


def document_lines(rows: RowsOnFile) -> tuple[DocumentLine, ...]:
    """Her papers, those that hold first (证件)."""
    return tuple(
        DocumentLine(
            public_id=row.public_id,
            kind=row.kind,
            label=DocumentKind(row.kind).label,
            masked=masked_number(row.number),
            since=row.since,
            until=row.until,
        )
        for row in sorted(rows.documents, key=lambda row: (row.until is not None, row.id))
    )


def address_lines(rows: RowsOnFile) -> tuple[AddressLine, ...]:
    """Where she lives and is registered, and did before (地址)."""
    return tuple(
        AddressLine(
            public_id=row.public_id,
            kind=row.kind,
            label=AddressKind(row.kind).label,
            area=row.area,
            area_name=area_name(row.area) if row.area else "外地",
            address=row.address,
            since=row.since,
            until=row.until,
            noted_on=day_of(row.noted_at),
            noted_by=row.noted_by,
        )
        for row in sorted(
            rows.residences,
            key=lambda row: (row.until is not None, row.kind != AddressKind.LIVES, -row.since.toordinal()),
        )
    )


def guardian_lines(rows: RowsOnFile) -> tuple[tuple[GuardianLine, ...], tuple[GuardianLine, ...]]:
    """Who cares for her, and whom she cares for (监护)."""
    guardians, wards = [], []
    for row in rows.guardianships:
        hers = row.person_id == rows.person.id
        lines, other = (guardians, row.guardian) if hers else (wards, row.person)
        ends_on = _over_on(row, row.person.birth_on)
        lines.append(
            GuardianLine(other.public_id, other.name, GuardianKind(row.kind).label, row.since, ends_on)
        )
    for far in rows.beyond:
        lines = guardians if far.guards else wards
        # When a ward elsewhere comes of age is told by her birth date, which is not told here.
        ends_on = _over_on(far, rows.person.birth_on) if far.guards else None
        label, where = GuardianKind(far.kind).label, full_area_name(far.community)
        lines.append(GuardianLine(far.other, far.masked_name, label, far.since, ends_on, where))
    return tuple(guardians), tuple(wards)


def _over_on(row: Guardianship | GuardianBeyond, born: date | None) -> date | None:
    """The day it is known to be over: a minor's on her coming of age."""
    if row.ground == GuardianGround.MINOR and born:
        day = comes_of_age_on(born)
        return day if day > row.since else None
    return row.ends_on


def tie_lines(rows: RowsOnFile, *, on: date) -> tuple[TieLine, ...]:
    """Where she works or learns, and did before, the latest first (工作、就学地)."""
    return tuple(
        TieLine(
            public_id=row.public_id,
            label=LocalTieKind(row.kind).label,
            place=row.place,
            area_name=full_area_name(row.area),
            basis=row.basis,
            since=row.since,
            until=row.until,
            over=row.until is not None and row.until <= on,
        )
        for row in rows.ties
    )


def reach_lines(rows: RowsOnFile) -> tuple[ReachLine, ...]:
    """How she wants to be reached, numbers masked (联系方式)."""
    return tuple(
        ReachLine(way.way, ReachKind(way.way).label, mask_phone(way.value) if way.value else "", way.note)
        for way in rows.ways
    )
