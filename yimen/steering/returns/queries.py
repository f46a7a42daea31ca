"""Reads of the tables that departments want filled (一表通)."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.documents.api import file_content
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import PersonCard, person_cards
from yimen.steering.returns.engine.filling import Column, Line, columns_of, known_facts, lines
from yimen.steering.returns.engine.grammar import Heading, headings, words_of
from yimen.steering.returns.engine.reading import Book, Table
from yimen.steering.returns.models import Return, ReturnCell, ReturnRow
from yimen.steering.returns.permissions import FILL
from yimen.steering.returns.rules import Head, find_head, fold_heading, meaning


class NoReturn(NotFound):
    code = "returns.no_return"
    sentence = "没有这张填报表，或不在您的范围内。"


@dataclass(frozen=True)
class Understood:
    """How a workbook is read (读表): its sheets, the chosen one, where its heading is, what each column means."""

    sheets: tuple[str, ...]
    table: Table
    head: Head
    columns: dict[str, str]
    signature: str
    remembered: bool


@dataclass(frozen=True)
class FilledTable:
    """The table with all that is known (填好的表)."""

    table: Table
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    cells: int
    filled: int
    open: int
    differs: int

    @property
    def percent(self) -> int:
        return self.filled * 100 // self.cells if self.cells else 0


def returns(*, by: Actor) -> QuerySet[Return]:
    """The tables within reach (填报表)."""
    return Return.objects.within(by) if by.can_somewhere(FILL) else Return.objects.none()


def due_returns(*, by: Actor) -> QuerySet[Return]:
    """What was not downloaded yet, in the order in which it is due (要交的表)."""
    return returns(by=by).filter(exported_at__isnull=True).order_by("due_on", "id")


def first_due(*, by: Actor, most: int) -> list[Return]:
    """The first of them, for the first page."""
    return _first_due(by, most=most) if by.can_somewhere(FILL) else []


@kept
def _first_due(by: Actor, *, most: int) -> QuerySet[Return]:
    return Return.objects.within(by).filter(exported_at__isnull=True).order_by("due_on", "id")[:most]


def get_return(table: UUID, *, by: Actor) -> Return:
    """One table within reach, where the actor may fill."""
    found = returns(by=by).filter(public_id=table).first()
    if found is None:
        raise NoReturn
    by.must(FILL, area=found.area)
    return found


def book_of(found: Return, *, by: Actor) -> Book:
    """The workbook as it was uploaded (原表)."""
    return Book(file_content(found.file, subject=found.public_id, by=by))


def understand(
    book: Book,
    *,
    by: Actor,
    on: date,
    sheet: str = "",
    first: int = 0,
    last: int = 0,
    but: Return | None = None,
) -> Understood:
    """Read one sheet of a workbook (读表): where nothing is told, the sheet and rows in which most is understood.

    The same headings as in an earlier table within reach (other than ``but``) are taken as they were taken then.
    """
    known = words_of(headings(on=on))
    names = [name for name, _ in book.sheets]
    tables = [book.table(name) for name in ([sheet] if sheet in names else names[:12])]
    heads = [find_head(table.texts, table.merges, known, first=first, last=last) for table in tables]
    scores = [len({meaning(words, known) for words in head.words.values()} - {""}) for head in heads]
    best = scores.index(max(scores))
    head = heads[best]
    told = "\n".join(
        f"{number}:{'/'.join(map(fold_heading, words))}" for number, words in sorted(head.words.items())
    )
    signature = hashlib.sha256(told.encode()).hexdigest()
    others = returns(by=by).filter(signature=signature).exclude(pk=but.pk if but else None)
    before = others.exclude(columns={}).order_by("-id").first()
    guessed = {str(number): key for number, words in head.words.items() if (key := meaning(words, known))}
    return Understood(
        sheets=tuple(names),
        table=tables[best],
        head=head,
        columns=before.columns if before else guessed,
        signature=signature,
        remembered=before is not None,
    )


def offered(*, by: Actor, on: date) -> list[tuple[str, str]]:
    """The facts a column may stand for, of those the actor may see (可选内容)."""
    return [(key, body.title) for key, body in headings(on=on).items() if by.can_somewhere(body.permission)]


def withheld(*, by: Actor, on: date) -> list[str]:
    """The facts that the actor's post may not see (看不到的内容)."""
    return [body.title for body in headings(on=on).values() if not by.can_somewhere(body.permission)]


def columns_in(found: Return, table: Table, *, by: Actor, on: date) -> tuple[Column, ...]:
    """The columns of a table as they were understood."""
    known: dict[str, Heading] = headings(on=on)
    head = find_head(table.texts, table.merges, {}, first=found.head_first, last=found.head_last)
    return columns_of(head, found.columns, known, by=by)


def filled_table(found: Return, book: Book, *, by: Actor, on: date) -> FilledTable:
    """Every row with what is known, what differs and what is open (填报页); a fixed number of queries."""
    table = book.table(found.sheet)
    columns = columns_in(found, table, by=by, on=on)
    rows = list(ReturnRow.objects.within(by).filter(table=found).order_by("number"))
    typed = {(one.row, one.column): one for one in ReturnCell.objects.within(by).filter(table=found)}
    facts = known_facts({row.person for row in rows if row.person}, columns, by=by, on=on)
    made = lines(table, columns, rows, typed, facts)
    slots = [slot for line in made for slot in line.slots]
    return FilledTable(
        table=table,
        columns=columns,
        lines=tuple(made),
        cells=sum(slot.state != "formula" for slot in slots),
        filled=sum(slot.state == "known" for slot in slots),
        open=sum(slot.state == "open" and not slot.typed for slot in slots),
        differs=sum(slot.state == "differs" and not slot.choice for slot in slots),
    )


def candidates_of(shown: list[Line], *, by: Actor, on: date) -> dict[UUID, PersonCard]:
    """The cards of all who might be meant on these lines (候选人)."""
    return person_cards({one for line in shown for one in line.candidates}, by=by, on=on)
