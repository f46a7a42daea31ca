"""What stands upon a record (被引用): every table of the house that names it, asked in one statement."""

from collections.abc import Collection, Mapping
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import connection, models

# These tell what happened to a record; they do not stand upon it.
TRACES = frozenset(
    {"audit.TrailRow", "audit.Unsealed", "audit.Look", "bus.Announcement", "imports.ImportedRow"}
)


def named_elsewhere(
    model: type[models.Model],
    ids: Mapping[UUID, int],
    *,
    names: Collection[str],
    own: Collection[type[models.Model]] = (),
) -> dict[UUID, str]:
    """Which of these records something names that was written since, and what it is.

    Looked at are foreign keys to the ``model`` and UUID columns of one of the ``names``, but not the tables that are the
    record's ``own``.
    """
    if not ids:
        return {}
    parts, values = [], []
    for table, column, title, is_key in _namers(model, frozenset(names), frozenset(own)):
        given: list[int] | list[UUID] = list(ids.values()) if is_key else list(ids)
        kind = "bigint" if is_key else "uuid"
        parts.append(
            f'SELECT DISTINCT t."{column}"::text, %s FROM "{table}" AS t WHERE t."{column}" = ANY(%s::{kind}[])'  # nosec B608 - names of our own models
        )
        values += [title, given]
    if not parts:
        return {}
    told = {str(public_id): public_id for public_id in ids}
    told |= {str(number): public_id for public_id, number in ids.items()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {told[found]: f"已有{title}" for found, title in cursor.fetchall()}


@cache
def _namers(
    model: type[models.Model], names: frozenset[str], own: frozenset[type[models.Model]]
) -> list[tuple[str, str, str, bool]]:
    found = []
    for other in apps.get_models():
        ours = other.__module__.startswith("yimen.") and other._meta.label not in TRACES
        # A view only shows what stands in tables.
        if not ours or other in own or not other._meta.managed:
            continue
        for field in other._meta.concrete_fields:
            is_key = isinstance(field, models.ForeignKey) and field.related_model is model
            if is_key or (isinstance(field, models.UUIDField) and field.name in names):
                found.append((other._meta.db_table, field.column, str(other._meta.verbose_name), is_key))
    return found
