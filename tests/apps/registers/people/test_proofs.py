"""Stock and flow of people as SQL counts them anew, against the rule they were written by (人口核对)."""

from collections import Counter
from datetime import date, timedelta

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW, TODAY
from yimen.foundations.bus.api import Deed, act_as, open_deed
from yimen.kernel.actor import system_actor
from yimen.kernel.ids import uuid7
from yimen.registers.people.models import Person, Residence
from yimen.registers.people.queries.proofs.population import TRUE_CELLS
from yimen.registers.people.rules.population import Cell, Life, Stay, cells_of

SYSTEM = system_actor("tests")
AREAS = ["330212007001", "330212007002", "330212008001", ""]
FIRST = date(2019, 11, 28)


@st.composite
def stays(draw):
    """Stays with and without gaps between them, the last one perhaps ended; days that half of the months lack among them."""
    days = sorted(draw(st.sets(st.integers(0, 900), min_size=1, max_size=5)))
    found = []
    for begin, end in zip(days, [*days[1:], None], strict=True):
        if draw(st.booleans()) and end is not None and end - begin > 1:
            end = draw(st.integers(begin + 1, end))
        until = (
            FIRST + timedelta(end) if end is not None else draw(st.none() | st.just(FIRST + timedelta(1000)))
        )
        found.append(Stay(FIRST + timedelta(begin), until, draw(st.sampled_from(AREAS))))
    return tuple(found)


@st.composite
def lives(draw):
    first = FIRST + timedelta(draw(st.integers(-40, 700)))
    birth = draw(
        st.none()
        | st.just(FIRST)
        | st.sampled_from([date(1936, 2, 29), date(2004, 2, 29)])
        | st.dates(date(1930, 1, 1), first)
    )
    died = draw(st.none() | st.dates(first, date(2023, 1, 1)))
    if birth and died and died < birth:
        died = birth
    return Life(draw(st.sampled_from(["female", "male"])), birth, died, first, draw(stays()), draw(stays()))


def write(many):
    files = [
        Person(
            number=f"T{number}", street=AREAS[0][:9], community=AREAS[0], area=AREAS[0], residence_kind="left", name="无名",
            sex=life.sex, birth_on=life.birth_on, died_on=life.died_on, counted_from=life.counted_from, registered_at=NOW,
            registered_by="t", changed_at=NOW, changed_by_name="t",
        )
        for number, life in enumerate(many)
    ]  # fmt: skip
    Person.objects.bulk_create(files)
    Residence.objects.bulk_create(
        Residence(
            person=file,
            kind=kind,
            area=stay.area,
            since=stay.since,
            until=stay.until,
            noted_at=NOW,
            noted_by="t",
        )
        for file, life in zip(files, many, strict=True)
        for kind, row in (("lives", life.lives), ("hukou", life.hukou))
        for stay in row
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(lives(), min_size=1, max_size=6))
def test_sql_counts_every_life_as_the_rule_does(db, many):
    deed = Deed(id=uuid7(), verb="tests.lives.invented", by=None, at=NOW)
    with act_as(SYSTEM, on=TODAY), transaction.atomic(), open_deed(deed):
        write(many)
        with connection.cursor() as cursor:
            cursor.execute(TRUE_CELLS)
            counted = {
                Cell(area, month, measure, *cell.split("|")): int(amount)
                for area, cell, measure, month, amount in cursor.fetchall()
            }
        transaction.set_rollback(True)
    ruled = Counter()
    for life in many:
        for cell, amount in cells_of(life).items():
            ruled[cell] += amount
    assert counted == {cell: amount for cell, amount in ruled.items() if amount}
