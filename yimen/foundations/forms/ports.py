"""What upper apps plug in: where answers may be prefilled from (预填来源)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class Fact:
    """One known fact: its value in the shape of the answer, and where it comes from, in words (来自居民档案 2026-03-02)."""

    value: Any
    source: str = ""


@dataclass(frozen=True)
class PrefillSource:
    """A source of facts. ``load(subject, by=…, on=…)`` answers item → `Fact`, or ``(value, source)``.

    It answers only what ``by`` may see, and nothing for a subject it does not know. ``items`` are what it can answer;
    a form that asks for others is wrong.
    """

    key: str
    load: Callable[..., Mapping[str, Any]]
    items: tuple[str, ...] = ()

    def facts(self, subject: UUID, wanted: Iterable[str], *, by: Actor, on: date) -> dict[str, Fact]:
        """The wanted facts by full name; no others, whatever the source answers (最小必要)."""
        loaded = self.load(subject, by=by, on=on)
        return {
            f"{self.key}.{item}": found if isinstance(found := loaded[item], Fact) else Fact(*found)
            for item in wanted
            if loaded.get(item) is not None
        }


prefill_sources: Registry[PrefillSource] = Registry(PrefillSource, name="预填来源", required=("load",))
