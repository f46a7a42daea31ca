"""Insert many rows in one statement (成批写入): a driver that quotes value by value costs more than the database does.

Each column travels as one JSON array, so any text comes through as it is, and PostgreSQL turns it into rows.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models

from yimen.foundations.access.fields import EncryptedTextField
from yimen.foundations.bus.api import leave_rows

AT_ONCE = 20_000
FEW = 12


def insert_rows(table: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of plain values into ``table``; ``columns`` are names and types, all of them our own words."""
    for start in range(0, len(rows), AT_ONCE):
        portion = rows[start : start + AT_ONCE]
        _insert(table, columns, [list(column) for column in zip(*portion, strict=True)])


def insert_groups(*groups: Sequence[models.Model]) -> None:
    """Instances of several models: a few go together in one kept statement, many by arrays, each model for itself."""
    filled = [group for group in groups if group]
    if sum(map(len, filled)) <= FEW:
        leave_rows(*filled)
        return
    for group in filled:
        insert_instances(type(group[0]), group)


def insert_instances(model: type[models.Model], instances: Iterable[models.Model]) -> None:
    """What ``bulk_create`` does, without answering the row numbers: instances without one get the next of the table."""
    made = list(instances)
    fields = [
        field for field in model._meta.concrete_fields if not made or not field.primary_key or made[0].pk
    ]
    columns = {field.column: _type_of(field) for field in fields}
    for start in range(0, len(made), AT_ONCE):
        portion = made[start : start + AT_ONCE]
        _insert(model._meta.db_table, columns, [_values(field, portion) for field in fields])


def _insert(table: str, columns: dict[str, str], values: list[list[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    cast = ", ".join(f'given."{name}"::{kind}' for name, kind in columns.items())
    arrays = ", ".join(["json_array_elements_text(%s::json)"] * len(columns))
    statement = f"INSERT INTO {table} ({names}) SELECT {cast} FROM ROWS FROM ({arrays}) AS given ({names})"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(column, default=_in_json) for column in values])


def _type_of(field: models.Field) -> str:
    """The type to read the text as; a length is left to the column, which refuses where a cast would cut."""
    return str(field.db_type(connection)).partition("(")[0]


def _values(field: models.Field, instances: list[models.Model]) -> list[Any]:
    if isinstance(field, EncryptedTextField):
        return [
            field.get_db_prep_save(field.pre_save(one, add=True), connection=connection) for one in instances
        ]
    values = [getattr(one, field.attname) for one in instances]
    if isinstance(field, models.JSONField):
        return [json.dumps(value, ensure_ascii=False) for value in values]
    return values


def _in_json(value: Any) -> str:
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, date | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} in a column")
