"""What apps above plug into the ledger: the page of what an entry came from."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class SourcePage:
    """Where the source of an entry is looked at (台账来源页): ``key`` is a `SourceKind`, ``url(source)`` the address."""

    key: str
    url: Callable[[UUID], str]


source_pages: Registry[SourcePage] = Registry(SourcePage, name="台账来源页", required=("url",))
