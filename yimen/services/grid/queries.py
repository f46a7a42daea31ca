"""Reads of the grid: issues by place and kind."""

from datetime import date

from django.db.models import QuerySet

from yimen.foundations.definitions.api import current_all, find_current
from yimen.kernel.actor import Actor
from yimen.services.grid.engine.kinds import IssueKind
from yimen.services.grid.models import Issue
from yimen.services.grid.permissions import VIEW_ISSUES
from yimen.services.grid.rules import Reported


def issues(area: str = "", *, by: Actor) -> QuerySet[Issue]:
    """Issues within reach, of one area and what lies below it if named, the latest first (街面问题)."""
    found = Issue.objects.within(by) if by.can_somewhere(VIEW_ISSUES) else Issue.objects.none()
    return found.filter(area__startswith=area).order_by("-seen_on", "-id")


def open_like(area: str, kind: str, *, by: Actor) -> list[Reported]:
    """What the rule must know: open issues of the same kind and community, the latest first."""
    rows = Issue.objects.within(by).filter(area=area, kind=kind, closed_on__isnull=True)
    return [
        Reported(place, day)
        for place, day in rows.order_by("-seen_on", "-id").values_list("place", "seen_on")
    ]


def issue_kind(key: str, *, on: date) -> IssueKind | None:
    """One big type in force (问题大类)."""
    found = find_current("issue_kind", key, on=on) if key else None
    return found.body if found else None


def issue_kinds(*, by: Actor, on: date) -> dict[str, IssueKind]:
    """All big types in force, in their order."""
    found = {one.key: one.body for one in current_all("issue_kind", on=on)}
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def open_in(area: str) -> QuerySet[Issue]:
    """What is not yet settled in an area that ends."""
    return Issue.objects.filter(area=area, closed_on__isnull=True)
