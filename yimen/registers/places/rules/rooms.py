"""What a site must have (达标), and for which hours a room can be kept (用房预约)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from yimen.kernel.areas import street_of
from yimen.kernel.findings import Finding
from yimen.registers.places.rules.hours import Hours


@dataclass(frozen=True)
class SiteFacts:
    """What stands in the register of a site (服务点现状), as far as standards ask for it."""

    size: int | None = None
    open_days: int = 0
    staff: int = 0
    photos: int = 0
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Needed:
    """One thing a standard asks for (达标项目)."""

    title: str
    fact: str
    least: int = 0
    offers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lack:
    """What is missing (缺什么): a sentence, or the offers that are not there."""

    title: str
    sentence: str = ""
    offers: tuple[str, ...] = ()


def what_is_missing(needed: Sequence[Needed], facts: SiteFacts) -> list[Lack]:
    """Every item a site does not reach (未达标项目), in the order of the standard; none: it reaches it."""
    found = []
    for one in needed:
        if one.fact == "offers":
            if missing := tuple(offer for offer in one.offers if offer not in facts.offers):
                found.append(Lack(one.title, offers=missing))
            continue
        has = getattr(facts, one.fact)
        if has is None:
            found.append(Lack(one.title, f"{one.title}：没有登记，应不少于 {one.least}"))
        elif has < one.least:
            found.append(Lack(one.title, f"{one.title}：现有 {has}，应不少于 {one.least}"))
    return found


def share_reached(reached: int, all_of_them: int) -> str:
    """The share with one digit (达标率): 20 of 24 are 83.3%."""
    return f"{reached * 100 / all_of_them:.1f}%" if all_of_them else "—"


def why_not_book(
    begins: time, ends: time, *, day: date, today: date, open_hours: Sequence[Hours], farthest: int
) -> Finding | None:
    """A room is booked for hours in which it is open, not in the past and not too far ahead (预约用房)."""
    if ends <= begins:
        return Finding("places.booking_backwards", "结束时间应晚于开始时间。", "ends")
    if day < today or (day - today).days > farthest:
        return Finding("places.booking_day", f"只能预约今天起 {farthest} 天以内的日子。", "day")
    if not open_hours:
        return Finding("places.booking_closed", "这一天不开放，请换一天。", "day")
    if not any(one.opens <= begins and ends <= one.closes for one in open_hours):
        hours = "、".join(str(one) for one in open_hours)
        return Finding("places.booking_outside", f"要在开放时间里：{hours}。", "begins")
    return None


def use_rate(booked_minutes: int, open_minutes: int) -> str:
    """How much of the open time is booked (使用率)."""
    return f"{booked_minutes * 100 / open_minutes:.1f}%" if open_minutes else "—"


def minutes_of(begins: time, ends: time) -> int:
    """The length of a stretch in minutes."""
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute


def works_together(area: str, place: str) -> bool:
    """Does somebody of ``area`` work in the street of ``place`` (同一街道), or above it?"""
    street = street_of(place) or place
    return area.startswith(street) or street.startswith(area)
