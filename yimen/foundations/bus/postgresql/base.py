"""Django's PostgreSQL backend with the write guard inside its cursors (so raw SQL and COPY meet it too)."""

import select

from django.db.backends.postgresql import base

from yimen.foundations.bus.engine.unit import may_write
from yimen.foundations.bus.postgresql.guard import WriteOutsideOperation, written_tables


class GuardedCursor(base.ServerBindingCursor):
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
    # Statements that a connection keeps planned; the driver's own hundred is less than what the pages of one post ask.
    PREPARED = 500

    def get_connection_params(self):
        return super().get_connection_params() | {"cursor_factory": GuardedCursor}

    def get_new_connection(self, conn_params):
        made = super().get_new_connection(conn_params)
        made.prepared_max = self.PREPARED
        return made

    def is_usable(self):
        """A server that has gone has closed the line, and a closed line can be read from: only then it is asked.

        Django wants to know at the start of every request; a statement each time would cost more than the look.
        """
        if self.connection is not None and not self.errors_occurred and not self.connection.broken:
            line = select.poll()
            line.register(self.connection.fileno(), select.POLLIN)
            if not line.poll(0):
                return True
        return super().is_usable()
