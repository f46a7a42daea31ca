"""Who holds which role where, who stands in for whom, and ties to single residents (授权、代理、关联)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.foundations.access.choices import AccountKind
from yimen.foundations.access.models import (
    Account,
    Grant,
    Tie,
)
from yimen.foundations.access.permissions import GRANT_ROLES, MANAGE_ACCOUNTS, VIEW_ACCOUNTS, Duty
from yimen.foundations.access.ports import Role, roles
from yimen.foundations.access.rules.deputies import street_or_wider
from yimen.foundations.access.rules.grants import why_not_grant
from yimen.kernel.actor import Actor
from yimen.kernel.areas import lineage
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotAllowed

DEPUTIES_SHOWN = timedelta(days=60)


def grants_of(account_id: UUID, *, on: date | None = None) -> QuerySet[Grant]:
    """The grants of an account, in force on a day or all of them, the latest first."""
    found = Grant.objects.filter(account__public_id=account_id).select_related("deputises")
    return (found.in_force(on) if on else found).order_by("-since", "-id")


def grants_of_many(account_ids: Iterable[UUID], *, on: date) -> dict[UUID, list[Grant]]:
    """The grants in force of many accounts, by account; one query for all."""
    held: dict[UUID, list[Grant]] = {}
    grants = Grant.objects.filter(account__public_id__in=list(account_ids)).in_force(on)
    for grant in grants.select_related("account").order_by("since", "id"):
        held.setdefault(grant.account.public_id, []).append(grant)
    return held


def grants_in(grant_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, Grant]:
    """Those of these grants that ``by`` may give and take (授权), by their ids; one query."""
    found = Grant.objects.filter(public_id__in=list(grant_ids)).select_related("account")
    return {one.public_id: one for one in found if by.can(GRANT_ROLES, area=one.area)}


def why_not_give(
    account: Account, role: str, *, area: str, since: date, until: date | None, by: Actor
) -> Finding | None:
    """Why this role cannot be given to an account from a day on (不能授予的原因); None when it can."""
    if not area:
        return Finding("access.no_area", "请选择区域。", field="area")
    if until is not None and until <= since:
        return Finding("access.ends_before", "止日应在起日之后。", field="until")
    held = set(Grant.objects.filter(account=account).exclude(until__lte=since).values_list("role", flat=True))
    known = {key: [duty.label for duty in one.duties] for key, one in roles(on=since).items()}
    return why_not_grant(role, known=known, held=held, to_oneself=by.account == account.public_id)


def standing_grant(account: Account, role: str, *, area: str, since: date) -> Grant | None:
    """The grant without end by which an account holds this role over this area already (已授予)."""
    found = Grant.objects.filter(account=account, role=role, area=area, until=None)
    return found.exclude(until__lte=since).first()


def duty_grants(*, by: Actor, on: date) -> list[tuple[Duty, Grant]]:
    """Who holds one of the three duties on a day (三员), where the actor sees accounts; one query."""
    areas = {*by.areas_for(VIEW_ACCOUNTS), *by.areas_for(MANAGE_ACCOUNTS)}
    if not areas:
        raise NotAllowed(permission=VIEW_ACCOUNTS, area="")
    duties = {key: role.duties for key, role in roles(on=on).items() if role.duties}
    held = Grant.objects.in_force(on).filter(role__in=duties, area__begins_with_any=tuple(areas))
    held = held.filter(account__is_active=True).select_related("account").order_by("area", "since", "id")
    return [(duty, grant) for grant in held for duty in duties[grant.role]]


def duties_held(grants: Iterable[Grant], *, on: date) -> tuple[Duty, ...]:
    """Which of the three duties these grants bring (三员), in their order."""
    known = roles(on=on)
    held = {duty for grant in grants if grant.role in known for duty in known[grant.role].duties}
    return tuple(duty for duty in Duty if duty in held)


def holders_of(role: str, *, area: str, on: date) -> list[Account]:
    """The active accounts that hold a role over exactly this area on a day, by login name."""
    held = Grant.objects.in_force(on).filter(role=role, area=area)
    return list(Account.objects.filter(id__in=held.values("account_id"), is_active=True).order_by("username"))


def accounts_who_may(permission: str, *, area: str, on: date) -> list[Account]:
    """The active accounts that hold a permission where an area lies on a day (谁能办), the nearest first, then by name.

    Whoever stands in for somebody is among them. One query.
    """
    holding = [key for key, role in roles(on=on).items() if permission in role.permissions]
    held = Grant.objects.in_force(on).filter(
        role__in=holding, area__in=lineage(area), account__is_active=True
    )
    nearest: dict[int, tuple[int, Account]] = {}
    for grant in held.select_related("account"):
        far = -len(grant.area)
        if grant.account_id not in nearest or far < nearest[grant.account_id][0]:
            nearest[grant.account_id] = (far, grant.account)
    ordered = sorted(nearest.values(), key=lambda one: (one[0], one[1].name, one[1].pk))
    return [account for _, account in ordered]


@dataclass(frozen=True)
class Candidate:
    """A role of one's own that somebody could hold for some days in one's place (可代理的角色)."""

    grant: Grant
    role: Role
    colleagues: tuple[Account, ...]


def deputisable(account_id: UUID, *, on: date) -> list[Candidate]:
    """The roles that an account holds in its own right and that may be deputised, each with the colleagues of that street
    who could do it (可代理的角色); two queries. Roles with which nobody may stand in (the three duties, 三员) are left out.
    """
    known = roles(on=on)
    own = Grant.objects.in_force(on).filter(account__public_id=account_id, deputises=None)
    grants = [one for one in own.order_by("since", "id") if one.role in known and known[one.role].deputy_days]
    streets = {street_or_wider(one.area) for one in grants}
    found = colleagues_in(streets, on=on).exclude(public_id=account_id) if streets else ()
    by_street: dict[str, list[Account]] = {street: [] for street in streets}
    for colleague, areas in _with_areas(found, on=on):
        for street in streets:
            if any(area.startswith(street) for area in areas):
                by_street[street].append(colleague)
    return [Candidate(one, known[one.role], tuple(by_street[street_or_wider(one.area)])) for one in grants]


def colleagues_in(streets: Iterable[str], *, on: date) -> QuerySet[Account]:
    """The active staff of these streets on a day (同街道同事), by name: whoever works with their residents and cases.

    Volunteers, lecturers and others who see by ties are not, nor are those who look after the product.
    """
    working = [key for key, role in roles(on=on).items() if role.opens and not role.duties]
    there = Grant.objects.in_force(on).filter(
        account=OuterRef("pk"), role__in=working, area__begins_with_any=tuple(streets), deputises=None
    )
    return Account.objects.filter(Exists(there), is_active=True, kind=AccountKind.STAFF).order_by(
        "name", "id"
    )


def heirs_of(account: Account, *, on: date) -> QuerySet[Account]:
    """Who may take over what lies with an account (接手人选): the colleagues of every street it works in, or of its own."""
    held = Grant.objects.in_force(on).filter(account=account, deputises=None).values_list("area", flat=True)
    streets = {street_or_wider(area) for area in (*held, account.area) if area}
    if not streets:
        return Account.objects.none()
    return colleagues_in(streets, on=on).exclude(pk=account.pk)


def areas_worked(account_id: UUID, *, on: date) -> tuple[str, ...]:
    """The areas in which an account works on a day (工作区域): those of its roles that open something, in its own right."""
    working = [key for key, role in roles(on=on).items() if role.opens and not role.duties]
    held = Grant.objects.in_force(on).filter(account__public_id=account_id, role__in=working, deputises=None)
    return tuple(held.order_by("area").values_list("area", flat=True).distinct())


def _with_areas(found: Iterable[Account], *, on: date) -> list[tuple[Account, set[str]]]:
    people = list(found)
    held: dict[int, set[str]] = {one.pk: set() for one in people}
    for account, area in Grant.objects.in_force(on).filter(account__in=people).values_list("account", "area"):
        held[account].add(area)
    return [(one, held[one.pk]) for one in people]


def deputies(account_id: UUID, *, on: date) -> list[Grant]:
    """Who stands in for an account and for whom it stands in (临时代理), now, to come, and of the last weeks; one query."""
    since = on - DEPUTIES_SHOWN
    mine = Q(deputises__public_id=account_id) | Q(account__public_id=account_id, deputises__isnull=False)
    rows = Grant.objects.filter(mine, until__gt=since).select_related("account", "deputises")
    return list(rows.order_by("-since", "-id"))


def ties_of(account_id: UUID, *, on: date) -> QuerySet[Tie]:
    """The ties of an account in force on a day."""
    return Tie.objects.filter(account_id=account_id).in_force(on).order_by("since", "id")


def moments_of(account_id: UUID, *, on: date) -> int:
    """How many ties that end at a moment an account was given on a day (当日限时关联), whether they have ended or not."""
    return Tie.objects.filter(account_id=account_id, since=on, until_at__isnull=False).count()


def tied_to(subject: UUID, *, on: date) -> QuerySet[Tie]:
    """Who is tied to a person or case on a day."""
    return Tie.objects.filter(subject=subject).in_force(on).select_related("account").order_by("since", "id")
