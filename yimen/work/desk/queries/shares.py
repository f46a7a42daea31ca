"""Questions to other units (协办): what waits for me, what we wait for, and what stands on one case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.bus.api import kept
from yimen.foundations.definitions.api import version, working_calendar
from yimen.foundations.forms.api import get_sheet
from yimen.kernel.actor import Actor
from yimen.registers.organisations.api import organisations
from yimen.work.desk.choices import ShareState
from yimen.work.desk.engine.asking import units_asked
from yimen.work.desk.engine.shares import NoShare, latest_working_day
from yimen.work.desk.engine.units import find_unit, units_of
from yimen.work.desk.models import Case, Share
from yimen.work.desk.permissions import HANDLE_CASE

SHARE_LISTS = ("mine", "sent", "all")


@dataclass(frozen=True)
class ShareView:
    """One question, and what this actor may do with it: answer as the unit, or handle it as who has the case."""

    share: Share
    case: Case | None
    answers: bool
    handles: bool


def share_list(kind: str, *, by: Actor, today: date) -> QuerySet[Share]:
    """What waits for my unit (等我协办), what I asked (协办未回), or all that my areas wait for; the nearest day first."""
    rows = _open_shares(by)
    if kind == "mine":
        return rows.filter(unit__in=units_of(by, on=today))
    if kind == "sent":
        return rows.filter(asked_by=by.key)
    return rows.filter(area__begins_with_any=by.areas_for(HANDLE_CASE))


def first_shares(kind: str, *, by: Actor, today: date, most: int) -> list[Share]:
    """The first rows of what waits for my unit or of what I asked, for the first page."""
    if kind == "sent":
        return _first_sent(by, by.key, most=most)
    units = units_of(by, on=today)
    return _first_mine(by, list(units), most=most) if units else []


@kept
def _first_sent(by: Actor, asked_by: str, *, most: int) -> QuerySet[Share]:
    return _open_shares(by).filter(asked_by=asked_by)[:most]


@kept
def _first_mine(by: Actor, units: list[UUID], *, most: int) -> QuerySet[Share]:
    return _open_shares(by).filter(unit__among=units)[:most]


def _open_shares(by: Actor) -> QuerySet[Share]:
    return Share.objects.within(by).filter(state=ShareState.OPEN).order_by("due_on", "id")


def shares_of_case(case: UUID, *, by: Actor) -> list[Share]:
    """All questions of one case, in the order in which they were asked."""
    return list(Share.objects.within(by).filter(case=case).order_by("id"))


def get_share(share: UUID, *, by: Actor, today: date) -> ShareView:
    """One question, for the unit that is asked and for who handles cases where it lies; for nobody else."""
    found = Share.objects.within(by).filter(public_id=share).first()
    if found is None:
        raise NoShare
    case = Case.objects.within(by).filter(public_id=found.case).first()
    handles = case is not None and by.can(HANDLE_CASE, area=case.desk_area)
    answers = found.unit is not None and found.unit in units_of(by, on=today)
    if not (answers or handles or (case and by.can(HANDLE_CASE, area=case.area))):
        raise NoShare
    return ShareView(found, case, answers, handles)


def units_known(*, by: Actor, on: date) -> list[Any]:
    """The units that can be asked in the system (单位名册)."""
    return list(organisations(by=by, on=on))


def usual_questions(case: Case, *, by: Actor, today: date) -> list[Mapping[str, Any]]:
    """What this matter usually asks of whom, given the answers, as the first state of the form (预填); units that were asked
    already are left out."""
    matter = version(case.matter_version).body
    if not matter.ask:
        return []
    answers = get_sheet(case.sheet, by=by).answers if case.sheet else {}
    calendar, known = working_calendar(on=today), units_known(by=by, on=today)
    asked = set(Share.objects.within(by).filter(case=case.public_id).values_list("unit_name", flat=True))
    rows = []
    for one in units_asked(matter, answers):
        unit = find_unit(one, known, area=case.area)
        if (unit.name if unit else one.title) in asked:
            continue
        rows.append(
            {
                "unit": unit.public_id if unit else "",
                "unit_name": "" if unit else one.title,
                "question": one.question,
                "due_on": latest_working_day(today, one.days, limit=case.due_on, calendar=calendar),
                "key": one.key,
            }
        )
    return rows


def told_keys(case: Case) -> dict[str, tuple[str, ...]]:
    """Which answers go along with which usual question (随附内容), by its key."""
    return {one.key: one.tells for one in version(case.matter_version).body.ask}
