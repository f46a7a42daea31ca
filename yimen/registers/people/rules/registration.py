"""What is told when somebody is put on file (建档), and what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from yimen.kernel.areas import Level, is_area_code, level
from yimen.kernel.faults import Fault
from yimen.kernel.findings import Finding
from yimen.kernel.text import clean_name
from yimen.registers.people.choices import HOUSEHOLDER, ROLES, DocumentKind, Doubt, FactSource, Sex
from yimen.standards.citizen_id import CitizenId, IdKind, parse_citizen_id
from yimen.standards.document_type import DOCUMENT_TYPE
from yimen.standards.identity_document import parse_document

LONGEST_NAME = 80
_SEXES = frozenset(Sex.values)
_NUMBERED_LIKE_A_DOCUMENT = frozenset(entry.name for entry in DOCUMENT_TYPE) - {"household_book", "other"}


@dataclass(frozen=True)
class NewTie:
    """Where she works or goes to school (工作、就学地), told when she is put on file: kind, community, place, basis, days."""

    kind: str
    community: str
    place: str
    basis: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class NewPerson:
    """Everything that may be told of a new resident; only name and community must be.

    ``lives_here`` False: she has her hukou in ``community`` and lives elsewhere (``lives_address`` says where). ``hukou``
    is the community of her hukou when it lies in the installation; ``hukou_address`` says it in words. ``lives_at`` is a
    dwelling. ``household`` groups people of one import into a household; ``role`` is a code of GB/T 4761.
    ``documents`` are (kind, number) beside the id number.
    """

    name: str
    community: str
    sex: str = ""
    birth_on: date | None = None
    id_number: str = ""
    documents: Sequence[tuple[str, str]] = ()
    phone: str = ""
    lives_here: bool = True
    lives_at: Any = None
    lives_address: str = ""
    since: date | None = None
    hukou: str = ""
    hukou_address: str = ""
    hukou_since: date | None = None
    household: str = ""
    role: str = ""
    former_names: Sequence[str] = ()
    ties: Sequence[NewTie] = ()
    source: str = FactSource.WINDOW
    public_id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Identity:
    """Who she is, after the numbers were read: what was typed stays, what was not typed is taken from the number."""

    sex: str
    birth_on: date | None
    documents: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]


def why_not_register(new: NewPerson, *, today: date) -> list[Finding]:
    """All that stands against putting her on file as told."""
    return judge(new, today=today)[0]


def identity_of(new: NewPerson, *, today: date) -> Identity:
    """Read the numbers of someone `why_not_register` has nothing against."""
    findings, identity = judge(new, today=today)
    if identity is None:
        raise ValueError(findings[0].sentence)
    return identity


def judge(new: NewPerson, *, today: date) -> tuple[list[Finding], Identity | None]:
    """Both at once (建档审查), for many: each number is read once. No identity where something stands against it."""
    findings = []
    name = clean_name(new.name)
    if not name:
        findings.append(Finding("people.no_name", "请填写姓名。", field="name"))
    if len(name) > LONGEST_NAME:
        findings.append(Finding("people.long_name", f"姓名不能超过 {LONGEST_NAME} 个字。", field="name"))
    if not _is_community(new.community):
        findings.append(Finding("people.no_community", "请选择社区。", field="community"))
    if new.sex and new.sex not in _SEXES:
        findings.append(Finding("people.unknown_sex", "性别只能是男、女、未知或未说明。", field="sex"))
    if new.birth_on and new.birth_on > today:
        findings.append(Finding("people.birth_ahead", "出生日期在今天之后，请核对。", field="birth_on"))
    if new.since and new.since > today:
        findings.append(Finding("people.since_ahead", "入住日期在今天之后，请核对。", field="since"))
    if new.birth_on and new.since and new.since < new.birth_on:
        findings.append(Finding("people.since_before_birth", "入住日期早于出生日期，请核对。", field="since"))
    if new.role and new.role not in ROLES:
        findings.append(Finding("people.unknown_role", "与户主关系不在国家标准的代码里。", field="role"))
    documents: list[tuple[str, str]] = []
    told: CitizenId | None = None
    for kind, number in _documents(new):
        read = read_document(kind, number, today=today)
        if isinstance(read, Fault):
            place = "id_number" if (kind, number) == (DocumentKind.ID_CARD, new.id_number) else "documents"
            findings.append(Finding(f"people.document_{read.code}", read.sentence + "。", field=place))
            continue
        kept, text, citizen = read
        told = told or citizen
        if (kept, text) not in documents:
            documents.append((kept, text))
    return findings, None if findings else _identity(new, documents, told)


@lru_cache(maxsize=2000)
def _is_community(code: str) -> bool:
    return is_area_code(code) and level(code) == Level.COMMUNITY


def _identity(new: NewPerson, documents: list[tuple[str, str]], told: CitizenId | None) -> Identity:
    doubts = []
    if told and new.sex in (Sex.MALE, Sex.FEMALE) and new.sex != told.sex.value:
        doubts.append(Doubt.SEX_DIFFERS.value)
    if told and new.birth_on and new.birth_on != told.birth_date:
        doubts.append(Doubt.BIRTH_DIFFERS.value)
    if not documents:
        doubts.append(Doubt.PAPERS_MISSING.value)
    sex = new.sex or (told.sex.value if told else Sex.UNKNOWN.value)
    return Identity(sex, new.birth_on or (told.birth_date if told else None), tuple(documents), tuple(doubts))


def read_document(kind: str, number: str, *, today: date) -> tuple[str, str, CitizenId | None] | Fault:
    """A typed number of a kind as it is kept, with what an id number tells; or what is wrong with it."""
    if kind == DocumentKind.ID_CARD:
        read = parse_citizen_id(number, today=today)
        if isinstance(read, Fault):
            return read
        kept = (
            DocumentKind.FOREIGN_RESIDENT_CARD
            if read.kind is IdKind.FOREIGN_RESIDENT
            else DocumentKind.ID_CARD
        )
        return kept.value, read.number, read
    known = kind if kind in _NUMBERED_LIKE_A_DOCUMENT else "other"
    parsed = parse_document(number, document_type=known, today=today)
    return parsed if isinstance(parsed, Fault) else (str(kind), parsed.number, None)


def is_householder(new: NewPerson) -> bool:
    return new.role == HOUSEHOLDER


def _documents(new: NewPerson) -> list[tuple[str, str]]:
    first = [(DocumentKind.ID_CARD.value, new.id_number)] if new.id_number else []
    return first + [(str(kind), number) for kind, number in new.documents if number]
