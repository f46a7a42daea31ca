"""Tables of places (地点)."""

from yimen.registers.places.models.areas import Area, AreaGeneration, AreaName, AreaSuccession, OfficialCode
from yimen.registers.places.models.buildings import Building, Dwelling, Estate
from yimen.registers.places.models.sites import Site, SiteHours, SiteOffer

__all__ = [
    "Area",
    "AreaGeneration",
    "AreaName",
    "AreaSuccession",
    "Building",
    "Dwelling",
    "Estate",
    "OfficialCode",
    "Site",
    "SiteHours",
    "SiteOffer",
]
