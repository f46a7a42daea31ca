"""A sheet in portions (分段): small enough for one transaction, and never cut through what belongs together."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from yimen.foundations.access.fields import keyed_hashes
from yimen.foundations.imports.engine.reading import Line
from yimen.foundations.imports.models import Batch, Chunk
from yimen.foundations.imports.ports import Importer, Note, Notes, SheetRow
from yimen.foundations.imports.rules import LOST_SENTENCE, lost_digits, plain_value

# What belongs together may make a portion larger, but not without end.
MOST_TOGETHER = 4
_HALF = 1 << 63


@dataclass
class Cut:
    """How the rows of a sheet fell (分段结果)."""

    rows: int = 0
    skipped: int = 0
    lines: list[Line] = field(default_factory=list)


def portions(
    lines: Iterable[Line], head: Sequence[str], *, size: int, cut_by: Sequence[int], told: Cut
) -> Iterator[list[Line]]:
    """Portions of about ``size`` rows; with ``cut_by`` a new one begins only where the texts of these columns change.

    Headings that are repeated further down, as printed lists have them, are passed over and counted in ``told``.
    """
    width = len(head)
    held: list[Line] = []
    before: tuple[str, ...] = ()
    for number, texts in lines:
        texts = texts[:width]
        if texts == list(head[: len(texts)]) and any(texts):
            told.skipped += 1
            continue
        if not any(texts):
            continue
        group = _group(texts, cut_by)
        full = len(held) >= size and (not group or group != before or len(held) >= size * MOST_TOGETHER)
        if full:
            yield held
            held = []
        held.append((number, texts))
        told.rows += 1
        before = group
    if held:
        yield held


def places_together(columns: Mapping[str, str], importer: Importer) -> list[int]:
    """The places of the columns by which rows belong together; none when the last of them is not in the sheet."""
    place_of = {key: int(place) for place, key in columns.items()}
    if not importer.together or importer.together[-1] not in place_of:
        return []
    return [place_of[key] for key in importer.together if key in place_of]


def _group(texts: Sequence[str], cut_by: Sequence[int]) -> tuple[str, ...]:
    told = tuple(texts[place].strip() if place < len(texts) else "" for place in cut_by)
    return told if told and told[-1] else ()


def keep_lines(batch: Batch, ordinal: int, lines: Sequence[Line]) -> None:
    """Write one portion as it was read; within an operation."""
    Chunk.objects.create(
        batch=batch,
        area=batch.area,
        ordinal=ordinal,
        first_row=lines[0][0],
        last_row=lines[-1][0],
        rows=len(lines),
        content=json.dumps(lines, ensure_ascii=False, separators=(",", ":")),
    )


def lines_of(chunk: Chunk) -> list[Line]:
    """The rows of a portion as they stood."""
    return [(number, texts) for number, texts in json.loads(chunk.content or "[]")]


def rows_of(chunk: Chunk, batch: Batch) -> tuple[list[SheetRow], dict[int, list[Note]]]:
    """The rows as an importer reads them, and what is wrong with the cells whatever they mean."""
    places = [(int(place), key) for place, key in batch.columns.items()]
    rows, notes = [], {}
    for number, texts in lines_of(chunk):
        values = {}
        for place, key in places:
            text = texts[place] if place < len(texts) else ""
            if not text:
                values[key] = ""
            elif lost_digits(text):
                notes.setdefault(number, []).append(Note(key, LOST_SENTENCE))
            else:
                values[key] = plain_value(text)
        rows.append(SheetRow(number, values))
    return rows, notes


def missing(rows: Iterable[SheetRow], importer: Importer, notes: Mapping[int, Sequence[Note]]) -> Notes:
    """Rows in which a needed cell is empty (缺项)."""
    needed = [column for column in importer.columns if column.needed]
    found: dict[int, list[Note]] = {}
    for row in rows:
        for column in needed:
            if not row.get(column.key) and not any(
                note.column == column.key for note in notes.get(row.number, ())
            ):
                found.setdefault(row.number, []).append(Note(column.key, f"“{column.title}”没有填。"))
    return found


def keys_of(
    rows: Iterable[SheetRow], importer: Importer, notes: Mapping[int, Sequence[Note]]
) -> tuple[list[int], list[int], list[int]]:
    """Row numbers and keyed hashes of what may stand once in a sheet, and those of the groups that belong together."""
    unique = [(place, column.key) for place, column in enumerate(importer.columns) if column.unique]
    numbers, hashes, groups = [], [], set()
    for row in rows:
        faulty = {note.column for note in notes.get(row.number, ()) if note.refuses}
        for place, key in unique:
            if (text := row.get(key)) and key not in faulty:
                numbers.append(row.number)
                hashes.append(key_hash(text, importer, key, place))
        if text := importer.group_of(row):
            groups.add(group_hash(text, importer))
    return numbers, hashes, sorted(groups)


def key_hash(text: str, importer: Importer, key: str, place: int) -> int:
    """A signed number of 64 bits for a text, under our key; its last five bits say which column it is of."""
    # Under the oldest key: one batch is compared with itself only, also when a new key comes in between.
    digits = min(keyed_hashes(text, field=f"imports.{importer.key}.{key}"))[2:18]
    return ((int(digits, 16) & ~31) | (place & 31)) - _HALF


def group_hash(text: str, importer: Importer) -> int:
    """The same for what belongs together."""
    return key_hash(text, importer, ".".join(importer.together), 0)


def column_of_hash(number: int, importer: Importer) -> str:
    """The key of the column that a hash is of."""
    return importer.columns[(number + _HALF) & 31].key


def notes_of(chunk: Chunk) -> dict[int, list[Note]]:
    """What was found in a portion, by row."""
    told = json.loads(chunk.notes or "{}")
    return {int(number): [Note(*each) for each in notes] for number, notes in told.items()}


def note_down(chunk: Chunk, notes: Mapping[int, Sequence[Note]]) -> None:
    """Put what was found into the portion, with the counts that follow from it."""
    kept = {number: list(found) for number, found in sorted(notes.items()) if found}
    chunk.notes = (
        json.dumps(
            {
                number: [[note.column, note.sentence, note.refuses] for note in found]
                for number, found in kept.items()
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        if kept
        else ""
    )
    bad = {number for number, found in kept.items() if any(note.refuses for note in found)}
    chunk.bad, chunk.warned = len(bad), len(kept) - len(bad)
    counts: dict[str, int] = {}
    for found in kept.values():
        for column in {note.column for note in found if note.refuses}:
            counts[column] = counts.get(column, 0) + 1
    chunk.by_column = counts


def refused_rows(notes: Mapping[int, Sequence[Note]]) -> set[int]:
    """The rows that cannot be brought in (不合格行)."""
    return {number for number, found in notes.items() if any(note.refuses for note in found)}


def together(*told: Mapping[int, Sequence[Note]]) -> dict[int, list[Note]]:
    """Notes of several judges, row by row."""
    found: dict[int, list[Note]] = {}
    for notes in told:
        for number, each in notes.items():
            found.setdefault(number, []).extend(each)
    return found


def besides(notes: Notes, known: Mapping[int, Sequence[Note]]) -> Notes:
    """Notes on cells of which nothing is said yet: one reason a cell is enough."""
    return {
        number: [note for note in found if note.column not in {one.column for one in known.get(number, ())}]
        for number, found in notes.items()
    }


def made_columns(made: Mapping[int, UUID]) -> tuple[list[int], list[UUID]]:
    """Row numbers and what they became, as two columns."""
    return list(made), list(made.values())
