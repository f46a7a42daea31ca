"""Reads of full exports: one's own, and those that wait for one's word."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.exports.choices import ExportState
from yimen.foundations.exports.models import FullExport
from yimen.foundations.exports.permissions import APPROVE_EXPORT, ASK_EXPORT
from yimen.foundations.exports.ports import ExportSource, sources
from yimen.foundations.exports.rules import LONGEST_WAIT
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound

SHOWN = 5


class NoExport(NotFound):
    code = "exports.no_export"
    sentence = "没有这次导出，或不在您的范围内。"


def exports(*, by: Actor) -> QuerySet[FullExport]:
    """One's own full exports, and all of the areas in which one approves (完整导出登记)."""
    areas = by.areas_for(APPROVE_EXPORT)
    seen = Q(asked_by=by.key)
    if areas:
        seen |= Q(area__begins_with_any=areas)
    return FullExport.objects.within(by).filter(seen)


def get_export(export: UUID, *, by: Actor) -> FullExport:
    """One of them."""
    found = exports(by=by).filter(public_id=export).first()
    if found is None:
        raise NoExport
    return found


def to_approve(*, by: Actor, at: datetime) -> list[FullExport]:
    """The first requests that wait for this actor's word (等我批准), never her own, and none that has lapsed."""
    areas = by.areas_for(APPROVE_EXPORT)
    return _waiting(by, list(areas), by.key, at - LONGEST_WAIT) if areas else []


@kept
def _waiting(by: Actor, areas: list[str], own: str, since: datetime) -> QuerySet[FullExport]:
    asked = FullExport.objects.within(by).filter(state=ExportState.ASKED, asked_at__gte=since)
    waiting = asked.filter(area__begins_with_any=areas)
    return waiting.exclude(asked_by=own).order_by("id")[: SHOWN + 1]


def find_source(key: str, *, by: Actor) -> ExportSource | None:
    """A list that this actor may ask for in full, or None."""
    source = sources.find(key)
    may = source and by.can_somewhere(ASK_EXPORT) and by.can_somewhere(source.permission)
    return source if may else None


def sources_for(*, by: Actor) -> list[ExportSource]:
    """The lists that this actor may ask for in full and that have no page of their own."""
    return [one for one in sources if one.alone and find_source(one.key, by=by)]
