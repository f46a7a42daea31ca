"""Row scope (数据范围): one predicate, twice. `within(actor)` in Python, and a row-level security policy in PostgreSQL.

A row is within an actor's reach when one of these holds:

- its area begins with one of the actor's area prefixes;
- the actor has a tie in force to one of its subjects (a person, a case, named by UUID);
- the actor has a tie in force to the one it is lent to, and today lies in the term for which it is lent (转诊查阅);
- it belongs to a row of another table that is within reach (a fact follows its person).

Nothing set means nothing seen. PostgreSQL reads who acts from ``yimen.actor``, ``yimen.reach`` and ``yimen.today``, once
per statement; the functions stand in the migration ``access.0002_scope``, on which every migration with a `ScopeTable`
depends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.models import Expression, F, Q
from django.db.models.fields import CharField

from yimen.kernel.actor import Actor

POLICY = "yimen_reach"
_NOTHING = Q(pk__in=())


@CharField.register_lookup
class BeginsWithAny(models.Lookup):
    """``area__begins_with_any=("330212007",)``: one of the prefixes begins the code; the empty prefix begins any."""

    lookup_name = "begins_with_any"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} ^@ ANY (%s::text[])", [*params, list(self.rhs)]


@dataclass(frozen=True)
class Scope:
    """How the rows of one table are scoped.

    ``area``: the column with the area code, or several. ``subject``: the UUID column, or several, to which ties may point.
    ``through``: the model (``people.Person``) whose row decides, found by ``column`` here and ``to`` there.
    ``lent``: the columns of whom it is lent to and of the term, (subject, since, until); outside the term it opens nothing.
    Several of them widen: a row is within reach when any of them says so.
    """

    area: str | tuple[str, ...] = ()
    subject: str | tuple[str, ...] = ()
    through: str = ""
    column: str = ""
    to: str = "id"
    lent: tuple[str, ...] = ()

    def __post_init__(self):
        if not (self.area or self.subject or self.through or self.lent):
            raise ValueError("a scope needs an area, a subject or a parent")
        if bool(self.through) != bool(self.column):
            raise ValueError("through and column belong together")
        if len(self.lent) not in (0, 3):
            raise ValueError("lent names a subject and the first and the last column of its term")

    @property
    def areas(self) -> tuple[str, ...]:
        return (self.area,) if isinstance(self.area, str) else tuple(self.area)

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.subject,) if isinstance(self.subject, str) else tuple(self.subject)

    def reached_by(self, actor: Actor | None) -> "Q | Reached":
        """The rows within the actor's reach, as a condition on the model."""
        if actor is None or not (
            self._by_area(actor) or self._by_tie(actor) or self._by_loan(actor) or self.through
        ):
            return _NOTHING
        return Reached(self, actor)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that decide, in the order of `sql`."""
        return (*self.areas, *self.subjects, *self.lent, *((self.column,) if self.through else ()))

    def sql(self, columns: Sequence[str], actor: Actor, *, depth: int = 0) -> tuple[str, list[Any]]:
        """The condition over these quoted columns, and its parameters."""
        told = dict(zip(self.columns, columns, strict=True))
        ways, params = [], []
        for name in self.areas if self._by_area(actor) else ():
            ways.append(f"{told[name]} ^@ ANY (%s::text[])")
            params.append(list(actor.reach))
        for name in self.subjects if self._by_tie(actor) else ():
            ways.append(f"{told[name]} IN ({_TIES_OF_ACCOUNT})")
            params.append(actor.account)
        if self._by_loan(actor):
            whom, since, until = (told[name] for name in self.lent)
            term = f"{since} <= access_today() AND ({until} IS NULL OR {until} > access_today())"
            ways.append(f"({whom} IN ({_TIES_OF_ACCOUNT}) AND {term})")
            params.append(actor.account)
        if self.through:
            parent, alias = apps.get_registered_model(*self.through.split(".")), f"reach{depth}"
            scope = parent.scope
            inner = [f'{alias}."{parent._meta.get_field(name).column}"' for name in scope.columns]
            condition, more = scope.sql(inner, actor, depth=depth + 1)
            key = parent._meta.get_field(self.to).column
            rows = f'FROM "{parent._meta.db_table}" AS {alias} WHERE'
            # The only way is a join. Beside another one it is looked up for the few rows which that did not let in; as a
            # list of all parents it would cost the planner's trust in every plan.
            if ways:
                ways.append(f'EXISTS (SELECT 1 {rows} {alias}."{key}" = {told[self.column]} AND {condition})')  # nosec B608
            else:
                ways.append(f'{told[self.column]} IN (SELECT {alias}."{key}" {rows} {condition})')  # nosec B608
            params += more
        return f"({' OR '.join(ways) or 'false'})", params

    def _by_area(self, actor: Actor) -> bool:
        return bool(self.area and actor.reach)

    def _by_tie(self, actor: Actor) -> bool:
        return bool(self.subject and actor.account)

    def _by_loan(self, actor: Actor) -> bool:
        return bool(self.lent and actor.account)

    def policy(self, table: str) -> str:
        """The same as an SQL expression on ``table``; all names come from migrations, none from outside."""
        ways = []
        for column in self.areas:
            ways.append(f'"{column}" ^@ ANY ((SELECT access_reach())::text[])')
        for column in self.subjects:
            ways.append(f'"{column}" IN (SELECT subject FROM access_ties() AS subject)')  # nosec B608 - names of migrations
        if self.lent:
            whom, since, until = self.lent
            term = f'"{since}" <= (SELECT access_today()) AND ("{until}" IS NULL OR "{until}" > (SELECT access_today()))'
            ways.append(f'("{whom}" IN (SELECT subject FROM access_ties() AS subject) AND {term})')  # nosec B608 - names of migrations
        if self.through:
            parent = self.through.lower().replace(".", "_")
            found = f'parent."{self.to}" = "{table}"."{self.column}"'
            ways.append(f'EXISTS (SELECT 1 FROM "{parent}" AS parent WHERE {found})')  # nosec B608 - names of migrations
        return " OR ".join(ways)


_TIES_OF_ACCOUNT = (
    "SELECT tie.subject FROM access_tie AS tie WHERE tie.account_id = %s AND tie.since <= access_today()"
    " AND (tie.until IS NULL OR tie.until > access_today())"
    " AND (tie.until_at IS NULL OR tie.until_at > statement_timestamp())"
)


class Reached(Expression):
    """Is the row within reach (数据范围)? One text instead of a tree of lookups: nearly every statement carries it."""

    conditional = True

    def __init__(self, scope: Scope, actor: Actor):
        super().__init__(output_field=models.BooleanField())
        self.scope = scope
        self.actor = actor
        self.told = [F(name) for name in scope.columns]

    def get_source_expressions(self):
        return self.told

    def set_source_expressions(self, expressions):
        self.told = list(expressions)

    def as_sql(self, compiler, connection):
        return self.scope.sql([compiler.compile(column)[0] for column in self.told], self.actor)


class ScopedQuerySet(models.QuerySet):
    """The query set of a scoped model; the model says how in its class attribute ``scope = Scope(…)``."""

    def within(self, actor: Actor | None):
        """Only the rows within the actor's reach; none when nobody acts."""
        return self.filter(self.model.scope.reached_by(actor))


class ScopeTable(Operation):
    """A migration step: the table gets row-level security by the given `Scope`.

    ``ScopeTable("desk_case", area="area", subject="public_id")`` or
    ``ScopeTable("people_residence", through="people.Person", column="person_id")``. Reading and writing alike are held to
    the policy: a row cannot be written to where its writer could not see it. The owner of the table is not held to it.
    """

    category = OperationCategory.SQL
    reduces_to_sql = True
    reversible = True

    def __init__(self, table, *, area=(), subject=(), through="", column="", to="id", lent=()):
        self.table = table
        self.scope = Scope(area=area, subject=subject, through=through, column=column, to=to, lent=lent)

    def deconstruct(self):
        default = {"area": (), "subject": (), "through": "", "column": "", "to": "id", "lent": ()}
        given = {name: getattr(self.scope, name) for name in default}
        return (
            type(self).__name__,
            [self.table],
            {name: given[name] for name in given if given[name] != default[name]},
        )

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute(f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY')
        schema_editor.execute(
            f'CREATE POLICY {POLICY} ON "{self.table}" USING ({self.scope.policy(self.table)})'
        )

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        schema_editor.execute(f'DROP POLICY {POLICY} ON "{self.table}"')
        schema_editor.execute(f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY')

    def describe(self):
        return f"Scope the rows of {self.table}"


class RescopeTable(ScopeTable):
    """A migration step: the policy that a table has becomes this one; ``was`` is the `Scope` before, to go back to."""

    def __init__(self, table, *, was: dict, **scope):
        super().__init__(table, **scope)
        self.was = was

    def deconstruct(self):
        name, args, kwargs = super().deconstruct()
        return name, args, kwargs | {"was": self.was}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._become(schema_editor, self.scope)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._become(schema_editor, Scope(**self.was))

    def describe(self):
        return f"Scope the rows of {self.table} anew"

    def _become(self, schema_editor, scope: Scope) -> None:
        schema_editor.execute(f'ALTER POLICY {POLICY} ON "{self.table}" USING ({scope.policy(self.table)})')
