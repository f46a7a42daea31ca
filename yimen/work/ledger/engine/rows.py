"""The rows of a deed (台账行): an entry, and the further one that takes it back, as they stand before they are written."""

from datetime import date, datetime
from uuid import UUID

from yimen.foundations.definitions.api import current
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.work.ledger.choices import SourceKind
from yimen.work.ledger.models import Entry
from yimen.work.ledger.rules import NOWHERE, About, Door, band_of, is_backdated


def entry_of(
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
    """An entry as it is written by `record_entry` and by whoever writes many at once; what stands against it was asked before."""
    today = day_of(at)
    definitions = [current("item", item, on=happened_on) for item in items]
    entry = Entry(
        item=items[0],
        quantity=quantity,
        unit=definitions[0].body.unit,
        happened_on=happened_on,
        recorded_at=at,
        backdated=is_backdated(happened_on=happened_on, recorded_on=today),
        area=area,
        street=street_of(area),
        age_band=band_of(about, on=happened_on),
        done_by=by.key,
        done_by_name=by.name[:80],
        source_kind=source_kind,
        source=source,
        on_file=definitions[0].body.on_file,
        note=note,
        late_reason=late_reason.strip() if happened_on < today else "",
        dwelling=door.dwelling,
        building=door.building,
        household=door.household,
        place=door.words[:120],
    )
    if about:
        entry.person, entry.sex, entry.birth_on = about.person, about.sex, about.birth_on
        entry.residence, entry.household = about.residence, about.household
    return entry


def reversal_of(wrong: Entry, *, by: Actor, at: datetime, why: str) -> Entry:
    """The further entry that takes ``wrong`` back, as it would be written; not written yet."""
    kept = {field.attname: getattr(wrong, field.attname) for field in Entry._meta.concrete_fields}
    for name in ("id", "public_id"):
        kept.pop(name)
    back = Entry(
        **kept | {"acts": -1, "quantity": -wrong.quantity, "corrects_id": wrong.id, "note": why.strip()}
    )
    back.recorded_at, back.done_by, back.done_by_name = at, by.key, by.name[:80]
    return back
