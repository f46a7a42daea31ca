"""What apps above plug into organisations: the page of a resident who holds an office."""

from collections.abc import Callable
from dataclasses import dataclass
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
