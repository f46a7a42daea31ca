"""The shape of what is asked of the ledger page: one selection, told in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code
from yimen.kernel.periods import Month, parse_month
from yimen.work.ledger.choices import Measure
from yimen.work.ledger.engine.items import items_in_force
from yimen.work.ledger.permissions import VIEW
from yimen.work.ledger.rules import EVERYONE, Bands


@dataclass(frozen=True)
class Selection:
    """Which entries are looked at (台账范围)."""

    items: tuple[str, ...]
    area: str
    first: Month
    last: Month
    measure: Measure = Measure.ACTS
    bands: Bands = EVERYONE
    own: bool = False
    with_taken_back: bool = False


def read_selection(given: Mapping[str, str], *, by: Actor, today: date) -> Selection:
    """What the address asks for. What it does not say, or says wrongly, is this year so far in the actor's own area."""
    known = items_in_force(on=today)
    this_month = Month.of(today)
    first = _month(given.get("from", ""), Month(today.year, 1))
    last = _month(given.get("to", ""), max(first, this_month))
    area = given.get("area", "")
    return Selection(
        items=tuple(item for item in _several(given, "item") if item in known),
        area=area if is_area_code(area) else _own_area(by),
        first=min(first, last),
        last=max(first, last),
        measure=Measure(given["count"]) if given.get("count") in Measure.values else Measure.ACTS,
        bands=Bands(_several(given, "sex"), _several(given, "age"), _several(given, "residence")),
        own=given.get("own") == "1",
        with_taken_back=given.get("corrected") == "1",
    )


def _own_area(by: Actor) -> str:
    areas = by.areas_for(VIEW)
    return next((area for area in areas if area), "")


def _month(text: str, otherwise: Month) -> Month:
    found = parse_month(text) if text else otherwise
    return found if isinstance(found, Month) else otherwise


def _several(given: Mapping[str, str], key: str) -> tuple[str, ...]:
    # A space in an address may stand for the plus of "80+".
    words = (word.strip().replace(" ", "+") for word in given.get(key, "").split(","))
    return tuple(dict.fromkeys(word[:60] for word in words if word))[:50]
