"""Decisions of the ledger that need no database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_band, age_on

NO_BAND = ""


@dataclass(frozen=True)
class About:
    """The person an entry is about, as she stood on the day of the deed (对象快照)."""

    person: UUID
    sex: str = ""
    birth_on: date | None = None
    residence: str = ""
    household: UUID | None = None


@dataclass(frozen=True)
class Bands:
    """Narrow a figure to some sexes, age bands or residence kinds (口径); empty means all."""

    sexes: tuple[str, ...] = ()
    age_bands: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()


EVERYONE = Bands()


@dataclass(frozen=True)
class Ask:
    """One figure that is asked for (取数): the items it counts, and whom; ``key`` names it in the answer."""

    key: str
    items: tuple[str, ...]
    bands: Bands = EVERYONE


def why_not_record(*, happened_on: date, today: date, quantity: int, items: tuple[str, ...]) -> list[Finding]:
    """Reasons against an entry: a deed in the future, nothing counted, no item or one twice."""
    findings = []
    if happened_on > today:
        findings.append(
            Finding("ledger.future", f"发生日期 {happened_on} 还没到，不能记入台账。", "happened_on")
        )
    if quantity < 1:
        findings.append(Finding("ledger.no_quantity", "数量至少为 1。", "quantity"))
    if not items or len(set(items)) != len(items):
        findings.append(Finding("ledger.items", "至少要有一个台账项目，且不能重复。", "items"))
    return findings


def band_of(about: About | None, *, on: date) -> str:
    """The statistical age band of the person on the day of the deed; "" when the age is unknown or nobody's."""
    if about is None or about.birth_on is None or about.birth_on > on:
        return NO_BAND
    return age_band(age_on(about.birth_on, on)).key


def is_backdated(*, happened_on: date, recorded_on: date) -> bool:
    """Was the deed entered on a later day than it happened (补录)?"""
    return recorded_on > happened_on
