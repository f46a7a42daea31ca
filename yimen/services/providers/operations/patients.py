"""Sign residents up with an organisation, write down what was done, refer them and take them over."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from yimen.foundations.audit.api import looked_lately, operation, record, record_look, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.kernel.faults import Fault
from yimen.kernel.refusals import NotPossible
from yimen.kernel.text import clean_line, clean_name, clean_text
from yimen.registers.people import api as people
from yimen.services.providers.choices import NoteKind, ReferralState
from yimen.services.providers.engine.practice import practice
from yimen.services.providers.models import Opening, Patient, PatientNote, Referral
from yimen.services.providers.operations.sharing import note_agreed
from yimen.services.providers.permissions import CARE
from yimen.services.providers.queries.patients import (
    NoSuchPatient,
    get_patient,
    get_referral,
    may_practise,
    partners,
    units_cared_for,
)
from yimen.services.providers.queries.sharing import is_closed, taken_back_on
from yimen.services.providers.queries.works import NotThisUnit
from yimen.services.providers.rules import why_not_refer
from yimen.standards.citizen_id import parse_citizen_id
from yimen.standards.phone import parse_phone

SAME_LOOK = timedelta(minutes=10)
SIGNED_UP = "本人在机构签约，同意登记"
_LIVE = (ReferralState.OFFERED, ReferralState.ACCEPTED)


class CannotCare(NotPossible):
    code = "providers.cannot_care"
    sentence = "不能办理：{why}。"


@operation("providers.patient.signed_up")
def sign_up_patient(
    *, by: Actor, at: datetime, name: str, id_number: str, phone: str, consented_on: date
) -> Patient | None:
    """Sign a resident up with one's own organisation, by her complete id number and with her consent (登记服务对象).

    Refuses without a licence that holds, and somebody who is signed up already. None when nobody bears the number under this
    name: a refusal would be undone, and who guesses must be counted.
    """
    on, unit = day_of(at), _own(by=by, at=at)
    if not clean_line(name) or not id_number.strip():
        raise CannotCare(why="要有姓名和完整的证件号码")
    if consented_on > on:
        raise CannotCare(why="同意日期不能晚于今天")
    kept_phone = _phone(phone)
    person = people.name_bearer(
        by=by, at=at, id_number=id_number, name=name, area=unit.area, why=f"{unit.short}：{SIGNED_UP}"
    )
    if person is None:
        return None
    read = parse_citizen_id(id_number, today=on)
    assert not isinstance(read, Fault)
    # Two colleagues at once: the second finds the row of the first.
    made, is_new = Patient.objects.within(by).get_or_create(
        unit=unit.public_id,
        person=person,
        until=None,
        defaults={
            "unit_name": unit.name,
            "name": clean_name(name),
            "born_in": read.birth_date.year,
            "phone": kept_phone,
            "consented_on": consented_on,
            "since": on,
            "noted_at": at,
            "noted_by": by.key,
        },
    )
    if not is_new:
        raise CannotCare(why=f"{made.name}已经是本机构的服务对象")
    record(made, kind="patient", area=unit.area, unit=unit.public_id)
    return made


@operation("providers.patient.ended")
def end_patient(*, by: Actor, at: datetime, patient: UUID, why: str) -> Patient:
    """She leaves the organisation, or it lets her go (结束服务): what was referred is closed with it."""
    unit = _own(by=by, at=at, licensed=False)
    found = Patient.objects.within(by).select_for_update(of=("self",)).filter(public_id=patient).first()
    if found is None or found.unit != unit.public_id:
        raise NoSuchPatient
    if found.until is not None:
        raise CannotCare(why="服务关系已经结束")
    if not clean_line(why):
        raise CannotCare(why="请写明为什么结束")
    found.until, found.ended_why = day_of(at), clean_line(why)
    found.save(update_fields=["until", "ended_why"])
    for row in (
        Referral.objects.within(by).select_for_update(of=("self",)).filter(patient=found, state__in=_LIVE)
    ):
        _close(row, ReferralState.ENDED, "服务关系已经结束", by=by, at=at)
    record(found, kind="patient", area=unit.area, until=found.until)
    return found


@operation("providers.patient.opened")
def look_at_patient(*, by: Actor, at: datetime, patient: UUID) -> None:
    """Note on the resident's own file that an organisation opened what it keeps of her (查阅留痕), and by which way.

    Coming back within some minutes is the same look.
    """
    unit = _own(by=by, at=at, licensed=False)
    found = get_patient(patient, by=by, on=day_of(at))
    way = "服务对象" if found.unit == unit.public_id else f"{found.unit_name}转诊"
    why = f"{unit.short}：{way}"
    if looked_lately(found.person, by=by, since=at - SAME_LOOK, until=at, why=why):
        unchanged()
        return
    record_look(by=by, at=at, subject=found.person, area=unit.area, why=why)


@operation("providers.patient.noted")
def note_care(*, by: Actor, at: datetime, patient: UUID, done_on: date, text: str) -> PatientNote:
    """Write down what was done for a patient (服务记录): one's own, or one that a referral opens today (接诊回复)."""
    unit = _own(by=by, at=at)
    found = get_patient(patient, by=by, on=day_of(at))
    if not clean_text(text) or done_on > day_of(at):
        raise CannotCare(why="要写明做了什么，日期不晚于今天")
    own = found.unit == unit.public_id
    if own and found.until is not None:
        raise CannotCare(why="服务关系已经结束")
    kind = NoteKind.CARE if own else NoteKind.REPLY
    made = _note(found, unit, kind, done_on, text, by=by, at=at)
    record(made, kind="patient_note", area=unit.area, patient=patient)
    return made


@operation("providers.referral.offered")
def refer_patient(
    *,
    by: Actor,
    at: datetime,
    patient: UUID,
    target: UUID,
    need: str,
    reason: str,
    consented_on: date,
    last_day: date,
) -> Referral:
    """Refer one's own patient to another organisation until a day, with the reason and her consent (转诊).

    The other side is told what is asked for; who it is and why it reads after it has accepted. Refuses an organisation
    without accounts here, a term that is too long, and a second one to the same organisation at a time.
    """
    on, unit = day_of(at), _own(by=by, at=at)
    found = Patient.objects.within(by).select_for_update(of=("self",)).filter(public_id=patient).first()
    if found is None or found.unit != unit.public_id:
        raise NoSuchPatient
    other = next((one for one in partners(unit, on=on) if one.public_id == target), None)
    finding = why_not_refer(
        signed_up=found.until is None,
        known=other is not None,
        told=bool(clean_line(need) and clean_text(reason)),
        names=found.name in need,
        consented_on=consented_on,
        taken_back_on=taken_back_on(found.person, on=on),
        last_day=last_day,
        on=on,
        most_days=practice(on=on).referral_days,
    )
    if finding or other is None:
        raise CannotCare(why=finding.sentence if finding else "", findings=[finding] if finding else [])
    # One whose term is over is no longer in the way.
    Referral.objects.within(by).filter(
        patient=found, target=target, state=ReferralState.ACCEPTED, until__lte=on
    ).update(state=ReferralState.ENDED, why="查阅期已到", ended_at=at)
    if Referral.objects.within(by).filter(patient=found, target=target, state__in=_LIVE).exists():
        raise CannotCare(why=f"已经转给{other.name}，还没有结束")
    made = Referral.objects.create(
        patient=found,
        source=unit.public_id,
        source_name=unit.name,
        target=other.public_id,
        target_name=other.name,
        need=clean_line(need),
        consented_on=consented_on,
        until=last_day + timedelta(days=1),
        offered_at=at,
        offered_by=by.key,
        offered_by_name=by.name,
    )
    _note(found, unit, NoteKind.REFERRED, on, f"转{other.name}：{reason}", by=by, at=at)
    note_agreed(by=by, at=at, person=found.person)
    record(made, kind="referral", area=unit.area, source=unit.public_id, target=target)
    return made


@operation("providers.referral.accepted")
def accept_referral(*, by: Actor, at: datetime, referral: UUID) -> Referral:
    """Take a referred patient over (接诊): from now until the last day she is open to this organisation."""
    on, unit = day_of(at), _own(by=by, at=at)
    found = _offered(referral, unit, by=by, on=on)
    if found.until <= on:
        raise CannotCare(why="转诊单写的日子已经过了，请退回，由对方重新转")
    opening = Opening.objects.create(
        referral=found,
        patient_id=found.patient_id,
        source=found.source,
        target=found.target,
        since=on,
        until=found.until,
    )
    if is_closed(opening.patient.person, on=on):
        raise CannotCare(why="本人要重新同意，请退回，由对方征得同意以后重新转")
    found.state, found.answered_at, found.answered_by = ReferralState.ACCEPTED, at, by.key
    found.answered_by_name = by.name
    found.save()
    record(found, kind="referral", area=unit.area, state=found.state)
    return found


@operation("providers.referral.returned")
def return_referral(*, by: Actor, at: datetime, referral: UUID, why: str) -> Referral:
    """Say no to a referral with the reason (退回转诊); nothing of the patient was shown."""
    unit = _own(by=by, at=at, licensed=False)
    found = _offered(referral, unit, by=by, on=day_of(at))
    if not clean_line(why):
        raise CannotCare(why="请写明退回原因")
    found.state, found.why = ReferralState.RETURNED, clean_line(why)
    found.answered_at, found.answered_by, found.answered_by_name = at, by.key, by.name
    found.save()
    record(found, kind="referral", area=unit.area, state=found.state)
    return found


@operation("providers.referral.ended")
def end_referral(*, by: Actor, at: datetime, referral: UUID, why: str) -> Referral:
    """End a referral before its day, from either side (结束转诊): the patient is closed to the other at once.

    One that nobody has answered is withdrawn by its sender.
    """
    unit = _own(by=by, at=at, licensed=False)
    get_referral(referral, by=by, on=day_of(at))
    found = Referral.objects.within(by).select_for_update(of=("self",)).get(public_id=referral)
    if found.state not in _LIVE or (found.state == ReferralState.OFFERED and found.source != unit.public_id):
        raise CannotCare(why="这张转诊单已经结束，或者还没有接诊")
    if not clean_line(why):
        raise CannotCare(why="请写明为什么结束")
    state = ReferralState.WITHDRAWN if found.state == ReferralState.OFFERED else ReferralState.ENDED
    _close(found, state, clean_line(why), by=by, at=at)
    record(found, kind="referral", area=unit.area, state=state)
    return found


def _close(row: Referral, state: ReferralState, why: str, *, by: Actor, at: datetime) -> None:
    Opening.objects.within(by).filter(referral=row).delete()
    row.state, row.why, row.ended_at, row.ended_by_name = state, why, at, by.name
    row.save()


def _note(
    patient: Patient, unit: Any, kind: NoteKind, on: date, text: str, *, by: Actor, at: datetime
) -> PatientNote:
    return PatientNote.objects.create(
        patient=patient,
        unit=unit.public_id,
        unit_name=unit.name,
        kind=kind,
        on=on,
        text=clean_text(text),
        noted_at=at,
        noted_by=by.key,
        noted_by_name=by.name,
    )


def _offered(referral: UUID, unit: Any, *, by: Actor, on: date) -> Referral:
    get_referral(referral, by=by, on=on)
    found = Referral.objects.within(by).select_for_update(of=("self",)).get(public_id=referral)
    if found.target != unit.public_id:
        raise NoSuchPatient
    if found.state != ReferralState.OFFERED:
        raise CannotCare(why=f"这张转诊单{found.get_state_display()}")
    return found


def _own(*, by: Actor, at: datetime, licensed: bool = True) -> Any:
    """One's own organisation, which may practise today (本机构)."""
    on = day_of(at)
    unit = next(iter(units_cared_for(by=by, on=on)), None)
    if unit is None:
        raise NotThisUnit
    by.must(CARE, area=unit.area)
    if licensed and not may_practise(unit, by=by, on=on):
        raise CannotCare(why="本机构没有在有效期内的执业许可，请先把新证报街道登记")
    return unit


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    read = parse_phone(typed)
    if isinstance(read, Fault):
        raise CannotCare(why=read.sentence.rstrip("。"))
    return read.number
