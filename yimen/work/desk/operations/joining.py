"""One thing that several people ask about (并案办理): decided once, and answered to each."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from yimen.foundations.audit.api import operation
from yimen.kernel.actor import Actor
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.joining import part
from yimen.work.desk.engine.steps import (
    CannotDo,
    CaseChanged,
    NoCase,
    leave_step,
    load_case,
    matter_of,
    must_be_possible,
)
from yimen.work.desk.models import Case
from yimen.work.desk.permissions import HANDLE_CASE
from yimen.work.desk.rules.joining import Pair, why_not_join


@operation("desk.case.joined")
def join_case(*, by: Actor, at: datetime, case: UUID, number: str, edition: int | None = None) -> Case:
    """Decide a case together with another of the same matter (并案办理), named by its number.

    Both were taken in at the same window, so that whoever works on the one reaches the other. Each keeps its clock, papers
    and page; what is decided or registered for the leading one is for all, each with a letter of her own. No applicant
    learns who else asked.
    """
    digits = "".join(sign for sign in number if sign.isdecimal())
    rows = (
        Case.objects.within(by).select_for_update(of=("self",)).filter(Q(public_id=case) | Q(number=digits))
    )
    both = list(rows.order_by("id"))
    found = next((row for row in both if row.public_id == case), None)
    if found is None:
        raise NoCase
    if edition is not None and edition != found.edition:
        raise CaseChanged
    by.must(HANDLE_CASE, area=found.desk_area)
    matter = matter_of(found)
    must_be_possible("join", found, matter)
    lead = next((row for row in both if row.number == digits), None)
    if lead is None:
        raise CannotDo("没有这个编号的办件，或不在您的范围内，请核对。")
    pair = Pair(
        same_case=lead == found,
        same_matter=lead.matter == found.matter,
        same_window=lead.area == found.area,
        same_desk=lead.desk_area == found.desk_area,
        grants_money=bool(matter.result_amount),
        lead_running=lead.state == State.ACCEPTED,
        lead_is_joined=lead.lead_id is not None,
        leads_others=found.joined.filter(state=State.ACCEPTED).exists(),
    )
    if finding := why_not_join(pair):
        raise CannotDo(finding.sentence, findings=[finding])
    found.lead = lead
    said = "和别人反映的同一件事一起办，结果会单独告诉您"
    leave_step(
        found, StepKind.JOINED, by=by, at=at, note=f"并入 {lead.spoken_number}", said=said, lead=lead.number
    )
    leave_step(
        lead, StepKind.LEADS, by=by, at=at, note=f"{found.spoken_number} 并入一起办", joined=found.number
    )
    return found


@operation("desk.case.parted")
def part_case(*, by: Actor, at: datetime, case: UUID, why: str, edition: int | None = None) -> Case:
    """Take a case out again, to be decided by itself (拆开单办), with the reason."""
    found = load_case(case, by=by, edition=edition)
    by.must(HANDLE_CASE, area=found.desk_area)
    must_be_possible("part", found, matter_of(found))
    if not why.strip():
        raise CannotDo("请写明为什么拆开。")
    part(found, by=by, at=at, why=why.strip())
    return found
