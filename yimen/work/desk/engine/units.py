"""Who belongs to a unit that is asked (协办单位的人员), and which unit of the register a matter means."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.access.ports import roles
from yimen.kernel.actor import Actor, system_actor
from yimen.registers.organisations import api as organisations
from yimen.work.desk.engine.grammar import Ask
from yimen.work.desk.permissions import ANSWER_SHARE


def units_of(by: Actor, *, on: date) -> set[UUID]:
    """The units for which this actor answers (本人所在单位): where she holds a post whose role may."""
    if by.account is None or not by.can_somewhere(ANSWER_SHARE):
        return set()
    return {
        one.organisation.public_id
        for one in organisations.posts_of(by.account, on=on, by=by)
        if by.can(ANSWER_SHARE, area=one.post.area)
    }


def members_of(unit: UUID, *, on: date) -> list[tuple[UUID, str]]:
    """Who answers for a unit: accounts with the area of their post."""
    # Organisations and posts are public; whoever asks need not stand in the area of the unit.
    by = system_actor("desk.units")
    may = {key for key, role in roles(on=on).items() if ANSWER_SHARE in role.permissions}
    lines = organisations.posts_in(organisations.organisation(unit, by=by), by=by, on=on)
    return [
        (holder.account, line.post.area) for line in lines if line.post.role in may for holder in line.holders
    ]


def find_unit(ask: Ask, known: Iterable[Any], *, area: str) -> Any | None:
    """The organisation that a matter means (按名称找单位): one that stands for the area; the first of its words decides,
    then the narrowest."""
    near = [one for one in known if area.startswith(one.area)]
    for word in ask.finds:
        named = [one for one in near if word in one.name or word in one.short]
        if named:
            return max(named, key=lambda one: len(one.area))
    return None
