"""What people announces: ids and dates only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yimen.foundations.bus.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """A resident was put on file (建档)."""

    name: ClassVar[str] = "people.person_registered"

    registered_on: str


@dataclass(frozen=True, kw_only=True)
class PersonMoved(Event):
    """A resident moved (迁移); ``area`` is the community her rows follow now, ``before`` the one they followed."""

    name: ClassVar[str] = "people.person_moved"

    before: str
    moved_on: str


@dataclass(frozen=True, kw_only=True)
class PersonDied(Event):
    """A resident died (死亡): what runs for her ends now: duties, contracts, benefits, consents."""

    name: ClassVar[str] = "people.person_died"

    died_on: str


@dataclass(frozen=True, kw_only=True)
class DeathUndone(Event):
    """A death had been noted in error (撤销死亡登记): what ended by it goes on."""

    name: ClassVar[str] = "people.death_undone"

    died_on: str


@dataclass(frozen=True, kw_only=True)
class PersonRestricted(Event):
    """A resident wants her data used for little (限制使用): what nobody is bound to by law or by a case ends now."""

    name: ClassVar[str] = "people.person_restricted"


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Event):
    """Two files were one person (合并): ``subject`` is the file kept, ``alias`` the one put into it."""

    name: ClassVar[str] = "people.people_merged"

    alias: UUID


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Event):
    """A merge was taken back (撤销合并)."""

    name: ClassVar[str] = "people.merge_undone"

    alias: UUID
