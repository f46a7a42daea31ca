"""A real deed as text with gaps (样式): every row it left, in the format of COPY, where a copy differs a named gap.

What a row says is taken from the database as it stands there, so a pattern has exactly what the product writes. Gaps are found
by what stands in them: public ids, numbers, the applicant, the areas, who did it, and every day and moment.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import psycopg
from psycopg import sql

from yimen.kernel.clock import STREET_TIME

# Which rows belong to a case, and which column leads there. The order is that of foreign keys.
OF_CASE = (
    ("forms_answersheet", "public_id = (SELECT sheet FROM desk_case WHERE id = %(id)s)"),
    ("desk_case", "id = %(id)s"),
    ("desk_casestep", "case_id = %(id)s"),
    ("desk_casepaper", "case_id = %(id)s"),
    ("desk_casepause", "case_id = %(id)s"),
    ("desk_decision", "case_id = %(id)s"),
    ("desk_delivery", "case_id = %(id)s"),
    ("desk_ratingslip", "case_id = %(id)s"),
    ("documents_letter", "subject = %(public_id)s"),
    ("aid_relief", '"case" = %(public_id)s'),
    ("family_registration", '"case" = %(public_id)s'),
    ("ledger_entry", "source = %(public_id)s"),
)
OF_NOTE = (("ledger_entry", "id = %(id)s"),)
# Tables whose rows are named by number in others: the number is a gap too.
NUMBERED = {"desk_case": "case_id", "ledger_entry": "entry_id", "audit_trailrow": "row_id"}
# Of an entry, what the person was on the day of the deed.
OF_PERSON = ("sex", "birth_on", "age_band", "residence", "household")
_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass
class Row:
    """One row: its table, its columns but the serial id, and their text with gaps; ``raw`` as it stands."""

    table: str
    columns: tuple[str, ...]
    text: str
    raw: dict[str, Any]


@dataclass
class Trail:
    """One row of the trail with gaps: facts and detail as their digest takes them (规范化)."""

    row: Row
    facts: str
    body: str


@dataclass
class Gaps:
    """What stands in the gaps of a pattern: text → name; ``days`` and ``moments`` by name."""

    texts: dict[str, str] = field(default_factory=dict)
    ids: list[tuple[str, int]] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)
    moments: dict[str, datetime] = field(default_factory=dict)
    letters: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: dict[tuple[str, int], str] = field(default_factory=dict)
    entries: dict[int, date] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        """The text with its gaps, longest finds first; everything else is safe for ``%``."""
        known = "|".join(re.escape(found) for found in sorted(self.texts, key=len, reverse=True))
        pieces = re.split(f"({known})", text)
        return "".join(
            f"%({self.texts[piece]})s" if turn % 2 else piece.replace("%", "%%")
            for turn, piece in enumerate(pieces)
        )


class Reader:
    """Reads patterns as the owner, to whom no row is hidden."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner

    def case(self, public_id: str) -> "Read":
        return self._read("desk_case", public_id, OF_CASE)

    def note(self, public_id: str) -> "Read":
        return self._read("ledger_entry", public_id, OF_NOTE)

    def _read(self, table: str, public_id: str, of: Iterable[tuple[str, str]]) -> "Read":
        number = self._one(
            sql.SQL("SELECT id FROM {} WHERE public_id = %s").format(sql.Identifier(table)), [public_id]
        )
        known = {"id": number, "public_id": public_id}
        found = [(name, row) for name, where in of for row in self._rows(name, where, known)]
        entries = [row["id"] for name, row in found if name == "ledger_entry"]
        found += [
            ("ledger_entryitem", row)
            for row in self._rows("ledger_entryitem", "entry_id = ANY (%(ids)s)", {"ids": entries})
        ]
        subjects = [row["public_id"] for _, row in found]
        trail = self._rows("audit_trailrow", "subject = ANY (%(ids)s) ORDER BY id", {"ids": subjects})
        numbers = [row["id"] for row in trail]
        details = self._rows("audit_traildetail", "row_id = ANY (%(ids)s) ORDER BY row_id", {"ids": numbers})
        return Read(found, trail, details)

    def _rows(self, table: str, where: str, known: dict[str, Any]) -> list[dict[str, Any]]:
        with self.owner.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {where}", known)
            return cursor.fetchall()

    def _one(self, statement: sql.Composed, given: list[Any]) -> Any:
        found = self.owner.execute(statement, given).fetchone()
        assert found, given
        return found[0]


@dataclass
class Read:
    """The rows of one deed as they stand: (table, row), and its trail with its details."""

    rows: list[tuple[str, dict[str, Any]]]
    trail: list[dict[str, Any]]
    details: list[dict[str, Any]]


@dataclass
class Pattern:
    """A deed to be copied: rows and trail with gaps, and what belongs into each gap."""

    rows: list[Row]
    trail: list[Trail]
    gaps: Gaps
    case: dict[str, Any] | None
    sealed: str = ""


def pattern_of(read: Read, *, words: dict[str, str], opened: Callable[[Any], str]) -> Pattern:
    """Put the gaps into a deed. ``words`` are texts with the name of their gap (areas, accounts, names of the staff);
    ``opened`` opens a sealed form."""
    gaps = Gaps(texts=dict(words))
    case = next((row for table, row in read.rows if table == "desk_case"), None)
    began = read.trail[0]["at"]
    left = [*read.rows, *(("audit_trailrow", row) for row in read.trail)]
    _name_the_ids(gaps, [*left, *(("audit_traildetail", row) for row in read.details)], began=began)
    deeds = {str(row["deed"]) for row in read.trail}
    for order, deed in enumerate(sorted(deeds)):
        _new_id(gaps, deed, f"deed{order}", began)
    person = next(row["person"] for table, row in read.rows if table in ("desk_case", "ledger_entry"))
    gaps.texts[str(person)] = "person"
    sealed = ""
    if case:
        spoken = case["number"]
        gaps.texts |= {
            case["number"]: "number",
            f"{spoken[:3]}-{spoken[3:9]}-{spoken[9:-1]}-{spoken[-1]}": "spoken",
            case["person_name"]: "person_name",
            case["tracking_hash"]: "tracking_hash",
        }
        if case["archive_number"]:
            gaps.texts[case["archive_number"]] = "archive_number"
    for table, row in read.rows:
        if table == "ledger_entry" and row["area"] not in gaps.texts:
            gaps.texts[row["area"]] = "grid"
        if table == "documents_letter":
            name = f"letter{len(gaps.letters)}"
            gaps.letters[name] = row
            gaps.texts[row["number"]] = f"{name}_number"
            gaps.texts[row["tracking_url"]] = "tracking_url"
        if table == "forms_answersheet" and row["sealed_answers"]:
            sealed = opened(row)
    gaps.entries = {row["id"]: row["happened_on"] for table, row in read.rows if table == "ledger_entry"}
    _name_the_times(gaps, [row for _, row in read.rows] + read.trail, also=sealed)
    rows = [_row(table, row, gaps) for table, row in read.rows]
    trail = [_trail(row, detail, gaps) for row, detail in zip(read.trail, read.details, strict=True)]
    rows += [_row("audit_traildetail", detail, gaps) for detail in read.details]
    rows += [each.row for each in trail]
    return Pattern(rows, trail, gaps, case, gaps.fill(sealed))


def _name_the_ids(gaps: Gaps, rows: Iterable[tuple[str, dict[str, Any]]], *, began: datetime) -> None:
    for table, row in rows:
        if table in NUMBERED:
            gaps.numbers[table, row["id"]] = f"{NUMBERED[table]}{len(gaps.numbers)}"
        when = next((value for value in row.values() if isinstance(value, datetime)), began)
        _new_id(gaps, str(row["public_id"]), f"u{len(gaps.ids)}", when)


def _new_id(gaps: Gaps, old: str, name: str, when: datetime) -> None:
    gaps.texts[old] = name
    gaps.ids.append((name, int(when.timestamp() * 1000)))


def _name_the_times(gaps: Gaps, rows: Iterable[dict[str, Any]], *, also: str) -> None:
    for row in [*rows, {"also": json.loads(also or "{}")}]:
        for value in row.values():
            if isinstance(value, dict):
                for told in re.findall(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b", json.dumps(value)):
                    day = date.fromisoformat(told)
                    gaps.days[f"d{day:%Y%m%d}"] = day
            if isinstance(value, datetime):
                gaps.moments[f"m{int(value.timestamp() * 1e6)}"] = value
                day = value.astimezone(STREET_TIME).date()
                gaps.days[f"d{day:%Y%m%d}"] = day
            elif isinstance(value, date):
                gaps.days[f"d{value:%Y%m%d}"] = value
    for name, day in gaps.days.items():
        gaps.texts |= {
            f"{day.year}年{day.month}月{day.day}日": f"{name}_zh",
            f"{day.month}月{day.day}日": f"{name}_short",
            day.isoformat(): name,
        }


def _row(table: str, row: dict[str, Any], gaps: Gaps) -> Row:
    columns = tuple(name for name in row if name != "id" or table in NUMBERED)
    return Row(table, columns, "\t".join(_value(table, name, row[name], row, gaps) for name in columns), row)


def _value(table: str, name: str, value: Any, row: dict[str, Any], gaps: Gaps) -> str:
    if table in ("audit_trailrow", "audit_traildetail") and name in ("digest", "salt"):
        owner = row["id"] if table == "audit_trailrow" else row["row_id"]
        return f"%({name}_{gaps.numbers['audit_trailrow', owner]})s"
    if table == "ledger_entry" and name in OF_PERSON and row["person"]:
        return f"%({name})s" if name != "age_band" else f"%(band_{row['happened_on']:%Y%m%d})s"
    if table == "aid_relief" and name == "household":
        return "%(household)s"
    if table == "documents_letter" and name in ("sequence", "year"):
        return f"%({next(key for key, letter in gaps.letters.items() if letter is row)}_{name})s"
    if table == "ledger_entryitem" and name == "month":
        return f"%(first_{gaps.entries[row['entry_id']]:%Y%m%d})s"
    if table == "forms_answersheet" and name == "sealed_answers":
        return "%(sealed)s" if value else "\\\\x"
    if name == "id":
        return f"%({gaps.numbers[table, value]})s"
    for other, column in NUMBERED.items():
        if name == column:
            return f"%({gaps.numbers[other, value]})s"
    return _plain(name, value, gaps)


def _plain(name: str, value: Any, gaps: Gaps) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return f"%(m{int(value.timestamp() * 1e6)})s"
    if isinstance(value, date):
        return f"%(d{value:%Y%m%d})s"
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bytes | memoryview):
        return "\\\\x" + bytes(value).hex()
    return gaps.fill(str(value).translate(_SPECIAL))


def _trail(row: dict[str, Any], detail: dict[str, Any], gaps: Gaps) -> Trail:
    facts = {
        name: str(row[name]) if row[name] else ""
        for name in (
            *("deed", "verb", "inner_verb", "actor", "on_behalf_of", "subject_kind", "subject", "area"),
        )
    }
    moment = f"m{int(row['at'].timestamp() * 1e6)}"
    text = gaps.fill(_canonical(facts | {"at": "@at@"})).replace('"@at@"', f"%({moment}_float)s")
    return Trail(_row("audit_trailrow", row, gaps), text, gaps.fill(_canonical(detail["body"])))


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
