"""Cases within reach: lists to work from, and one case with all that belongs to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.definitions.api import version
from yimen.foundations.documents.api import files_of, letters_of
from yimen.foundations.forms.api import read_answers
from yimen.foundations.ui.api import words
from yimen.kernel.actor import Actor
from yimen.kernel.clock import STREET_TIME, day_of
from yimen.kernel.refusals import NotAllowed
from yimen.registers.people.api import person_ids
from yimen.work.desk.choices import State
from yimen.work.desk.engine.delegating import delegation_here
from yimen.work.desk.engine.forerunners import find_forerunner
from yimen.work.desk.engine.gates import why_not_through
from yimen.work.desk.engine.grammar import Matter
from yimen.work.desk.engine.numbers import tracking_hash
from yimen.work.desk.engine.standing import standing_of
from yimen.work.desk.engine.steps import NoCase, opens
from yimen.work.desk.models import Case, CasePaper, CaseStep, Decision, Delegation, Delivery, Share
from yimen.work.desk.models.cases import OPEN_STATES
from yimen.work.desk.permissions import VIEW_CASES
from yimen.work.desk.ports import Beginning, case_cards, case_panels
from yimen.work.desk.queries.arising import Connected, connected_cases
from yimen.work.desk.rules.states import DEEDS, why_not

MOST_TOGETHER = 50


@dataclass(frozen=True)
class CaseView:
    """One case and what belongs to it. ``why_not`` names, for each deed, why its button cannot be used ("" if it can)."""

    case: Case
    matter: Matter
    steps: Sequence[CaseStep]
    papers: Sequence[CasePaper]
    letters: Sequence[Any]
    answers: Sequence[tuple[str, str]]
    decision: Decision | None
    delivery: Delivery | None
    why_not: dict[str, str]
    shares: Sequence[Share] = ()
    pages: dict[UUID, int] = field(default_factory=dict)
    delegation: Delegation | None = None
    elsewhere: bool = False
    lead: Case | None = None
    joined: Sequence[Case] = ()
    connected: Sequence[Connected] = ()


def find_cases(*, by: Actor) -> QuerySet[Case]:
    """All cases within reach that the actor may view."""
    return Case.objects.within(by) if by.can_somewhere(VIEW_CASES) else Case.objects.none()


def open_cases_in(area: str, *, by: Actor, on: date) -> int:
    """How many cases lie unsettled at the desk of an area (未办结办件) that is about to change."""
    return Case.objects.within(by).filter(desk_area=area, state__in=(State.RECEIVED, State.ACCEPTED)).count()


def find_case_by_word(word: str, *, by: Actor) -> Case | None:
    """The case within reach whose receipt bears this word (回执查询码), for a gun at the window."""
    return find_cases(by=by).filter(tracking_hash=tracking_hash(word)).first()


def get_case(public_id: UUID, *, by: Actor, on: date | None = None) -> CaseView:
    """The page of one case, for who works on it; a fixed number of queries. Who only watches sees lists and figures.

    Her own community opens what another window of the street took in, and sees how it goes, not what was said or handed in.
    With ``on``, what the community may decide by delegation on that day is known too.
    """
    case = find_cases(by=by).filter(public_id=public_id).first()
    if case is None:
        raise NoCase
    works_on_it = opens(case.area, case.desk_area, by=by)
    if not works_on_it and not opens(case.home_area, by=by):
        raise NotAllowed(permission=VIEW_CASES, area=case.area)
    matter = version(case.matter_version).body
    standing = standing_of(case, matter, on=on)
    reasons = {deed: why_not(deed, standing) for deed in DEEDS}
    if not reasons["decide"]:
        reasons["decide"], _ = why_not_through(case.public_id, matter, by=by)
    steps = list(CaseStep.objects.filter(case=case).order_by("-id"))
    return CaseView(
        case=case,
        matter=matter,
        steps=steps,
        papers=list(CasePaper.objects.filter(case=case).order_by("id")) if works_on_it else [],
        letters=list(letters_of(case.public_id, by=by)),
        answers=read_answers(case.sheet, by=by) if case.sheet and works_on_it else [],
        decision=Decision.objects.filter(case=case).first(),
        delivery=_delivery(case),
        shares=list(Share.objects.within(by).filter(case=public_id).order_by("id")),
        why_not={deed: finding.sentence if finding else "" for deed, finding in reasons.items()},
        pages={file.public_id: file.pages for file in files_of(case.public_id, by=by)},
        delegation=_delegation_of(case, matter),
        elsewhere=not works_on_it,
        lead=Case.objects.within(by).filter(id=case.lead_id).first()
        if case.lead_id and works_on_it
        else None,
        joined=list(Case.objects.within(by).filter(lead=case).order_by("id")) if works_on_it else (),
        connected=connected_cases(steps, by=by),
    )


def _delivery(case: Case) -> Delivery | None:
    if case.state not in (State.DELIVERED, State.ARCHIVED):
        return None
    return Delivery.objects.filter(case=case).order_by("-id").first()


@dataclass(frozen=True)
class PickedCase:
    """One of several cases, and why a deed is not possible with it ("" if it is)."""

    case: Case
    why_not: str


def picked_cases(rows: Sequence[UUID], deed: str, *, by: Actor) -> list[PickedCase]:
    """The cases that were ticked (勾选的办件), at most MOST_TOGETHER, in order of their numbers; a fixed number of queries."""
    found = find_cases(by=by).filter(public_id__in=list(rows)[:MOST_TOGETHER]).order_by("id")
    picked = []
    for case in found:
        finding = why_not(deed, standing_of(case, version(case.matter_version).body))
        picked.append(PickedCase(case, finding.sentence if finding else ""))
    return picked


def _delegation_of(case: Case, matter: Matter) -> Delegation | None:
    """The delegation under which a community took the case in (按下放受理)."""
    if matter.level != "street":
        return None
    return delegation_here(case.matter, area=case.area, on=day_of(case.received_at))


def cases_of_person(people: Iterable[UUID], *, by: Actor) -> QuerySet[Case]:
    """What this person (all ids that mean her) asked of us, newest first."""
    return find_cases(by=by).filter(person__in=list(people)).order_by("-id")


# What a line on a file shows of a case.
_LINE = ("public_id", "number", "matter_title", "state", "received_at", "received_on")


def cases_before(
    people: Sequence[UUID], *, by: Actor, before: tuple[datetime, str] | None, limit: int
) -> list[Case]:
    """The cases of one person for her file (办过的件): one page by (time, number), newest first."""
    if not by.can_somewhere(VIEW_CASES):
        return []
    at, number = before or (None, None)
    return _cases_before(by, list(people), at, number, limit=limit)


@kept
def _cases_before(
    by: Actor, people: list[UUID], at: datetime | None, number: str | None, *, limit: int
) -> QuerySet[Case]:
    cases = Case.objects.within(by).filter(person__among=people).only(*_LINE)
    if at:
        cases = cases.filter(received_at__lte=at).exclude(received_at=at, number__gte=number)
    return cases.order_by("-received_at", "-number")[:limit]


def last_visit(person: UUID, *, by: Actor) -> str:
    """What she came for last, in one line (上次来办什么): 3月2日 试用补助，已送达；"" when there is nothing to be seen."""
    case = cases_of_person(person_ids(person, by=by), by=by).first()
    if case is None:
        return ""
    return f"{words(day_of(case.received_at))} {case.matter_title}，{case.get_state_display()}"


def cases_of_notes(entries: Iterable[UUID], *, by: Actor) -> QuerySet[Case]:
    """The cases that grew out of these notes (随手记转办件)."""
    found = find_cases(by=by).filter(origin__in=list(entries))
    return found.exclude(state=State.VOIDED).order_by("id")


def asked_lately(person: UUID, matter: str, *, days: int, by: Actor, today: date) -> list[Case]:
    """Cases of this person about the same matter in the last days (近期同一事项), newest first; a hint, never a bar."""
    ended = (State.DECLINED, State.WITHDRAWN, State.VOIDED)
    since = datetime.combine(today - timedelta(days=days), time(), tzinfo=STREET_TIME)
    cases = cases_of_person(person_ids(person, by=by), by=by).filter(matter=matter, received_at__gte=since)
    return list(cases.exclude(state__in=ended)[:3])


def beginning(carried: str, *, person: UUID, by: Actor) -> Beginning | None:
    """What an intake of ``person`` takes over from a call or another case (来由); None when it begins at the counter, or when
    what came before is somebody else's alone."""
    found = find_forerunner(carried)
    begun = found[0].load(found[1], by=by) if found else None
    if begun and begun.person and begun.person not in person_ids(person, by=by):
        return None
    return begun


def case_panels_of(case: Case, *, by: Actor, today: date) -> list[tuple[Any, Any]]:
    """The panels that the owner of the matter adds to the case page: (panel, its page)."""
    panel = case_panels.find(case.matter)
    if panel is None or (panel.permission and not by.can(panel.permission, area=case.area)):
        return []
    return [(panel, panel.page(case.public_id, by=by, on=today))]


def case_cards_of(case: Case, *, by: Actor, today: date) -> list[tuple[Any, Any]]:
    """The cards that services lay beside every case: (card, its page); those with nothing to show are left out."""
    mine = [one for one in case_cards if not one.permission or by.can(one.permission, area=case.area)]
    cards = [(card, card.page(case.public_id, by=by, on=today)) for card in mine]
    return [(card, page) for card, page in cards if page is not None]


def people_with_open_cases(people: Sequence[UUID], *, by: Actor) -> set[UUID]:
    """Whom of these people an open case concerns."""
    rows = Case.objects.within(by).filter(person__in=people, state__in=OPEN_STATES)
    return set(rows.values_list("person", flat=True))
