"""Pairs of files that may be one person (疑似重复), for many people at once: by indexes, never everybody with everybody."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from yimen.kernel.areas import Level
from yimen.registers.people.engine.alikes import facts_of, likeness_of
from yimen.registers.people.engine.duplicates import duplicate_rules
from yimen.registers.people.engine.hashes import number_hashes
from yimen.registers.people.models import PersonDocument
from yimen.registers.people.rules.likeness import AlikeRule, compare, rules_met
from yimen.registers.people.rules.search import number_forms
from yimen.registers.places.api import areas_under

# A number, a telephone or a door that is shared by more says nothing about who somebody is (工地宿舍、登记占位号).
MOST_SHARING = 12
_PAIRS = """
WITH mine AS MATERIALIZED (
    SELECT id, name, birth_on, address FROM people_person WHERE id = ANY(%(ids)s) AND merged_into_id IS NULL
)
SELECT mine.id, twin.id, 'birth' FROM mine CROSS JOIN LATERAL (
    SELECT born.id FROM people_person AS born
    WHERE born.birth_on = mine.birth_on AND born.id <> mine.id AND born.merged_into_id IS NULL
      AND (born.name = mine.name OR (born.address = mine.address AND born.address <> '')
           OR EXISTS (SELECT 1 FROM people_formername AS f WHERE f.person_id = born.id AND f.name = mine.name)
           OR EXISTS (SELECT 1 FROM people_formername AS f WHERE f.person_id = mine.id AND f.name = born.name)
           OR EXISTS (SELECT 1 FROM people_membership AS a JOIN people_membership AS b ON b.household_id = a.household_id
                      WHERE a.person_id = mine.id AND b.person_id = born.id AND a.until IS NULL AND b.until IS NULL))
    LIMIT %(limit)s
) AS twin
UNION
SELECT mine.id, twin.person_id, 'phone' FROM mine
JOIN people_searchkey AS own ON own.person_id = mine.id AND own.key >= 't' AND own.key < 'u'
CROSS JOIN LATERAL (
    SELECT same.person_id FROM people_searchkey AS same
    WHERE same.street = ANY(%(streets)s) AND same.key = own.key AND same.person_id <> mine.id LIMIT %(limit)s
) AS twin
UNION
SELECT mine.id, twin.person_id, 'number' FROM mine
JOIN people_persondocument AS own ON own.person_id = mine.id AND own.until IS NULL
CROSS JOIN LATERAL (
    SELECT same.person_id FROM people_persondocument AS same
    WHERE same.number_hash = own.number_hash AND same.until IS NULL AND same.person_id <> mine.id LIMIT %(limit)s
) AS twin
UNION
SELECT old.person, twin.person_id, 'number' FROM unnest(%(people)s::bigint[], %(hashes)s::text[]) AS old (person, hash)
CROSS JOIN LATERAL (
    SELECT same.person_id FROM people_persondocument AS same
    WHERE same.number_hash = old.hash AND same.until IS NULL AND same.person_id <> old.person LIMIT %(limit)s
) AS twin
"""


def suspected_pairs(ids: list[int], *, on: date) -> dict[tuple[int, int], list[str]]:
    """Who of these people may be somebody else on file, with the rules that say so: {(older, younger): rules}."""
    rules = [rule for rule in duplicate_rules(on=on) if rule.found_in_the_register]
    if not rules or not ids:
        return {}
    papers = _papers(ids)
    pairs = _candidates(ids, papers)
    found = _rows({number for pair in pairs for number in pair})
    alike = {number: likeness_of(row, numbers=papers.get(number, ())) for number, row in found.items()}
    suspected = {}
    for one, other in sorted(pairs):
        if one in alike and other in alike:
            met: list[AlikeRule] = rules_met(rules, compare(alike[one], alike[other], on=on))
            if met:
                suspected[one, other] = [rule.key for rule in met]
    return suspected


def _candidates(ids: list[int], papers: dict[int, list[str]]) -> set[tuple[int, int]]:
    old = [
        (person, hashed)
        for person, numbers in papers.items()
        for number in numbers
        for form in number_forms(number)[1:]
        for hashed in number_hashes(form)
    ]
    given = {
        "ids": ids,
        "streets": [line.code for line in areas_under("", Level.STREET)],
        "people": [person for person, _ in old],
        "hashes": [hashed for _, hashed in old],
        "limit": MOST_SHARING,
    }
    with connection.cursor() as cursor:
        # Where statistics are missing, right after many people came, the planner would sift for each person the whole index of
        # those who were not merged, to find again the two or three it already has.
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(_PAIRS, given)
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL enable_bitmapscan = DEFAULT")
    shared: dict[tuple[int, str], int] = defaultdict(int)
    for one, _, why in rows:
        shared[one, why] += 1
    return {(min(one, other), max(one, other)) for one, other, why in rows if shared[one, why] < MOST_SHARING}


def _papers(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in PersonDocument.objects.filter(person__in=ids, until__isnull=True):
        found[row.person_id].append(row.number)
    return found


def _rows(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in facts_of(list(ids))}
