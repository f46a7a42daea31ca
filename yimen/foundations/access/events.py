"""What access announces: ids only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    """An account was closed (停用账号): what lay with its holder in person goes to ``to``, or to nobody when that is empty.

    Apps that keep such work hand it over at once.
    """

    name: ClassVar[str] = "access.account_closed"

    to: UUID | None
