"""What upper apps plug into access: where roles (角色) come from, and what follows the index key (摘要).

Roles are data, so definitions fills the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from yimen.foundations.access.permissions import SEPARATE_DUTIES, Duty
from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Role:
    """A bundle of permissions (角色) that accounts hold over an area for a period; ``opens`` as in `Hold`.

    ``of_unit`` says that whoever holds it by a post sees what belongs to the organisation of that post (只看本机构的).
    ``second_factor`` says that its holders come in with a second factor only (须有第二因素), ``duty`` which of the three
    duties it is, if any (三员), and ``deputy_days`` for how many days at once its holder may name a deputy (临时代理).
    """

    key: str
    title: str
    description: str
    permissions: frozenset[str]
    opens: bool = True
    of_unit: bool = False
    second_factor: bool = False
    duty: str = ""
    deputy_days: int = 0

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Which of the three duties the role is (三员): what it says of itself, and what its permissions say."""
        brought = {SEPARATE_DUTIES[found] for found in self.permissions if found in SEPARATE_DUTIES}
        return tuple(duty for duty in Duty if duty == self.duty or duty in brought)


class RoleSource(Protocol):
    """Answers the roles in force on a day, by key. It is asked at every request: it must not query each time."""

    def __call__(self, *, on: date) -> Mapping[str, Role]: ...


class NoRoleSource(RuntimeError):
    """Nobody has plugged a source of roles."""


_source: RoleSource | None = None


def plug_role_source(source: RoleSource) -> RoleSource:
    """Make ``source`` the one source of roles; answers it, so that this serves as a decorator."""
    global _source
    _source = source
    return source


def roles(*, on: date) -> Mapping[str, Role]:
    """The roles in force on a day, by key."""
    if _source is None:
        raise NoRoleSource("definitions plugs the source of roles (access.ports.plug_role_source)")
    return _source(on=on)


@dataclass(frozen=True)
class Portion:
    """What one step of making hashes anew has done (一段): how many, up to which row; ``last`` None at the end.

    ``stuck`` names what could not be done, for people to look at.
    """

    done: int
    last: int | None
    stuck: tuple[str, ...] = ()


class Rebuild(Protocol):
    """Make at most ``limit`` hashes anew, of rows after the row ``after``; an operation of the app that keeps them."""

    def __call__(self, *, by: Actor, at: datetime, after: int, limit: int) -> Portion: ...


@dataclass(frozen=True)
class KeyedIndex:
    """Hashes that were made with the index key and are kept (带密钥摘要): what follows when that key is changed.

    ``left`` counts those of older keys, told the beginning of those of today (``"02"``). Without ``rebuild`` nobody can make
    them again, because what they stand for is kept nowhere; ``stays`` says then when they are gone by themselves.
    """

    key: str
    title: str
    left: Callable[[str], int]
    rebuild: Rebuild | None = None
    stays: str = ""


keyed_indexes: Registry[KeyedIndex] = Registry(
    KeyedIndex,
    name="摘要",
    required=("title",),
    check=lambda one: () if bool(one.rebuild) != bool(one.stays) else ("要么能重做，要么说明何时自然失效",),
)
