"""Coverage as officers read it: n of n communities, gaps by matter, and all centres' matters in one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.foundations.definitions.api import current_all
from yimen.kernel.actor import Actor
from yimen.kernel.areas import is_area_code
from yimen.registers.places.api import VIEW_PLACES, area_name, offers_of, sites_in
from yimen.work.desk.engine.coverage import CommunityCover, Coverage, cover_facts
from yimen.work.desk.engine.delegating import is_community
from yimen.work.desk.models import Delegation

__all__ = ["CentreMatter", "CommunityCover", "Coverage", "centre_matters", "coverages", "one_stop_values"]


@dataclass(frozen=True)
class CentreMatter:
    """One matter at one centre (中心事项): whether it is handled there today, and why not."""

    public_id: UUID
    site: str
    site_id: UUID
    site_kind: str
    area: str
    place: str
    matter: str
    title: str
    field: str
    field_title: str
    standing: str

    @property
    def tone(self) -> str:
        return {"可办": "good", "未下放": "warn"}.get(self.standing, "neutral")


def coverages(*, by: Actor, on: date) -> list[tuple[str, Coverage]]:
    """The coverage of each area an actor looks after: (name, coverage)."""
    areas = [area for area in by.areas_for(VIEW_PLACES) if is_area_code(area)]
    facts = cover_facts(areas)
    found = [(area, facts.on(area, on)) for area in areas]
    return [(area_name(area), one) for area, one in found if one is not None]


def one_stop_values(
    areas: Sequence[str], days: Sequence[date], *, by: Actor
) -> Mapping[tuple[str, date], int]:
    """How many communities under each area are served at one stop on each day (时点数), within reach."""
    facts = cover_facts(areas)
    told = {(area, day): facts.on(area, day) for area in areas for day in days}
    return {cell: found.covered if found else 0 for cell, found in told.items()}


def centre_matters(*, by: Actor, on: date) -> list[CentreMatter]:
    """Every centre of one's areas with every matter, by field (各中心事项一览): what is handled there and what is not."""
    fields = {one.key: one.body for one in current_all("matter_field", on=on)}
    matters = sorted(
        current_all("matter", on=on),
        key=lambda one: (fields[one.body.field].order if one.body.field in fields else 99, one.body.title),
    )
    areas = [area for area in by.areas_for(VIEW_PLACES) if is_area_code(area)]
    sites = [
        site
        for area in areas
        for site in sites_in(area, on=on)
        if site.kind in ("street_centre", "community_station", "service_point")
    ]
    offers = offers_of(sites, on=on)
    held = set(
        Delegation.objects.standing()
        .on(on)
        .filter(area__in={one.area for one in sites})
        .values_list("matter", "area")
    )
    rows = []
    for matter in matters:
        for site in sites:
            offered = f"matter/{matter.key}" in offers.get(site.id, ())
            allowed = (
                matter.body.level != "street"
                or not is_community(site.area)
                or (matter.key, site.area) in held
            )
            standing = ("可办" if allowed else "未下放") if offered else "未公布"
            named = fields.get(matter.body.field)
            rows.append(
                CentreMatter(
                    public_id=site.public_id,
                    site=site.name,
                    site_id=site.public_id,
                    site_kind=site.kind,
                    area=site.area,
                    place=area_name(site.area),
                    matter=matter.key,
                    title=matter.body.title,
                    field=matter.body.field if named else "other",
                    field_title=named.title if named else "其他",
                    standing=standing,
                )
            )
    return rows
