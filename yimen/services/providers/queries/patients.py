"""Reads of patients and referrals: one's own organisation's, and what is open by a referral."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotFound
from yimen.registers.organisations import api as organisations
from yimen.services.providers.choices import ReferralState
from yimen.services.providers.engine.practice import practice
from yimen.services.providers.models import Patient, PatientNote, Referral
from yimen.services.providers.permissions import CARE
from yimen.services.providers.queries.sharing import is_closed


class NoSuchPatient(NotFound):
    code = "providers.no_such_patient"
    sentence = "没有这位服务对象或这张转诊单，或不在本机构的范围内。"


def units_cared_for(*, by: Actor, on: date) -> list[Any]:
    """The organisation whose patients the actor looks after (本机构); none for everybody else."""
    return [one for one in organisations.own_units(by=by, on=on) if by.can(CARE, area=one.area)]


def patients(*, by: Actor, on: date) -> QuerySet[Patient]:
    """Those who are signed up with one's own organisation (在册服务对象)."""
    units = [one.public_id for one in units_cared_for(by=by, on=on)]
    return Patient.objects.within(by).filter(unit__in=units, until__isnull=True)


def get_patient(patient: UUID, *, by: Actor, on: date) -> Patient:
    """One patient: one's own, also a former one, or one that is open by a referral today."""
    found = None
    if units := {one.public_id for one in units_cared_for(by=by, on=on)}:
        found = Patient.objects.within(by).filter(public_id=patient).first()
    if found is None or (found.unit not in units and is_closed(found.person, on=on)):
        raise NoSuchPatient
    return found


def notes_of(patient: Patient, *, by: Actor) -> list[PatientNote]:
    """What was written about a patient (服务记录), the latest first."""
    return list(PatientNote.objects.within(by).filter(patient=patient).order_by("-on", "-id"))


def referrals(*, by: Actor, on: date) -> QuerySet[Referral]:
    """The referrals out of and into one's own organisation (转诊)."""
    units = [one.public_id for one in units_cared_for(by=by, on=on)]
    return Referral.objects.within(by).filter(Q(source__in=units) | Q(target__in=units))


def get_referral(referral: UUID, *, by: Actor, on: date) -> Referral:
    """One referral, without the patient: whether she may be looked at is asked of her row."""
    found = referrals(by=by, on=on).filter(public_id=referral).first()
    if found is None:
        raise NoSuchPatient
    return found


def referrals_of(patient: Patient, *, by: Actor, on: date) -> list[Referral]:
    """The referrals of a patient that one's organisation has to do with, the latest first."""
    return list(referrals(by=by, on=on).filter(patient=patient).order_by("-id"))


def open_patient(referral: Referral, *, by: Actor, on: date) -> Patient | None:
    """The patient of a referral, while she is open to the actor: always to the sender, to the other for the term."""
    found = Patient.objects.within(by).filter(pk=referral.patient_id).first()
    if found is None or found.unit in {one.public_id for one in units_cared_for(by=by, on=on)}:
        return found
    return None if is_closed(found.person, on=on) else found


def to_answer(*, by: Actor, on: date) -> QuerySet[Referral]:
    """What was referred to one's organisation and waits for an answer (待接诊), the oldest first."""
    units = [one.public_id for one in units_cared_for(by=by, on=on)]
    rows = Referral.objects.within(by).filter(target__in=units, state=ReferralState.OFFERED)
    return rows.order_by("id")


def partners(unit: Any, *, on: date) -> list[Any]:
    """Where an organisation can refer to (可转往的机构): others of its street that work here with accounts of their own."""
    return [one for one in organisations.units_with_accounts(unit.area[:9], on=on) if one.pk != unit.pk]


def may_practise(unit: Any, *, by: Actor, on: date) -> bool:
    """Does the organisation hold a licence to practise on the day (执业许可有效)?"""
    kind = practice(on=on).practising_licence
    rows = organisations.credentials_of([unit.pk], by=by)
    return any(one.kind == kind and one.holds_on(on) for one in rows)
