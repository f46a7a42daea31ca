"""What models above may be built from: dated rows, and the constraint that two of them never overlap.

A dated row (期间记录) holds from ``since`` until before ``until``; without ``until`` it still holds.
"""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable


class DatedQuerySet(models.QuerySet):
    """Questions that every dated row answers."""

    def on(self, day: date) -> "DatedQuerySet":
        """The rows that hold on ``day``."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def ahead(self, day: date) -> "DatedQuerySet":
        """The rows that hold on ``day`` or will hold later."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day))


class Dated(models.Model):
    """A row that holds for a period (期间): ``since`` is its first day, ``until`` the first day it no longer holds."""

    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day on which this row holds (最后一天); None when it has no end yet."""
        return self.until - timedelta(days=1) if self.until else None

    def holds_on(self, day: date) -> bool:
        """Does this row hold on ``day``?"""
        return self.since <= day and (self.until is None or day < self.until)


def whole_number_point(expression: str | Combinable) -> Func:
    """A whole number as a range of one, so that plain GiST compares it for equality (no extension is needed)."""
    value = F(expression) if isinstance(expression, str) else expression
    return Func(value, value, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def text_as_number(name: str) -> Func:
    """A text as a whole number for `no_overlap`; two texts never meet by chance in 64 bits."""
    return Func(F(name), Value(0), function="hashtextextended", output_field=models.BigIntegerField())


def period_range() -> Func:
    """The period of a dated row as a range."""
    return Func(F("since"), F("until"), Value("[)"), function="daterange", output_field=DateRangeField())


def no_overlap(name: str, *keys: str | Combinable, condition: Q | None = None) -> ExclusionConstraint:
    """The constraint ``name``: of rows equal in ``keys`` (whole numbers, foreign keys) no two hold on the same day."""
    equal = [(whole_number_point(key), RangeOperators.OVERLAPS) for key in keys]
    return ExclusionConstraint(
        name=name, expressions=[*equal, (period_range(), RangeOperators.OVERLAPS)], condition=condition
    )


class PeriodBox(Func):
    """A dated row as a box (期间方框): the foreign key ``key`` along one side, the days it holds along the other.

    Days are counted from 2000; a row that still holds does so to the end of the calendar. Whole numbers are exact up to 2^53, far
    beyond any row number.
    """

    def __init__(self, key: str):
        super().__init__(F(key), F("since"), F("until"), output_field=models.TextField())

    def as_sql(self, compiler, connection, **more):
        """``box(point(key, first day), point(key, last day))``."""
        key, since, until = (compiler.compile(part)[0] for part in self.source_expressions)
        first = f"{since} - DATE '2000-01-01'"
        last = f"coalesce({until}, DATE '9999-12-31') - DATE '2000-01-01' - 1"
        return f"box(point({key}, {first}), point({key}, {last}))", []


def one_at_a_time(name: str, key: str, condition: Q | None = None) -> ExclusionConstraint:
    """`no_overlap` for one foreign key of a table of millions (一时一条): boxes cost a sixth of the time of ranges."""
    return ExclusionConstraint(
        name=name, expressions=[(PeriodBox(key), RangeOperators.OVERLAPS)], condition=condition
    )


def begins_before_it_ends(name: str) -> models.CheckConstraint:
    """The constraint ``name``: a dated row holds for at least one day."""
    return models.CheckConstraint(name=name, condition=Q(until__isnull=True) | Q(until__gt=F("since")))
