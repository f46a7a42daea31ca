"""Conditions "under this area, and within reach", which the indexes can use."""

from typing import Any

from django.db.models import Q

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, bounds


def under(area: str, *, by: Actor, own: bool = False) -> Q:
    """Rows of deeds done under ``area`` that ``by`` reaches: equality on the street, a range below and above it.

    ``own``: only what was done by the area itself (本级), not below it.
    """
    low, high = bounds(area)
    if own:
        place = Q(street=area[: Level.STREET.digits], area=area)
    elif len(area) == Level.STREET.digits:
        place = Q(street=area)
    elif len(area) < Level.STREET.digits:
        place = Q(street__gte=low, street__lt=high)
    else:
        place = Q(street=area[: Level.STREET.digits], area__gte=low, area__lt=high)
    return place & Q(area__begins_with_any=by.reach)


def all_reached(area: str, *, by: Actor) -> str:
    """The one area that holds all of ``area`` that ``by`` reaches, and that she reaches whole; "" where there is none.

    A worker of one community who asks for the street gets her community: what she reaches of the street is that.
    """
    if by.reaches(area):
        return area
    inner = [prefix for prefix in by.reach if prefix.startswith(area)]
    return inner[0] if len(inner) == 1 else ""


def under_sql(area: str, *, by: Actor) -> tuple[str, list[Any]]:
    """The same as SQL on columns ``street`` and ``area``."""
    low, high = bounds(area)
    reach = "area ^@ ANY (%s::text[])"
    if len(area) == Level.STREET.digits:
        return f"street = %s AND {reach}", [area, list(by.reach)]
    if len(area) < Level.STREET.digits:
        return f"street >= %s AND street < %s AND {reach}", [low, high, list(by.reach)]
    street = area[: Level.STREET.digits]
    return f"street = %s AND area >= %s AND area < %s AND {reach}", [street, low, high, list(by.reach)]
