"""The one search box (一个检索框)."""

from datetime import date

from yimen.kernel.actor import Actor
from yimen.registers.people.engine.lookup import look_up
from yimen.registers.people.permissions import FIND
from yimen.registers.people.queries.cards import PersonCard, cards_in_order
from yimen.registers.people.rules.search import understand


def find_people(text: str, *, by: Actor, on: date | None = None, limit: int = 20) -> list[PersonCard]:
    """Find residents by name or part of it, pinyin, initials, id number, last four, telephone, address or file number.

    Several words narrow each other down (王伟 3-201). Looks in the areas where ``by`` may find people, best answers first;
    four statements at most. Refuses (NotAllowed) an actor who may find nobody.
    """
    areas = by.areas_for(FIND)
    if not areas:
        by.must(FIND, area=by.home)
    ids = look_up(understand(text), areas=areas, limit=limit)
    return cards_in_order(ids, by=by, on=on) if ids else []
