"""Writing rows by kept statements (定式写入): what every deed writes is worked out once per model, not once per row.

`add_rows` does what ``bulk_create`` does and `update_row` what ``save(update_fields=…)`` does, for the rows that nearly every
operation leaves: the statement is built once per process, so that the driver can prepare it, and only values travel.
`leave_rows` is for rows whose numbers nobody asks.

Rows of several models may go into one statement, a group for each, and point to rows of the first group. Not those whose
table is scoped through the first one: what a statement inserts, its own policies do not see yet.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models

from yimen.foundations.bus.fields import ActorField, AreaField

_Rows = Sequence[models.Model]
Statement = tuple[str, Sequence[Any]]
# Values of these fields travel as they stand; every other field is asked what becomes of a value.
_AS_THEY_STAND = (
    models.BinaryField,
    models.BooleanField,
    models.CharField,
    models.DateTimeField,
    models.TextField,
    models.UUIDField,
    ActorField,
    AreaField,
)


def add_rows(rows: _Rows, *more: _Rows) -> None:
    """Insert new instances in one statement; those of the first group get their numbers."""
    if not rows:
        return
    numbered = rows[0].pk is None
    text, given = _told([rows, *filter(None, more)], numbered=numbered)
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        numbers = cursor.fetchall() if numbered else ()
    for row, (number,) in zip(rows, numbers, strict=False):
        row.pk = number
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def leave_rows(*groups: _Rows, last: Statement | None = None) -> None:
    """Insert new instances in one statement, together with ``last``: a statement of ours and its values."""
    filled, (more, values) = [group for group in groups if group], last or ("", ())
    text, given = _told(filled, numbered=False, more=more) if filled else (more, [])
    if text:
        with connection.cursor() as cursor:
            cursor.execute(text, [*given, *values])


def update_row(row: models.Model, *names: str) -> None:
    """Write these fields of one row; all of them when none is named. A row that is gone is a bug and says so."""
    text, fields = _update(type(row), names)
    given = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(text, [*given, row.pk])
        if cursor.rowcount != 1:
            raise models.Model.NotUpdated(f"{type(row).__name__} {row.pk} is not there to be written")


def _told(groups: Sequence[_Rows], *, numbered: bool, more: str = "") -> tuple[str, list[Any]]:
    first, shapes = groups[0][0], []
    for group in groups:
        model, new = type(group[0]), group[0].pk is None
        link = _link(model, type(first)) if first.pk is None else ""
        for row in () if link else group:
            row._prepare_related_fields_for_save(operation_name="add_rows")
        shapes.append((model, len(group), new, link))
    text, readers = _insertion(numbered, more, *shapes)
    return text, [
        read(row) for group, reads in zip(groups, readers, strict=True) for row in group for read in reads
    ]


@cache
def _link(model: type[models.Model], first: type[models.Model]) -> str:
    """The field by which rows of one model point to new rows of the first group; "" when there is none."""
    links = [field.name for field in model._meta.concrete_fields if field.related_model is first]
    return links[0] if links and model is not first else ""


@cache
def _insertion(
    numbered: bool, more: str, *shapes: tuple[type[models.Model], int, bool, str]
) -> tuple[str, list[Any]]:
    """The statement, and how the values of each group are read."""
    linked = any(link for *_, link in shapes)
    answer = ' RETURNING "id", "public_id"' if linked else ' RETURNING "id"' if numbered else ""
    parts, readers = [], []
    for model, count, new, link in shapes:
        fields = [field for field in model._meta.concrete_fields if not (new and field.primary_key)]
        names = ", ".join(f'"{field.column}"' for field in fields)
        one = ", ".join(_BY_PUBLIC_ID if field.name == link else _placeholder(field) for field in fields)
        values = ", ".join([f"({one})"] * count)
        parts.append(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {values}')  # nosec B608
        readers.append([_reader(field, linked=field.name == link) for field in fields])
    parts[0] += answer
    if len(parts) == 1 and not more:
        return parts[0], readers
    named = ", ".join(
        f"{f'more{place}' if place else 'made'} AS ({part})" for place, part in enumerate(parts)
    )
    return f"WITH {named} {more or (_NUMBERS if numbered else 'SELECT')}", readers


_NUMBERS = 'SELECT "id" FROM made ORDER BY "id"'
_BY_PUBLIC_ID = '(SELECT "id" FROM made WHERE "public_id" = %s)'


def _reader(field: models.Field, *, linked: bool) -> Callable[[models.Model], Any]:
    if linked:
        return attrgetter(f"{field.name}.public_id")
    if type(field) in _AS_THEY_STAND:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    meta = model._meta
    fields = [*(meta.get_field(name) for name in names)] or [
        field for field in meta.concrete_fields if not field.primary_key
    ]
    told = ", ".join(f'"{field.column}" = {_placeholder(field)}' for field in fields)
    return f'UPDATE "{meta.db_table}" SET {told} WHERE "{meta.pk.column}" = %s', fields  # nosec B608


def _placeholder(field: models.Field) -> str:
    own = getattr(field, "get_placeholder", None)
    return own(None, None, connection) if own else "%s"
