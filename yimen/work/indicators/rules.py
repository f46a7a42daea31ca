"""What an indicator counts, decided without a database: the same rule that its worked examples run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.kernel.periods import AGE_BANDS, Month, age_band, age_on

ACTS, QUANTITY, PERSONS = "acts", "quantity", "persons"
FLOWS = (ACTS, QUANTITY, PERSONS)


@dataclass(frozen=True)
class Deed:
    """One entry as a worked example tells it (算例台账). ``taken_back`` means it was corrected and no longer counts."""

    item: str
    on: date
    area: str = ""
    person: str = ""
    quantity: int = 1
    sex: str = ""
    born: date | None = None
    residence: str = ""
    taken_back: bool = False

    @property
    def age_band(self) -> str:
        return age_band(age_on(self.born, self.on)).key if self.born else ""


def measured(
    deeds: Iterable[Deed],
    *,
    measure: str,
    items: Iterable[str],
    sexes: Iterable[str] = (),
    age_bands: Iterable[str] = (),
    residences: Iterable[str] = (),
    area: str = "",
    first: Month | None = None,
    last: Month | None = None,
) -> int:
    """The value of an indicator over some deeds (指标值): acts, quantity, or persons each counted once."""
    items, sexes, age_bands, residences = set(items), set(sexes), set(age_bands), set(residences)
    counted = [
        deed
        for deed in deeds
        if deed.item in items
        and not deed.taken_back
        and deed.area.startswith(area)
        and (first is None or first <= Month.of(deed.on))
        and (last is None or Month.of(deed.on) <= last)
        and (not sexes or deed.sex in sexes)
        and (not age_bands or deed.age_band in age_bands)
        and (not residences or deed.residence in residences)
    ]
    if measure == PERSONS:
        return len({deed.person for deed in counted if deed.person})
    return sum(deed.quantity for deed in counted) if measure == QUANTITY else len(counted)


def why_not_unit(measure: str, unit: str) -> str:
    """Persons (人) and acts (人次、件) are never called by each other's unit; "" when the unit is right."""
    if measure == PERSONS and unit not in ("人", "户"):
        return f"人数指标的单位应是“人”或“户”，不能是“{unit}”；按次数算的请把 measure 改为 acts。"
    if measure in (ACTS, QUANTITY) and unit == "人":
        return "按次数算的指标单位不能写“人”，应写“人次”；要数人请把 measure 改为 persons。"
    return ""


def unknown_bands(bands: Iterable[str]) -> list[str]:
    """Age bands that the house does not count by."""
    known = {band.key for band in AGE_BANDS}
    return [band for band in bands if band not in known]


def deeds_of(rows: Iterable[Mapping[str, Any]]) -> list[Deed]:
    """The deeds of a worked example. Raises ValueError for a key it does not know."""
    known = set(Deed.__dataclass_fields__)
    deeds = []
    for row in rows:
        if strange := set(row) - known:
            raise ValueError(
                f"算例台账没有这一栏：{'、'.join(sorted(strange))}；可用：{'、'.join(sorted(known))}"
            )
        days = {name: date.fromisoformat(str(row[name])) for name in ("on", "born") if name in row}
        deeds.append(Deed(**{**row, **days}))
    return deeds
