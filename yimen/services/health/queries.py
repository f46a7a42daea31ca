"""Reads of family-doctor contracting."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from yimen.foundations.definitions.api import Definition
from yimen.kernel.actor import Actor
from yimen.kernel.findings import Finding
from yimen.kernel.refusals import NotFound
from yimen.registers.consents import api as consents
from yimen.registers.organisations import api as organisations
from yimen.registers.people import api as people
from yimen.services.health.engine.packages import packages_on
from yimen.services.health.models import Contract, ContractQuerySet, PassedOffer
from yimen.services.health.permissions import SIGN_CONTRACT, VIEW_CONTRACTS
from yimen.services.health.rules import Term, why_not_offer

_Kind = organisations.OrganisationKind


# The purpose under which she agrees that her team reads her health file.
RECORDS = "health_records"


class NoContract(NotFound):
    code = "health.no_contract"
    sentence = "没有这份签约，或不在您的范围内。"


def records_open(person: UUID, *, on: date, by: Actor) -> Any:
    """Her consent that her team reads her health file (查看健康档案的同意), if it stands now; None when it does not."""
    return consents.standing(people.person_ids(person, by=by), RECORDS, on=on, by=by)


def find_contracts(*, by: Actor) -> ContractQuerySet:
    """The contracts within reach; none for who may not see them."""
    return Contract.objects.within(by) if by.can_somewhere(VIEW_CONTRACTS) else Contract.objects.none()


def contracts_of(people: Iterable[UUID], *, by: Actor) -> ContractQuerySet:
    """The contracts of this person (all ids that mean her), the latest first."""
    return find_contracts(by=by).filter(person__in=list(people)).order_by("-since", "-id")


def get_contract(public_id: UUID, *, by: Actor) -> Contract:
    """One contract, for who sees contracts or handles them."""
    found = Contract.objects.within(by).filter(public_id=public_id).first()
    if found is None or not (by.can_somewhere(VIEW_CONTRACTS) or by.can_somewhere(SIGN_CONTRACT)):
        raise NoContract
    return found


def contract_of_case(case: UUID, *, by: Actor) -> Contract | None:
    """What was signed in one case, for who may sign there."""
    return Contract.objects.within(by).filter(case=case).first() if by.can_somewhere(SIGN_CONTRACT) else None


def terms_of(people: Iterable[UUID], *, by: Actor, on: date) -> list[Term]:
    """What rules must know of her contracts: team and days, of those that hold or will hold."""
    rows = Contract.objects.within(by).filter(person__in=list(people)).ahead(on).order_by("since", "id")
    return [Term(*row) for row in rows.values_list("team_name", "since", "until")]


def offer_finding(people: Iterable[UUID], *, by: Actor, on: date) -> Finding | None:
    """Why nobody shall offer her a contract now, or None (能否动员签约)."""
    ids = list(people)
    years = PassedOffer.objects.within(by).filter(person__in=ids).values_list("year", flat=True)
    return why_not_offer(passed_in=set(years), terms=terms_of(ids, by=by, on=on), on=on)


def packages(*, by: Actor, on: date) -> list[Definition]:
    """The packages on offer, in order (服务包)."""
    return packages_on(on)


def teams(*, by: Actor, on: date) -> list[Any]:
    """Whom a resident may choose (签约团队): the sections of health centres, or the centre itself where it has none."""
    centres = list(organisations.organisations(by=by, on=on, kind=_Kind.HEALTH_CENTRE))
    sections = organisations.organisations(by=by, on=on, kind=_Kind.SECTION)
    found = list(sections.filter(parent__kind=_Kind.HEALTH_CENTRE))
    with_teams = {team.parent_id for team in found}
    return found + [centre for centre in centres if centre.id not in with_teams]
