"""Ask other units about a case, remind them, and take a question back (一门受理、协同办理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yimen.foundations.access.api import areas_worked
from yimen.foundations.audit.api import operation, record, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line
from yimen.registers.organisations.api import organisation
from yimen.work.desk.choices import ShareState, StepKind
from yimen.work.desk.engine.shares import (
    let_go,
    load_share,
    open_shares,
    open_to_members,
    tell_members,
    told_along,
)
from yimen.work.desk.engine.steps import (
    leave_step,
    load_case,
    matter_of,
    must_be_a_stranger,
    must_be_possible,
)
from yimen.work.desk.engine.units import members_of
from yimen.work.desk.models import Share
from yimen.work.desk.permissions import HANDLE_CASE
from yimen.work.desk.rules.shares import why_not_ask, why_not_urge


class CannotAsk(NotPossible):
    code = "desk.cannot_ask"


@dataclass(frozen=True)
class Question:
    """One unit and what it is asked (协办问题). ``unit`` None: a department that is not in the register, by its name."""

    question: str
    due_on: date | None
    unit: UUID | None = None
    unit_name: str = ""
    tells: tuple[str, ...] = ()


@operation("desk.case.units_asked")
def ask_units(
    *, by: Actor, at: datetime, case: UUID, questions: Sequence[Question], edition: int | None = None
) -> list[str]:
    """Send a case to several units at once (送协办单位); answers for each "" when it was sent, else why not.

    Refuses when none can. The clock of the case runs on, so no unit gets a day beyond its limit. Each unit gets its own
    question, the name, and those answers of the application that the matter sends along.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    must_be_possible("ask", found, matter_of(found))
    must_be_a_stranger(by, found.person)
    on = day_of(at)
    already = {share.unit_name for share in open_shares(case, by=by)}
    results, named = [], []
    for asked in questions:
        unit = organisation(asked.unit, by=by) if asked.unit else None
        name = unit.name if unit else clean_line(asked.unit_name)
        finding = why_not_ask(
            unit_name=name,
            question=asked.question,
            due_on=asked.due_on,
            on=on,
            limit=found.due_on,
            already=sorted(already),
        )
        if finding:
            results.append(finding.sentence)
            continue
        share = Share.objects.create(
            case=found.public_id,
            case_number=found.spoken_number,
            matter_title=found.matter_title,
            person=found.person,
            person_name=found.person_name,
            area=found.area,
            unit=unit.public_id if unit else None,
            unit_name=name,
            unit_area=unit.area if unit else "",
            question=asked.question.strip(),
            told=told_along(found, asked.tells, by=by),
            due_on=asked.due_on,
            asked_at=at,
            asked_by=by.key,
            asked_by_name=by.name,
            account=by.account,
        )
        already.add(name)
        named.append(name)
        open_to_members(share, by=by, at=at)
        record(share, kind="share", area=found.area, case=str(case), unit=name)
        results.append("")
    if not named:
        raise CannotAsk("；".join(results) or "请至少选择一个单位。")
    said = f"已同时送{'、'.join(named)}办理，期限不变"
    leave_step(found, StepKind.ASKED_UNITS, by=by, at=at, said=said[:200], units=named)
    return results


@operation("desk.share.urged")
def urge_share(*, by: Actor, at: datetime, share: UUID) -> Share:
    """Remind a unit of a question (催办); once a day. A department without an account is called, and this says so."""
    found = load_share(share, by=by)
    case = load_case(found.case, by=by)
    by.must(HANDLE_CASE, area=case.desk_area)
    if finding := why_not_urge(state=found.state, urged_on=found.urged_on, on=day_of(at)):
        raise CannotAsk(finding.sentence, findings=[finding])
    found.urged_on = day_of(at)
    found.save(update_fields=["urged_on"])
    if found.unit:
        members = [account for account, _ in members_of(found.unit, on=day_of(at))]
        tell_members(found, by=by, at=at, title="催办：有一件协办等您答复", members=members)
    record(found, kind="share", area=found.area, urged=True)
    return found


@operation("desk.share.withdrawn")
def withdraw_share(*, by: Actor, at: datetime, share: UUID, why: str) -> Share:
    """Take a question back that is not answered (收回协办), with the reason."""
    found = load_share(share, by=by)
    case = load_case(found.case, by=by)
    by.must(HANDLE_CASE, area=case.desk_area)
    if found.state != ShareState.OPEN:
        raise CannotAsk("这件协办已经答复或结束，不能收回。")
    if not why.strip():
        raise CannotAsk("请写明为什么收回。")
    found.state, found.closed_why = ShareState.WITHDRAWN, why.strip()[:200]
    found.save(update_fields=["state", "closed_why"])
    let_go(found, by=by, at=at)
    record(found, kind="share", area=found.area, withdrawn=True)
    return found


@operation("desk.shares.handed_over")
def hand_over_shares(*, by: Actor, at: datetime, account: UUID, to: UUID | None) -> int:
    """A colleague left: the answers of units she was waiting for are told to who takes over (离岗交接); answers how many."""
    rows = Share.objects.within(by).select_for_update(of=("self",))
    shares = list(rows.filter(account=account, state=ShareState.OPEN))
    if not shares:
        unchanged()
        return 0
    areas = areas_worked(to, on=day_of(at)) if to else ()
    for share in shares:
        share.account = to if share.area.startswith(areas) else None
    Share.objects.bulk_update(shares, ["account"])
    told = [{"share": str(one.public_id), "to": str(one.account or "")} for one in shares]
    record_batch(told, kind="share", area=shares[0].area, handed_over=str(account))
    return len(shares)
