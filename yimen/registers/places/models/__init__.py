"""Tables of places (地点)."""

from yimen.registers.places.models.areas import Area, AreaGeneration, AreaName, AreaSuccession, OfficialCode
from yimen.registers.places.models.buildings import Building, Dwelling, DwellingCheck, Estate, HeadCount
from yimen.registers.places.models.changes import AreaChange
from yimen.registers.places.models.national import NationalArea
from yimen.registers.places.models.outlines import AreaOutline
from yimen.registers.places.models.sites import Site, SiteBooking, SiteHours, SiteOffer, SiteStaff

__all__ = [
    "Area",
    "AreaChange",
    "AreaGeneration",
    "AreaName",
    "AreaOutline",
    "AreaSuccession",
    "Building",
    "Dwelling",
    "DwellingCheck",
    "Estate",
    "HeadCount",
    "NationalArea",
    "OfficialCode",
    "Site",
    "SiteBooking",
    "SiteHours",
    "SiteOffer",
    "SiteStaff",
]
