"""Reads of the tables that departments want filled (填报表)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from yimen.foundations.bus.api import kept
from yimen.foundations.documents.api import Workbook, WorkbookTable, file_content
from yimen.foundations.forms.ports import Fact
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.people.api import (
    Described,
    PersonCard,
    condition_choices,
    filters_for,
    person_cards,
)
from yimen.steering.returns.engine.filling import Column, Line, columns_of, lines
from yimen.steering.returns.engine.grammar import Heading, headings, words_of
from yimen.steering.returns.engine.knowing import known_facts, known_of_areas
from yimen.steering.returns.models import Return, ReturnCell, ReturnRow
from yimen.steering.returns.permissions import FILL
from yimen.steering.returns.rules import ASKED, AT_ONCE, Head, find_head, fold_heading, meaning, read_day


class NoReturn(NotFound):
    code = "returns.no_return"
    sentence = "没有这张填报表，或不在您的范围内。"


@dataclass(frozen=True)
class Understood:
    """How a workbook is read (读表): its sheets, the chosen one, where its heading is, what each column means."""

    sheets: tuple[str, ...]
    table: WorkbookTable
    head: Head
    columns: dict[str, str]
    signature: str
    remembered: bool


@dataclass(frozen=True)
class FilledTable:
    """The table with all that is known (填好的表); of a large one, the rows that were asked for."""

    table: WorkbookTable
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    cells: int
    filled: int
    open: int
    differs: int

    @property
    def percent(self) -> int:
        return self.filled * 100 // self.cells if self.cells else 0


@dataclass(frozen=True)
class Standing:
    """How a large table stands, by what was counted when its rows were filled (填到哪里)."""

    lines: int
    done: int
    cells: int
    filled: int
    open: int
    differs: int
    nobody: int

    @property
    def percent(self) -> int:
        return self.filled * 100 // self.cells if self.cells else 0


def returns(*, by: Actor) -> QuerySet[Return]:
    """The tables within reach (填报表)."""
    return Return.objects.within(by) if by.can_somewhere(FILL) else Return.objects.none()


def due_returns(*, by: Actor) -> QuerySet[Return]:
    """What was not downloaded yet, in the order in which it is due (要交的表)."""
    return returns(by=by).filter(exported_at__isnull=True, is_part=False).order_by("due_on", "id")


def first_due(*, by: Actor, most: int) -> list[Return]:
    """The first of them, for the first page."""
    return _first_due(by, most=most) if by.can_somewhere(FILL) else []


@kept
def _first_due(by: Actor, *, most: int) -> QuerySet[Return]:
    found = Return.objects.within(by).filter(exported_at__isnull=True, is_part=False)
    return found.order_by("due_on", "id")[:most]


def get_return(table: UUID, *, by: Actor) -> Return:
    """One table within reach, where the actor may fill."""
    found = returns(by=by).filter(public_id=table).first()
    if found is None:
        raise NoReturn
    by.must(FILL, area=found.area)
    return found


def book_of(found: Return, *, by: Actor) -> Workbook:
    """The workbook as it was uploaded (原表)."""
    return Workbook(file_content(found.file, subject=found.public_id, by=by))


def understand(
    book: Workbook,
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
    """The facts a column may stand for, of those the actor may see, and what people may have to type (可选内容)."""
    known = [(key, body.title) for key, body in headings(on=on).items() if by.can_somewhere(body.permission)]
    return [*ASKED.items(), *known]


def withheld(*, by: Actor, on: date) -> list[str]:
    """The facts that the actor's post may not see (看不到的内容)."""
    return [body.title for body in headings(on=on).values() if not by.can_somewhere(body.permission)]


def columns_in(found: Return, table: WorkbookTable, *, by: Actor, on: date) -> tuple[Column, ...]:
    """The columns of a table as they were understood."""
    known: dict[str, Heading] = headings(on=on)
    head = find_head(table.texts, table.merges, {}, first=found.head_first, last=found.head_last)
    return columns_of(head, found.columns, known, by=by)


def filled_table(
    found: Return, book: Workbook, *, by: Actor, on: date, rows: Sequence[ReturnRow] | None = None
) -> FilledTable:
    """Every row (or ``rows``) with what is known, what differs and what is open (填报页); a fixed number of queries."""
    within = (rows[0].number, rows[-1].number) if rows else None
    table = book.table(found.sheet, within=within, head=found.head_last)
    columns = columns_in(found, table, by=by, on=on)
    told = ReturnCell.objects.within(by).filter(table=found)
    if rows is None:
        rows = list(ReturnRow.objects.within(by).filter(table=found).order_by("number"))
    elif rows:
        told = told.filter(row__gte=rows[0].number, row__lte=rows[-1].number)
    typed = {(one.row, one.column): one for one in told}
    facts: dict[UUID | str, dict[str, Fact]] = {
        **known_facts({row.person for row in rows if row.person}, columns, by=by, on=on),
        **known_of_areas({row.area for row in rows if row.area}, columns, by=by, on=on),
    }
    made = lines(table, columns, rows, typed, facts, counted_from=found.head_last if found.chosen else 0)
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


def described(table: WorkbookTable, rows: Sequence[int], columns: Mapping[str, str]) -> list[Described]:
    """What these rows of a sheet say of whom they mean."""
    place = {key: int(number) for number, key in reversed(columns.items())}

    def text(row: int, key: str) -> str:
        return table.texts.get((row, place[key]), "") if key in place else ""

    return [
        Described(
            name=text(row, "name"),
            id_number=text(row, "id_number"),
            phone=text(row, "phone"),
            birth_on=read_day(text(row, "birth_on")),
            address=text(row, "address"),
        )
        for row in rows
    ]


def rows_of(found: Return, *, by: Actor) -> QuerySet[ReturnRow]:
    """The rows of a table, in their order."""
    return ReturnRow.objects.within(by).filter(table=found).order_by("number")


def is_large(found: Return, *, by: Actor) -> bool:
    """Has it more rows than are filled while one waits?"""
    return rows_of(found, by=by).count() > AT_ONCE


def is_filling(found: Return, *, by: Actor) -> bool:
    """Is a large table still being filled?"""
    rows = rows_of(found, by=by)
    return rows.count() > AT_ONCE and rows.filter(cells=None).exists()


def rows_in_view(found: Return, *, by: Actor, view: str) -> QuerySet[ReturnRow]:
    """Of a large table, the rows of one view, by what was counted."""
    rows = rows_of(found, by=by).filter(cells__isnull=False)
    if view == "none":
        return rows.filter(person=None)
    return rows if view == "all" else rows.filter(Q(person=None) | Q(open__gt=0) | Q(differs__gt=0))


def standing(found: Return, *, by: Actor) -> Standing:
    """How a large table stands; one query."""
    told = (
        rows_of(found, by=by)
        .order_by()
        .aggregate(
            all=Count("id"),
            with_cells=Count("id", filter=Q(cells__isnull=False)),
            all_cells=Sum("cells"),
            all_known=Sum("known"),
            all_open=Sum("open"),
            all_differs=Sum("differs"),
            nobody=Count("id", filter=Q(person=None, cells__isnull=False)),
        )
    )
    return Standing(
        lines=told["all"],
        done=told["with_cells"],
        cells=told["all_cells"] or 0,
        filled=told["all_known"] or 0,
        open=told["all_open"] or 0,
        differs=told["all_differs"] or 0,
        nobody=told["nobody"],
    )


def lock_return(table: UUID, *, by: Actor) -> Return:
    """One at a time in one table: what two people type lands one after the other."""
    get_return(table, by=by)
    found = Return.objects.within(by).select_for_update(of=("self",)).filter(public_id=table).first()
    if found is None:
        raise NoReturn
    return found


def kept_filters(*, by: Actor) -> list[tuple[str, str, dict[str, str]]]:
    """The saved filters whose conditions this actor may choose: id, name, conditions (常用筛选)."""
    offered = condition_choices(by=by)
    return [
        (str(one.public_id), one.name, one.conditions)
        for one in filters_for(by).order_by("-shared", "name", "id")[:50]
        if all(key in offered and value in dict(offered[key][1]) for key, value in one.conditions.items())
    ]
