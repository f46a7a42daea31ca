"""Reads of the admission of work (准入): the queue, what is admitted, and what was spared."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.periods import Month
from yimen.kernel.refusals import NotFound
from yimen.registers.places.api import area_name, street_trees
from yimen.steering.workload.choices import DemandState
from yimen.steering.workload.engine.grammar import find_entry
from yimen.steering.workload.models import Demand, DemandPlace
from yimen.steering.workload.permissions import DECIDE, VIEW
from yimen.steering.workload.rules import what_stands_against
from yimen.work.indicators.api import opens, table

SPARED = "hours_spared"


class NoDemand(NotFound):
    code = "workload.no_demand"
    sentence = "没有这件准入事项，或不在您的范围内。"


def demands(*, by: Actor) -> QuerySet[Demand]:
    """What was demanded of communities within reach (准入申请)."""
    return Demand.objects.within(by) if by.can_somewhere(VIEW) else Demand.objects.none()


def admitted(*, by: Actor, on: date) -> QuerySet[Demand]:
    """What communities are to do, and nothing else (准入事项清单), on a day."""
    return demands(by=by).in_force(on).order_by("admitted_until", "id")


def get_demand(demand: UUID, *, by: Actor) -> Demand:
    """One demand within reach."""
    found = demands(by=by).filter(public_id=demand).first()
    if found is None:
        raise NoDemand
    return found


def places_of(demand: Demand, *, by: Actor) -> list[str]:
    """The communities of a demand that the actor reaches."""
    rows = DemandPlace.objects.within(by).filter(demand=demand).order_by("area")
    return list(rows.values_list("area", flat=True))


def to_decide(*, by: Actor) -> QuerySet[Demand]:
    """What waits for this actor's decision (等我审核), never what she entered."""
    waiting = demands(by=by).filter(state=DemandState.WAITING, area__begins_with_any=by.areas_for(DECIDE))
    return waiting.exclude(asked_by=by.key).order_by("id")


def against(demand: Demand, *, listed: str, on: date) -> list[Finding]:
    """What the lists say of a demand when it is held against one entry (对照清单)."""
    entry = find_entry(listed, on=on)
    return what_stands_against(
        listed=entry.list if entry else "",
        list_title=entry.title if entry else "",
        basis=demand.basis,
        money_fen=demand.money_fen,
        assists=bool(entry and entry.list == "assist"),
    )


def communities(*, by: Actor) -> list[tuple[str, str]]:
    """The communities of which something can be demanded."""
    return [(line.code, line.name) for tree in street_trees(by=by) for line, _ in tree.communities]


def spared(*, by: Actor, on: date) -> dict[str, Any]:
    """Hours that refusals spared communities this year (省下的工时), by community and in all, from the indicator."""
    first, last = Month(on.year, 1), Month.of(on)
    rows = []
    whole = 0
    for tree in street_trees(by=by):
        told = {"area": tree.street.code, "first": first, "last": last}
        found = table([SPARED], by=by, on=on, **told)
        whole += found.value(SPARED)
        rows += [
            {
                "area": area_name(line.code),
                "hours": found.value(SPARED, area=line.code),
                "url": opens(SPARED, area=line.code, first=first, last=last, on=on),
            }
            for line, _ in tree.communities
        ]
    return {"rows": rows, "whole": whole, "year": on.year}
