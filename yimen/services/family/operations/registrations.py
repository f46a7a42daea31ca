"""Birth registrations: keep one, and delete it when its person asks."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from yimen.foundations.audit.api import operation, record, unchanged
from yimen.foundations.forms.api import erase_answers, get_sheet
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotPossible
from yimen.services.family.choices import Stage
from yimen.services.family.models import Registration
from yimen.services.family.permissions import HANDLE_CASE, WITHDRAW_REGISTRATION
from yimen.services.family.queries import NoRegistration
from yimen.work.desk import api as desk


class NotRegistered(NotPossible):
    code = "family.not_registered"
    sentence = "这件生育登记还没有完成，不能保存。"


@operation("family.registration.kept")
def keep_registration(*, by: Actor, at: datetime, case: UUID) -> Registration | None:
    """Keep what a finished case registered (保存生育登记), if its person agreed; else nothing. Once per case."""
    told = desk.find_cases(by=by).filter(public_id=case).first()
    if told is None:
        raise desk.NoCase
    by.must(HANDLE_CASE, area=told.area)
    if told.outcome != desk.Outcome.REGISTERED:
        raise NotRegistered
    known = Registration.objects.filter(case=case).first()
    answers = get_sheet(told.sheet, by=by).answers if told.sheet else {}
    if known is not None or not answers.get("remember"):
        unchanged()
        return known
    stage = Stage(answers.get("stage", Stage.EXPECTING))
    registration = Registration.objects.create(
        person=told.person,
        case=case,
        sheet=told.sheet,
        area=told.area,
        stage=stage,
        expected_on=_day(answers.get("expected_on")) if stage is Stage.EXPECTING else None,
        born_on=_day(answers.get("born_on")) if stage is Stage.BORN else None,
        registered_on=told.settled_on,
        recorded_at=at,
        recorded_by=by.key,
    )
    record(registration, kind="registration", area=registration.area, case=str(case))
    return registration


@operation("family.registration.withdrawn")
def withdraw_registration(*, by: Actor, at: datetime, registration: UUID) -> None:
    """Delete a registration because its person asks (撤回生育登记), no reason needed.

    The row and the answers of the application are gone; that there was a case, and that this was done, stays.
    """
    found = (
        Registration.objects.within(by).select_for_update(of=("self",)).filter(public_id=registration).first()
    )
    if found is None:
        raise NoRegistration
    by.must(WITHDRAW_REGISTRATION, area=found.area)
    if found.sheet:
        erase_answers(by=by, at=at, sheet=found.sheet)
    record(found, kind="registration", area=found.area, case=str(found.case))
    found.delete()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@operation("family.registrations.expired", inner=True)
def delete_registrations(*, by: Actor, at: datetime, rows: QuerySet[Registration]) -> None:
    """The time of these registrations is over (到期删除): the answers of the application go with them."""
    for sheet in rows.filter(sheet__isnull=False).values_list("sheet", flat=True):
        erase_answers(by=by, at=at, sheet=sheet)
    rows.delete()
