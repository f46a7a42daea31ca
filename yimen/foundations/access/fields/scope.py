"""Row scope (数据范围): one predicate, twice. `within(actor)` in Python, and a row-level security policy in PostgreSQL.

A row is within an actor's reach when one of these holds:

- its area begins with one of the actor's area prefixes;
- the actor has a tie in force to one of its subjects (a person, a case, named by UUID);
- it belongs to a row of another table that is within reach (a fact follows its person).

Nothing set means nothing seen. PostgreSQL reads who acts from ``yimen.actor``, ``yimen.reach`` and ``yimen.today``, once
per statement; the functions stand in the migration ``access.0002_scope``, on which every migration with a `ScopeTable`
depends.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.models import Q
from django.db.models.expressions import RawSQL
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
    Several of them widen: a row is within reach when any of them says so.
    """

    area: str | tuple[str, ...] = ()
    subject: str | tuple[str, ...] = ()
    through: str = ""
    column: str = ""
    to: str = "id"

    def __post_init__(self):
        if not (self.area or self.subject or self.through):
            raise ValueError("a scope needs an area, a subject or a parent")
        if bool(self.through) != bool(self.column):
            raise ValueError("through and column belong together")

    @property
    def areas(self) -> tuple[str, ...]:
        return (self.area,) if isinstance(self.area, str) else tuple(self.area)

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.subject,) if isinstance(self.subject, str) else tuple(self.subject)

    def reached_by(self, actor: Actor | None) -> Q:
        """The rows within the actor's reach, as a condition on the model."""
        if actor is None:
            return _NOTHING
        ways = []
        if actor.reach:
            ways += [Q(**{f"{column}__begins_with_any": actor.reach}) for column in self.areas]
        if self.subjects and actor.account:
            ties = RawSQL(_TIES_OF_ACCOUNT, (actor.account,), output_field=models.UUIDField())  # nosec B611 - constant SQL
            ways += [Q(**{f"{column}__in": ties}) for column in self.subjects]
        if self.through:
            parent = apps.get_registered_model(*self.through.split("."))
            rows = parent._base_manager.filter(parent.scope.reached_by(actor))
            ways.append(Q(**{f"{self.column}__in": rows.values(self.to)}))
        condition = ways[0] if ways else _NOTHING
        for way in ways[1:]:
            condition |= way
        return condition

    def policy(self, table: str) -> str:
        """The same as an SQL expression on ``table``; all names come from migrations, none from outside."""
        ways = []
        for column in self.areas:
            ways.append(f'"{column}" ^@ ANY ((SELECT access_reach())::text[])')
        for column in self.subjects:
            ways.append(f'"{column}" IN (SELECT subject FROM access_ties() AS subject)')  # nosec B608 - names of migrations
        if self.through:
            parent = self.through.lower().replace(".", "_")
            found = f'parent."{self.to}" = "{table}"."{self.column}"'
            ways.append(f'EXISTS (SELECT 1 FROM "{parent}" AS parent WHERE {found})')  # nosec B608 - names of migrations
        return " OR ".join(ways)


_TIES_OF_ACCOUNT = """
SELECT tie.subject FROM access_tie AS tie
WHERE tie.account_id = %s AND tie.since <= access_today() AND (tie.until IS NULL OR tie.until > access_today())
"""


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

    def __init__(self, table, *, area=(), subject=(), through="", column="", to="id"):
        self.table = table
        self.scope = Scope(area=area, subject=subject, through=through, column=column, to=to)

    def deconstruct(self):
        default = {"area": (), "subject": (), "through": "", "column": "", "to": "id"}
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
