"""Write the ledger: record an entry, take one back, and roll deltas up into tallies."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.bus.api import add_rows
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import Month
from yimen.kernel.refusals import Conflict, NotFound, NotPossible
from yimen.work.ledger.choices import SourceKind
from yimen.work.ledger.engine.rows import entry_of, reversal_of
from yimen.work.ledger.models import Delta, Entry, EntryItem
from yimen.work.ledger.permissions import CORRECT
from yimen.work.ledger.rules import NOWHERE, About, Door, why_not_record


class CannotRecord(NotPossible):
    code = "ledger.cannot_record"
    sentence = "这条台账记不了。"


class NoEntry(NotFound):
    code = "ledger.no_entry"
    sentence = "没有这条台账记录，或不在您的范围内。"


class AlreadyTakenBack(Conflict):
    code = "ledger.already_taken_back"
    sentence = "这条台账已经更正过了，不能再更正一次。"


@operation("ledger.entry.recorded", inner=True)
def record_entry(
    *,
    by: Actor,
    at: datetime,
    items: tuple[str, ...],
    happened_on: date,
    area: str,
    source_kind: SourceKind,
    source: UUID | None = None,
    about: About | None = None,
    quantity: int = 1,
    note: str = "",
    late_reason: str = "",
    door: Door = NOWHERE,
) -> Entry:
    """Record one thing really done (记台账) in ``area`` (the community of the deed).

    ``items`` are keys of item definitions, the first being what the entry is called by; the entry counts once for each.
    ``about`` is the person as she stands on that day; None where nobody's name belongs (free pick-up, a lecture).
    Refuses a date in the future, a quantity below one, an unknown item.
    """
    today = day_of(at)
    if findings := why_not_record(happened_on=happened_on, today=today, quantity=quantity, items=items):
        raise CannotRecord("；".join(finding.sentence for finding in findings), findings=findings)
    entry = entry_of(
        by=by,
        at=at,
        items=items,
        happened_on=happened_on,
        area=area,
        source_kind=source_kind,
        source=source,
        about=about,
        quantity=quantity,
        note=note,
        late_reason=late_reason,
        door=door,
    )
    _write(entry, items)
    record(entry, kind="entry", area=area, items=list(items), source=str(source or ""))
    return entry


@operation("ledger.entry.taken_back")
def take_back_entry(*, by: Actor, at: datetime, entry: UUID, why: str) -> Entry:
    """Correct an entry by a further one that takes it back (更正台账); both stay, the figures follow."""
    wrong = Entry.objects.within(by).filter(public_id=entry, acts=1).first()
    if wrong is None:
        raise NoEntry
    by.must(CORRECT, area=wrong.area)
    return take_back(by=by, at=at, wrong=wrong, why=why)


@operation("ledger.entry.undone", inner=True)
def undo_entry(*, by: Actor, at: datetime, entry: UUID, item: str) -> Entry:
    """Undo what one entered oneself today (撤销): the pair stays as with a correction.

    For apps whose pages offer an undo right after the tap; they ask for the permission of the tap. Refuses, as not
    found, an entry of another hand, another day or without ``item``.
    """
    wrong = Entry.objects.within(by).filter(public_id=entry, acts=1, done_by=by.key).first()
    if wrong is None or day_of(wrong.recorded_at) != day_of(at):
        raise NoEntry
    if not EntryItem.objects.filter(entry=wrong, item=item).exists():
        raise NoEntry
    return take_back(by=by, at=at, wrong=wrong, why="当场撤销")


@operation("ledger.source.taken_back", inner=True)
def take_back_source(
    *, by: Actor, at: datetime, source_kind: SourceKind, source: UUID, why: str
) -> list[Entry]:
    """Take back every entry that stands for ``source`` (随来源更正), because the source itself was a slip."""
    corrected = Entry.objects.filter(corrects__isnull=False).values("corrects")
    standing = Entry.objects.filter(source_kind=source_kind, source=source, acts=1).exclude(id__in=corrected)
    return [take_back(by=by, at=at, wrong=entry, why=why) for entry in standing.order_by("id")]


@operation("ledger.entry.reversed", inner=True)
def take_back(*, by: Actor, at: datetime, wrong: Entry, why: str) -> Entry:
    """Write the further entry that takes ``wrong`` back (冲销); once, and with a reason."""
    if Entry.objects.filter(corrects=wrong).exists():
        raise AlreadyTakenBack
    if not why.strip():
        raise CannotRecord("请写明更正的原因。")
    items = tuple(EntryItem.objects.filter(entry=wrong).order_by("id").values_list("item", flat=True))
    back = reversal_of(wrong, by=by, at=at, why=why)
    try:
        with transaction.atomic():
            _write(back, items)
    except IntegrityError as error:
        # Somebody took it back between our look and our row: the unique correction decides.
        raise AlreadyTakenBack from error
    record(back, kind="entry", area=back.area, corrects=str(wrong.public_id))
    return back


@operation("ledger.tallies.rolled_up")
def roll_up(*, by: Actor, at: datetime, at_most: int = 20_000) -> int:
    """Add waiting deltas to the tallies and delete them, in one statement (汇总); answers how many.

    A reader sums tallies and deltas in one statement too, so its figures are exact before, during and after.
    """
    unchanged()
    with connection.cursor() as cursor:
        # Two roll-ups at once would only wait for each other's tallies; writers are not asked to wait.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger.roll_up'))")
        cursor.execute(_ROLL_UP, [at_most])
        return cursor.fetchone()[0]


def _write(entry: Entry, items: tuple[str, ...]) -> None:
    """Insert ``entry`` and what it adds to the figures: rows only, so a writer waits for another only where both write of one
    person."""
    month = Month.of(entry.happened_on).first_day
    place = {"area": entry.area, "street": entry.street, "month": month}
    bands = {"sex": entry.sex, "age_band": entry.age_band, "residence": entry.residence}
    measures = {"acts": entry.acts, "quantity": entry.quantity}
    deltas = [] if entry.person else [Delta(item=item, **place, **bands, **measures) for item in items]
    add_rows([entry], [EntryItem(entry=entry, item=item, **place) for item in items], deltas)
    if entry.person:
        told = {"person": entry.person, "items": list(items)}
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_PERSON, place | bands | measures | told)


# The function has looked at all it tells before the first row is written here. It tells the file that answers for her, too:
# an entry names the file it was written for, presence the one that was kept (并档).
_COUNT_PERSON = """
WITH told AS MATERIALIZED (
    SELECT * FROM ledger_new_heads(%(area)s::text, %(month)s::date, %(person)s::uuid, %(items)s::text[], %(acts)s::integer)
), present AS (
    INSERT INTO ledger_presence AS known (area, street, item, month, person, sex, age_band, residence, acts)
    SELECT %(area)s::text, %(street)s::text, item, %(month)s::date, person,
           %(sex)s::text, %(age_band)s::text, %(residence)s::text, %(acts)s::integer
    FROM told
    ON CONFLICT (person, item, month, street, area, sex, age_band, residence)
    DO UPDATE SET acts = known.acts + excluded.acts
)
INSERT INTO ledger_delta (area, street, item, month, sex, age_band, residence, acts, quantity,
                          month_heads, year_heads, street_month_heads, street_year_heads)
SELECT %(area)s::text, %(street)s::text, item, %(month)s::date, %(sex)s::text, %(age_band)s::text, %(residence)s::text,
       %(acts)s::integer, %(quantity)s::bigint, month_heads, year_heads, street_month_heads, street_year_heads
FROM told
"""

_ROLL_UP = """
WITH taken AS (
    -- By a range, not a list of ids: a list is walked once per row where the planner does not know how many there are.
    DELETE FROM ledger_delta WHERE id <= (
        SELECT id FROM (SELECT id FROM ledger_delta ORDER BY id LIMIT %s) AS bite ORDER BY id DESC LIMIT 1
    )
    RETURNING *
), summed AS (
    INSERT INTO ledger_tally AS tally (area, street, item, month, sex, age_band, residence, acts, quantity)
    SELECT area, street, item, month, sex, age_band, residence, sum(acts), sum(quantity)
    FROM taken GROUP BY area, street, item, month, sex, age_band, residence
    HAVING sum(acts) <> 0 OR sum(quantity) <> 0
    ON CONFLICT (street, item, month, area, sex, age_band, residence)
    DO UPDATE SET acts = tally.acts + excluded.acts, quantity = tally.quantity + excluded.quantity
), together AS (
    INSERT INTO ledger_areatally AS tally (area, street, item, month, acts, quantity,
                                           month_heads, year_heads, street_month_heads, street_year_heads)
    SELECT area, street, item, month, sum(acts), sum(quantity),
           sum(month_heads), sum(year_heads), sum(street_month_heads), sum(street_year_heads)
    FROM taken GROUP BY area, street, item, month
    ON CONFLICT (street, item, month, area)
    DO UPDATE SET acts = tally.acts + excluded.acts, quantity = tally.quantity + excluded.quantity,
                  month_heads = tally.month_heads + excluded.month_heads,
                  year_heads = tally.year_heads + excluded.year_heads,
                  street_month_heads = tally.street_month_heads + excluded.street_month_heads,
                  street_year_heads = tally.street_year_heads + excluded.street_year_heads
)
SELECT count(*) FROM taken
"""
