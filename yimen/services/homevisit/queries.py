"""Reads of home visits."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.refusals import NotFound
from yimen.services.homevisit.models import HomeVisit
from yimen.services.homevisit.permissions import DO_VISIT


class NoVisit(NotFound):
    code = "homevisit.no_visit"
    sentence = "没有这次上门，或不在您的范围内。"


def find_visits(*, by: Actor) -> QuerySet[HomeVisit]:
    """The visits within reach, for who does visits."""
    return HomeVisit.objects.within(by) if by.can_somewhere(DO_VISIT) else HomeVisit.objects.none()


def get_visit(public_id: UUID, *, by: Actor) -> HomeVisit:
    """One visit within reach."""
    found = find_visits(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoVisit
    return found


def visits_of_case(case: UUID, *, by: Actor) -> QuerySet[HomeVisit]:
    """The visits of one application, the latest first; whoever may open the case may know of them."""
    return HomeVisit.objects.within(by).filter(case=case).order_by("-id")


def my_visits(*, by: Actor, today: date) -> QuerySet[HomeVisit]:
    """Where I am to go, up to today, and what I have not written down yet (我的上门), the oldest first."""
    return _owed_by(find_visits(by=by), by.account, today)


def first_visits(*, by: Actor, today: date, most: int) -> list[HomeVisit]:
    """The first of them, for the first page."""
    if by.account is None or not by.can_somewhere(DO_VISIT):
        return []
    return _first_visits(by, by.account, today, most=most)


@kept
def _first_visits(by: Actor, account: UUID, today: date, *, most: int) -> QuerySet[HomeVisit]:
    return _owed_by(HomeVisit.objects.within(by), account, today)[:most]


def _owed_by(visits: QuerySet[HomeVisit], account: UUID | None, today: date) -> QuerySet[HomeVisit]:
    mine = Q(first=account) | Q(second=account)
    return visits.filter(mine, outcome="", day__lte=today).order_by("day", "part", "id")


def crew(area: str, *, by: Actor, on: date) -> dict[UUID, str]:
    """Who may be sent to a resident of an area (可以上门的同事): account and name, the nearest first."""
    keys = sorted(key for key, role in roles(on=on).items() if DO_VISIT in role.permissions)
    found: dict[UUID, str] = {}
    for code in reversed(lineage(area)):
        for key in keys:
            for account in access.holders_of(key, area=code, on=on):
                found.setdefault(account.public_id, account.name)
    return found
