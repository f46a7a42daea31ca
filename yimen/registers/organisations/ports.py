"""What apps above plug into organisations: the page of a resident who holds an office, kinds of work that have an A and a B."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry

# The purpose under which scans of agreements are kept (协议扫描件).
SCAN = "agreement_scan"


@dataclass(frozen=True)
class PersonPage:
    """The way from an office to the file of who holds it (居民档案): its address, "" for whom the actor may not open."""

    key: str
    url: Callable[..., str]


person_pages: Registry[PersonPage] = Registry(PersonPage, name="任职人员的档案", required=("url",))


def person_page(person: UUID, *, by: Actor) -> str:
    """The address of a person's file as the actor may open it, or ""."""
    return next((found for one in person_pages if (found := one.url(person, by=by))), "")


@dataclass(frozen=True)
class WorkKinds:
    """Kinds of work for which somebody is named A and B (AB岗): ``choices(on)`` answers key and title of each kind."""

    key: str
    title: str
    choices: Callable[[date], Sequence[tuple[str, str]]]


work_kinds: Registry[WorkKinds] = Registry(WorkKinds, name="AB岗工作种类", required=("title", "choices"))


def works_on(day: date) -> dict[str, list[tuple[str, str]]]:
    """All kinds of work that can be given out on a day (可指定的工作), by what they are of."""
    return {one.title: list(one.choices(day)) for one in work_kinds}
