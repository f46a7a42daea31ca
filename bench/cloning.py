"""Make very many deeds of a few real ones (复制): rows of the same shape for other people, on other days, written by the owner.

Nothing of the database is switched off: every constraint, index and trigger sees the rows. The trail of a copy has digests of
its own and waits for its seal like any other. Tallies are not copied: `figures.sum_up` inserts the deltas of the new entries,
and the product's own roll-up adds them up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from os import urandom
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives import hashes
from django.conf import settings
from psycopg import sql

from bench.deeds import FATES
from bench.patterns import NUMBERED, Pattern
from yimen.foundations.access.fields.sealed import key_ring
from yimen.foundations.audit.engine.digests import keyed_digest_over
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7
from yimen.kernel.numbers import ArchiveNumber, CaseNumber
from yimen.kernel.periods import age_band, age_on
from yimen.work.desk.engine.numbers import tracking_hash, tracking_word

AT_ONCE = 1000
FIRST_OF_DAY = 1001  # the numbers below are those of the deeds that were really done


@dataclass(frozen=True)
class Neighbour:
    """For whom a deed is copied: the resident as she stands on file."""

    person: str
    name: str
    community: str
    sex: str
    birth_on: date
    residence: str
    household: str
    grid: str


@dataclass(frozen=True)
class Staff:
    """Who does it in a street: gap → account and name, for the gaps of the pattern's staff."""

    words: dict[str, str]
    mark: str


class Cloner:
    """Copies patterns in one street; numbers of letters and of the archive go on without a gap."""

    def __init__(self, owner: psycopg.Connection, street: str, staff: Staff, *, seed: str) -> None:
        self.owner, self.street, self.staff = owner, street, staff
        self.rng = Random(seed)
        self.letters = self._counters("documents_lettercounter", "number_kind", "year", where=street)
        self.archive = self._archive_counters()
        self.of_day: Counter[date] = Counter()
        self.written: Counter[str] = Counter()

    def copy(self, wanted: Iterator[tuple[Pattern, int, Neighbour]]) -> int:
        """Copy each pattern so many weeks back for that person, in portions of one transaction each."""
        done, portion = 0, []
        for one in wanted:
            portion.append(one)
            if len(portion) == AT_ONCE:
                done += self._write(portion)
                portion = []
        done += self._write(portion) if portion else 0
        self._keep_counters()
        return done

    # -- one portion ----------------------------------------------------------------------------

    def _write(self, portion: list[tuple[Pattern, int, Neighbour]]) -> int:
        lines: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
        with self.owner.transaction():
            numbers = self._reserve(portion)
            for pattern, weeks, whom in portion:
                gaps = self._filled(pattern, weeks, whom, numbers)
                for row in pattern.rows:
                    lines[row.table, row.columns].append(row.text % gaps)
            for (table, columns), rows in _in_order(lines):
                self._copy_in(table, columns, rows)
        return len(portion)

    def _copy_in(self, table: str, columns: tuple[str, ...], rows: list[str]) -> None:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        with self.owner.cursor().copy(statement) as copy:
            copy.write("\n".join(rows) + "\n")
        self.written[table] += len(rows)

    def _reserve(self, portion: list[tuple[Pattern, int, Neighbour]]) -> dict[str, Iterator[int]]:
        wanted = Counter(table for pattern, _, _ in portion for table, _ in pattern.gaps.numbers)
        reserved = {}
        for table, count in wanted.items():
            rows = self.owner.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            reserved[table] = iter([row[0] for row in rows])
        return reserved

    # -- one copy -------------------------------------------------------------------------------

    def _filled(
        self, pattern: Pattern, weeks: int, whom: Neighbour, numbers: dict[str, Iterator[int]]
    ) -> dict[str, Any]:
        shared = _times(pattern, weeks)
        gaps: dict[str, Any] = shared | self.staff.words
        shift = weeks * 7 * 86_400_000
        gaps |= {name: str(uuid7(ms - shift)) for name, ms in pattern.gaps.ids}
        gaps |= {name: next(numbers[table]) for (table, _), name in pattern.gaps.numbers.items()}
        gaps |= {
            "person": whom.person,
            "person_name": whom.name,
            "area": whom.community,
            "grid": whom.grid,
            "street": self.street,
            "sex": whom.sex,
            "birth_on": whom.birth_on.isoformat(),
            "residence": whom.residence,
            "household": whom.household or "\\N",
        }
        for day in pattern.gaps.entries.values():
            then = day - timedelta(weeks=weeks)
            gaps[f"band_{day:%Y%m%d}"] = age_band(age_on(whom.birth_on, then)).key
        if pattern.case:
            self._number(pattern, weeks, whom, gaps)
        if pattern.sealed:
            sheet = pattern.gaps.texts[_sheet_of(pattern)]
            where = f"forms_answersheet.sealed_answers:{gaps[sheet]}"
            gaps["sealed"] = "\\\\x" + key_ring().seal(pattern.sealed % gaps, where=where).hex()
        for trail in pattern.trail:
            number = pattern.gaps.numbers["audit_trailrow", trail.row.raw["id"]]
            salt = urandom(16)
            detail = _sm3(salt + (trail.body % gaps).encode())
            gaps[f"salt_{number}"] = "\\\\x" + salt.hex()
            digest = keyed_digest_over(
                UUID(gaps[pattern.gaps.texts[str(trail.row.raw["public_id"])]]),
                facts=(trail.facts % gaps).encode(),
                detail=detail,
                key=settings.YIMEN_SEAL_KEY[1],
            )
            gaps[f"digest_{number}"] = "\\\\x" + digest.hex()
        return gaps

    def _number(self, pattern: Pattern, weeks: int, whom: Neighbour, gaps: dict[str, Any]) -> None:
        case = pattern.case or {}
        back = timedelta(weeks=weeks)
        day = case["received_at"].astimezone(STREET_TIME).date() - back
        self.of_day[day] += 1
        number = CaseNumber(self.street[-3:], day, FIRST_OF_DAY + self.of_day[day])
        public_id = gaps[pattern.gaps.texts[str(case["public_id"])]]
        word = tracking_word(public_id)
        gaps |= {
            "number": number.digits,
            "spoken": str(number),
            "tracking_hash": tracking_hash(word),
            "tracking_url": f"/t/{word}",
        }
        for name, letter in pattern.gaps.letters.items():
            issued = letter["issued_at"].astimezone(STREET_TIME).date() - back
            key = (letter["number_kind"], issued.year)
            self.letters[key] += 1
            gaps[f"{name}_sequence"], gaps[f"{name}_year"] = self.letters[key], issued.year
            gaps[f"{name}_number"] = _letter_number(letter, self.staff.mark, issued.year, self.letters[key])
        if case["archive_number"]:
            category, year = case["archive_number"].split("-")[2], (_archived_on(pattern) - back).year
            self.archive[whom.community, category, year] += 1
            serial = self.archive[whom.community, category, year]
            gaps["archive_number"] = str(ArchiveNumber(year, whom.community, category, serial))

    # -- counters -------------------------------------------------------------------------------

    def _counters(self, table: str, first: str, second: str, *, where: str) -> Counter:
        rows = self.owner.execute(
            sql.SQL("SELECT {}, {}, last FROM {} WHERE unit_area = %s").format(
                *map(sql.Identifier, (first, second, table))
            ),
            [where],
        )
        return Counter({(row[0], row[1]): row[2] for row in rows})

    def _archive_counters(self) -> Counter:
        rows = self.owner.execute(
            "SELECT series, last FROM desk_numbersequence WHERE series LIKE %s", [f"archive:{self.street}%"]
        )
        split = [(row[0].split(":"), row[1]) for row in rows]
        return Counter({(area, kind, int(year)): last for (_, area, kind, year), last in split})

    def _keep_counters(self) -> None:
        with self.owner.transaction(), self.owner.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO documents_lettercounter (public_id, number_kind, unit_area, year, last)"
                " VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT (number_kind, unit_area, year) DO UPDATE SET last = excluded.last",
                [(uuid7(), kind, self.street, year, last) for (kind, year), last in self.letters.items()],
            )
            cursor.executemany(
                "INSERT INTO desk_numbersequence (series, last) VALUES (%s, %s)"
                " ON CONFLICT (series) DO UPDATE SET last = excluded.last",
                [(f"archive:{area}:{kind}:{year}", n) for (area, kind, year), n in self.archive.items()],
            )


def choose(
    patterns: dict[str, list[Pattern]],
    *,
    number: int,
    grown: list[Neighbour],
    women: list[Neighbour],
    rng: Random,
) -> Iterator[tuple[Pattern, int, Neighbour]]:
    """So many cases, as often as each fate occurs."""
    fates, weights = list(FATES), [share for share, _ in FATES.values()]
    for _ in range(number):
        fate = rng.choices(fates, weights)[0]
        low, high = FATES[fate][1]
        whom = rng.choice(women if fate == "births" else grown)
        yield rng.choice(patterns[fate]), rng.randint(low, high), whom


def choose_notes(
    patterns: list[Pattern], *, number: int, grown: list[Neighbour], rng: Random
) -> Iterator[tuple[Pattern, int, Neighbour]]:
    """So many notes, over all the weeks."""
    for _ in range(number):
        yield rng.choice(patterns), rng.randint(*FATES["births"][1]), rng.choice(grown)


def _times(pattern: Pattern, weeks: int) -> dict[str, Any]:
    kept = pattern.__dict__.setdefault("times", {})
    if weeks not in kept:
        back, found = timedelta(weeks=weeks), {}
        for name, day in pattern.gaps.days.items():
            then = day - back
            found[name] = then.isoformat()
            found[f"{name}_zh"] = f"{then.year}年{then.month}月{then.day}日"
            found[f"{name}_short"] = f"{then.month}月{then.day}日"
            found[f"first_{day:%Y%m%d}"] = then.replace(day=1).isoformat()
        for name, moment in pattern.gaps.moments.items():
            then = moment - back
            found[name], found[f"{name}_float"] = then.isoformat(), repr(then.timestamp())
        kept[weeks] = found
    return kept[weeks]


def _letter_number(letter: dict[str, Any], mark: str, year: int, sequence: int) -> str:
    """The number of the copy: another unit's mark, its own year and sequence."""
    old = letter["number"]
    begins, _, rest = old.partition("〔")
    word = begins.removeprefix(_mark_of(letter))
    return f"{mark}{word}〔{year}〕{sequence}{rest.partition('〕')[2].lstrip('0123456789')}"


def _mark_of(letter: dict[str, Any]) -> str:
    return f"演{int(letter['unit_area'][6:9])}街"


def _sheet_of(pattern: Pattern) -> str:
    return next(str(row.raw["public_id"]) for row in pattern.rows if row.table == "forms_answersheet")


def _in_order(lines: dict) -> list:
    """Rows that are named by others before those that name them."""
    first = [*NUMBERED, "forms_answersheet"]
    return sorted(
        lines.items(), key=lambda item: first.index(item[0][0]) if item[0][0] in first else len(first)
    )


def _sm3(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


def _archived_on(pattern: Pattern) -> date:
    steps = (row.raw for row in pattern.rows if row.table == "desk_casestep")
    return next(step["at"].astimezone(STREET_TIME).date() for step in steps if step["kind"] == "archived")
