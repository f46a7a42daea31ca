"""Conditions "under this area, and within reach", which the indexes can use."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, bounds


def under(area: str, *, by: Actor, own: bool = False, taken_over: bool = False) -> Q:
    """Rows of deeds done under ``area`` that ``by`` reaches: equality on the street, a range below and above it.

    ``own``: only what was done by the area itself (本级), not below it. ``taken_over``: she reaches the successor, and
    so all of it.
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
    return place if taken_over else place & Q(area__begins_with_any=by.reach)


def under_now(area: str, *, by: Actor, folds: Mapping[str, str]) -> Q:
    """The same by the areas of today (按现行区划): with what was taken over from elsewhere, without what went away.

    ``folds``: ended community → its successor.
    """
    place = under(area, by=by)
    for old in taken_over_from_beyond(area, folds, by=by):
        place |= under(old, by=by, taken_over=by.reaches(folds[old]))
    for old, new in folds.items():
        if not new.startswith(area):
            place &= ~Q(area__startswith=old)
    return place


def taken_over_from_beyond(area: str, folds: Mapping[str, str], *, by: Actor) -> list[str]:
    """The ended communities whose successors lie in ``area`` and whose deeds do not stand under it for ``by``.

    Those outside of it, and those inside that she never reached while she reaches the successor (区域承接): she reads them whole.
    """
    return [
        old
        for old, new in folds.items()
        if new.startswith(area)
        and not (old.startswith(area) and any(old.startswith(one) or one.startswith(old) for one in by.reach))
    ]


def all_reached(area: str, *, by: Actor) -> str:
    """The one area that holds all of ``area`` that ``by`` reaches, and that she reaches whole; "" where there is none.

    A worker of one community who asks for the street gets her community: what she reaches of the street is that.
    """
    if by.reaches(area):
        return area
    inner = [prefix for prefix in by.reach if prefix.startswith(area)]
    return inner[0] if len(inner) == 1 else ""


def under_sql(area: str, *, by: Actor, taken_over: bool = False) -> tuple[str, list[Any]]:
    """The same as SQL on columns ``street`` and ``area``."""
    low, high = bounds(area)
    if taken_over:
        return "street = %s AND area >= %s AND area < %s", [area[: Level.STREET.digits], low, high]
    reach = "area ^@ ANY (%s::text[])"
    if len(area) == Level.STREET.digits:
        return f"street = %s AND {reach}", [area, list(by.reach)]
    if len(area) < Level.STREET.digits:
        return f"street >= %s AND street < %s AND {reach}", [low, high, list(by.reach)]
    street = area[: Level.STREET.digits]
    return f"street = %s AND area >= %s AND area < %s AND {reach}", [street, low, high, list(by.reach)]
