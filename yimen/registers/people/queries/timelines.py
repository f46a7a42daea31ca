"""What happened with a person (经历), from all who know of it, newest first."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from yimen.kernel.actor import Actor
from yimen.registers.people.ports import FileDeed, TimelineSource
from yimen.registers.people.queries.files import NEWEST, PersonFile, sources_for

DEEDS_PER_PAGE = NEWEST - 1


@dataclass(frozen=True)
class Timeline:
    """One page of a person's deeds, newest first; ``before`` asks for the next page, "" when there is none."""

    deeds: tuple[FileDeed, ...]
    before: str


def get_timeline(file: PersonFile, *, by: Actor, before: str = "", limit: int = DEEDS_PER_PAGE) -> Timeline:
    """The deeds of a person from all sources the actor may see, merged by time, one page by key."""
    cursor = _cursor(before)
    streams = [[deed for deed in file.own_deeds if cursor is None or _newest(deed) < cursor]]
    streams += [
        _deeds(source, file, by=by, before=cursor, limit=limit + 1)
        for source in sources_for(file.ids, area=file.area, by=by)
        if source.rows not in file.without
    ]
    merged = list(islice(heapq.merge(*streams, key=_newest, reverse=True), limit + 1))
    page = tuple(merged[:limit])
    more = f"{page[-1].at.isoformat()}~{page[-1].order}" if len(merged) > limit else ""
    return Timeline(deeds=page, before=more)


def _deeds(
    source: TimelineSource, file: PersonFile, *, by: Actor, before: tuple[datetime, str] | None, limit: int
) -> Sequence[FileDeed]:
    if before is None and source.deed and source.key in file.newest and limit <= NEWEST:
        return [source.deed(row) for row in file.newest[source.key][:limit]]
    return source.deeds(file.ids, by=by, before=before, limit=limit)


def _newest(deed: FileDeed) -> tuple[datetime, str]:
    return deed.at, deed.order


def _cursor(before: str) -> tuple[datetime, str] | None:
    at, _, order = before.partition("~")
    try:
        return (datetime.fromisoformat(at), order) if order else None
    except ValueError:
        return None
