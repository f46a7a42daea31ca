"""What happened with a person (经历), from all who know of it, newest first."""

import heapq
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yimen.kernel.actor import Actor
from yimen.registers.people.choices import AddressKind
from yimen.registers.people.models import Person, Residence
from yimen.registers.people.ports import FileDeed, timeline_sources
from yimen.registers.people.rules.rights import may_with_person
from yimen.registers.places.api import area_name

DEEDS_PER_PAGE = 20


@dataclass(frozen=True)
class Timeline:
    """One page of a person's deeds, newest first; ``before`` asks for the next page, "" when there is none."""

    deeds: tuple[FileDeed, ...]
    before: str


def get_timeline(
    ids: tuple[UUID, ...], *, area: str, by: Actor, before: str = "", limit: int = DEEDS_PER_PAGE
) -> Timeline:
    """The deeds of a person from all sources the actor may see, merged by time, one page by key."""
    cursor = _cursor(before)
    streams = [
        source.deeds(ids, by=by, before=cursor, limit=limit + 1)
        for source in timeline_sources
        if may_with_person(by, source.permission, area=area) or by.person in ids
    ]
    merged = list(heapq.merge(*streams, key=lambda deed: (deed.at, deed.order), reverse=True))[: limit + 1]
    page = tuple(merged[:limit])
    more = f"{page[-1].at.isoformat()}~{page[-1].order}" if len(merged) > limit else ""
    return Timeline(deeds=page, before=more)


def own_deeds(ids, *, by: Actor, before: tuple[datetime, str] | None, limit: int) -> list[FileDeed]:
    """The register's own deeds for the timeline: put on file, moved, papers noted."""
    people = list(Person.objects.within(by).filter(public_id__in=ids))
    deeds = [
        FileDeed(
            at=person.registered_at,
            order=f"people.{person.public_id}",
            title="建档",
            text=f"档案号 {person.number}",
            icon="file-plus",
        )
        for person in people
    ]
    for row in Residence.objects.filter(person__in=people):
        first = any(person.id == row.person_id and person.registered_at == row.noted_at for person in people)
        if not first:
            where = row.address or (area_name(row.area) if row.area else "外地")
            label = AddressKind(row.kind).label
            deeds.append(
                FileDeed(
                    at=row.noted_at,
                    order=f"people.{row.public_id}",
                    title=f"{label}变更",
                    text=f"{row.since:%Y-%m-%d} 起：{where}",
                    icon="map-pin",
                )
            )
    deeds = [deed for deed in deeds if before is None or (deed.at, deed.order) < before]
    return sorted(deeds, key=lambda deed: (deed.at, deed.order), reverse=True)[:limit]


def _cursor(before: str) -> tuple[datetime, str] | None:
    at, _, order = before.partition("~")
    try:
        return (datetime.fromisoformat(at), order) if order else None
    except ValueError:
        return None
