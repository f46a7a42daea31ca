"""Who may take in and decide what, and where (下放): for the operation, its button and the catalogue alike."""

from collections.abc import Iterable, Mapping
from datetime import date

from yimen.kernel.areas import Level, level, street_of
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name
from yimen.work.desk.choices import DelegatedPower
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.engine.letters import NoWindow, window_of
from yimen.work.desk.models import Delegation
from yimen.work.desk.rules.delegating import Standing, why_not_at_this_window


class NoDelegation(NotFound):
    code = "desk.no_delegation"
    sentence = "没有这项下放，或不在您的范围内。"


def is_community(area: str) -> bool:
    """Is this window one of a community (or of a grid in it)?"""
    return level(area) in (Level.COMMUNITY, Level.GRID)


def delegation_here(matter: str, *, area: str, on: date) -> Delegation | None:
    """The delegation of a matter to this window that is in force on a day."""
    return Delegation.objects.at_window(area).on(on).filter(matter=matter).first()


def delegated_here(area: str, *, on: date) -> dict[str, Delegation]:
    """All that is delegated to this window on a day, by matter."""
    return {one.matter: one for one in Delegation.objects.at_window(area).on(on)}


def why_not_here(key: str, matter: Matter, *, area: str, on: date) -> Finding | None:
    """Why the window of ``area`` cannot take in this matter on a day, or None."""
    return why_not_any({key: matter}, area=area, on=on).get(key)


def why_not_any(matters: Mapping[str, Matter], *, area: str, on: date) -> dict[str, Finding]:
    """Those of the matters that this window cannot take in, each with its reason; one query, none at a street's window."""
    asked = {key: matter for key, matter in matters.items() if matter.level == "street"}
    if not asked or not is_community(area):
        return {}
    rows: dict[str, list[Delegation]] = {}
    for row in Delegation.objects.at_window(area).filter(matter__in=list(asked)).order_by("since", "id"):
        rows.setdefault(row.matter, []).append(row)
    right = _right_window(area, on=on)
    found = {
        key: why_not_at_this_window(_standing(matter, rows.get(key, ()), area=area, on=on, right=right))
        for key, matter in asked.items()
    }
    return {key: finding for key, finding in found.items() if finding is not None}


def decides_at(key: str, matter: Matter, *, area: str, on: date | None) -> str:
    """Who decides a case that lies in ``area`` on a day (由谁决定): a community too, when the decision was delegated."""
    if on is None or matter.decides != "street" or matter.level != "street" or not is_community(area):
        return matter.decides
    given = delegation_here(key, area=area, on=on)
    return "community" if given and given.powers == DelegatedPower.DECIDE else matter.decides


def _standing(matter: Matter, rows: Iterable[Delegation], *, area: str, on: date, right: str) -> Standing:
    rows = list(rows)
    past = [row for row in rows if row.until <= on]
    ahead = [row for row in rows if row.since > on]
    last = past[-1] if past else None
    return Standing(
        title=matter.title,
        level=matter.level,
        at_community=True,
        here=area_name(area),
        in_force=any(row.holds_on(on) for row in rows),
        last_day=last.last_day if last else None,
        begins=ahead[0].since if ahead else None,
        ended_why=last.ended_why if last else "",
        right_window=right,
    )


def _right_window(area: str, *, on: date) -> str:
    """The window of the street in words: name, address, telephone."""
    street = street_of(area) or area
    try:
        _, window = window_of(street, on=on)
    except NoWindow:
        return f"{area_name(street)}窗口"
    return f"{area_name(street)}窗口（{window.address}，电话 {window.phone}）"
