"""Calls and messages within reach: the book, what waits, who called before, and a message by its word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.services.hotline.engine.calls import NoCall
from yimen.services.hotline.engine.hashes import number_hashes, word_hashes
from yimen.services.hotline.models import Call
from yimen.services.hotline.permissions import LOG

SHORTEST = 7


@dataclass(frozen=True)
class TrackedMessage:
    """What somebody who left a message reads with her word (留言进度): nothing of who she is."""

    topic: str
    left_at: datetime
    answered_at: datetime | None
    answer: str


def find_calls(*, by: Actor) -> QuerySet[Call]:
    """The book of calls within reach (来电簿)."""
    return Call.objects.within(by) if by.can_somewhere(LOG) else Call.objects.none()


def waiting_calls(*, by: Actor) -> QuerySet[Call]:
    """What still waits for an answer, the nearest time first (等答复、等回电)."""
    return _in_turn(find_calls(by=by))


def first_waiting(*, by: Actor, most: int) -> list[Call]:
    """The first of them, for the first page."""
    return _first_waiting(by, most=most) if by.can_somewhere(LOG) else []


@kept
def _first_waiting(by: Actor, *, most: int) -> QuerySet[Call]:
    return _in_turn(Call.objects.within(by))[:most]


def _in_turn(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.filter(waits=True).order_by(F("back_by").asc(nulls_last=True), "id")


def get_call(public_id: UUID, *, by: Actor) -> Call:
    """One call within reach."""
    found = find_calls(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoCall
    return found


def others_of_number(number: str, *, by: Actor, but: UUID | None = None) -> QuerySet[Call]:
    """Earlier calls from the same number within reach (同一号码来过的电话), newest first."""
    if len(number) < SHORTEST:
        return Call.objects.none()
    found = find_calls(by=by).filter(phone_hash__in=number_hashes(number))
    return (found.exclude(public_id=but) if but else found).order_by("-id")


def candidates_for_number(number: str, *, by: Actor, at: datetime) -> Sequence[people.PersonCard]:
    """The residents within reach who have this number (号码对上的居民)."""
    if len(number) < SHORTEST or not by.can_somewhere(people.FIND):
        return []
    return people.find_people(number, by=by, on=day_of(at), limit=5)


def tracked_message(word: str, *, by: Actor) -> TrackedMessage | None:
    """A message by its word (凭查询码看答复); whoever holds the word may read it."""
    if not word.strip():
        return None
    found = Call.objects.within(by).filter(word_hash__in=word_hashes(word)).first()
    return found and TrackedMessage(found.topic_title, found.called_at, found.answered_at, found.answer)


def waiting_in(area: str) -> QuerySet[Call]:
    """Calls that wait for an answer in an area that ends."""
    return Call.objects.filter(area=area, waits=True)
