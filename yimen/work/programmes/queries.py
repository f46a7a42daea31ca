"""Reads of duties: mine, my area's, due, late, of a week, of a person."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.foundations.access import api as access
from yimen.foundations.bus.api import kept
from yimen.kernel.actor import Actor
from yimen.kernel.clock import midnight
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations.api import Pair, away_on, cover_of, pair_for
from yimen.work.programmes.choices import State
from yimen.work.programmes.models import Duty
from yimen.work.programmes.permissions import VIEW, WORK

MOST_WAYS = 100
LISTS = ("mine", "today", "late", "area", "ended")


class NoSuchDuty(NotFound):
    code = "programmes.no_duty"
    sentence = "没有这件待办，或不在您的范围内。"


def find_duties(*, by: Actor) -> QuerySet[Duty]:
    """All duties within reach that the actor may see."""
    return Duty.objects.within(by) if by.can_somewhere(VIEW) else Duty.objects.none()


def get_duty(public_id: UUID, *, by: Actor) -> Duty:
    """One duty within reach."""
    found = find_duties(by=by).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchDuty
    by.must(VIEW, area=found.area)
    return found


# As which kind of work duties lie in somebody's hands (AB岗工作种类).
DUTIES = "duties"


def pair_of(duty: Duty, *, by: Actor, on: date) -> Pair:
    """Who has a duty (A岗) and who stands in (B岗): its own debtor, else who was named for duties in its area; one statement."""
    return pair_for([DUTIES], area=duty.area, by=by, on=on, account=duty.account, name=duty.debtor_name)


def with_absences(duties: Iterable[Duty], *, on: date) -> list[Duty]:
    """The duties, each with the last day on which its debtor is away (``away``), if she is (A岗不在); no statement."""
    gone, found = away_on(on), list(duties)
    for duty in found:
        duty.away = gone.get(duty.account)
    return found


def _colleagues_away(*, by: Actor, on: date) -> list[UUID]:
    return list(cover_of(by=by, on=on).people)


def my_duties(*, by: Actor, today: date) -> QuerySet[Duty]:
    """What I owe (我的待办): in my own name, as one of those who work in the area, or as B岗 of who is away; what is due
    first in front."""
    mine = _owed_by(by.account, by.areas_for(WORK))
    if gone := _colleagues_away(by=by, on=today):
        mine |= Q(account__in=gone)
    return find_duties(by=by).open().filter(mine).order_by("due_on", "id")


def ways_due(*, by: Actor, today: date) -> list[str]:
    """How each of my first hundred duties due by today is usually done (待办方式), for the head line of every page."""
    if not by.can_somewhere(VIEW):
        return []
    return _ways_due(by, by.account, by.areas_for(WORK), today)


def first_due(*, by: Actor, today: date, most: int) -> list[Duty]:
    """The first that I owe by today, for the first page."""
    if not by.can_somewhere(VIEW):
        return []
    if _colleagues_away(by=by, on=today):
        return list(my_duties(by=by, today=today).filter(due_on__lte=today)[:most])
    return _first_due(by, by.account, by.areas_for(WORK), today, most=most)


@kept
def _first_due(
    by: Actor, account: UUID | None, areas: Sequence[str], today: date, *, most: int
) -> QuerySet[Duty]:
    mine = Duty.objects.within(by).open().filter(_owed_by(account, areas), due_on__lte=today)
    return mine.order_by("due_on", "id")[:most]


@kept
def _ways_due(by: Actor, account: UUID | None, areas: tuple[str, ...], today: date) -> QuerySet:
    mine = Duty.objects.within(by).due_by(today).filter(_owed_by(account, areas))
    return mine.order_by("due_on", "id").values_list("way", flat=True)[:MOST_WAYS]


def _owed_by(account: UUID | None, areas: Iterable[str]) -> Q:
    return Q(account=account) | Q(account__isnull=True, area__begins_with_any=areas)


def work_list(kind: str, *, by: Actor, today: date) -> QuerySet[Duty]:
    """One of LISTS, in the order in which the work wants to be done."""
    if kind == "mine":
        return my_duties(by=by, today=today)
    if kind == "today":
        return my_duties(by=by, today=today).filter(due_on__lte=today)
    if kind == "late":
        return find_duties(by=by).late(today).order_by("due_on", "id")
    if kind == "area":
        return find_duties(by=by).open().order_by("due_on", "id")
    if kind == "ended":
        return find_duties(by=by).exclude(state=State.OPEN).order_by("due_on", "id")
    raise ValueError(kind)


def week_of_duties(*, by: Actor, monday: date, today: date) -> list[Duty]:
    """What I owe in one week (本周待办), open or ended, by day; of who is away today, what I see as her B岗."""
    mine = _owed_by(by.account, by.areas_for(WORK))
    if gone := _colleagues_away(by=by, on=today):
        mine |= Q(account__in=gone)
    found = find_duties(by=by).filter(mine, due_on__gte=monday, due_on__lte=monday + timedelta(days=6))
    return list(found.order_by("due_on", "id"))


def open_duties(
    *,
    by: Actor,
    people: Iterable[UUID] = (),
    household: UUID | None = None,
    dwelling: UUID | None = None,
) -> QuerySet[Duty]:
    """What is owed to a person (all ids that mean her), a household or a dwelling."""
    theirs = Q(person__in=list(people))
    if household:
        theirs |= Q(household=household)
    if dwelling:
        theirs |= Q(dwelling=dwelling)
    return find_duties(by=by).open().filter(theirs).order_by("due_on", "id")


def duties_of_notes(entries: Iterable[UUID], *, by: Actor) -> QuerySet[Duty]:
    """The duties that grew out of these notes."""
    return find_duties(by=by).filter(source__in=list(entries)).order_by("id")


def colleagues(area: str, *, by: Actor, on: date) -> dict[UUID, str]:
    """Who may owe a duty in an area (可以办待办的同事): account and name, the nearest first."""
    found = {by.account: by.name} if by.account and by.can(WORK, area=area) else {}
    for account in access.accounts_who_may(WORK, area=area, on=on):
        found.setdefault(account.public_id, account.name)
    return found


def open_duties_in(area: str, *, by: Actor, on: date) -> int:
    """How many open duties (未完成的待办) lie in an area that is about to change."""
    return Duty.objects.within(by).open().filter(area__startswith=area).count()


def ended_before(before: date, *, by: Actor) -> QuerySet[Duty]:
    """Duties that ended before a day (了结多年的待办)."""
    return Duty.objects.within(by).exclude(state=State.OPEN).filter(ended_at__lt=midnight(before))


def people_owed(people: Sequence[UUID], *, by: Actor) -> set[UUID]:
    """To whom of these people something is still owed."""
    return set(Duty.objects.within(by).open().filter(person__in=people).values_list("person", flat=True))
