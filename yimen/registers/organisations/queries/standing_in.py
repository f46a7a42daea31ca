"""Who has A岗 and B岗 of a kind of work, who is away, and whose work one sees meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.foundations.access.api import holders_of, names_of
from yimen.foundations.access.ports import roles
from yimen.foundations.bus.api import mark
from yimen.kernel.actor import Actor, ActorKind
from yimen.kernel.areas import lineage
from yimen.kernel.refusals import NotAllowed
from yimen.registers.organisations.models import Absence, Appointment, Organisation, Responsibility
from yimen.registers.organisations.permissions import LEAD
from yimen.registers.organisations.rules import nearest, who_sees

AWAY = "organisations.away"


@dataclass(frozen=True)
class Colleague:
    """One of the two (A岗或B岗): ``away`` is the last day of her absence when she is not here today."""

    account: UUID
    name: str
    away: date | None = None


@dataclass(frozen=True)
class Pair:
    """Who does it (A岗) and who stands in (B岗), where they can be rung; either may be named nowhere."""

    first: Colleague | None
    second: Colleague | None
    unit: str = ""
    phone: str = ""


@dataclass(frozen=True)
class StandIn:
    """A colleague who is away (A岗不在) and whose work the asker sees until her last day; ``alone``: as head, because the
    one who stands in is away too, or nobody was named."""

    account: UUID
    name: str
    last_day: date
    alone: bool


@dataclass(frozen=True)
class Cover:
    """All whose work one sees today (替岗): by account what they owe in person, by area and kind of work what lies at a desk.

    A kind of work that stands under ``works`` with None has an A岗 that is no concern of the asker.
    """

    people: Mapping[UUID, StandIn] = field(default_factory=dict)
    works: Mapping[tuple[str, str], StandIn | None] = field(default_factory=dict)

    @property
    def areas(self) -> tuple[str, ...]:
        """Where kinds of work lie that one sees, none twice."""
        return tuple(dict.fromkeys(area for (area, _), one in self.works.items() if one))

    def of(self, works: Iterable[str], *, area: str) -> StandIn | None:
        """Whose work it is that lies at the desk of ``area``; the first of ``works`` that somebody has decides."""
        return next((self.works[area, work] for work in works if (area, work) in self.works), None)


def away_on(on: date) -> dict[UUID, date]:
    """Who is away on a day (不在岗), with the last day; it was read with the statement that says who acts, and costs none."""
    return {account: last for account, _, last in _away(on)}


def pair_for(
    works: Sequence[str], *, area: str, by: Actor, on: date, account: UUID | None = None, name: str = ""
) -> Pair:
    """A岗 and B岗 of work in an area: of the first of ``works`` that somebody was named for; one statement.

    With ``account`` the work lies with that colleague in person, who is its A岗; her own B岗 stands in.
    """
    mine = (
        Q(account__public_id=account) if account else Q(work__in=works, organisation__area__in=lineage(area))
    )
    rows = list(_known(by, on).filter(mine).order_by("since", "id"))
    away = away_on(on)
    if account:
        row = nearest([one for one in rows if one.deputy_id], works, area=area)
        first = Colleague(account, name, away.get(account))
    else:
        row = nearest(rows, works, area=area)
        first = _colleague(row.account, away) if row else None
    if row is None:
        return Pair(first, None)
    return replace(_paired(row, away), first=first)


def pairs_for(works: Sequence[str], *, areas: Iterable[str], by: Actor, on: date) -> dict[str, Pair]:
    """A岗 and B岗 of a kind of work in each of many areas, as `pair_for` tells them of one; one statement for all."""
    around = {area: lineage(area) for area in areas}
    wanted = {code for codes in around.values() for code in codes}
    named = _known(by, on).filter(work__in=works, organisation__area__in=wanted)
    rows = list(named.order_by("since", "id"))
    away = away_on(on)
    return {
        area: _paired(
            nearest([row for row in rows if row.organisation.area in codes], works, area=area), away
        )
        for area, codes in around.items()
    }


def cover_of(*, by: Actor, on: date) -> Cover:
    """Whose work ``by`` sees on a day because they are away; no statement while nobody of her street is, else one or two.

    What a colleague owes in person is seen by whoever is B岗 of anything of hers.
    """
    gone = [one for one in _away(on) if by.account and _works_with(by, one[1])]
    if not gone:
        return Cover()
    away = {account: last for account, _, last in gone}
    rows = list(_known(by, on).filter(Q(account__public_id__in=away) | ~Q(work="")).order_by("since", "id"))
    works: dict[tuple[str, str], StandIn | None] = {}
    people: dict[UUID, StandIn] = {}
    for row in rows:
        one = _seen(row, away, by=by)
        if row.work:
            works.setdefault((row.organisation.area, row.work), one)
        if one:
            people.setdefault(one.account, one)
    told = {row.account.public_id for row in rows}
    left = {account: area for account, area, _ in gone if account not in told and by.can(LEAD, area=area)}
    names = names_of([f"account:{account}" for account in left]) if left else {}
    for account in left:
        people[account] = StandIn(account, names[f"account:{account}"], away[account], alone=True)
    return Cover(people, works)


def absences(*, by: Actor, on: date) -> list[Absence]:
    """One's own absences that are not over (不在岗), and those of the colleagues one leads."""
    mine = Q(account__public_id=by.account) | Q(account__public_id__in=[*led_by(by=by, on=on)])
    return list(Absence.objects.ahead(on).filter(mine).select_related("account").order_by("since", "id"))


def led_by(*, by: Actor, on: date) -> dict[UUID, str]:
    """For whom one may note an absence (所管同事): who holds a post where one leads; account and name."""
    areas = by.areas_for(LEAD)
    if not areas:
        return {}
    rows = Appointment.objects.on(on).filter(post__organisation__area__begins_with_any=areas)
    rows = rows.filter(account__is_active=True).exclude(account__public_id=by.account)
    return dict(rows.order_by("account__name").values_list("account__public_id", "account__name"))


def leaders_of(area: str, *, on: date) -> list[UUID]:
    """Who leads in an area (负责人): the accounts with that right over the narrowest area around it that has any."""
    keys = sorted(key for key, role in roles(on=on).items() if LEAD in role.permissions)
    for code in reversed(lineage(area)):
        found = {one.public_id: one for key in keys for one in holders_of(key, area=code, on=on)}
        if found:
            return list(found)
    return []


def held_absence(public_id: UUID, *, by: Actor, on: date) -> Absence | None:
    """An absence that one may end: one's own, or of a colleague one leads; locked."""
    found = Absence.objects.select_for_update(of=("self",)).select_related("account")
    row = found.filter(public_id=public_id).first()
    if row is None or row.account.public_id == by.account or by.kind is ActorKind.SYSTEM:
        return row
    if row.account.public_id not in led_by(by=by, on=on):
        raise NotAllowed(permission=LEAD, area=row.account.area)
    return row


def ended_absences(before: date, *, by: Actor) -> QuerySet[Absence]:
    """Absences that were over before a day (过去的不在岗)."""
    return Absence.objects.filter(until__lte=before)


def _known(by: Actor, on: date) -> QuerySet[Responsibility]:
    rows = Responsibility.objects.on(on).filter(organisation__in=Organisation.objects.known_to(by).on(on))
    return rows.select_related("account", "deputy", "organisation")


def _seen(row: Responsibility, away: Mapping[UUID, date], *, by: Actor) -> StandIn | None:
    account = row.account.public_id
    sight = who_sees(
        away=account in away,
        second=row.deputy.public_id if row.deputy else None,
        second_away=bool(row.deputy) and row.deputy.public_id in away,
        asker=by.account,
        leads=by.can(LEAD, area=row.organisation.area),
    )
    return StandIn(account, row.account.name, away[account], alone=sight == "head") if sight else None


def _colleague(account, away: Mapping[UUID, date]) -> Colleague:
    return Colleague(account.public_id, account.name, away.get(account.public_id))


def _paired(row: Responsibility | None, away: Mapping[UUID, date]) -> Pair:
    if row is None:
        return Pair(None, None)
    second = _colleague(row.deputy, away) if row.deputy else None
    return Pair(_colleague(row.account, away), second, row.organisation.short, row.organisation.phone)


def _works_with(by: Actor, area: str) -> bool:
    return any(area.startswith(mine[:9]) or mine.startswith(area) for mine in by.reach)


def _away(on: date) -> list[tuple[UUID, str, date]]:
    """Account, its area and the last day of everybody who is away on a day, as the mark tells."""
    found = []
    for told in filter(None, (mark(AWAY) or "").split(",")):
        account, since, until, area = told.split(" ")
        if date.fromisoformat(since) <= on < date.fromisoformat(until):
            found.append((UUID(account), area, date.fromisoformat(until) - timedelta(days=1)))
    return found
