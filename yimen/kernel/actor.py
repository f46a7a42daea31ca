"""The actor (经办人): who does something, with which roles, over which areas.

Reach is what the actor may see: area prefixes here, and named ties (rows that the database knows) beside them.
A permission is held together with an area: a clerk of one community may not accept for another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from yimen.kernel.refusals import NotAllowed

EVERYWHERE = ""


class ActorKind(StrEnum):
    STAFF = "staff"
    RESIDENT = "resident"
    SYSTEM = "system"


@dataclass(frozen=True)
class Hold:
    """One role over one area (岗位角色): ``area`` is a prefix of area codes.

    ``opens`` false is a role that may do something there and yet opens no row of the area; its holder sees what she is tied
    to and nothing else (只看关联). ``for_whom`` is the name of the colleague whose role it is, held for some days in her place
    (临时代理), and ``for_key`` her key.
    """

    role: str
    area: str
    permissions: frozenset[str]
    opens: bool = True
    for_whom: str = ""
    for_key: str = ""


@dataclass(frozen=True)
class Actor:
    """Who acts. ``key`` is what trail rows keep (``account:<uuid>`` or ``system:<name>``).

    ``stood_in`` gathers, within one deed, the roles held in somebody's place that a permission was owed to (代理).
    """

    key: str
    name: str
    kind: ActorKind
    holds: tuple[Hold, ...] = ()
    account: UUID | None = None
    person: UUID | None = None
    on_behalf_of: str = ""
    stood_in: list[Hold] = field(init=False, default_factory=list, compare=False, repr=False)

    def can(self, permission: str, *, area: str) -> bool:
        """May the actor use ``permission`` in ``area`` (区域编码)?

        What only a role of somebody else allows is noted (`stood_in`): the trail says for whom it was done.
        """
        lent: Hold | None = None
        for hold in self.holds:
            if area.startswith(hold.area) and self._has(hold, permission):
                if not hold.for_key:
                    return True
                lent = lent or hold
        if lent and lent not in self.stood_in:
            self.stood_in.append(lent)
        return lent is not None

    def can_somewhere(self, permission: str) -> bool:
        """Does the actor hold ``permission`` anywhere? Only for menus; a deed asks with its area."""
        return any(self._has(hold, permission) for hold in self.holds)

    def must(self, permission: str, *, area: str) -> None:
        """Raise NotAllowed unless the actor may use ``permission`` in ``area``."""
        if not self.can(permission, area=area):
            raise NotAllowed(permission=permission, area=area)

    def areas_for(self, permission: str) -> tuple[str, ...]:
        """The area prefixes in which the actor holds ``permission``, none inside another."""
        return _outermost(hold.area for hold in self.holds if self._has(hold, permission))

    @cached_property
    def reach(self) -> tuple[str, ...]:
        """The area prefixes the actor sees, none inside another; ``("",)`` is everywhere."""
        return _outermost(hold.area for hold in self.holds if hold.opens)

    def reaches(self, area: str) -> bool:
        """Lies ``area`` within the actor's area prefixes? Ties are not considered here."""
        return area.startswith(self.reach)

    @cached_property
    def home(self) -> str:
        """The area the actor works in (for new things and for the head of the page); "" when there is none."""
        return self.holds[0].area if self.holds else ""

    def _has(self, hold: Hold, permission: str) -> bool:
        return self.kind is ActorKind.SYSTEM or permission in hold.permissions


def system_actor(name: str, *, areas: tuple[str, ...] = (EVERYWHERE,), on_behalf_of: str = "") -> Actor:
    """A named actor for jobs and commands (系统), with declared areas and every permission within them."""
    return Actor(
        key=f"system:{name}",
        name=f"系统·{name}",
        kind=ActorKind.SYSTEM,
        holds=tuple(Hold(role="system", area=area, permissions=frozenset()) for area in areas),
        on_behalf_of=on_behalf_of,
    )


def _outermost(areas: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for area in sorted(set(areas)):
        if not area.startswith(tuple(kept)):
            kept.append(area)
    return tuple(kept)
