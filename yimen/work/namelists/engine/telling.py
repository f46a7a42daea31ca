"""Word to those who work a list (告诉经办的人): ids and counts, no names."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from yimen.foundations.messages.api import tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, community_of, level
from yimen.work.namelists.models import NameList

GRID_ROLE, COMMUNITY_ROLES = "grid_worker", ("community_worker", "community_head")


def tell_workers(
    found: NameList, *, by: Actor, at: datetime, title: str, areas: Iterable[str], text: str = ""
) -> int:
    """Tell the grid workers of these areas, and the community where a grid has none or rows lie with it; answers how many."""
    words = {
        "by": by,
        "at": at,
        "title": title[:80],
        "area": found.area,
        "text": f"{found.due_on:%Y-%m-%d} 前核实完。{text}",
        "link": f"{reverse('namelists:mine')}?list={found.public_id}",
    }
    told, communities = 0, set()
    for area in areas:
        heard = tell_role(role=GRID_ROLE, role_area=area, **words) if level(area) is Level.GRID else []
        told += len(heard)
        if not heard and (community := community_of(area)):
            communities.add(community)
    for community in sorted(communities):
        told += sum(len(tell_role(role=role, role_area=community, **words)) for role in COMMUNITY_ROLES)
    return told
