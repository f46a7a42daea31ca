"""Insert many rows in one statement (成批写入): a driver that quotes value by value costs more than the database does.

Each column travels as one JSON array, so any text comes through as it is, and PostgreSQL turns it into rows.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from yimen.foundations.access.fields import EncryptedTextField
from yimen.foundations.bus.api import leave_rows
from yimen.registers.people.engine.plain_rows import give_ids

AT_ONCE = 20_000
FEW = 12


def insert_rows(table: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows of plain values into ``table``; ``columns`` are names and types, all of them our own words."""
    for start in range(0, len(rows), AT_ONCE):
        portion = rows[start : start + AT_ONCE]
        _insert(table, columns, [list(column) for column in zip(*portion, strict=True)])


def insert_groups(*groups: Sequence[Any]) -> None:
    """Instances or plain rows of several models: a few in one kept statement, many by arrays, each model for itself."""
    filled = [group for group in groups if group]
    if sum(map(len, filled)) <= FEW:
        leave_rows(*filled)
        return
    for group in filled:
        insert_instances(getattr(type(group[0]), "model", type(group[0])), group)


def insert_instances(model: type[models.Model], instances: Iterable[Any]) -> None:
    """What ``bulk_create`` does, without answering the row numbers: instances without one get the next of the table.

    `plain_row` objects are as good as instances.
    """
    made = list(instances)
    if made and hasattr(type(made[0]), "model"):
        give_ids(made)
    fields = [
        field
        for field in model._meta.concrete_fields
        if not made or not field.primary_key or getattr(made[0], field.attname)
    ]
    columns = {field.column: _type_of(field) for field in fields}
    for start in range(0, len(made), AT_ONCE):
        portion = made[start : start + AT_ONCE]
        _insert(model._meta.db_table, columns, [_values(field, portion) for field in fields])


def insert_lists(table: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Rows whose last value is a list: one row of the table for each member of it, in the order of the members.

    That is about the order of the index they go into; with the street before it, which a portion has one of, PostgreSQL would
    compare texts that are all alike, at twice the time.
    """
    *single, listed = columns
    names = ", ".join(columns)
    cast = ", ".join(
        [*(f"given.{name}::{columns[name]}" for name in single), f"each.value::{columns[listed]}"]
    )
    arrays = ", ".join(["json_array_elements_text(%s::json)"] * len(single))
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {cast} FROM ROWS FROM ({arrays}, json_array_elements(%s::json)) "  # nosec B608
        f"AS given ({names}) CROSS JOIN json_array_elements_text(given.{listed}) AS each (value) "
        'ORDER BY each.value COLLATE "C"'
    )
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            values = zip(*rows[start : start + AT_ONCE], strict=True)
            cursor.execute(statement, [_json(list(column)) for column in values])


def _insert(table: str, columns: dict[str, str], values: list[list[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    cast = ", ".join(f'given."{name}"::{kind}' for name, kind in columns.items())
    arrays = ", ".join(["json_array_elements_text(%s::json)"] * len(columns))
    statement = f"INSERT INTO {table} ({names}) SELECT {cast} FROM ROWS FROM ({arrays}) AS given ({names})"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(statement, [_json(column) for column in values])


def _type_of(field: models.Field) -> str:
    """The type to read the text as; a length is left to the column, which refuses where a cast would cut."""
    return str(field.db_type(connection)).partition("(")[0]


def _values(field: models.Field, instances: list[models.Model]) -> list[Any]:
    if isinstance(field, EncryptedTextField):
        return [
            field.get_db_prep_save(field.pre_save(one, add=True), connection=connection) for one in instances
        ]
    values = list(map(attrgetter(field.attname), instances))
    if isinstance(field, models.UUIDField | models.DateField):
        return [None if value is None else str(value) for value in values]
    if isinstance(field, models.JSONField):
        # Most of a portion say the same.
        known: dict[str, str] = {}
        return [
            known.get(said := str(value))
            or known.setdefault(said, json.dumps(value, ensure_ascii=False, cls=field.encoder))
            for value in values
        ]
    return values


def _json(column: list[Any]) -> str:
    return json.dumps(column, default=_in_json, ensure_ascii=False)


def _in_json(value: Any) -> str:
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, date | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} in a column")
