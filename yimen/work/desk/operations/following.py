"""Take papers that follow (补交材料); with the last of them the case is accepted."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import announce
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.ids import uuid7
from yimen.registers.people import api as people
from yimen.work.desk.choices import State, StepKind
from yimen.work.desk.engine.accepting import must_be_confirmed, original_of
from yimen.work.desk.engine.delegating import why_not_here
from yimen.work.desk.engine.following import give_days, papers_due
from yimen.work.desk.engine.letters import write_receipt
from yimen.work.desk.engine.steps import leave_step, load_case, matter_of, must_be_possible
from yimen.work.desk.engine.trays import empty_tray, locked_tray, states_with_tray
from yimen.work.desk.events import CaseHandedOver
from yimen.work.desk.models import Case, CasePaper
from yimen.work.desk.operations.accepting import accept_now
from yimen.work.desk.permissions import ACCEPT_CASE
from yimen.work.desk.rules.acceptance import COUNTED, HERE


@operation("desk.case.papers_supplied")
def supply_papers(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    papers: Mapping[str, str],
    originals: Mapping[str, str] | None = None,
    tray: UUID | None = None,
    edition: int | None = None,
) -> Case:
    """Take papers that follow (补交材料), and what was photographed of them; pages follow behind those that are there.

    A received case whose papers are now complete is accepted in the same deed. What was to follow (容缺) is owed no longer,
    also after the decision, while the result has not been handed over.
    """
    found = load_case(case, by=by, edition=edition)
    by.must(ACCEPT_CASE, area=found.area)
    matter = matter_of(found)
    must_be_possible("supply", found, matter)
    held = locked_tray(tray, by=by)
    must_be_confirmed(held, matter)
    before = dict(CasePaper.objects.filter(case=found).values_list("key", "state"))
    told = states_with_tray(before | dict(papers), held)
    papers = {key: state for key, state in told.items() if key in papers or state != before.get(key)}
    on = day_of(at)
    for paper in CasePaper.objects.filter(case=found, key__in=papers):
        paper.state, paper.checked_at, paper.checked_by = papers[paper.key], at, by.key
        if found.state != State.RECEIVED:
            give_days(found, matter, [paper], on=on)
        paper.original = original_of(originals or {}, paper.key, papers) or paper.original
        paper.save(update_fields=["state", "checked_at", "checked_by", "due_on", "original"])
    pages = empty_tray(found, held, by=by, at=at)
    titles = [
        paper.title
        for paper in matter.papers
        if (papers.get(paper.key) in HERE and papers[paper.key] != before.get(paper.key))
        or paper.title in pages
    ]
    said = "已补交：" + "、".join(titles) if titles else ""
    found.papers_due_on = papers_due(found)
    leave_step(found, StepKind.PAPERS, by=by, at=at, said=said[:200], papers=dict(papers), pages=pages)
    if found.state == State.RECEIVED and not _still_missing(found, matter):
        _to_the_street_if_no_longer_delegated(found, matter, by=by, at=at)
        told = {"by": by, "at": at, "case": found, "matter": matter, "receipt": uuid7()}
        accept_now(**told, on=on, card=people.person_stamp(found.person, by=by))
        write_receipt(**told, papers=CasePaper.objects.filter(case=found).order_by("id"))
    return found


def _to_the_street_if_no_longer_delegated(case: Case, matter, *, by: Actor, at: datetime) -> None:
    """What was received while it was delegated here is not sent away when the papers come: the street accepts it."""
    finding = why_not_here(case.matter, matter, area=case.desk_area, on=day_of(at))
    if finding is None:
        return
    case.desk_area = case.street
    said = "材料已收齐，这件事现在由街道受理，已替您转去，不用再跑一趟"
    leave_step(case, StepKind.HANDED_OVER, by=by, at=at, note=finding.sentence[:400], said=said)
    announce(
        CaseHandedOver(
            subject=case.public_id,
            area=case.area,
            matter=case.matter,
            person=case.person,
            on=day_of(at),
            to_area=case.street,
        )
    )


def _still_missing(case: Case, matter) -> bool:
    counted = set(CasePaper.objects.filter(case=case, state__in=COUNTED).values_list("key", flat=True))
    every = set(CasePaper.objects.filter(case=case).values_list("key", flat=True))
    return bool(every - counted)
