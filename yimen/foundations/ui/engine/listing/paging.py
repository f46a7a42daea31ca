"""Paging by key (按键翻页): no OFFSET and no COUNT, so the thousandth page costs what the first costs."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

Order = tuple[str, ...]


@dataclass(frozen=True)
class Leaf:
    """The rows of one page, and the keys by which its neighbours are asked for ("" where there are none)."""

    rows: list[Any]
    before: str
    after: str


def turn(
    query: QuerySet, scoped: QuerySet, order: Order, per_page: int, *, after: str = "", before: str = ""
) -> Leaf:
    """The page after or before a row, or the first one.

    The place is told by the row's key only (its public id where it has one), so that no address holds a name or a
    birthday; the row is looked up within ``scoped``, what the actor may see. A row that is gone leads to the first
    page. ``order`` ends with a unique field, and none of its fields may be empty.
    """
    key = "public_id" if _has_public_id(query) else "pk"
    place = _place(scoped, key, after or before, order)
    backwards = bool(before and not after and place)
    seen = query.order_by(*(_turned(order) if backwards else order))
    if place:
        seen = seen.filter(_beyond(_turned(order) if backwards else order, place))
    rows = list(seen[: per_page + 1])
    more, rows = len(rows) > per_page, rows[:per_page]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (backwards or more)
    has_previous = bool(rows) and (more if backwards else bool(place))
    return Leaf(
        rows,
        before=str(getattr(rows[0], key)) if has_previous else "",
        after=str(getattr(rows[-1], key)) if has_next else "",
    )


def cut(rows: list[Any], per_page: int, *, after: str = "") -> Leaf:
    """The same for rows that are in memory already: the place is a count."""
    start = int(after) if after.isdecimal() and len(after) < 9 else 0
    more = len(rows) > start + per_page
    before = str(max(start - per_page, 0)) if start else ""
    return Leaf(rows[start : start + per_page], before=before, after=str(start + per_page) if more else "")


def _has_public_id(query: QuerySet) -> bool:
    return any(field.name == "public_id" for field in query.model._meta.get_fields())


def _place(scoped: QuerySet, key: str, told: str, order: Order) -> dict[str, Any] | None:
    if not told:
        return None
    try:
        return scoped.order_by().filter(**{key: told}).values(*(name.lstrip("-") for name in order)).first()
    except (ValueError, ValidationError):
        return None


def _turned(order: Order) -> Order:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _beyond(order: Order, place: dict[str, Any]) -> Q:
    """Rows after ``place``. The first condition is what an index can be entered by, the rest decide ties."""
    beyond, same = Q(), Q()
    for name in order:
        field = name.lstrip("-")
        step = "lt" if name.startswith("-") else "gt"
        beyond |= same & Q(**{f"{field}__{step}": place[field]})
        same &= Q(**{field: place[field]})
    first = order[0].lstrip("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": place[first]}) & beyond
