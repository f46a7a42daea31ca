"""Write many entries at once (成批记台账): for old books that come in by the thousand; what one entry does, set by set."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

from django.db import connection

from yimen.foundations.bus.api import add_rows, leave_rows
from yimen.kernel.periods import Month
from yimen.work.ledger.models import Delta, Entry, EntryItem

# A row has some thirty columns, and a statement at most 65,535 values.
AT_ONCE = 1000


def write_entries(entries: Sequence[Entry], items: Sequence[str]) -> None:
    """Insert entries, each of one item, and what they add to the figures; within an operation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) FROM generate_series(1, %s)",
            [len(entries)],
        )
        for entry, (number,) in zip(entries, cursor.fetchall(), strict=True):
            entry.id = number
    told = list(zip(entries, items, strict=True))
    for some in _portions(told):
        add_rows([entry for entry, _ in some])
        deltas = [_delta(entry, item) for entry, item in some if not entry.person]
        leave_rows([_item(entry, item) for entry, item in some], deltas)
    of_persons = [each for each in told if each[0].person]
    held = _hold({entry.person for entry, _ in of_persons})
    for together in _rounds(of_persons, held):
        _count_persons(together)


def _hold(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Lock these persons for the figures, and tell the file that answers for each (并档); until commit nobody merges them.

    In one order whoever writes, so that two hands do not wait for each other in a ring.
    """
    named = sorted(people)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [named])
        # A statement of its own: it sees what was committed while we waited.
        cursor.execute("SELECT named, people_who(named) FROM unnest(%s::uuid[]) AS named", [named])
        return dict(cursor.fetchall())


def _rounds(
    told: Sequence[tuple[Entry, str]], held: Mapping[UUID, UUID]
) -> Iterator[list[tuple[Entry, str]]]:
    """In each round every person occurs once, so that a statement sees all that was counted of her before."""
    left = sorted(told, key=lambda each: held[each[0].person])
    while left:
        seen, now, later = set(), [], []
        for each in left:
            person = held[each[0].person]
            (later if person in seen else now).append(each)
            seen.add(person)
        yield now
        left = later


def _portions(told: Sequence[tuple[Entry, str]]) -> Iterator[list[tuple[Entry, str]]]:
    rest = iter(told)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _place(entry: Entry) -> dict:
    return {"area": entry.area, "street": entry.street, "month": Month.of(entry.happened_on).first_day}


def _item(entry: Entry, item: str) -> EntryItem:
    return EntryItem(entry=entry, item=item, **_place(entry))


def _delta(entry: Entry, item: str) -> Delta:
    bands = {"sex": entry.sex, "age_band": entry.age_band, "residence": entry.residence}
    return Delta(item=item, **_place(entry), **bands, acts=entry.acts, quantity=entry.quantity)


def _count_persons(told: Sequence[tuple[Entry, str]]) -> None:
    rows = [
        (
            *_place(entry).values(),
            entry.person,
            item,
            entry.sex,
            entry.age_band,
            entry.residence,
            entry.acts,
            entry.quantity,
        )
        for entry, item in told
    ]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(column) for column in zip(*rows, strict=True)])


_LOCK = (
    "SELECT pg_advisory_xact_lock(hashtextextended('ledger ' || named, 0)) FROM unnest(%s::uuid[]) AS named"
)

# As for one entry: the function looks at what stands before the first row is written here.
_COUNT = """
WITH told AS MATERIALIZED (
    SELECT given.area, given.street, given.month, given.item, given.sex, given.age_band, given.residence, given.acts,
           given.quantity, heads.person, heads.month_heads, heads.year_heads, heads.street_month_heads, heads.street_year_heads
    FROM unnest(%s::text[], %s::text[], %s::date[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::integer[], %s::bigint[])
         AS given (area, street, month, person, item, sex, age_band, residence, acts, quantity)
    CROSS JOIN LATERAL ledger_new_heads(given.area, given.month, given.person, ARRAY[given.item], given.acts) AS heads
), present AS (
    INSERT INTO ledger_presence AS known (area, street, item, month, person, sex, age_band, residence, acts)
    SELECT area, street, item, month, person, sex, age_band, residence, acts FROM told
    ON CONFLICT (person, item, month, street, area, sex, age_band, residence)
    DO UPDATE SET acts = known.acts + excluded.acts
)
INSERT INTO ledger_delta (area, street, item, month, sex, age_band, residence, acts, quantity,
                          month_heads, year_heads, street_month_heads, street_year_heads)
SELECT area, street, item, month, sex, age_band, residence, acts, quantity,
       month_heads, year_heads, street_month_heads, street_year_heads
FROM told
"""
