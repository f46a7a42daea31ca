"""Whom somebody may be already, and which files may be one person (疑似重复)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME
from yimen.registers.people.choices import SuspicionAnswer
from yimen.registers.people.engine.alikes import Suspects, Told, alike_to, likeness_of, rows_to_compare
from yimen.registers.people.engine.duplicates import rule_titles
from yimen.registers.people.models import Person, Suspicion
from yimen.registers.people.permissions import COMPARE
from yimen.registers.people.queries.cards import PersonCard, cards_in_order
from yimen.registers.people.rules.likeness import compare
from yimen.registers.places.api import full_area_name

AT_ONCE = 2000


@dataclass(frozen=True)
class Alike:
    """Somebody on file who may be the one at the window (疑似同一人), and why she is asked about."""

    card: PersonCard
    why: tuple[str, ...]


@dataclass(frozen=True)
class Elsewhere:
    """Somebody beyond reach who may be her (已建档，属某社区): the place, and nothing of the person."""

    place: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Doubles:
    """Everybody the one at the window may be (疑似名单); ``mark`` stands for this very list."""

    near: tuple[Alike, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    mark: str = ""

    def __bool__(self) -> bool:
        return bool(self.near or self.elsewhere)


def doubles_of(told: Told, *, by: Actor, on: date) -> Doubles:
    """Whom somebody who is being put on file may be: one statement, and that of the cards when there is anybody."""
    suspects, _ = alike_to(told, by=by, on=on)
    return doubles_from(suspects, by=by, on=on)


def doubles_from(suspects: Suspects, *, by: Actor, on: date) -> Doubles:
    """The same from suspects found already."""
    if not suspects:
        return Doubles()
    numbers = [one.id for one in suspects.near if one.id]
    cards = {card.public_id: card for card in cards_in_order(numbers, by=by, on=on)} if numbers else {}
    return Doubles(
        near=tuple(
            Alike(cards[one.public_id], one.titles) for one in suspects.near if one.public_id in cards
        ),
        elsewhere=tuple(Elsewhere(full_area_name(one.community), one.titles) for one in suspects.elsewhere),
        mark=suspects.mark,
    )


def open_suspicions(*, by: Actor) -> QuerySet[Suspicion]:
    """Pairs nobody has looked at yet (待核对), both of them where the actor compares.

    The join to the second file is under row-level security as well: a pair with a stranger is not listed.
    """
    areas = by.areas_for(COMPARE)
    if not areas:
        return Suspicion.objects.none()
    rows = Suspicion.objects.within(by).filter(
        Q(person__area__begins_with_any=areas) & Q(other__area__begins_with_any=areas),
        answer=SuspicionAnswer.OPEN,
        person__merged_into__isnull=True,
        other__merged_into__isnull=True,
    )
    return rows.select_related("person", "other")


def suspicion_between(one: UUID, other: UUID, *, by: Actor) -> Suspicion | None:
    """What was asked and answered about two files, if anything."""
    both = [one, other]
    return Suspicion.objects.within(by).filter(person__public_id__in=both, other__public_id__in=both).first()


def agreements(one: UUID, other: UUID, *, by: Actor, on: date) -> Mapping[str, bool | None]:
    """What of two files agrees (True), differs (False) or cannot be compared (None): by what stands there."""
    rows = rows_to_compare([one, other], by=by)
    return compare(*(likeness_of(row) for row in rows), on=on).facts if len(rows) == 2 else {}


def reasons_of(row: Suspicion, *, on: date) -> str:
    """Why two files are asked about, in words."""
    return "；".join(rule_titles(row.rules, on=on)) or "人工核对"


def next_on_file(*, area: str, low: int, high: int) -> list[int]:
    """The next files to compare, by their numbers, for a job that sees everybody."""
    rows = Person.objects.canonical().filter(id__gte=low, id__lte=high)
    rows = rows.filter(area__begins_with_any=[area]) if area else rows
    return list(rows.order_by("id").values_list("id", flat=True)[:AT_ONCE])


def changed_on(day: date) -> list[int]:
    """Whose file was made or changed on a day of the street; reads the register once, in the night."""
    begin = datetime.combine(day, time(), tzinfo=STREET_TIME)
    rows = Person.objects.canonical().filter(changed_at__gte=begin, changed_at__lt=begin + timedelta(days=1))
    return list(rows.order_by("id").values_list("id", flat=True))
