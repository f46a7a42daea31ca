"""What the application's database role may do: rows yes, tables no, and append-only tables only by appending.

The owner role migrates and owns everything; web, jobs and tests log in as the app role, which owns nothing, cannot
change the schema, and is subject to row-level security. Run by the owner after each migrate.
"""

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg import sql


def grant_to_app_role(*, using: str) -> None:
    """Grant the app role its rights on all tables of the schema; take UPDATE and DELETE back on append-only ones.

    Columns that an append-only model names in ``erasable`` may still be updated: a person may ask that they be emptied.
    Those it names in ``follows`` say who may read a row, and go over when areas are reorganised.
    """
    role = sql.Identifier(settings.DATABASES["default"]["USER"])
    append_only = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    with connections[using].cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        for model in append_only:
            table = sql.Identifier(model._meta.db_table)
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}").format(table=table, role=role)
            )
            if mutable := (*getattr(model, "erasable", ()), *getattr(model, "follows", ())):
                columns = sql.SQL(", ").join(map(sql.Identifier, mutable))
                grant = sql.SQL("GRANT UPDATE ({columns}) ON {table} TO {role}")
                cursor.execute(grant.format(columns=columns, table=table, role=role))
