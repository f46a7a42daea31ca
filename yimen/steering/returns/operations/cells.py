"""What people type and choose in the cells of a table (填报)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.documents.api import MOST_COLUMNS
from yimen.kernel.actor import Actor
from yimen.kernel.cells import column_letters
from yimen.kernel.clock import day_of
from yimen.kernel.text import clean_line
from yimen.steering.returns.engine.filling import shown_text
from yimen.steering.returns.engine.grammar import Heading, headings
from yimen.steering.returns.engine.portions import count_rows
from yimen.steering.returns.models import Return, ReturnCell, ReturnRow
from yimen.steering.returns.operations.portions import CannotFill
from yimen.steering.returns.queries import book_of, filled_table, lock_return, must_be_open
from yimen.steering.returns.rules import Shape, shape_asked, why_not_typed

LONGEST = 500


@operation("returns.cells.filled")
def fill_cells(
    *,
    by: Actor,
    at: datetime,
    table: UUID,
    typed: Sequence[tuple[int, int, str, str]] = (),
    choices: Mapping[tuple[int, int], str] | None = None,
    people: Mapping[int, UUID | None] | None = None,
) -> list[str]:
    """Keep what was typed and chosen on a page (填报保存): cells as (row, column, text, what stood there before).

    A cell into which somebody else typed meanwhile, and one into which something was typed that its column cannot hold, is
    left as it is; the answer names those, one sentence each. Refuses a part that was handed in.
    """
    found = lock_return(table, by=by)
    must_be_open(found, by=by)
    known = headings(on=day_of(at))
    rows = {row.number: row for row in ReturnRow.objects.filter(table=found)}
    kept = {(one.row, one.column): one for one in ReturnCell.objects.filter(table=found)}
    clashes: list[str] = []
    changed: list[tuple[int, int, str, str]] = []
    for row, column, text, before in typed:
        text = clean_line(text)
        if len(text) > LONGEST:
            raise CannotFill("第 {row} 行有一格太长，最多 {most} 字。", row=row, most=LONGEST)
        there = kept.get((row, column))
        stands = there.text if there else ""
        if row not in rows or text == clean_line(before) or text == stands:
            continue
        if not 1 <= column <= MOST_COLUMNS:
            continue  # no page of ours has such a cell
        if stands != clean_line(before):
            who = there.typed_by_name if there else "别人"
            clashes.append(f"第 {row} 行有一格{who}刚填了“{stands}”，您填的“{text}”没有保存。")
            continue
        if wanted := why_not_typed(text, _shape(found, column, known)):
            place = f"第 {row} 行 {column_letters(column)} 列"
            clashes.append(f"{place}要填{wanted}，您填的“{shown_text(text)}”没有保存。")
            continue
        changed.append((row, column, "typed", text))
    for (row, column), choice in (choices or {}).items():
        there = kept.get((row, column))
        if not (row in rows and 1 <= column <= MOST_COLUMNS):
            continue
        if choice in ("sheet", "register") and (there.choice if there else "") != choice:
            changed.append((row, column, choice, ""))
    for row, column, choice, text in changed:
        ReturnCell.objects.update_or_create(
            table=found,
            row=row,
            column=column,
            defaults={
                "choice": choice,
                "text": text,
                "typed_at": at,
                "typed_by": by.key,
                "typed_by_name": by.name,
            },
        )
    met = _choose(rows, people or {})
    touched = {row for row, *_ in changed} | (set(people or {}) & set(rows))
    again = [row for number, row in sorted(rows.items()) if number in touched and row.cells is not None]
    if again:
        count_rows(again, filled_table(found, book_of(found, by=by), by=by, on=day_of(at), rows=again).lines)
    if changed or met:
        record(found, kind="return", area=found.area, cells=len(changed), people=met)
    else:
        unchanged()
    return clashes


def _choose(rows: Mapping[int, ReturnRow], people: Mapping[int, UUID | None]) -> int:
    """Take the one that was chosen by hand, of those who were offered."""
    met = 0
    for number, person in people.items():
        row = rows.get(number)
        if row is None or row.person == person or (person is not None and person not in row.candidates):
            continue
        row.person, row.by_hand = person, person is not None
        row.save(update_fields=["person", "by_hand"])
        met += 1
    return met


def _shape(found: Return, column: int, known: Mapping[str, Heading]) -> Shape:
    key = found.columns.get(str(column), "")
    return Shape(known[key].shape) if key in known else shape_asked(key)
