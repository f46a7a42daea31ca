"""What upper apps plug into messages: how a person is reached, and who holds a role in an area.

people fills `reach_ways`; whoever knows posts and grants may fill `role_holders`. Both are filled in the app's plugs.py::

    from yimen.foundations.messages import ports

    class PeopleReach:
        key = "people"
        def reach_of(self, person, *, by): ...
        def phone_of(self, person, *, way, by): ...

    ports.reach_ways.register(PeopleReach())
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from yimen.foundations.messages.choices import WayKind
from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Way:
    """One way to reach a person (联系方式).

    `kind` is a `WayKind` value. `account` is the account's public id where the kind is "account". `key` is the source's
    own word for this way (it comes back in `phone_of`). `note` is what the worker should know: 耳背、说宁波话、找女儿.
    The telephone number is not here: it is asked for when a worker opens the task, and only then.
    """

    kind: WayKind
    key: str = ""
    account: UUID | None = None
    note: str = ""


@dataclass(frozen=True)
class Reach:
    """How a person is reached: her ways in the order she prefers them, her name and her community (社区代码).

    `died` says that she is known to have died: nothing is sent, and nobody is made to call.
    """

    person: UUID
    name: str
    area: str
    ways: tuple[Way, ...] = ()
    died: bool = False


class ReachSource(Protocol):
    """Fills `reach_ways`; people does."""

    key: str

    def reach_of(self, person: UUID, *, by: Actor) -> Reach | None:
        """How the person is reached; None when this source does not know her."""

    def phone_of(self, person: UUID, *, way: Way, by: Actor) -> str:
        """The full number behind a way, "" when there is none. Asked once per opened task; messages leaves the look."""


class RoleHolders(Protocol):
    """Fills `role_holders`."""

    key: str

    def accounts_holding(self, role: str, *, area: str, on: date) -> frozenset[UUID]:
        """The public ids of the accounts that hold the role over an area covering `area` on the day."""


reach_ways: Registry[ReachSource] = Registry(ReachSource, name="联系方式来源")
role_holders: Registry[RoleHolders] = Registry(RoleHolders, name="岗位人员来源")
