"""Whom somebody may be already (疑似重复): candidates by number, telephone, name and birth, found by indexes in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from yimen.foundations.access.fields import keyed_hash
from yimen.kernel.actor import Actor
from yimen.kernel.periods import age_in_months
from yimen.kernel.pinyin import query_key
from yimen.kernel.text import clean_name
from yimen.registers.people.choices import DocumentKind
from yimen.registers.people.engine.bearers import Bearer
from yimen.registers.people.engine.duplicates import duplicate_rules
from yimen.registers.people.engine.hashes import number_hashes, phone_keys
from yimen.registers.people.engine.lookup import slices_of
from yimen.registers.people.permissions import FIND, REGISTER
from yimen.registers.people.rules.contacts import kept_phone
from yimen.registers.people.rules.likeness import (
    AlikeRule,
    Compared,
    Likeness,
    compare,
    names_of,
    rules_met,
)
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.people.rules.search import fold_number, number_forms

_SAYS_WHO = (DocumentKind.ID_CARD, DocumentKind.FOREIGN_RESIDENT_CARD)
# What is compared of a person, as one value; under row-level security, so of nobody beyond reach.
FACTS = """
SELECT p.id, p.public_id, p.name, p.sex, p.birth_on, p.area, p.community, p.address,
    ARRAY(SELECT f.name FROM people_formername AS f WHERE f.person_id = p.id) AS former,
    (SELECT json_agg(json_build_array(d.kind, d.number_hash)) FROM people_persondocument AS d
     WHERE d.person_id = p.id AND d.until IS NULL) AS papers,
    ARRAY(SELECT k.key FROM people_searchkey AS k
          WHERE k.person_id = p.id AND k.key >= 't' AND k.key < 'u') AS phones,
    ARRAY(SELECT 'h' || m.household_id FROM people_membership AS m
          WHERE m.person_id = p.id AND m.until IS NULL)
    || ARRAY(SELECT 'g' || g.guardian_id FROM people_guardianship AS g
             WHERE g.person_id = p.id AND g.until IS NULL) AS families
FROM people_person AS p WHERE p.merged_into_id IS NULL
"""
_NEAR = """
SELECT 'near', row_to_json(found) FROM people_near(%(born)s, %(streets)s, %(keys)s, %(forms)s, %(most)s) AS found
"""
_ELSEWHERE = """
UNION ALL SELECT 'elsewhere', row_to_json(known) FROM people_known_elsewhere(%(names)s, %(born)s) AS known
"""
_BEARERS = "UNION ALL SELECT 'bearer', row_to_json(bearer) FROM people_bearers(%(hashes)s) AS bearer\n"
MOST = 500


@dataclass(frozen=True)
class Told:
    """What is told of somebody who may be on file already (所报情况)."""

    name: str = ""
    former_names: Sequence[str] = ()
    sex: str = ""
    birth_on: date | None = None
    documents: Sequence[tuple[str, str]] = ()
    phone: str = ""
    address: str = ""
    household: int | None = None

    def likeness(self) -> Likeness:
        """The same for comparing, its secrets hashed."""
        names, sounds = names_of([self.name, *self.former_names])
        return Likeness(
            names=names,
            sounds=sounds,
            birth_on=self.birth_on,
            sex=self.sex,
            numbers=frozenset(each for _, number in self.documents for each in number_hashes(number)),
            forms=forms_of(number for _, number in self.documents),
            id_cards=frozenset(
                each for kind, number in self.documents if kind in _SAYS_WHO for each in number_hashes(number)
            ),
            phones=frozenset(phone_keys(kept_phone(self.phone))),
            address=self.address,
            families=frozenset([f"h{self.household}"] if self.household else []),
        )


@dataclass(frozen=True)
class Suspect:
    """A file that may be hers (疑似同一人): within reach with its ids, beyond it only the community."""

    rules: tuple[str, ...]
    titles: tuple[str, ...]
    community: str
    public_id: UUID
    id: int | None = None


@dataclass(frozen=True)
class Suspects:
    """Whom somebody may be (疑似名单); ``mark`` stands for exactly these, so that a word about them is a word about them."""

    near: tuple[Suspect, ...] = ()
    elsewhere: tuple[Suspect, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.near or self.elsewhere)

    @property
    def mark(self) -> str:
        """A keyed hash of who was shown; it tells no id of anybody beyond reach."""
        ids = sorted(str(one.public_id) for one in (*self.near, *self.elsewhere))
        return keyed_hash(" ".join(ids), field="people_suspicion.shown") if ids else ""


def forms_of(numbers: Iterable[str]) -> frozenset[str]:
    """The hashes of numbers in both ways an id number was written."""
    return frozenset(
        each for number in numbers for form in number_forms(number) for each in number_hashes(form)
    )


def alike_to(
    told: Told, *, by: Actor, on: date, hashes: Iterable[str] | None = None
) -> tuple[Suspects, list[Bearer]]:
    """Whom ``told`` may be by the rules in force, and who bears the numbers of ``hashes`` anywhere.

    One statement, and one more where there are candidates.
    """
    likeness = told.likeness()
    rules = duplicate_rules(on=on)
    facts = {fact for rule in rules for fact in rule.agree}
    # By name alone only who brought no papers: a name has hundreds of bearers.
    by_name = not likeness.id_cards and any(
        not {"phone", "birth_on", "number", "old_number"} & set(rule.agree) for rule in rules
    )
    keys = {*likeness.phones} if "phone" in facts or any("phone" in rule.one_of for rule in rules) else set()
    keys |= {"n" + name for name in likeness.names} if by_name else set()
    beyond = [rule for rule in rules if rule.beyond_reach] if told.birth_on and told.name else []
    text = _NEAR + (_ELSEWHERE if beyond else "") + (_BEARERS if hashes is not None else "")
    areas = by.areas_for(FIND) or by.areas_for(REGISTER)
    given = {
        "born": told.birth_on,
        "streets": sorted({each.street for each in slices_of(areas)}),
        "keys": sorted(keys),
        "forms": sorted(likeness.forms),
        "names": sorted({clean_name(name) for name in (told.name, *told.former_names) if name}),
        "hashes": list(hashes or ()),
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows = cursor.fetchall()
    near, ids = [], set()
    alone = _birth_says_enough(rules, told.birth_on, on)
    worth = [
        found["id"]
        for what, found in rows
        if what == "near" and (alone or not found["only_by_birth"] or _may_be(found, likeness))
    ]
    for row in facts_of(sorted(set(worth))):
        ids.add(row["public_id"])
        met = rules_met(rules, compare(likeness, likeness_of(row), on=on))
        if met and may_with_person(by, FIND, area=row["area"]):
            near.append(_suspect(met, row, id=row["id"]))
    elsewhere = []
    for row in (row for what, row in rows if what == "elsewhere" and row["public_id"] not in ids):
        differs = False if row["numbered"] and likeness.id_cards else None
        compared = Compared({"name": True, "birth_on": True, "id_number": differs})
        if met := rules_met(beyond, compared):
            elsewhere.append(_suspect(met, row))
    bearers = [_bearer(row) for what, row in rows if what == "bearer"]
    return Suspects(tuple(sorted(near, key=_order)), tuple(sorted(elsewhere, key=_order))), bearers


def _birth_says_enough(rules: Sequence[AlikeRule], birth_on: date | None, on: date) -> bool:
    """May somebody born that day be suspected whose name is another (a newborn's)?"""
    return birth_on is not None and any(
        "birth_on" in rule.agree
        and "name" not in rule.agree
        and (
            rule.younger_than_months is None
            or age_in_months(birth_on, max(on, birth_on)) < rule.younger_than_months
        )
        for rule in rules
    )


def _may_be(found: dict[str, Any], likeness: Likeness) -> bool:
    """Of the many who are born on one day: is her name the one told, or had she another?"""
    return found["other_names"] or query_key(found["name"]) in likeness.names


def likeness_of(row: dict[str, Any], *, numbers: Iterable[str] = ()) -> Likeness:
    """A row of `FACTS` for comparing; ``numbers`` are her papers in plain, where both ways of writing matter."""
    names, sounds = names_of([row["name"], *row["former"]])
    papers = row["papers"] or []
    return Likeness(
        names=names,
        sounds=sounds,
        birth_on=date.fromisoformat(str(row["birth_on"])) if row["birth_on"] else None,
        sex=row["sex"],
        numbers=frozenset(number for _, number in papers),
        forms=forms_of(fold_number(number) for number in numbers),
        id_cards=frozenset(number for kind, number in papers if kind in _SAYS_WHO),
        phones=frozenset(row["phones"]),
        address=row["address"],
        families=frozenset(row["families"]),
    )


def facts_of(ids: Sequence[int]) -> list[dict[str, Any]]:
    """What is compared of people by their row ids, of those within reach (`FACTS`); nothing is asked about nobody."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(one) FROM ({FACTS} AND p.id = ANY(%s)) AS one", [list(ids)])  # nosec B608
        return [row for (row,) in cursor.fetchall()]


def rows_to_compare(people: Iterable[UUID], *, by: Actor) -> list[dict[str, Any]]:
    """What is compared of these people, of those within reach (`FACTS`)."""
    with connection.cursor() as cursor:
        text = f"SELECT row_to_json(one) FROM ({FACTS} AND p.public_id = ANY(%s)) AS one"  # nosec B608 - our own names
        cursor.execute(text, [list(people)])
        rows = [row for (row,) in cursor.fetchall()]
    return [row for row in rows if may_with_person(by, FIND, area=row["area"])]


def _suspect(met: list, row: dict[str, Any], **more: Any) -> Suspect:
    return Suspect(
        rules=tuple(rule.key for rule in met),
        titles=tuple(rule.title for rule in met),
        community=row["community"],
        public_id=UUID(row["public_id"]),
        **more,
    )


def _order(one: Suspect) -> tuple[int, str]:
    return -len(one.rules), str(one.public_id)


def _bearer(row: dict[str, Any]) -> Bearer:
    return Bearer(**row | {"public_id": UUID(row["public_id"])})
