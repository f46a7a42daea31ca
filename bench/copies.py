"""How many deeds each street gets, and of which patterns (复制的安排)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import psycopg

from bench.cloning import Cloner, Neighbour, Staff, choose, choose_notes
from bench.deeds import NOTES, PAPERS, Pattern, answers, work
from bench.facts import Account, Known
from bench.figures import last_entry, sum_up
from bench.patterns import Reader, pattern_of
from bench.population import SEED, Community, street_name

# Cases for a hundred residents in the street of the long list and in the others, and notes for a hundred anywhere.
LISTED, ELSEWHERE, NOTED = 100, 10, 63
POSTS = ("window-clerk", "section-officer", "archive-keeper")
OPEN_CASES = 2000
_WHO_LIVES_THERE = """
SELECT p.public_id::text, p.name, p.community, p.sex, p.birth_on, p.residence_kind, coalesce(h.public_id::text, ''),
       p.area
FROM people_person AS p
LEFT JOIN people_membership AS m ON m.person_id = p.id AND m.until IS NULL
LEFT JOIN people_household AS h ON h.id = m.household_id
WHERE p.street = %s AND p.lives_since IS NOT NULL AND p.birth_on < %s AND p.public_id <> ALL (%s)
ORDER BY p.id
"""


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """The database as its owner sees it."""
    from django.db import connections

    given = connections["owner"].settings_dict
    with psycopg.connect(
        dbname=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"],
        host=given["HOST"],
        port=given["PORT"] or None,
        autocommit=True,
    ) as owner:
        yield owner


def real_work(neighbours: list[Known], ids: dict[str, Any], *, now: datetime) -> list[Pattern]:
    """Do the work of which the rest is copied."""
    return work(neighbours, ids, now=now)


def copy_deeds(
    patterns: list[Pattern],
    filled: list[Community],
    accounts: list[Account],
    ids: dict[str, Any],
    untouched: list[Known],
    *,
    today: date,
    progress: Any,
    processes: int,
) -> dict[str, Any]:
    """Copy them over all streets, sum them up, and answer what a driver must know of them."""
    from bench.load import in_processes

    streets: dict[str, int] = {}
    for one in filled:
        streets[one.street] = streets.get(one.street, 0) + one.people
    with owner_connection() as owner:
        since = last_entry(owner)
    names = {one.username: (str(ids[one.username]), one.name) for one in accounts}
    told = (patterns, filled[0].code, names, [one.public_id for one in untouched], today)
    # A street is one piece of work: whoever numbers its letters does so alone.
    wanted = [
        (street, people * (LISTED if turn == 0 else ELSEWHERE) // 100, people * NOTED // 100, *told)
        for turn, (street, people) in enumerate(streets.items())
    ]
    whole = sum(cases + notes for _, cases, notes, *_ in wanted)
    done = in_processes(copy_street, wanted, processes)
    progress.phase("copies", (number for _, number in done), whole=whole)
    with owner_connection() as owner:
        sum_up(owner, since=since)
        return _what_came_of_it(owner, filled[0].street, today=today)


def copy_street(
    street: str,
    cases: int,
    notes: int,
    patterns: list[Pattern],
    community: str,
    names: dict[str, tuple[str, str]],
    untouched: list[str],
    today: date,
) -> int:
    """All copies of one street; answers how many."""
    rng = Random(f"{SEED}:{street}:deeds")
    with owner_connection() as owner:
        reader = Reader(owner)
        words = _words(community, names)
        read = {
            fate: [
                pattern_of(
                    (reader.note if fate == "note" else reader.case)(one.public_id),
                    words=words,
                    opened=_opened,
                )
                for one in patterns
                if one.fate == fate
            ]
            for fate in dict.fromkeys(one.fate for one in patterns)
        }
        grown, women = _neighbours(owner, street, untouched, today=today)
        cloner = Cloner(owner, street, _staff(street, names), seed=f"{SEED}:{street}:copies")
        done = cloner.copy(choose(read, number=cases, grown=grown, women=women, rng=rng))
        return done + cloner.copy(choose_notes(read["note"], number=notes, grown=grown, rng=rng))


def _words(community: str, names: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The texts of the first street that another street says otherwise: gap by text."""
    street = community[:9]
    words = {community: "area", street: "street", street_name(street): "street_name"}
    for post in POSTS:
        account, name = names[f"{post}-{street[6:]}-1"]
        words |= {account: f"{post}_account", name: f"{post}_name"}
    return words


def _staff(street: str, names: dict[str, tuple[str, str]]) -> Staff:
    words = {"street_name": street_name(street)}
    for post in POSTS:
        account, name = names[f"{post}-{street[6:]}-1"]
        words |= {f"{post}_account": account, f"{post}_name": name}
    return Staff(words, f"演{int(street[-3:])}街")


def _neighbours(
    owner: psycopg.Connection, street: str, untouched: list[str], *, today: date
) -> tuple[list[Neighbour], list[Neighbour]]:
    """Grown-ups of a street, and women of an age for a child in all these years."""
    grown_before = today - timedelta(days=365 * 22)
    rows = owner.execute(_WHO_LIVES_THERE, [street, grown_before, untouched])
    grown = [Neighbour(*row) for row in rows]
    young = today - timedelta(days=365 * 41)
    return grown, [one for one in grown if one.sex == "female" and one.birth_on > young] or grown


def _opened(row: dict[str, Any]) -> str:
    """The text of a sealed form."""
    from yimen.foundations.access.fields.sealed import key_ring

    where = f"forms_answersheet.sealed_answers:{row['public_id']}"
    return key_ring().unseal(bytes(row["sealed_answers"]), where=where)


def _what_came_of_it(owner: psycopg.Connection, street: str, *, today: date) -> dict[str, Any]:
    def one(statement: str, *given: Any) -> tuple:
        found = owner.execute(statement, given).fetchone()
        assert found
        return found

    first, last = one("SELECT min(month), max(month) FROM ledger_entryitem")
    rows = owner.execute(
        "SELECT public_id::text FROM desk_case WHERE street = %s AND state = 'accepted' ORDER BY id DESC LIMIT %s",
        [street, OPEN_CASES],
    )
    return {
        "cases_in_reach": one("SELECT count(*) FROM desk_case WHERE street = %s", street)[0],
        "months": [first.isoformat(), last.isoformat()],
        "open_cases": [row[0] for row in rows],
        "matters": {
            matter: {"answers": answers(matter, on=today), "papers": PAPERS[matter]} for matter in PAPERS
        },
        "notes": len(NOTES),
    }
