"""Kept queries (定式查询): a read that every page asks is worked out once, and from then on only its values change.

Building a query set and turning it into SQL costs a multiple of what PostgreSQL needs to answer it, and PostgreSQL needs
longer to plan it under row-level security than to run it. A kept query is built and compiled once per process and shape of
its arguments; the same text each time lets the driver prepare it, so that it is planned once per connection, too::

    @kept
    def _papers_of(by: Actor, people: list[int]) -> QuerySet[PersonDocument]:
        return PersonDocument.objects.within(by).filter(person__among=people, until=None)

    rows = _papers_of(by, [1, 2])

Positional arguments are values: actors, texts, numbers, UUIDs, dates, and lists for the lookup ``among``. Keyword arguments
are part of the query itself (a limit, a condition that is or is not there), and so is a None, and so is every value that
the builder names itself (a state, say): it stands in the text. The rows are always read now:
nothing of an answer is kept.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import ModelIterable, get_related_populators
from psycopg import sql

from yimen.kernel.actor import Actor

_MARK = "\N{REFERENCE MARK}kept"
_ONLY = "only"
_DAY_ZERO = date(1, 1, 1)
_FIRST_NUMBER = 1_987_654_321
_PLACEHOLDER = re.compile("%[s%]")


@models.ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):
    """``person__among=[1, 2]``: one of these, told as one list, so that its length does not change the statement.

    Only a list of one is another statement.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        kind, values = self.lhs.output_field.rel_db_type(connection), list(self.rhs)
        if len(values) == 1:
            # Of a list of unknown length PostgreSQL expects ten, and for one would rather plan anew each time.
            return f"{column} = %s::{kind}", [*params, values[0]]
        return f"{column} = ANY (%s::{kind}[])", [*params, values]


class NotKeepable(TypeError):
    """A bug: the query does something with a value besides handing it to the database."""


@dataclass(frozen=True)
class _Standin:
    """In place of an actor while a query is built: all that `within` asks of one."""

    reach: tuple[str, ...]
    account: UUID | None


@dataclass(frozen=True)
class _Form:
    """One compiled query: its text, its parameters with the places to fill, and how a row becomes what is asked for."""

    text: str
    given: tuple[Any, ...]
    places: tuple[tuple[int, int, str], ...]
    read: Callable[[list[tuple]], list[Any]]


def kept(build: Callable[..., models.QuerySet]) -> Callable[..., list[Any]]:
    """Keep the query that ``build`` makes; calling it answers the rows as a list."""
    forms: dict[tuple, _Form | None] = {}

    @functools.wraps(build)
    def rows(*values: Any, **literals: Any) -> list[Any]:
        shape = (*map(_shape_of, values), *literals.items())
        try:
            form = forms[shape]
        except KeyError:
            form = forms[shape] = _compiled(build, values, literals)
        if form is None:
            return []
        given = list(form.given)
        for place, number, part in form.places:
            given[place] = _filled(given[place], values[number], part)
        with connection.cursor() as cursor:
            cursor.execute(form.text, given)
            return form.read(cursor.fetchall())

    return rows


def _shape_of(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Actor):
        return Actor, bool(value.reach), value.account is None
    if isinstance(value, list | tuple | set | frozenset):
        return list, len(value) == 1
    return type(value)


def _filled(example: Any, value: Any, part: str) -> Any:
    """The value as the compiler would have handed it on: its numbers carry the width of their column."""
    if part == _ONLY:
        (value,) = value
    elif part:
        value = getattr(value, part)
    if isinstance(example, list):
        return list(value)
    return type(example)(value) if isinstance(example, int) else value


def _compiled(build: Callable[..., models.QuerySet], values: tuple, literals: dict[str, Any]) -> _Form | None:
    standins = [_standin(number, value) for number, value in enumerate(values)]
    wanted = [found for number, one in enumerate(standins) for found in _places_of(number, one)]
    query = build(*standins, **literals)
    compiler = query.query.get_compiler(connection.alias)
    try:
        text, given = compiler.as_sql()
    except EmptyResultSet as nothing:
        if any(isinstance(one, int) and not isinstance(one, bool) for one in standins):
            raise NotKeepable(f"{build.__qualname__}: a number is too large for its column") from nothing
        return None
    places = []
    for place, param in enumerate(given):
        found = next((one for one in wanted if one[0] == param), None)
        if found is not None:
            places.append((place, found[1], found[2]))
        elif _MARK in str(param):
            raise NotKeepable(f"{build.__qualname__}: a value became part of {param!r}")
    return _Form(*_with_constants(text, given, places), _reader(query, compiler))


def _with_constants(
    text: str, given: Sequence[Any], places: list[tuple[int, int, str]]
) -> tuple[str, tuple[Any, ...], tuple[tuple[int, int, str], ...]]:
    """What never changes stands in the text: a plan for all values then knows it, and finds the index made for that part."""
    connection.ensure_connection()
    filled = {place for place, _number, _part in places}
    kept_values: list[Any] = []
    moved: dict[int, int] = {}
    numbers = iter(range(len(given)))

    def put(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return mark[0]
        place = next(numbers)
        if place in filled:
            moved[place] = len(kept_values)
            kept_values.append(given[place])
            return mark[0]
        return sql.Literal(given[place]).as_string(connection.connection).replace("%", "%%")

    return (
        _PLACEHOLDER.sub(put, text),
        tuple(kept_values),
        tuple((moved[place], number, part) for place, number, part in places),
    )


def _standin(number: int, value: Any) -> Any:
    """Something of the same kind that occurs nowhere else."""
    match value:
        case None | bool():
            return value
        case Actor():
            account = UUID(int=(0xACC0 << 64) + number)
            return _Standin(
                (f"{_MARK}reach{number}",) if value.reach else (), account if value.account else None
            )
        case list() | tuple() | set() | frozenset():
            return [f"{_MARK}list{number}"] if len(value) == 1 else [f"{_MARK}list{number}", f"{_MARK}list"]
        case UUID():
            return UUID(int=(0xCAFE << 64) + number)
        case int():
            return _FIRST_NUMBER + number
        case str():
            return f"{_MARK}{number}"
        case datetime():
            return datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=number)
        case date():
            return _DAY_ZERO + timedelta(days=number)
    raise NotKeepable(f"{type(value).__name__} is no value of a kept query")


def _places_of(number: int, standin: Any) -> Iterator[tuple[Any, int, str]]:
    """What to look for among the parameters: the stand-in, the argument, and which part of it."""
    if isinstance(standin, _Standin):
        if standin.reach:
            yield list(standin.reach), number, "reach"
        if standin.account:
            yield standin.account, number, "account"
    elif standin is not None and not isinstance(standin, bool):
        yield standin, number, ""
        if isinstance(standin, list) and len(standin) == 1:
            yield standin[0], number, _ONLY


def _reader(query: models.QuerySet, compiler: Any) -> Callable[[list[tuple]], list[Any]]:
    """How rows are read: converted column by column, and made into what the query set would have answered."""
    converters = compiler.get_converters([column[0] for column in compiler.select])
    made = _maker(query, compiler)

    def converted(rows: list[tuple]) -> list[Any]:
        if converters:
            rows = [_converted(row, converters) for row in rows]
        return made(rows)

    return converted


def _converted(row: tuple, converters: dict[int, Any]) -> list[Any]:
    values = list(row)
    for place, (each, expression) in converters.items():
        for converter in each:
            values[place] = converter(values[place], expression, connection)
    return values


def _maker(query: models.QuerySet, compiler: Any) -> Callable[[list[Any]], list[Any]]:
    if query._fields is not None:
        if query._iterable_class is models.query.FlatValuesListIterable:
            return lambda rows: [row[0] for row in rows]
        if query._iterable_class is models.query.ValuesListIterable:
            return lambda rows: [tuple(row) for row in rows]
        raise NotKeepable("values() of a kept query are asked for by values_list()")
    if query._iterable_class is not ModelIterable or query._prefetch_related_lookups:
        raise NotKeepable("a kept query answers model instances or values_list()")
    return _instances(compiler)


def _instances(compiler: Any) -> Callable[[list[Any]], list[Any]]:
    """As Django's ModelIterable does, with what it works out for each query worked out once."""
    info = compiler.klass_info
    model, chosen = info["model"], info["select_fields"]
    first, last = chosen[0], chosen[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    populators = get_related_populators(info, compiler.select, connection.alias)
    annotations = compiler.annotation_col_map

    def instances(rows: list[Any]) -> list[Any]:
        made = []
        for row in rows:
            one = model.from_db(connection.alias, names, row[first:last])
            for populator in populators:
                populator.populate(row, one)
            for name, place in annotations.items():
                setattr(one, name, row[place])
            made.append(one)
        return made

    return instances
