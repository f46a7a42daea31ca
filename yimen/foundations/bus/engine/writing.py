"""Writing rows by kept statements (定式写入): what every deed writes is worked out once per model, not once per row.

`add_rows` does what ``bulk_create`` does and `update_row` what ``save(update_fields=…)`` does, for the rows that nearly every
operation leaves: the statement is built once per process, so that the driver can prepare it, and only values travel.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def add_rows(rows: Sequence[models.Model]) -> None:
    """Insert new instances of one model in one statement; each gets its number."""
    if not rows:
        return
    model = type(rows[0])
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="add_rows")
    text, fields, numbered = _insertion(model, len(rows), rows[0].pk is None)
    given = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        numbers = cursor.fetchall() if numbered else ()
    for row, (number,) in zip(rows, numbers, strict=False):
        row.pk = number
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update_row(row: models.Model, *names: str) -> None:
    """Write these fields of one row; all of them when none is named. A row that is gone is a bug and says so."""
    text, fields = _update(type(row), names)
    given = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(text, [*given, row.pk])
        if cursor.rowcount != 1:
            raise models.Model.NotUpdated(f"{type(row).__name__} {row.pk} is not there to be written")


@cache
def _insertion(model: type[models.Model], count: int, numbered: bool) -> tuple[str, list[Any], bool]:
    fields = [field for field in model._meta.concrete_fields if not (numbered and field.primary_key)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    one = "(" + ", ".join(_placeholder(field) for field in fields) + ")"
    text = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {", ".join([one] * count)}'  # nosec B608
    return f'{text} RETURNING "{model._meta.pk.column}"' if numbered else text, fields, numbered


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
