"""Reads of emergency looks: the one that is open, and those that wait for a review (紧急查阅)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor, Hold
from yimen.registers.people.choices import ReviewState
from yimen.registers.people.models import EmergencyLook
from yimen.registers.people.permissions import BREAK_GLASS, REVIEW_GLASS
from yimen.registers.people.ports import FileCard, file_cards
from yimen.registers.people.queries.persons import NoSuchPerson
from yimen.registers.people.rules.rights import may_with_person

SHOWN = 5
LENT = "people.emergency"


def open_emergency(look: UUID, *, person: UUID, by: Actor, at: datetime) -> EmergencyLook | None:
    """The emergency look of this actor at this person that is still open; None when its time is up."""
    mine = EmergencyLook.objects.within(by).filter(public_id=look, looked_by=by.key)
    return mine.filter(person=person, until_at__gt=at).first()


def emergency_looks(*, by: Actor) -> QuerySet[EmergencyLook]:
    """The emergency looks where this actor reviews (紧急查阅), for the list."""
    areas = by.areas_for(REVIEW_GLASS)
    if not areas:
        return EmergencyLook.objects.none()
    return EmergencyLook.objects.within(by).filter(area__begins_with_any=areas)


def get_emergency(look: UUID, *, by: Actor) -> EmergencyLook:
    """One of them."""
    found = emergency_looks(by=by).filter(public_id=look).first()
    if found is None:
        raise NoSuchPerson("没有这次紧急查阅，或不在您的范围内。")
    return found


def to_review(*, by: Actor) -> list[EmergencyLook]:
    """The first that wait for this actor's word (待复核), never her own."""
    areas = by.areas_for(REVIEW_GLASS)
    return _waiting(by, list(areas), by.key) if areas else []


@kept
def _waiting(by: Actor, areas: list[str], own: str) -> QuerySet[EmergencyLook]:
    waiting = EmergencyLook.objects.within(by).filter(state=ReviewState.OPEN, area__begins_with_any=areas)
    return waiting.exclude(looked_by=own).order_by("id")[: SHOWN + 1]


def special_cards(*, by: Actor, area: str) -> list[FileCard]:
    """The cards of special data that this actor does not see on a file there, and may open in an emergency (特殊信息)."""
    if not may_with_person(by, BREAK_GLASS, area=area):
        return []
    hidden = [
        one
        for one in file_cards
        if one.special
        and not may_with_person(by, one.permission, area=area)
        and (not one.in_emergency or may_with_person(by, one.in_emergency, area=area))
    ]
    return sorted(hidden, key=lambda one: (one.order, one.key))


def with_card(by: Actor, card: FileCard, *, area: str) -> Actor:
    """The same actor, lent what one card asks for; it opens no other row."""
    return replace(by, holds=(*by.holds, Hold(LENT, area, frozenset({card.permission}), opens=False)))


def to_review_in(area: str) -> QuerySet[EmergencyLook]:
    """What waits for a review in an area that ends (待复核)."""
    return EmergencyLook.objects.filter(area=area, state=ReviewState.OPEN)
