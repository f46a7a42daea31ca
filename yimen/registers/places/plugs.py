"""What places fills in below: the navigation and the name of the area one works in."""

from datetime import date, datetime
from typing import Any

from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.bus.api import Mark, marks
from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.ui.ports import AreaNamer, HomeCard, NavItem, area_namers, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.registers.places.api import buildings_in, find_area
from yimen.registers.places.engine.atlas import MARK
from yimen.registers.places.engine.practice import SitePractice, site_practice
from yimen.registers.places.permissions import CHECK_DWELLINGS, VIEW
from yimen.registers.places.ports import Offering, offerings

SHOWN = 5


def _name(code: str) -> str:
    found = find_area(code)
    return found.name if found else ""


def _doors(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """The buildings of one's own grids with doors nobody has looked at yet: no duty, one knocks where one passes anyway."""
    grids = [area for area in by.areas_for(CHECK_DWELLINGS) if level(area) is Level.GRID]
    open_ones = [
        line for grid in grids for line in buildings_in(grid, by=by) if line.dwellings > line.checked
    ]
    if not grids:
        return None
    open_ones.sort(key=lambda line: line.checked - line.dwellings)
    return {
        "buildings": [(line, line.dwellings - line.checked) for line in open_ones[:SHOWN]],
        "doors": sum(line.dwellings - line.checked for line in open_ones),
    }


def _features(on: date) -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in site_practice(on=on).feature]


kinds.register(Kind(name="site_practice", grammar=SitePractice, title="服务点规矩"))
offerings.register(Offering(key="feature", title="便民服务和设备", order=90, choices=_features))
marks.register(Mark(MARK, "(SELECT mark FROM places_areageneration ORDER BY id LIMIT 1)"))
area_namers.register(AreaNamer(key="places", name=_name))
navigation.register(
    NavItem(label="小区与房屋", url_name="places:tree", icon="building-community", permission=VIEW, order=45)
)
home_cards.register(
    HomeCard(
        key="places.doors",
        permission=CHECK_DWELLINGS,
        order=40,
        template="places/home_card.html",
        query=_doors,
    )
)
navigation.register(
    NavItem(label="服务点", url_name="places:sites", icon="map-pin", permission=VIEW, order=46)
)
proofs.register(
    Proof(
        key="places.doors",
        title="房屋所在的社区或网格，对楼幢",
        kept="SELECT id, area || '|' || community FROM places_dwelling",
        truth="""
        SELECT door.id, house.area || '|' || house.community
        FROM places_dwelling AS door JOIN places_building AS house ON house.id = door.building_id
        """,
    )
)
