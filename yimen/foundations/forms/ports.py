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
    """One known fact: its value in the shape of the answer, and where it comes from, in words (来自居民档案 2026年3月2日)."""

    value: Any
    source: str = ""


@dataclass(frozen=True)
class PrefillSource:
    """A source of facts. ``load(subject, wanted=…, by=…, on=…)`` answers item → `Fact`, or ``(value, source)``.

    It answers only what ``by`` may see, and nothing for a subject it does not know; of what is not ``wanted`` it need ask
    nobody. ``items`` are what it can answer;
    a form that asks for others is wrong. ``load_many(subjects, by=…, on=…)`` answers subject → the same, in a number of
    queries that does not grow with the subjects: for a table of many people (批量预填).
    """

    key: str
    load: Callable[..., Mapping[str, Any]]
    items: tuple[str, ...] = ()
    load_many: Callable[..., Mapping[UUID, Mapping[str, Any]]] | None = None

    def facts(self, subject: UUID, wanted: Iterable[str], *, by: Actor, on: date) -> dict[str, Fact]:
        """The wanted facts by full name; no others, whatever the source answers (最小必要)."""
        wanted = tuple(wanted)
        return self._named(self.load(subject, wanted=wanted, by=by, on=on), wanted)

    def facts_of_many(
        self, subjects: Iterable[UUID], wanted: Iterable[str], *, by: Actor, on: date
    ) -> dict[UUID, dict[str, Fact]]:
        """The same for many subjects; whom the source does not know, or ``by`` may not see, is left out."""
        wanted = tuple(wanted)
        loaded = self.load_many(subjects, by=by, on=on) if self.load_many and wanted else {}
        return {subject: self._named(known, wanted) for subject, known in loaded.items()}

    def _named(self, loaded: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Fact]:
        return {
            f"{self.key}.{item}": found if isinstance(found := loaded[item], Fact) else Fact(*found)
            for item in wanted
            if loaded.get(item) is not None
        }


prefill_sources: Registry[PrefillSource] = Registry(PrefillSource, name="预填来源", required=("load",))
