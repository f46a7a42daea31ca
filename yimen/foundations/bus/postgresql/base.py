"""Django's PostgreSQL backend with the write guard inside its cursors (so raw SQL and COPY meet it too)."""

from django.db.backends.postgresql import base

from yimen.foundations.bus.engine.unit import may_write
from yimen.foundations.bus.postgresql.guard import WriteOutsideOperation, written_tables


class GuardedCursor(base.Cursor):
    """A cursor that asks the guard before it sends a statement."""

    def execute(self, query, *args, **kwargs):
        self._ask(query)
        return super().execute(query, *args, **kwargs)

    def executemany(self, query, *args, **kwargs):
        self._ask(query)
        return super().executemany(query, *args, **kwargs)

    def copy(self, statement, *args, **kwargs):
        self._ask(statement)
        return super().copy(statement, *args, **kwargs)

    def _ask(self, query):
        if may_write():
            return
        text = query if isinstance(query, str) else query.as_string(self)
        if tables := written_tables(text):
            raise WriteOutsideOperation(f"{', '.join(tables)}: written outside an operation: {text[:120]}")


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        return super().get_connection_params() | {"cursor_factory": GuardedCursor}
