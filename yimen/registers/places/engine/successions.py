"""Which standing area took over from which ended ones (区域承接), for figures by the areas of today."""

from dataclasses import dataclass

from yimen.kernel.areas import Level, level
from yimen.registers.places.engine.atlas import find_area
from yimen.registers.places.models import AreaSuccession


@dataclass(frozen=True)
class Folding:
    """``folds``: ended community → the one in its place now (按现行区划); ``divided`` went to several and fold into none."""

    folds: dict[str, str]
    divided: tuple[str, ...]


def folding(area: str) -> Folding:
    """The ended communities that lay in ``area`` or whose successors do, followed through all changes up to now; one query.

    So what another street took over leaves this one and counts in that one. Its twin in the database is `places_taken_over`.
    """
    onward: dict[str, list[str]] = {}
    for old, new in AreaSuccession.objects.values_list("old__code", "new__code").order_by("id"):
        if level(old) is Level.COMMUNITY:
            onward.setdefault(old, []).append(new)
    folds, divided = {}, []
    for old in onward:
        ends = _ends(old, onward)
        if not any(place.startswith(area) for place in (old, *ends)):
            continue
        if len(ends) == 1:
            folds[old] = ends.pop()
        else:
            divided.append(old)
    return Folding(folds, tuple(sorted(divided)))


def _ends(code: str, onward: dict[str, list[str]]) -> set[str]:
    """Where a chain of successions ends; one that leads nowhere standing ends in itself."""
    found, ahead, seen = set(), list(onward[code]), {code}
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        line = find_area(one)
        if one in onward and line is not None and line.until is not None:
            ahead += onward[one]
        else:
            found.add(one)
    return found
