"""Decisions of the ledger that need no database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
class Door:
    """Where a deed was done, when a door tells it better than a name (门牌): ids, and the place in words."""

    dwelling: UUID | None = None
    building: UUID | None = None
    household: UUID | None = None
    words: str = ""


NOWHERE = Door()


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


def why_not_late(*, happened_on: date, today: date, reason: str, free_days: int) -> Finding | None:
    """Why a deed cannot be entered for that day (补录): it has not come yet, or lies further back than is free and no
    reason is given."""
    if happened_on > today:
        return Finding("ledger.future", f"{happened_on} 还没到，不能提前记。", "happened_on")
    if (today - happened_on).days > free_days and not reason.strip():
        sentence = (
            f"{happened_on} 是 {(today - happened_on).days} 天前的事，超过 {free_days} 天的补录要写明原因。"
        )
        return Finding("ledger.late", sentence, "late_reason")
    return None


def why_not_her_day(
    *, happened_on: date, name: str, born_on: date | None, died_on: date | None
) -> Finding | None:
    """Why nothing can have happened with this person on that day: she was not born yet, or had died (查无此日)."""
    if born_on and happened_on < born_on:
        return Finding(
            "ledger.before_birth", f"{happened_on} 时{name}还没有出生，请核对日期。", "happened_on"
        )
    if died_on and happened_on > died_on:
        sentence = f"{name}已于 {died_on} 去世，请记在家人名下，或者核对日期。"
        return Finding("ledger.after_death", sentence, "happened_on")
    return None


def why_not_undo(
    *, mine: bool, recorded_at: datetime, at: datetime, minutes: int, taken_back: bool
) -> Finding | None:
    """Why a note cannot simply be undone (能否撤回): another's, too long ago, or taken back already."""
    if not mine:
        return Finding("ledger.not_mine", "只能撤回自己记的。")
    if taken_back:
        return Finding("ledger.taken_back", "这一条已经撤回了。")
    if at - recorded_at > timedelta(minutes=minutes):
        return Finding("ledger.too_late", f"超过 {minutes} 分钟的不能直接撤回，请由社区更正台账。")
    return None


def why_not_note(*, text: str, kind: str, place: str) -> list[Finding]:
    """Reasons against a note (随手记): nothing said, or neither a person nor a door nor a place."""
    findings = []
    if not text.strip():
        findings.append(Finding("ledger.no_text", "写一句话：看到、听到了什么。", "text"))
    if not kind and not place.strip():
        findings.append(Finding("ledger.nowhere", "没有选人也没有选门牌的，请写明在哪里。", "place"))
    return findings


def band_of(about: About | None, *, on: date) -> str:
    """The statistical age band of the person on the day of the deed; "" when the age is unknown or nobody's."""
    if about is None or about.birth_on is None or about.birth_on > on:
        return NO_BAND
    return age_band(age_on(about.birth_on, on)).key


def is_backdated(*, happened_on: date, recorded_on: date) -> bool:
    """Was the deed entered on a later day than it happened (补录)?"""
    return recorded_on > happened_on
