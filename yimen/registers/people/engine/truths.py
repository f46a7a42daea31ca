"""The truth about people: their dated rows, and the copies, search keys and figures that follow from them.

Every operation loads the truth, changes rows, loads it again and writes what differs; so copies and figures cannot drift.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from yimen.foundations.access.fields import key_is_changing
from yimen.registers.people.choices import AddressKind, ResidentKind
from yimen.registers.people.engine.hashes import older_phone_keys, phone_key
from yimen.registers.people.models import (
    FormerName,
    Household,
    Membership,
    Person,
    PersonDocument,
    Residence,
)
from yimen.registers.people.rules.population import Cell, Life, Stay, cells_of, settled_since
from yimen.registers.people.rules.search import fold_phone, plain_keys

_BEGUN = attrgetter("since")
_NONE: frozenset[str] = frozenset()


@dataclass
class Truth:
    """One person with the rows that say where she lives, what papers she holds, whose household she is in."""

    person: Person
    residences: list[Residence] = field(default_factory=list)
    documents: list[PersonDocument] = field(default_factory=list)
    former_names: list[str] = field(default_factory=list)
    household: Household | None = None
    role: str = ""
    absorbed: list["Truth"] = field(default_factory=list)

    def present(self, kind: str) -> Residence | None:
        """The address that holds now."""
        for row in self.residences:
            if row.kind == kind and row.until is None:
                return row
        return None

    def copies(self) -> dict[str, Any]:
        """What the person's row must say."""
        lives, hukou = self.present(AddressKind.LIVES), self.present(AddressKind.HUKOU)
        hukou_area = hukou.area if hukou else ""
        shown = lives or hukou
        copies = {
            "hukou_area": hukou_area,
            "lives_since": None,
            "address": shown.address if shown else "",
            "householder": self.household.householder if self.household else "",
            "phone_tail": tail_of_phone(self.person.phone),
        }
        if lives and lives.area:
            copies["community"] = lives.area
            local = ResidentKind.LOCAL if hukou_area[:9] == lives.area[:9] else ResidentKind.INCOMER
            copies["residence_kind"] = (local if hukou else ResidentKind.UNSTATED).value
            copies["lives_since"] = settled_since(self._stays(AddressKind.LIVES), lives.since)
        elif hukou_area:
            copies["community"] = hukou_area
            copies["residence_kind"] = ResidentKind.AWAY.value
        else:
            copies["community"] = self.person.community
            copies["residence_kind"] = ResidentKind.LEFT.value
        copies["street"] = copies["community"][:9]
        copies["area"] = self._area_of(lives, copies["community"])
        return copies

    def keys(self) -> frozenset[str]:
        """Every text under which she is found; none once her file was put into another."""
        if self.person.merged_into_id:
            return frozenset()
        return self.own_keys().union(*[other.own_keys() for other in self.absorbed])

    def own_keys(self) -> frozenset[str]:
        """The keys of this file alone."""
        keys = plain_keys(
            names=[self.person.name, *self.former_names],
            addresses=[row.address for row in self.residences if row.until is None and row.address],
            number=self.person.number,
        )
        papers = [row for row in self.documents if row.until is None]
        secret = {"d" + row.number_hash for row in papers} | {
            "l" + row.tail_hash for row in papers if row.tail_hash
        }
        return keys | secret | ({phone_key(self.person.phone)} - {""})

    def older_keys(self) -> frozenset[str]:
        """Under what a telephone may stand besides, while the index key is being changed; nothing at other times."""
        if not key_is_changing():
            return _NONE
        return _NONE.union(*(older_phone_keys(one.person.phone) for one in (self, *self.absorbed)))

    def cells(self) -> Counter[Cell]:
        """What she adds to the population; nothing once her file was put into another."""
        if self.person.merged_into_id:
            return Counter()
        return cells_of(
            Life(
                sex=self.person.sex,
                birth_on=self.person.birth_on,
                died_on=self.person.died_on,
                counted_from=self.person.counted_from,
                lives=self._stays(AddressKind.LIVES),
                hukou=self._stays(AddressKind.HUKOU),
            )
        )

    def _stays(self, kind: str) -> tuple[Stay, ...]:
        stays = [Stay(row.since, row.until, row.area) for row in self.residences if row.kind == kind]
        return tuple(sorted(stays, key=_BEGUN) if len(stays) > 1 else stays)

    def _area_of(self, lives: Residence | None, community: str) -> str:
        """The grid of the door where there is one; a door beyond the actor's reach leaves it as it is."""
        grid = ""
        if lives and lives.dwelling_id:
            grid = lives.dwelling.area if lives.dwelling else self.person.area
        return grid if grid.startswith(community) else community


def tail_of_phone(phone: str) -> str:
    """The last four digits of a telephone, for telling namesakes apart; "" when there are too few."""
    digits = fold_phone(phone)
    return digits[-4:] if len(digits) >= 7 else ""


def truths_of(people: Iterable[Person]) -> dict[int, Truth]:
    """Load the truth of these people, with that of the files put into theirs; a fixed number of queries."""
    truths = {person.id: Truth(person) for person in people}
    absorbed = {
        person.id: Truth(person)
        for person in Person.objects.filter(merged_into__in=truths).exclude(id__in=truths)
    }
    both = truths | absorbed
    for residence in Residence.objects.filter(person__in=both).select_related("dwelling"):
        both[residence.person_id].residences.append(residence)
    for document in PersonDocument.objects.filter(person__in=both):
        both[document.person_id].documents.append(document)
    for former in FormerName.objects.filter(person__in=both):
        both[former.person_id].former_names.append(former.name)
    memberships = list(
        Membership.objects.filter(person__in=both, until__isnull=True).select_related("household")
    )
    for membership in memberships:
        truth = both[membership.person_id]
        truth.household, truth.role = membership.household, membership.role
    for truth in both.values():
        if truth.person.merged_into_id in truths:
            truths[truth.person.merged_into_id].absorbed.append(truth)
    return truths


@dataclass(frozen=True)
class Snapshot:
    """What followed from the truth at one moment; compared with a later one it says what to write."""

    street: str
    area: str
    keys: frozenset[str]
    cells: Counter[Cell]
    older_keys: frozenset[str] = frozenset()


def snapshot_of(truth: Truth) -> Snapshot:
    """What follows from the truth as it is kept now."""
    return Snapshot(truth.person.street, truth.person.area, truth.keys(), truth.cells(), truth.older_keys())


def snapshots_of(people: Iterable[Person]) -> dict[int, Snapshot]:
    """Remember these people before an operation changes their rows."""
    return {number: snapshot_of(truth) for number, truth in truths_of(people).items()}
