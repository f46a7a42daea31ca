"""The press (定版): turns a body into the next version of a definition, and re-pins the versions that rest on it.

Works on a shelf in hand; writes rows, so it is only called by operations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from yimen.foundations.definitions.choices import OpenCases, Source
from yimen.foundations.definitions.engine.shelf import (
    Definition,
    Shelf,
    by_effect,
    definition_of,
    in_force,
    last_by,
    load,
)
from yimen.foundations.definitions.models import Version
from yimen.foundations.definitions.rules.digests import digest_of
from yimen.foundations.definitions.rules.grammar import Reference

Name = tuple[str, str]
# Any fixed number of ours: publishers wait for each other, so that generations become visible in the order of their ids.
_LOCK = 0x79696D656E01


@dataclass(frozen=True)
class Draft:
    """What is to become the next version."""

    kind: str
    key: str
    data: dict[str, Any]
    effective_on: date
    source: Source
    references: tuple[Reference, ...] = ()
    origin: str = ""
    file_digest: str = ""
    change: str = ""
    open_cases: str = OpenCases.KEEP
    stands: bool = True
    ends: bool = False
    examples: Sequence[dict[str, Any]] = ()


@dataclass
class Press:
    """One run of the press by one maker at one moment; ``made`` are the versions it has written."""

    made_by: str
    made_at: datetime
    made: list[Version] = field(default_factory=list)

    def __post_init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        found: Shelf = load(0)
        self._all: dict[Name, list[Definition]] = {}
        for one in found.by_id.values():
            self._all.setdefault((one.kind, one.key), []).append(one)
        versions = Version.objects.order_by("version")
        files = versions.exclude(file_digest="").values_list("kind", "key", "file_digest")
        self._files = {(kind, key): digest for kind, key, digest in files}

    def names(self) -> set[Name]:
        return set(self._all)

    def latest(self, name: Name) -> Definition | None:
        """The newest version that stands."""
        standing = [one for one in self._all.get(name, ()) if one.stands]
        return max(standing, key=lambda one: one.version, default=None)

    def file_digest(self, name: Name) -> str:
        """The digest of the file that was last taken over, "" when there was none."""
        return self._files.get(name, "")

    def examples(self, name: Name) -> list[dict[str, Any]]:
        """The examples kept with the newest version."""
        kind, key = name
        versions = Version.objects.filter(kind=kind, key=key).order_by("-version")
        return versions.values_list("examples", flat=True).first() or []

    def timeline(self, name: Name) -> tuple[Definition, ...]:
        return by_effect(self._all.get(name, ()))

    def resting_on(self, name: Name, *, on: date) -> list[Definition]:
        """What refers to a definition from a day on (在引用): in force then, or later."""
        found = []
        for other in sorted(self._all):
            timeline = self.timeline(other)
            first = in_force(timeline, on)
            later = [one for one in timeline if one.effective_on > on and not one.ends]
            users = [one for one in ([first] if first else []) + later if name in one.body.references]
            found += users[:1]
        return found

    def write(self, draft: Draft) -> Version:
        """The next version, with its pins."""
        name = (draft.kind, draft.key)
        before = self._all.get(name, [])
        pins = self._pins(draft.references, on=draft.effective_on)
        content = {
            "kind": draft.kind,
            "key": draft.key,
            "body": draft.data,
            "effective_on": draft.effective_on.isoformat(),
            "pins": pins,
            # The digest of a version covers the one before it, so none can be slipped in between.
            "after": before[-1].digest if before else "",
        } | ({"ends": True} if draft.ends else {})
        row = Version.objects.create(
            kind=draft.kind,
            key=draft.key,
            version=before[-1].version + 1 if before else 1,
            digest=digest_of(content),
            body=draft.data,
            effective_on=draft.effective_on,
            source=draft.source,
            stands=draft.stands,
            ends=draft.ends,
            origin=draft.origin,
            file_digest=draft.file_digest,
            change=draft.change,
            open_cases=draft.open_cases,
            pins=pins,
            examples=list(draft.examples),
            made_by=self.made_by,
            made_at=self.made_at,
        )
        self._all.setdefault(name, []).append(definition_of(row))
        if draft.file_digest:
            self._files[name] = draft.file_digest
        self.made.append(row)
        return row

    def carry(self, changed: Iterable[Name]) -> None:
        """Give everything that rests on changed definitions a version that rests on their new versions.

        From the day a new version takes effect, the body in force that day and all later ones are re-pinned; what was
        in force before keeps its pins.
        """
        waiting = list(changed)
        for _ in range(1000):
            if not waiting:
                return
            name = waiting.pop(0)
            for other in sorted(self._all):
                if other != name and self._repin(other, onto=name):
                    waiting.append(other)
        raise RuntimeError("definitions refer to each other in a circle")

    def _repin(self, name: Name, *, onto: Name) -> bool:
        new = self.latest(onto)
        timeline = self.timeline(name)
        if new is None or not any(onto in one.body.references for one in timeline):
            return False
        first = in_force(timeline, new.effective_on)
        later = [one for one in timeline if one.effective_on > new.effective_on]
        wrote = False
        for one in [first, *later] if first else later:
            if one.ends or timeline_hides(timeline, one):
                continue
            on = max(one.effective_on, new.effective_on)
            references = tuple(one.body.references)
            if self._pins(references, on=on) == [vars(pin) for pin in one.pins]:
                continue
            change = f"引用的「{onto[1]}」有了第 {new.version} 版"
            self.write(
                Draft(
                    *name, one.data, on, Source(one.source), references,
                    change=change, open_cases=one.open_cases, examples=self.examples(name),
                )
            )  # fmt: skip
            wrote = True
        return wrote

    def _pins(self, references: Iterable[Reference], *, on: date) -> list[dict[str, Any]]:
        found = []
        for kind, key in sorted(set(references)):
            timeline = self.timeline((kind, key))
            # A reference to what begins later is pinned to its first version: better that than nothing.
            one = last_by(timeline, on) or timeline[0]
            found.append({"kind": kind, "key": key, "version": one.version, "id": one.id})
        return found


def timeline_hides(timeline: tuple[Definition, ...], one: Definition) -> bool:
    """Was this version replaced on the very day it took effect?"""
    return last_by(timeline, one.effective_on) is not one
