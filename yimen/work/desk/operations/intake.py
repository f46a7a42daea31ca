"""Take in an application (收件、受理): accept it, give a one-time notice, or decline it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from yimen.foundations.access.api import TieKind, tie
from yimen.foundations.audit.api import operation
from yimen.foundations.bus.api import add_rows, leave_rows
from yimen.foundations.definitions.api import Definition, current, pinned
from yimen.foundations.forms.api import Fact, store_answers
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.kernel.findings import Finding
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotPossible
from yimen.registers.people import api as people
from yimen.work.desk.choices import PaperState, Source, State, StepKind
from yimen.work.desk.engine.accepting import CannotAccept, must_be_confirmed, original_of
from yimen.work.desk.engine.asking import law_of, papers_asked
from yimen.work.desk.engine.conditions import unmet
from yimen.work.desk.engine.delegating import why_not_here
from yimen.work.desk.engine.forerunners import find_forerunner
from yimen.work.desk.engine.letters import write_letter, write_receipt
from yimen.work.desk.engine.numbers import next_case_number, tracking_hash, tracking_word
from yimen.work.desk.engine.parked import end_parked
from yimen.work.desk.engine.steps import (
    end_of_case,
    leave_step,
    must_be_a_stranger,
    take_step,
    tie_reason,
)
from yimen.work.desk.engine.trays import empty_tray, locked_tray, states_with_tray
from yimen.work.desk.models import Case, CasePaper, CaseStep
from yimen.work.desk.operations.accepting import accept_now
from yimen.work.desk.permissions import ACCEPT_CASE
from yimen.work.desk.ports import Application, acceptance_rules
from yimen.work.desk.rules.acceptance import home_of, missing_papers, why_not_for
from yimen.work.ledger.api import late_finding

TICKET = "ticket"
_NUMBER = re.compile(r"[0-9]{1,6}")


class NothingMissing(NotPossible):
    code = "desk.nothing_missing"
    sentence = "材料已经齐了，可以直接受理，不需要一次性告知。"


@dataclass(frozen=True)
class Asked:
    """What is handed over the counter (申请内容): answers to the form, the facts it was prefilled with, and the papers.

    ``papers`` is paper key → state, ``originals`` paper key → where the sheet itself lies afterwards, ``tray`` what was
    photographed or uploaded so far (待收材料夹): it becomes the case's in the same deed.
    ``received_on`` is the true day when it is typed in later (补录), and ``late_reason`` why so late; ``origin`` is the
    ledger entry (随手记) it grew out of.
    ``parked`` names the parked intake (挂起的受理) it was taken back from; it ends with the deed; ``carried`` what it was before
    (来由, as in `desk.ports.forerunners`): a logged call.
    """

    matter: str
    person: UUID
    answers: Mapping[str, Any]
    papers: Mapping[str, str] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    source: Source = Source.COUNTER
    note: str = ""
    received_on: date | None = None
    late_reason: str = ""
    origin: UUID | None = None
    parked: UUID | None = None
    tray: UUID | None = None
    carried: str = ""

    def came_on(self, at: datetime) -> date:
        """The day on which it reached us (实际收件日)."""
        return self.received_on or day_of(at)

    def noted(self) -> str:
        """The remark of whoever took it in, with the number she was called by (叫号): a text, no key to the ticket."""
        kind, _, number = self.carried.partition(":")
        called = f"叫号 {number}" if kind == TICKET and _NUMBER.fullmatch(number) else ""
        return "；".join(part for part in (called, self.note) if part)[:400]


@operation("desk.case.accepted")
def accept_case(*, by: Actor, at: datetime, area: str, asked: Asked) -> Case:
    """Accept an application at the window of ``area`` (受理).

    Refuses when papers are missing, a named rule objects, the applicant has died, she is of the clerk's household, or
    the matter is the street's and not delegated to this community today (下放).
    What is typed in later (补录) counts from the day it was received. Leaves the receipt letter, the due date, a ledger
    entry, and a tie that lets this clerk see a person of another street for the life of the case.
    """
    definition, card, asked = _load(by, area=area, asked=asked, at=at)
    findings = _what_is_in_the_way(definition.body, asked, area=area, card=card, by=by, at=at)
    in_the_way = [finding for finding in findings if finding.refuses]
    if in_the_way:
        raise CannotAccept(why="；".join(finding.sentence for finding in in_the_way), findings=in_the_way)
    case, step, papers = _opened(by=by, at=at, area=area, asked=asked, definition=definition, card=card)
    to_mind = "；".join(finding.sentence for finding in findings)
    told = {"by": by, "at": at, "case": case, "matter": definition.body, "receipt": uuid7()}
    accept_now(**told, on=asked.came_on(at), card=card, to_mind=to_mind, begun=[step], papers=papers)
    _bring_along(case, asked, card=card, by=by, at=at)
    write_receipt(**told, papers=papers)
    return case


@operation("desk.case.notice_given")
def give_notice(*, by: Actor, at: datetime, area: str, asked: Asked) -> Case:
    """Take the application and say once, in writing, everything that is still missing (一次性告知).

    Refuses when nothing is missing. What stays here meanwhile is receipted (收件凭证). The clock has not begun; if nobody
    gives notice within five working days the law takes the application as accepted (行政许可法第三十二条).
    """
    definition, card, asked = _load(by, area=area, asked=asked, at=at)
    _must_be_ours(definition, area=area, at=at)
    wanted = papers_asked(definition.body, asked.answers)
    missing = missing_papers(asked=wanted, states=asked.papers)
    if not missing:
        raise NothingMissing
    case = _open(by=by, at=at, area=area, asked=asked, definition=definition, card=card)
    lacking = {finding.field for finding in missing}
    papers = [paper for paper in definition.body.papers if paper.key in lacking]
    letter = write_letter(
        by=by,
        at=at,
        case=case,
        letter=definition.body.letters.notice,
        missing=[paper.title for paper in papers],
        how=[f"{paper.title}：{paper.how}" for paper in papers if paper.how],
    )
    said = "还差：" + "、".join(paper.title for paper in papers)
    leave_step(case, StepKind.NOTICE, by=by, at=at, said=said[:200], letter=letter, missing=sorted(lacking))
    kept = CasePaper.objects.filter(case=case, state=PaperState.COPIED).order_by("id")
    if titles := [paper.title for paper in kept]:
        write_letter(by=by, at=at, case=case, letter="receipt", papers=titles)
    return case


@operation("desk.case.declined")
def decline_case(
    *, by: Actor, at: datetime, area: str, asked: Asked, reason: str, right_office: str = ""
) -> Case:
    """Say in writing that the application is not taken up, why, and where to go instead (不予受理).

    Refuses without a reason. Notices (登记事项) can be declined only for want of papers, never on their merit, so they
    are given a one-time notice instead.
    """
    definition, card, asked = _load(by, area=area, asked=asked, at=at)
    if definition.body.way == "notice":
        raise CannotAccept(why="这是登记事项，只核对材料，不作是否准予的判断；缺材料请出具一次性告知书。")
    _must_be_ours(definition, area=area, at=at)
    if not reason.strip():
        raise CannotAccept(why="不予受理要写明理由。")
    case = _open(by=by, at=at, area=area, asked=asked, definition=definition, card=card)
    letter = write_letter(
        by=by,
        at=at,
        case=case,
        letter=definition.body.letters.declined,
        reason=reason.strip(),
        law=law_of(definition.body),
        right_office=right_office.strip(),
    )
    case.state = State.DECLINED
    leave_step(
        case,
        StepKind.DECLINED,
        by=by,
        at=at,
        note=reason.strip(),
        said="不予受理，理由见决定书",
        letter=letter,
    )
    end_of_case(case, by=by, at=at)
    return case


def _what_is_in_the_way(matter, asked: Asked, *, area: str, card, by: Actor, at: datetime) -> list[Finding]:
    """Everything that stands against accepting ``asked`` (受理核查): papers, named rules, a death; and what rules warn of."""
    findings = missing_papers(asked=papers_asked(matter, asked.answers), states=asked.papers)
    if finding := why_not_here(asked.matter, matter, area=area, on=day_of(at)):
        findings.insert(0, finding)
    if finding := why_not_for(died_on=card.died_on, name=card.name):
        findings.append(finding)
    application = Application(
        matter=asked.matter,
        on=asked.came_on(at),
        area=area,
        person=asked.person,
        born_on=card.birth_on,
        answers=asked.answers,
        papers=asked.papers,
    )
    findings += unmet(matter.conditions, answers=asked.answers, born_on=card.birth_on, on=asked.came_on(at))
    for rule in map(acceptance_rules.get, matter.rules):
        known = rule.load(application, by=by) if rule.load else {}
        findings += rule.decide(replace(application, known=known))
    return findings


def _must_be_ours(definition: Definition, *, area: str, at: datetime) -> None:
    """Refuse what this window may not take in at all today: no notice and no refusal is given in the street's name."""
    if finding := why_not_here(definition.key, definition.body, area=area, on=day_of(at)):
        raise CannotAccept(why=finding.sentence, findings=[finding])


def _load(by: Actor, *, area: str, asked: Asked, at: datetime) -> tuple[Definition, Any, Asked]:
    definition = current("matter", asked.matter, on=day_of(at))
    by.must(ACCEPT_CASE, area=area)
    card = people.person_stamp(asked.person, by=by)
    must_be_a_stranger(by, asked.person)
    if finding := late_finding(happened_on=asked.came_on(at), today=day_of(at), reason=asked.late_reason):
        raise CannotAccept(why=finding.sentence, findings=[replace(finding, field=f"intake.{finding.field}")])
    tray = locked_tray(asked.tray, by=by)
    must_be_confirmed(tray, definition.body)
    # The file another one was put into answers for it (并档).
    return (
        definition,
        card,
        replace(asked, person=card.public_id, papers=states_with_tray(asked.papers, tray)),
    )


def _open(*, by: Actor, at: datetime, area: str, asked: Asked, definition: Definition, card) -> Case:
    """A case that was received and no more."""
    case, step, papers = _opened(by=by, at=at, area=area, asked=asked, definition=definition, card=card)
    add_rows([case])
    leave_rows([step], papers)
    _bring_along(case, asked, card=card, by=by, at=at)
    return case


def _opened(
    *, by: Actor, at: datetime, area: str, asked: Asked, definition: Definition, card
) -> tuple[Case, CaseStep, list[CasePaper]]:
    """A case as it begins (收件), its first step and its papers, none of them written yet."""
    on, public_id = day_of(at), uuid7()
    matter = definition.body
    if asked.parked is not None:
        end_parked(asked.parked, by=by)
    form = pinned(definition, "form", matter.form)
    sheet = store_answers(
        by=by,
        at=at,
        version=form,
        subject=asked.person,
        area=area,
        answers=asked.answers,
        facts=asked.facts,
    )
    case = Case(
        public_id=public_id,
        number=next_case_number(area=area, on=on),
        matter=asked.matter,
        matter_title=matter.title,
        matter_version=definition.id,
        person=asked.person,
        person_name=card.name,
        area=area,
        street=street_of(area),
        desk_area=area,
        home_area=home_of(card.community, street=street_of(area)),
        state=State.RECEIVED,
        source=asked.source,
        sheet=sheet.public_id,
        received_at=at,
        received_by=by.key,
        received_on=asked.came_on(at),
        late_reason=asked.late_reason.strip() if asked.came_on(at) < on else "",
        origin=asked.origin,
        tracking_hash=tracking_hash(tracking_word(public_id)),
    )
    told = {"note": asked.noted(), "said": "已收到您的申请", "matter": asked.matter}
    step = take_step(case, StepKind.RECEIVED, by=by, at=at, **told)
    papers = [
        CasePaper(
            case=case,
            key=paper.key,
            title=paper.title,
            state=asked.papers.get(paper.key, PaperState.MISSING),
            original=original_of(asked.originals, paper.key, asked.papers),
            checked_at=at,
            checked_by=by.key,
        )
        for paper in papers_asked(matter, asked.answers)
    ]
    return case, step, papers


def _bring_along(case: Case, asked: Asked, *, card, by: Actor, at: datetime) -> None:
    """What comes with an application: the waiting papers, what it was before, and the tie to a person of elsewhere."""
    empty_tray(case, locked_tray(asked.tray, by=by), by=by, at=at)
    if found := find_forerunner(asked.carried):
        before, number = found
        before.born(number, case=case.public_id, by=by, at=at)
        # It may have left a step, and each step is an edition.
        case.refresh_from_db(fields=["edition"])
    if by.account and not by.reaches(card.area):
        tie(
            by=by,
            at=at,
            account=by.account,
            kind=TieKind.PERSON,
            subject=asked.person,
            reason=tie_reason(case),
        )
