"""What places fills in below: the navigation and the name of the area one works in."""

from yimen.foundations.ui.ports import AreaNamer, NavItem, area_namers, navigation
from yimen.registers.places.api import find_area
from yimen.registers.places.permissions import VIEW


def _name(code: str) -> str:
    found = find_area(code)
    return found.name if found else ""


area_namers.register(AreaNamer(key="places", name=_name))
navigation.register(
    NavItem(label="小区与房屋", url_name="places:tree", icon="building-community", permission=VIEW, order=70)
)
