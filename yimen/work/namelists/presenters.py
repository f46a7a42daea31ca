"""What pages of namelists are made of."""

from collections.abc import Sequence
from typing import Any

from yimen.kernel.areas import community_of
from yimen.registers.places.api import area_name
from yimen.work.namelists.queries import Progress, together


def progress_lines(lines: Sequence[Progress]) -> list[dict[str, Any]]:
    """Progress by community, each followed by its grids (各社区、各网格进度)."""
    by_community: dict[str, list[Progress]] = {}
    for one in lines:
        by_community.setdefault(community_of(one.area) or one.area, []).append(one)
    shown = []
    for community, parts in by_community.items():
        shown.append({"name": area_name(community), "told": together(parts), "grid": False})
        grids = [one for one in parts if one.area != community]
        shown += [{"name": area_name(one.area), "told": one, "grid": True} for one in grids]
    return shown


def stories(deeds: Sequence[Any]) -> list[dict[str, Any]]:
    """What was done with a row, newest first (经过)."""
    return [
        {
            "title": f"{one.get_outcome_display()}{f'（{one.get_way_display()}）' if one.way else ''}",
            "by": one.by_name,
            "at": one.at,
        }
        for one in reversed(deeds)
    ]
