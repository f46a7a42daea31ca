"""The writers of volunteering: keep a registration, renew it, end it when its person asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import erase_answers, get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.refusals import NotPossible
from yimen.registers.people.api import person_ids
from yimen.services.volunteering.models import Volunteer
from yimen.services.volunteering.permissions import END_VOLUNTEERING, HANDLE_CASE
from yimen.services.volunteering.queries import NoVolunteer
from yimen.work.desk import api as desk

MATTER = "volunteer_registration"


class NotRegistered(NotPossible):
    code = "volunteering.not_registered"
    sentence = "这件志愿者登记还没有完成，不能写入志愿者名册。"


@operation("volunteering.volunteer.kept")
def keep_volunteer(*, by: Actor, at: datetime, case: UUID) -> Volunteer:
    """Keep what a finished case registered (登记志愿者). Who is registered already is renewed and keeps her first day.

    Heard twice, or heard late after she ended it, the same case changes nothing.
    """
    view = desk.get_case(case, by=by)
    by.must(HANDLE_CASE, area=view.case.area)
    if view.case.matter != MATTER or view.case.outcome != desk.Outcome.REGISTERED:
        raise NotRegistered
    known = Volunteer.objects.filter(case=case).first()
    if known is not None:
        unchanged()
        return known
    answers = get_sheet(view.case.sheet, by=by).answers if view.case.sheet else {}
    ids = person_ids(view.case.person, by=by)
    rows = Volunteer.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(person__in=ids, ended_on__isnull=True).first()
    if found is None:
        found = Volunteer(person=view.case.person, area=view.case.area, registered_on=view.case.settled_on)
    else:
        found.renewed_on = view.case.settled_on
    found.case = case
    found.wishes, found.times = list(answers.get("wishes", ())), list(answers.get("times", ()))
    found.skills, found.minor = answers.get("skills", ""), bool(answers.get("minor"))
    found.recorded_at, found.recorded_by = at, by.key
    found.save()
    record(found, kind="volunteer", area=found.area, case=str(case))
    return found


@operation("volunteering.volunteer.ended")
def end_volunteering(*, by: Actor, at: datetime, volunteer: UUID) -> Volunteer:
    """End a registration because its person asks (注销登记), no reason needed: her wishes and her answers are emptied."""
    rows = Volunteer.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(public_id=volunteer, ended_on__isnull=True).first()
    if found is None:
        raise NoVolunteer
    by.must(END_VOLUNTEERING, area=found.area)
    case = desk.find_cases(by=by).filter(public_id=found.case).first()
    if case is not None and case.sheet:
        erase_answers(by=by, at=at, sheet=case.sheet)
    found.ended_on, found.wishes, found.times, found.skills = day_of(at), [], [], ""
    found.save(update_fields=["ended_on", "wishes", "times", "skills"])
    record(found, kind="volunteer", area=found.area)
    return found


@operation("volunteering.person.merged", inner=True)
def settle_registrations(*, by: Actor, at: datetime, keep: UUID, alias: UUID) -> dict[str, Any]:
    """She is registered once (并档): the kept file's registration stays, the other one ends; answers what was before."""
    rows = Volunteer.objects.within(by).select_for_update(of=("self",))
    live = {row.person: row for row in rows.filter(person__in=[keep, alias], ended_on__isnull=True)}
    if len(live) < 2:
        return {}
    other = live[alias]
    state = {"id": other.id, "wishes": other.wishes, "times": other.times, "skills": other.skills}
    other.ended_on, other.wishes, other.times, other.skills = day_of(at), [], [], ""
    other.save(update_fields=["ended_on", "wishes", "times", "skills"])
    return state


@operation("volunteering.merge.undone", inner=True)
def restore_registration(*, by: Actor, at: datetime, state: Mapping[str, Any]) -> None:
    """They were two people (撤销并档): both are registered again, unless she registered anew meanwhile."""
    rows = Volunteer.objects.within(by).select_for_update(of=("self",))
    found = rows.filter(id=state["id"], ended_on__isnull=False).first() if state else None
    if found is None or rows.filter(person=found.person, ended_on__isnull=True).exists():
        return
    found.ended_on = None
    found.wishes, found.times, found.skills = state["wishes"], state["times"], state["skills"]
    found.save(update_fields=["ended_on", "wishes", "times", "skills"])
