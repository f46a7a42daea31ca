"""Search keys, tails of telephones and hashes of numbers (检索键), against what they were made from.

Pinyin and keyed hashes are not made by SQL: here files are read in bites and their keys made again, so that memory stays flat.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yimen.foundations.access.fields import key_ring
from yimen.foundations.audit.ports import EXAMPLES, Found, Proof
from yimen.registers.people.engine.hashes import number_hashes, phone_keys
from yimen.registers.people.engine.truths import tail_of_phone
from yimen.registers.people.rules.search import plain_keys

BITE = 2000

# Those of the bite, and whoever was put into one of them: the kept file is found by her keys too.
_FILES = """
SELECT id, public_id, number, name, street, area, phone, phone_tail, merged_into_id, id = ANY (%(bite)s)
FROM people_person WHERE id = ANY (%(bite)s) OR merged_into_id = ANY (%(bite)s)
"""
_ADDRESSES = """
SELECT person_id, address FROM people_residence WHERE person_id = ANY (%(files)s) AND until IS NULL AND address <> ''
"""
_NAMES = "SELECT person_id, name FROM people_formername WHERE person_id = ANY (%(files)s)"
_PAPERS = """
SELECT person_id, public_id, number, number_hash, tail_hash FROM people_persondocument
WHERE person_id = ANY (%(files)s) AND until IS NULL
"""
# The database holds no key to a file, for speed, so this does.
_ORPHANS = """
SELECT DISTINCT person_id FROM people_searchkey AS key
WHERE NOT EXISTS (SELECT 1 FROM people_person AS person WHERE person.id = key.person_id) LIMIT %s
"""
_KEPT = "SELECT person_id, street, area, key FROM people_searchkey WHERE person_id = ANY (%(bite)s)"


@dataclass
class _File:
    number: str
    name: str
    street: str
    area: str
    phone: str
    tail: str
    merged_into: int | None
    asked: bool
    names: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    papers: set[str] = field(default_factory=set)
    sound: bool = True

    def keys(self) -> set[str]:
        plain = plain_keys(names=[self.name, *self.names], addresses=self.addresses, number=self.number)
        return plain | self.papers | set(phone_keys(self.phone)[:1])

    def older(self) -> dict[str, str]:
        """Under what the telephone may still stand while keys are being changed, and what it means."""
        now, *older = phone_keys(self.phone) or ("",)
        return dict.fromkeys(older, now)


def prove_keys(cursor: Any) -> Found:
    """Every file is found under what its rows say, and under nothing else (核对检索键)."""
    compared = different = 0
    examples: list[str] = []
    for bite in _bites(cursor):
        files = _files(cursor, bite)
        kept = defaultdict(set)
        cursor.execute(_KEPT, {"bite": bite})
        for person, *row in cursor.fetchall():
            kept[person].add(tuple(row))
        absorbed = defaultdict(list)
        for one in files.values():
            absorbed[one.merged_into].append(one)
        for number, one in sorted(files.items()):
            if one.asked:
                compared += 1
                if (
                    _read(kept[number], one, absorbed[number]) != _wanted(one, absorbed[number])
                    or not one.sound
                ):
                    different += 1
                    examples += [str(number)] if len(examples) < EXAMPLES else []
    cursor.execute(_ORPHANS, [BITE])
    for (number,) in cursor.fetchall():
        compared += 1
        different += 1
        examples += [str(number)] if len(examples) < EXAMPLES else []
    return Found(compared, different, tuple(examples))


def _bites(cursor: Any) -> Iterator[list[int]]:
    last = 0
    while True:
        cursor.execute("SELECT id FROM people_person WHERE id > %s ORDER BY id LIMIT %s", [last, BITE])
        bite = [row[0] for row in cursor.fetchall()]
        if not bite:
            return
        yield bite
        last = bite[-1]


def _files(cursor: Any, bite: list[int]) -> dict[int, _File]:
    ring = key_ring()
    cursor.execute(_FILES, {"bite": bite})
    files = {}
    for row_id, public_id, number, name, street, area, phone, tail, merged_into, asked in cursor.fetchall():
        told = ring.unseal(bytes(phone), where=f"people_person.phone:{public_id}") if phone else ""
        files[row_id] = _File(number, name, street, area, told, tail, merged_into, asked)
        files[row_id].sound = tail == tail_of_phone(told)
    given = {"files": list(files)}
    cursor.execute(_ADDRESSES, given)
    for person, address in cursor.fetchall():
        files[person].addresses.append(address)
    cursor.execute(_NAMES, given)
    for person, name in cursor.fetchall():
        files[person].names.append(name)
    cursor.execute(_PAPERS, given)
    for person, public_id, number, number_hash, tail_hash in cursor.fetchall():
        told = ring.unseal(bytes(number), where=f"people_persondocument.number:{public_id}")
        files[person].papers |= {"d" + number_hash} | ({"l" + tail_hash} if tail_hash else set())
        # A number may still stand under an older key of the house.
        files[person].sound &= number_hash in number_hashes(told)
    return files


def _read(kept: set[tuple[str, ...]], one: _File, absorbed: list[_File]) -> set[tuple[str, ...]]:
    """What stands there, a telephone's hash under an older key read as the one of today."""
    older = {old: now for each in (one, *absorbed) for old, now in each.older().items()}
    return {(street, area, older.get(key, key)) for street, area, key in kept} if older else kept


def _wanted(one: _File, absorbed: list[_File]) -> set[tuple[str, str, str]]:
    if one.merged_into:
        return set()
    keys = one.keys().union(*(other.keys() for other in absorbed))
    return {(one.street, one.area, key) for key in keys}


KEYS = Proof(
    key="people.keys", title="检索键、电话尾号与证件摘要，对姓名、地址、电话和证件", check=prove_keys
)
