"""What upper apps plug into access: where roles (角色) come from. Roles are data, so definitions fills it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from yimen.foundations.access.permissions import SEPARATE_DUTIES, Duty


@dataclass(frozen=True)
class Role:
    """A bundle of permissions (角色) that accounts hold over an area for a period; ``opens`` as in `Hold`.

    ``second_factor`` says that its holders come in with a second factor only (须有第二因素), ``duty`` which of the three
    duties it is, if any (三员), and ``deputy_days`` for how many days at once its holder may name a deputy (临时代理).
    """

    key: str
    title: str
    description: str
    permissions: frozenset[str]
    opens: bool = True
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
