"""The writers of family-doctor contracting: sign, end, and respect a no."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.periods import age_on
from yimen.kernel.refusals import NotPossible
from yimen.registers.consents import api as consents
from yimen.registers.people import api as people
from yimen.services.health.choices import EndReason
from yimen.services.health.engine.packages import packages_on
from yimen.services.health.models import Contract, PassedOffer
from yimen.services.health.permissions import SIGN_CONTRACT
from yimen.services.health.queries import RECORDS, NoContract, teams, terms_of
from yimen.services.health.rules import why_not_sign, year_after
from yimen.work.desk import api as desk

MATTER = "family_doctor"
AGREEMENT = "family_doctor_agreement"
_SIGNED_IN = (desk.State.ACCEPTED, desk.State.DECIDED, desk.State.DELIVERED)


class CannotSign(NotPossible):
    code = "health.cannot_sign"


class AlreadyEnded(NotPossible):
    code = "health.already_ended"
    sentence = "这份协议已经结束。"


@operation("health.contract.signed")
def sign_contract(*, by: Actor, at: datetime, case: UUID, team: UUID, since: date | None = None) -> Contract:
    """Sign with the team that the resident chose (签约), for a year from ``since``; the agreement is a letter of the case.

    Refuses what is no open application for a contract, a team that is not on offer here, a package that is not, a day
    gone by, and a second contract in the same year. Whoever asks again for the case gets the contract it has.
    """
    view = desk.get_case(case, by=by)
    by.must(SIGN_CONTRACT, area=view.case.area)
    on = day_of(at)
    known = Contract.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    if view.case.matter != MATTER or view.case.state not in _SIGNED_IN:
        raise CannotSign("这不是正在办的家庭医生签约申请。")
    chosen = next((one for one in teams(by=by, on=on) if one.public_id == team), None)
    if chosen is None:
        raise CannotSign("请从可以签约的团队里选一个。")
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    since = since or on
    offered = {one.key: one for one in packages_on(on)}
    terms = terms_of(people.person_ids(view.case.person, by=by), by=by, on=on)
    wanted = answers.get("package", "")
    if finding := why_not_sign(package=wanted, packages=offered, since=since, on=on, terms=terms):
        raise CannotSign(finding.sentence, findings=[finding])
    package = offered[wanted]
    contract = Contract.objects.create(
        person=view.case.person,
        person_name=view.case.person_name,
        case=case,
        area=view.case.area,
        team=chosen.public_id,
        team_name=chosen.name,
        package=package.key,
        package_title=package.body.title,
        package_version_id=package.id,
        opens_records=bool(answers.get("opens_records")),
        since=since,
        until=year_after(since),
        signed_at=at,
        signed_by=by.key,
    )
    letter = desk.write_letter(
        by=by,
        at=at,
        case=view.case,
        letter=AGREEMENT,
        team=chosen.name,
        package=package.body.title,
        items=list(package.body.items),
        fee=package.body.fee,
        since=since,
        last_on=contract.last_on,
        opens_records="同意" if contract.opens_records else "不同意",
    )
    if contract.opens_records:
        consents.give_consent(
            by=by,
            at=at,
            person=contract.person,
            purpose=RECORDS,
            proof="application",
            proof_note=f"签约申请 {view.case.number}",
            said_by=_guardian(contract.person, on=on, by=by),
        )
    record(contract, kind="contract", area=contract.area, case=str(case), letter=str(letter))
    return contract


def _guardian(person: UUID, *, on: date, by: Actor) -> str:
    """Who agreed for a child: whoever applied for her."""
    born = people.person_stamp(person, by=by).birth_on
    return "代为申请的监护人" if born and age_on(born, max(born, on)) < consents.CHILD else ""


@operation("health.contract.ended")
def end_contract(*, by: Actor, at: datetime, contract: UUID, why: EndReason) -> Contract:
    """End a contract today (解约). Any time, without a notice period and without giving grounds beyond the kind."""
    rows = Contract.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=contract).first()
    if found is None:
        raise NoContract
    by.must(SIGN_CONTRACT, area=found.area)
    on = day_of(at)
    if found.ended_why or found.until <= on:
        raise AlreadyEnded
    _end(found, EndReason(why), by=by, at=at, on=on)
    return found


@operation("health.contracts.ended_by_death")
def end_contracts_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """End what a person who died had signed (因去世终止); answers how many."""
    on = day_of(at)
    ids = people.person_ids(person, by=by)
    rows = Contract.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids).ahead(on)
    ended = list(rows.filter(ended_why=""))
    for contract in ended:
        by.must(SIGN_CONTRACT, area=contract.area)
        _end(contract, EndReason.DIED, by=by, at=at, on=on)
    if not ended:
        unchanged()
    return len(ended)


@operation("health.contracts.resumed")
def resume_contracts_of(*, by: Actor, at: datetime, person: UUID) -> int:
    """A death had been noted in error: the contract it ended holds until the end of its year (撤销死亡登记); answers how many."""
    ids = people.person_ids(person, by=by)
    rows = Contract.objects.within(by).select_for_update(of=("self",)).filter(person__in=ids)
    ended = list(rows.filter(ended_why=EndReason.DIED))
    for contract in ended:
        by.must(SIGN_CONTRACT, area=contract.area)
        contract.ended_why, contract.ended_at, contract.ended_by = "", None, ""
        contract.until = year_after(contract.since)
        contract.save(update_fields=["ended_why", "ended_at", "ended_by", "until"])
        record(contract, kind="contract", area=contract.area, resumed=True)
    if not ended:
        unchanged()
    return len(ended)


@operation("health.offer.passed")
def note_passed_offer(*, by: Actor, at: datetime, person: UUID) -> PassedOffer:
    """She was told of it and wants none this year (谢绝签约): nobody asks again before the next. No reason is asked."""
    stamp = people.person_stamp(person, by=by)
    by.must(SIGN_CONTRACT, area=stamp.area)
    on = day_of(at)
    ids = people.person_ids(person, by=by)
    known = PassedOffer.objects.within(by).filter(person__in=ids, year=on.year).first()
    if known is not None:
        unchanged()
        return known
    passed = PassedOffer.objects.create(
        person=person, area=stamp.area, year=on.year, said_on=on, recorded_at=at, recorded_by=by.key
    )
    record(passed, kind="passed_offer", area=passed.area)
    return passed


def _end(contract: Contract, why: EndReason, *, by: Actor, at: datetime, on: date) -> None:
    contract.ended_why, contract.ended_at, contract.ended_by = why, at, by.key
    # One that had not begun yet never holds a day.
    contract.until = max(on, contract.since)
    contract.save(update_fields=["ended_why", "ended_at", "ended_by", "until"])
    record(contract, kind="contract", area=contract.area, why=why.value)


@operation("health.person.merged", inner=True)
def settle_contracts(*, by: Actor, at: datetime, keep: UUID, alias: UUID) -> dict[str, Any]:
    """She has one family doctor (并档): the contract signed last stays, the other ends today; answers what was before."""
    on = day_of(at)
    rows = Contract.objects.within(by).select_for_update(of=("self",)).filter(person__in=[keep, alias])
    live = list(rows.filter(ended_why="").ahead(on).order_by("signed_at", "id"))
    state = {"contracts": {str(row.id): row.until.isoformat() for row in live[:-1]}}
    for row in live[:-1]:
        _end(row, EndReason.MERGED, by=by, at=at, on=on)
    return state


@operation("health.merge.undone", inner=True)
def restore_contracts(*, by: Actor, at: datetime, state: Mapping[str, Any]) -> None:
    """They were two people (撤销并档): what the merge ended holds again until its day."""
    for number, until in state.get("contracts", {}).items():
        rows = Contract.objects.within(by).filter(id=int(number), ended_why=EndReason.MERGED)
        rows.update(ended_why="", ended_at=None, ended_by="", until=date.fromisoformat(until))
