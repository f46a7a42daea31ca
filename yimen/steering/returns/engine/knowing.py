"""What is known of those who stand on the lines of a table: residents, or communities (已知内容)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.forms.ports import Fact, prefill_sources
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import full_day
from yimen.kernel.periods import Month
from yimen.registers.people.api import ids_of_people
from yimen.steering.returns.engine.filling import Column
from yimen.steering.returns.engine.grammar import Heading
from yimen.work.ledger.api import Ask, deeds_by_person, totals


def known_facts(
    people: Iterable[UUID], columns: Iterable[Column], *, by: Actor, on: date
) -> dict[UUID, dict[str, Fact]]:
    """What is known of all these people (批量预填), by key of the heading; a fixed number of queries."""
    people = list(people)
    wanted = {column.key: column.heading for column in columns if column.heading}
    found: dict[UUID, dict[str, Fact]] = {person: {} for person in people}
    for source in prefill_sources:
        keys = {key: body.fact for key, body in wanted.items() if body.fact.startswith(f"{source.key}.")}
        items = {fact.split(".")[1] for fact in keys.values()}
        for person, facts in source.facts_of_many(people, items, by=by, on=on).items():
            found[person] |= {key: facts[fact] for key, fact in keys.items() if fact in facts}
    counted = {key: body for key, body in wanted.items() if body.items}
    if counted and people:
        _count(found, counted, by=by, on=on)
    return found


def _count(
    found: dict[UUID, dict[str, Fact]], counted: Mapping[str, Heading], *, by: Actor, on: date
) -> None:
    kept = ids_of_people(found, by=by)
    items = {item for body in counted.values() for item in body.items}
    ever = deeds_by_person(kept, items=items, by=by)
    source = f"来自台账 {full_day(on)}"
    lately: dict[date, list[Any]] = {}
    for key, body in counted.items():
        if body.measure == "last_day":
            days: dict[UUID, date] = {}
            for one, item, last, _ in ever:
                if item in body.items:
                    days[kept[one]] = max(last, days.get(kept[one], last))
            for person, day in days.items():
                found[person][key] = Fact(day, source)
            continue
        since = _since(body, on)
        if since not in lately:
            lately[since] = list(deeds_by_person(kept, items=items, since=since, by=by))
        times = dict.fromkeys(found, 0)
        for one, item, _, number in lately[since]:
            if item in body.items:
                times[kept[one]] += number
        for person, number in times.items():
            found[person][key] = Fact(number, source)


def _since(body: Heading, on: date) -> date:
    return date(on.year, 1 if body.measure == "times_this_year" else on.month, 1)


def known_of_areas(
    areas: Iterable[str], columns: Iterable[Column], *, by: Actor, on: date
) -> dict[str, dict[str, Fact]]:
    """What is known of communities that stand on a line each (社区一行一个): what was done there, from the ledger; one query."""
    found: dict[str, dict[str, Fact]] = {area: {} for area in areas}
    counted = {
        column.key: column.heading
        for column in columns
        if column.heading and column.heading.items and column.heading.measure != "last_day"
    }
    if not found or not counted:
        return found
    asks = [Ask(key, body.items) for key, body in counted.items()]
    told = totals(asks, area=_above(found), first=Month(on.year, 1), last=Month.of(on), by=by)
    source = f"来自台账 {full_day(on)}"
    for area, facts in found.items():
        for key, body in counted.items():
            since = Month.of(_since(body, on))
            number = sum(
                one.acts
                for one in told
                if one.key == key and one.area == area and one.month.first_day >= since.first_day
            )
            facts[key] = Fact(number, source)
    return found


def _above(areas: Iterable[str]) -> str:
    """The area in which all of these lie: the only one itself, else their street."""
    areas = set(areas)
    return next(iter(areas)) if len(areas) == 1 else street_of(min(areas)) or ""
